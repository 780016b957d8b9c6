"""Ruff over notebooks written for one test, in an empty folder."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nbcoach.engine import run
from nbcoach.report import FileResult
from nbcoach.settings import load
from tests.fakes import notebook_bytes

Lint = Callable[..., FileResult]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def lint() -> Lint:
    """Writes cells to a notebook and checks it with some rules of ruff, or as settings say."""

    def lint(*cells: str | dict[str, Any], path: str = "a.ipynb", **overrides: Any) -> FileResult:
        Path(path).write_bytes(notebook_bytes(*cells))
        return checked(path, **overrides)

    return lint


def checked(
    path: str, *, fix: Any = "none", isolated: bool = False, **overrides: Any
) -> FileResult:
    """One notebook on disk, checked with these settings."""
    given = {key.replace("_", "-"): value for key, value in overrides.items()}
    settings = load(Path.cwd(), {"baseline": False, **given}, isolated=isolated)
    (result,) = (file for file in run([path], settings, fix=fix).files if file.path == path)
    return result


def places(result: FileResult) -> list[tuple[str, int, int, int]]:
    """Code, cell, line and column of each finding, from 1."""
    return [
        (one.finding.code, one.place.cell, one.place.line, one.place.column)
        for one in result.findings
    ]


def codes(result: FileResult) -> list[str]:
    """The codes of the findings."""
    return [placed.finding.code for placed in result.findings]


def sources(path: str) -> list[str]:
    """The sources of the cells of a notebook on disk."""
    return [cell["source"] for cell in json.loads(Path(path).read_bytes())["cells"]]
