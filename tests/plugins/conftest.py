"""A cache folder of one's own, and the means to write rules."""

from collections.abc import Callable
from pathlib import Path

import pytest

WriteRule = Callable[..., Path]


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    return tmp_path / "cache" / "nbcoach"


@pytest.fixture
def write_rule() -> WriteRule:
    def write(folder: Path, name: str, code: str, *, head: str = "", arguments: str = "") -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.py"
        path.write_text(
            f'''"""A rule."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nbcoach.api import CodeCell, Confidence, Context, Safety, Severity, rule
{head}

@rule("{code}", CodeCell{arguments})
def {name}(cell: CodeCell, context: Context):
    """A cell that exists."""
    yield context.finding(cell, "Cell exists; delete it")
''',
            encoding="utf-8",
        )
        return path

    return write
