"""Only what is new is told: `--changed-since` and `--staged`."""

import json
from pathlib import Path

import pytest

from nbcoach.cli.outcome import outcome
from tests.fakes import notebook_bytes
from tests.git.conftest import Git

OLD = ("print(early)", "early = 1", "print(never)")


@pytest.fixture
def told(git: Git, capsys: pytest.CaptureFixture[str]) -> "Told":
    Path("a b.ipynb").write_bytes(notebook_bytes(*OLD))
    Path("same.ipynb").write_bytes(notebook_bytes(*OLD))
    git("add", ".")
    git("commit", "-qm", "One")
    return Told(capsys)


class Told:
    """What a check with options tells: codes and cells by file."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *options: str, code: int = 1) -> list[tuple[str, str, int]]:
        command = ["check", ".", "--output-format", "json", "--select", "NB2,NB4,NB5", *options]
        assert outcome(command) == code
        found = json.loads(self._capsys.readouterr().out)["findings"]
        return [(one["path"], one["code"], one["cell"] or 0) for one in found]


def write(*cells: str, name: str = "a b.ipynb") -> None:
    Path(name).write_bytes(notebook_bytes(*cells))


def test_nothing_changed_nothing_told(told: Told) -> None:
    assert told("--changed-since", "HEAD", code=0) == []


def test_nothing_changed_is_said(told: Told, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["check", "--changed-since", "HEAD"]) == 0
    assert capsys.readouterr().out == "No notebook changed since `HEAD`\n"
    write("x = 1")
    assert outcome(["check", "--staged"]) == 0
    assert capsys.readouterr().out == "No notebook changed in git's index\n"


def test_only_changed_cells_are_told_of(told: Told) -> None:
    write("print(early)", "early = 1", "print(never)\nprint(neither)")
    assert told("--changed-since", "HEAD") == [
        ("a b.ipynb", "NB202", 3),
        ("a b.ipynb", "NB202", 3),
    ]


def test_a_finding_that_a_change_elsewhere_made_is_told(told: Told) -> None:
    write("print(early)", "late = 1", "print(never)")
    assert told("--changed-since", "HEAD") == [("a b.ipynb", "NB202", 1)]


def test_what_is_new_is_ignored_and_stays_so(told: Told, git: Git) -> None:
    write("early = 1", "print(early)\nprint(never)", "print(never)")
    git("commit", "-qam", "Two")
    write("late = 1", "print(early)\nprint(never)", "print(never)")
    since = ("--changed-since", "HEAD")
    assert told(*since) == [("a b.ipynb", "NB202", 2)]
    told(*since, "--add-ignores", code=0)
    sources = [cell["source"] for cell in json.loads(Path("a b.ipynb").read_bytes())["cells"]]
    comment = "  # nbcoach: ignore[NB202] not reviewed"
    # A comment changes its cell, so that all in that cell counts as new from now on.
    both = f"print(early){comment}\nprint(never){comment}"
    assert sources == ["late = 1", both, "print(never)"]
    assert told(*since, code=0) == []


def test_moved_cells_are_not_changed(told: Told) -> None:
    data = json.loads(Path("a b.ipynb").read_bytes())
    data["cells"].insert(0, {**data["cells"][1], "id": "new", "source": "x = 1"})
    Path("a b.ipynb").write_text(json.dumps(data))
    assert told("--changed-since", "HEAD", code=0) == []


def test_cells_without_ids_are_known_by_their_source(told: Told, git: Git) -> None:
    for path in ("a b.ipynb",):
        data = json.loads(Path(path).read_bytes())
        for cell in data["cells"]:
            del cell["id"]
        data["nbformat_minor"] = 4
        Path(path).write_text(json.dumps(data))
    assert told("--changed-since", "HEAD", code=0) == []


def test_new_files_are_told_of_whole(told: Told, git: Git) -> None:
    write("print(other)", name="new.ipynb")
    assert told("--changed-since", "HEAD") == [("new.ipynb", "NB202", 1)]
    git("add", ".")
    git("commit", "-qm", "Two")
    assert told("--changed-since", "HEAD", code=0) == []
    assert told("--changed-since", "HEAD~1") == [("new.ipynb", "NB202", 1)]


def test_staged_files_are_read_from_the_index(told: Told, git: Git) -> None:
    write(*OLD, "print(staged)")
    git("add", ".")
    write(*OLD, "print(later)")
    write(*OLD, "print(unstaged)", name="same.ipynb")
    assert told("--staged") == [("a b.ipynb", "NB202", 4)]


def test_text_notebooks_too(told: Told, git: Git) -> None:
    Path("c.py").write_text("# %%\nprint(a)\n")
    git("add", ".")
    git("commit", "-qm", "Two")
    Path("c.py").write_text("# %%\nprint(a)\n\n# %%\nprint(b)\n")
    assert told("--changed-since", "HEAD") == [("c.py", "NB202", 2)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--changed-since", "nowhere"], "git knows no revision `nowhere`"),
        (["--staged", "--fix"], "repair the files, then stage them"),
    ],
)
def test_misuse_is_told(
    git: Git, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    assert outcome(["check", *options]) == 2
    assert message in capsys.readouterr().err
