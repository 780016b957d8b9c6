"""One file from bytes to result, and many files in parallel."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from nbcoach.report import FileResult, Report
from nbcoach.settings import Settings

Fixing = Literal["none", "safe", "unsafe"]
Progress = Callable[[int, int], None]


def run(
    paths: Sequence[Path],
    settings: Settings,
    *,
    fix: Fixing = "none",
    diff: bool = False,
    jobs: int | None = None,
    raw_lines: bool = False,
    cached: bool = True,
    progress: Progress | None = None,
    stdin: tuple[str, bytes] | None = None,
) -> Report:
    """Check, and if asked repair, every notebook that `paths` lead to.

    With `fix` and no `diff` repaired files are written; with `diff` nothing is written and each
    result carries what would change. `jobs` None means as many as the machine has processors.
    `raw_lines` asks for the places' lines in the file. `progress` is called with the number of
    files done and of all files. `stdin` is a file name and contents to check instead of `paths`;
    it is never written, see `fix_bytes`.
    """
    raise NotImplementedError


def check_bytes(
    path: str, data: bytes, settings: Settings, *, raw_lines: bool = False
) -> FileResult:
    """What there is to say about one notebook; nothing is written."""
    raise NotImplementedError


def fix_bytes(
    path: str,
    data: bytes,
    settings: Settings,
    *,
    fix: Fixing = "safe",
    diff: bool = False,
    raw_lines: bool = False,
) -> tuple[FileResult, bytes]:
    """One notebook repaired, and what remains to be said about it; nothing is written."""
    raise NotImplementedError
