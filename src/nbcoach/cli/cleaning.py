"""Notebooks without outputs and editor noise: in place, or from standard input to output."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nbcoach.cli.terminal import complain, write, write_bytes
from nbcoach.settings import Settings, load

if TYPE_CHECKING:
    from nbcoach.report import Report

CLEANING: Final = {
    "source-only": ("NB602", "NB603", "NB613"),
    "kept": ("NB603", "NB613"),
    "executed": ("NB613",),
}
"""What each policy for saved outputs takes out, as the rules that find it."""


def cleaning(
    *, keep_outputs: bool = False, config: Path | None = None, isolated: bool = False
) -> Settings:
    """The settings under which the safe fixes are what cleans a notebook."""
    found = load(Path.cwd(), config=config, isolated=isolated)
    policy = "kept" if keep_outputs else found.outputs
    wanted = {
        "select": list(CLEANING.get(policy, CLEANING["source-only"])),
        "outputs": policy if policy in CLEANING else "source-only",
        "ruff": False,
        "baseline": False,
        "ignore": [],
        "extend-select": [],
    }
    return load(Path.cwd(), wanted, config=config, isolated=isolated)


def clean_stdin(name: str, settings: Settings) -> int:
    """Pass a notebook on clean, and what is no notebook as it is."""
    from nbcoach.engine import fix_bytes
    from nbcoach.report import Report

    result, cleaned = fix_bytes(name, sys.stdin.buffer.read(), settings)
    write_bytes(cleaned)
    _tell(Report((result,)))
    return 0


def clean_files(paths: Sequence[str], settings: Settings) -> int:
    """Clean notebooks in place; 1 where one could not be cleaned."""
    from nbcoach.engine import run
    from nbcoach.reporters.counting import count

    report = run(paths, settings, fix="safe")
    cleaned = sum(bool(file.repairs) for file in report.files)
    complain(f"Cleaned {count(cleaned, 'notebook')} of {len(report.files):,}")
    return _tell(report)


def _tell(report: "Report") -> int:
    """Say what could not be cleaned, and why; 1 if there is any."""
    from nbcoach.reporters import concise

    told = concise.report(report)
    if told:
        write(told, sys.stderr)
    return int(bool(told))
