"""The table that `nbcoach init` writes."""

import tomllib
from pathlib import Path

import pytest

from nbcoach.adoption.configuration import configured
from nbcoach.adoption.proposal import Proposal
from nbcoach.errors import SettingsError
from nbcoach.settings import load

PROPOSALS = (
    Proposal("outputs", "source-only", "9 of 10 notebooks have no outputs"),
    Proposal("ruff", True, "ruff.toml configures ruff", hint=True),
    Proposal("extend-exclude", ["/größe", "a/b"], "they are others' work"),
    Proposal("force-exclude", True, "pre-commit names each file"),
)
TABLE = """\
# 10 notebooks

# 9 of 10 notebooks have no outputs
outputs = "source-only"

# ruff.toml configures ruff:
# ruff = true

# they are others' work
extend-exclude = ["/größe", "a/b"]

# pre-commit names each file
force-exclude = true
"""


def test_a_new_file_holds_the_settings_and_their_reasons(tmp_path: Path) -> None:
    change = configured(tmp_path, PROPOSALS, "10 notebooks")
    assert change.path == tmp_path / "nbcoach.toml"
    assert change.new.decode() == TABLE
    change.make()
    settings = load(tmp_path)
    assert (settings.outputs, settings.force_exclude) == ("source-only", True)
    assert settings.extend_exclude == ("/größe", "a/b")
    assert settings.ruff == "auto"


@pytest.mark.parametrize(
    ("old", "gap"),
    [
        (b"", ""),
        (b"\n", ""),
        (b'[project]\nname = "x"\n', "\n"),
        (b'[project]\nname = "x"', "\n\n"),
        (b'[project]\r\nname = "x"\r\n', "\r\n"),
        (b'\xef\xbb\xbf[project]\r\nname = "\xc3\xa9"', "\r\n\r\n"),
        (b"[tool.ruff]\nline-length = 9 # wide\n\n\n", "\n"),
        (b"[[tool.mypy.overrides]]\nmodule = 'a'\n", "\n"),
        (b"# nothing but a comment", "\n\n"),
    ],
)
def test_the_project_file_keeps_every_byte(tmp_path: Path, old: bytes, gap: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(old)
    change = configured(tmp_path, PROPOSALS, "10 notebooks")
    end = "\r\n" if b"\r\n" in old else "\n"
    table = f"[tool.nbcoach]\n{TABLE}".replace("\n", end)
    assert change.new.decode() == f"{old.decode()}{gap}{table}"
    assert change.added.splitlines() == f"[tool.nbcoach]\n{TABLE}".splitlines()
    change.make()
    assert load(tmp_path).outputs == "source-only"
    tomllib.loads((tmp_path / "pyproject.toml").read_text("utf-8-sig"))


def test_a_project_file_that_takes_no_table_is_left(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("tool = { ruff = { line-length = 9 } }\n")
    assert configured(tmp_path, (), "x").path == tmp_path / "nbcoach.toml"


@pytest.mark.parametrize("old", [b"[project\n", b"name = '\xff'\n"])
def test_a_broken_project_file_is_named(tmp_path: Path, old: bytes) -> None:
    (tmp_path / "pyproject.toml").write_bytes(old)
    with pytest.raises(SettingsError, match=r"pyproject\.toml: is not TOML: .*; repair it first"):
        configured(tmp_path, (), "x")
