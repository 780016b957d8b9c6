"""`nbcoach baseline`."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbcoach.cli import options

if TYPE_CHECKING:
    from nbcoach.baseline import Entry
    from nbcoach.report import FileResult, Report
    from nbcoach.settings import Settings

_USE = """\
`nbcoach check` keeps them silent until their cells change; --no-baseline shows them.
Commit the file; `nbcoach baseline` renews it."""


@click.command(short_help="Keep today's findings silent.")
@options.paths
@click.option("--baseline", metavar="FILE", help="Write this file, not the one in the settings.")
@options.config
@options.isolated
def command(
    paths: tuple[str, ...], baseline: str | None, config: Path | None, isolated: bool
) -> int:
    """Write today's findings in PATHS to a file: `nbcoach check` reports only new ones then.

    \b
    nbcoach baseline            adopt nbcoach in a project that has findings
    nbcoach baseline lessons    renew the part about some notebooks
    """
    from nbcoach.cli.progress import Progress
    from nbcoach.cli.terminal import complain
    from nbcoach.engine import run
    from nbcoach.settings import load

    chosen = {} if baseline is None else {"baseline": baseline}
    here = load(Path.cwd(), chosen, config=config, isolated=isolated)
    all_findings = load(Path.cwd(), {"baseline": False}, config=config, isolated=isolated)
    with Progress(wanted=True) as progress:
        report = run(paths or (".",), all_findings, progress=progress)
    for failed in (result for result in report.files if result.error):
        complain(f"nbcoach: {failed.path}: {failed.error}")
    click.echo(record(report, here))
    return 3 if report.exit_code == 3 else 0


def record(report: "Report", settings: "Settings") -> str:
    """Bring the baseline of some settings up to date; the words about it."""
    from nbcoach.baseline import Baseline, dumps, loads
    from nbcoach.errors import WriteRefused
    from nbcoach.reporters.counting import count
    from nbcoach.settings.model import BASELINE_FILE
    from nbcoach.writing import create

    file = settings.baseline or settings.root / BASELINE_FILE
    old = loads(file.read_text(encoding="utf-8")).entries if file.exists() else {}
    new = dict(_entries(file, report, settings))
    if not old and not any(new.values()):
        return "No findings: there is nothing to put in a baseline"
    kept = {path: found for path, found in old.items() if (file.parent / path).exists()}
    merged = {path: found for path, found in {**kept, **new}.items() if found}
    try:
        create(file, dumps(Baseline(merged)).encode())
    except OSError as error:
        raise WriteRefused(f"`{file}` cannot be written: {error.strerror}") from None
    findings = sum(entry.count for found in merged.values() for entry in found)
    amount = f"{count(findings, 'finding')} in {count(len(merged), 'notebook')}"
    return f"Wrote {os.path.relpath(file)}: {amount}\n{_USE}"


def _entries(
    file: Path, report: "Report", settings: "Settings"
) -> "Iterator[tuple[str, tuple[Entry, ...]]]":
    for result in report.files:
        # Findings about a whole project have no notebook, and no place in a baseline.
        about_project = any(placed.finding.path for placed in result.findings)
        failed = result.error and not result.findings
        if not (about_project or failed):
            path = os.path.relpath(result.path, file.parent).replace(os.sep, "/")
            yield path, _entries_of(result, settings.max_size)


def _entries_of(result: "FileResult", max_size: int) -> "tuple[Entry, ...]":
    from nbcoach.baseline import entries
    from nbcoach.documents import read
    from nbcoach.reading import contents
    from nbcoach.subjects import Unreadable

    if not result.findings:
        return ()
    data = contents(result.path, max_size)
    document = data if isinstance(data, Unreadable) else read(result.path, data, max_size)
    notebook = None if isinstance(document, Unreadable) else document.notebook
    return entries((placed.finding for placed in result.findings), notebook)
