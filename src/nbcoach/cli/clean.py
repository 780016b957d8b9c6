"""`nbcoach clean`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbcoach.cli import options

if TYPE_CHECKING:
    from nbcoach.report import Report
    from nbcoach.settings import Settings


@click.command(short_help="Take outputs and editor noise out of notebooks.")
@options.paths
@click.option("--keep-outputs", is_flag=True, help="Take out run counts and noise only.")
@click.option("--stdin-filename", metavar="NAME", help="Clean standard input as this file.")
@options.config
@options.isolated
def command(
    paths: tuple[str, ...],
    keep_outputs: bool,
    stdin_filename: str | None,
    config: Path | None,
    isolated: bool,
) -> int:
    """Take outputs, run counts and editor noise out of the notebooks in PATHS.

    \b
    nbcoach clean train.ipynb               in place
    nbcoach clean - < a.ipynb > b.ipynb     as a filter; `nbcoach git setup --clean` uses it

    Every other byte stays. The settings `outputs`, and those of the rules NB602, NB603 and NB613,
    say what goes. What is no notebook is passed on as it is.
    """
    from nbcoach.errors import UsageError
    from nbcoach.settings import load

    if not paths:
        raise UsageError("name the notebooks to clean, or `-` for standard input")
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
    settings = load(Path.cwd(), wanted, config=config, isolated=isolated)
    if paths == ("-",):
        return _filter(stdin_filename or "stdin.ipynb", settings)
    return _in_place(paths, settings)


CLEANING = {
    "source-only": ("NB602", "NB603", "NB613"),
    "kept": ("NB603", "NB613"),
    "executed": ("NB613",),
}
"""What each policy for saved outputs takes out, as the rules that find it."""


def _filter(name: str, settings: "Settings") -> int:
    from nbcoach.cli.terminal import write_bytes
    from nbcoach.engine import fix_bytes
    from nbcoach.report import Report

    result, cleaned = fix_bytes(name, sys.stdin.buffer.read(), settings)
    write_bytes(cleaned)
    _tell(Report((result,)))
    return 0


def _in_place(paths: tuple[str, ...], settings: "Settings") -> int:
    from nbcoach.engine import run
    from nbcoach.reporters.counting import count

    report = run(paths, settings, fix="safe")
    cleaned = sum(bool(file.repairs) for file in report.files)
    click.echo(f"Cleaned {count(cleaned, 'notebook')} of {len(report.files):,}", err=True)
    return _tell(report)


def _tell(report: "Report") -> int:
    """Say what could not be cleaned, and why; 1 if there is any."""
    from nbcoach.cli.terminal import complain
    from nbcoach.reporters import concise

    told = concise.report(report)
    if told:
        complain(told.rstrip("\n"))
    return int(bool(told))
