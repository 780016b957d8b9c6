"""Our hook in configurations of pre-commit, however they are written."""

import json
import os
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

from nbcoach.adoption import hooks
from nbcoach.adoption.hooks import Source, entry, has_hook, hooked
from nbcoach.errors import SettingsError

OURS = """\
- repo: local
  hooks:
    - id: nbcoach-check
      name: nbcoach check
      entry: nbcoach check --force-exclude --skip-non-notebooks
      language: system
      types_or: [jupyter]
      require_serial: true
"""
RUFF = "- repo: https://example.org/ruff\n  rev: v1\n  hooks:\n  - id: ruff\n"


def indented(text: str, margin: int) -> str:
    return "".join(f"{' ' * margin}{line}" for line in text.splitlines(keepends=True))


def is_valid(path: Path) -> None:
    """Fail where pre-commit itself does not take the file."""
    try:
        from pre_commit import clientlib
    except ModuleNotFoundError:
        if os.environ.get("CI"):
            pytest.fail("CI installs pre-commit for this test")
        pytest.skip("needs pre-commit")
    clientlib.load_config(path)


def test_a_new_file(tmp_path: Path) -> None:
    change = hooked(tmp_path, {".ipynb"})
    assert change is not None
    assert change.new.decode() == f"repos:\n{indented(OURS, 2)}"
    change.make()
    assert has_hook(tmp_path / hooks.FILE)
    is_valid(tmp_path / hooks.FILE)


@pytest.mark.parametrize(
    ("before", "margin", "after"),
    [
        (f"repos:\n{RUFF}", 0, ""),
        (f"repos:\n{indented(RUFF, 2)}", 2, ""),
        (f"repos:\n{indented(RUFF, 4)}", 4, "\n# the end\n"),
        (f"# first\nrepos:\n{RUFF}  # - id: ruff-format\n", 0, "# about ci\nci:\n  skip: [ruff]\n"),
        (f"ci: {{skip: [ruff]}}\nrepos:\n{indented(RUFF, 2)}", 2, "\n\nexclude: ^old/\n"),
        (f"repos:\n{RUFF}    args: [--a, b]  # why\n", 0, ""),
        (f"repos:\n{RUFF}    args:\n    - |\n      a\n      b\n", 0, "fail_fast: true\n"),
        (f'repos:\n{RUFF}    name: "é"\n    exclude: >-\n      a|\n      b\n', 0, ""),
        (f"---\nrepos:\n{RUFF}", 0, ""),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_it_is_put_in_without_touching_another_byte(
    tmp_path: Path, before: str, margin: int, after: str, line_end: str, mark: str
) -> None:
    path = tmp_path / hooks.FILE
    path.write_bytes((mark + before + after).replace("\n", line_end).encode())
    assert not has_hook(path)
    change = hooked(tmp_path, {".ipynb"})
    assert change is not None
    expected = mark + before + indented(OURS, margin) + after
    assert change.new.decode() == expected.replace("\n", line_end)
    change.make()
    assert has_hook(path)


def test_pre_commit_takes_what_is_put_in(tmp_path: Path) -> None:
    path = tmp_path / hooks.FILE
    path.write_text(f"repos:\n{indented(RUFF, 2)}ci:\n  autofix_prs: false\n")
    change = hooked(tmp_path, {".ipynb"})
    assert change is not None
    change.make()
    is_valid(path)


def test_a_file_without_a_last_line_end(tmp_path: Path) -> None:
    (tmp_path / hooks.FILE).write_text(f"repos:\n{RUFF}".rstrip())
    change = hooked(tmp_path, {".ipynb"})
    assert change is not None
    assert change.new.decode() == f"repos:\n{RUFF}{OURS}"


@pytest.mark.parametrize(
    "text",
    ["", "repos: []\n", "repos:\n", "ci: {}\n", '{"repos": [{"repo": "meta"}]}\n', "- a\n", "a\n"],
)
def test_what_is_written_otherwise_is_left_to_its_owner(tmp_path: Path, text: str) -> None:
    (tmp_path / hooks.FILE).write_text(text)
    assert hooked(tmp_path, {".ipynb"}) is None


def test_a_hook_of_ours_is_known(tmp_path: Path) -> None:
    (tmp_path / hooks.FILE).write_text(f"repos:\n{RUFF.replace('id: ruff', 'id: nbcoach-fix')}")
    assert has_hook(tmp_path / hooks.FILE)


@pytest.mark.parametrize("data", [b"a: [\n", b"\xff\n", b"\t- a: b"])
def test_a_broken_file_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / hooks.FILE).write_bytes(data)
    with pytest.raises(SettingsError, match=r"is not YAML: .*; repair it first"):
        has_hook(tmp_path / hooks.FILE)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (
            {"url": "https://example.org/n", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            Source("https://example.org/n", "abc"),
        ),
        (
            {
                "url": "https://example.org/n",
                "vcs_info": {"vcs": "git", "commit_id": "abc", "requested_revision": "v1"},
            },
            Source("https://example.org/n", "v1"),
        ),
        ({"url": "https://example.org/n", "vcs_info": {"vcs": "hg", "commit_id": "abc"}}, None),
        ({"url": "file:///n", "dir_info": {"editable": True}}, None),
        (None, None),
    ],
)
def test_the_address_is_the_one_that_pip_was_told(
    monkeypatch: pytest.MonkeyPatch, stated: Any, expected: Source | None
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return None if stated is None else json.dumps(stated)

    monkeypatch.setattr(metadata, "distribution", lambda _: Installed())
    assert hooks.source() == expected


def test_with_an_address_pre_commit_installs_it() -> None:
    (hook,) = yaml.safe_load("\n".join(entry(Source("https://example.org/n", "v1"), ())))
    assert hook == {
        "repo": "https://example.org/n",
        "rev": "v1",
        "hooks": [{"id": "nbcoach-check"}],
    }


@pytest.mark.parametrize("origin", [None, Source("https://example.org/n", "v1")])
def test_text_notebooks_are_looked_at_where_there_are_some(origin: Source | None) -> None:
    (repository,) = yaml.safe_load("\n".join(entry(origin, [".Rmd", ".ipynb", ".py"])))
    (hook,) = repository["hooks"]
    assert hook["types_or"] == ["text"]
    assert hook["files"] == r"\.(ipynb|Rmd|py)$"
