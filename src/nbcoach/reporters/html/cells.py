"""Notebooks as HTML: the cells that something is said of, each with its findings below."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from nbcoach.finding import Safety, Severity
from nbcoach.notebook import Cell, CodeCell, MarkdownCell, Notebook
from nbcoach.report import FileResult, Place, PlacedFinding, Report
from nbcoach.reporters.counting import count, label, severities
from nbcoach.reporters.html.prose import inline, source_block
from nbcoach.reporters.positions import position

_MOST_FINDINGS = 5_000
_REPAIRS = {
    Safety.SAFE: "safe fix (<code>--fix</code>)",
    Safety.UNSAFE: "fix to look over (<code>--fix --unsafe-fixes</code>)",
    Safety.MANUAL: "by hand",
}


def sections(report: Report, notebooks: Mapping[str, Notebook]) -> Iterator[str]:
    """A section for each file that something is said of, and a line about the others."""
    about: dict[str, list[PlacedFinding]] = {}
    left = _MOST_FINDINGS
    for path, placed in report.findings():
        if left:
            about.setdefault(path, []).append(placed)
            left -= 1
    failures = [file for file in report.files if file.error]
    if len(about) > 1:
        yield _contents(about)
    yield from map(_failure, failures)
    for number, (path, found) in enumerate(about.items(), 1):
        yield from _section(number, path, found, notebooks.get(path))
    if not left:
        yield f'<p class="more">Only the first {_MOST_FINDINGS:,} findings are shown here.</p>'
    silent = len({file.path for file in report.files} - set(about))
    if silent and not failures:
        yield f'<p class="clean">{count(silent, "notebook")} without findings.</p>'


def _contents(about: Mapping[str, list[PlacedFinding]]) -> str:
    items = "".join(
        f'<li><a href="#n{number}">{inline(path)}</a> {_numbers(found)}</li>'
        for number, (path, found) in enumerate(about.items(), 1)
    )
    return f'<nav aria-label="Notebooks"><ol>{items}</ol></nav>'


def _numbers(found: Iterable[PlacedFinding]) -> str:
    return severities(placed.finding.severity for placed in found)


def _failure(file: FileResult) -> str:
    return f'<p class="failure">nbcoach failed on {inline(file.path)}: {inline(file.error)}</p>'


def _section(
    number: int, path: str, found: list[PlacedFinding], notebook: Notebook | None
) -> Iterator[str]:
    yield f'<section class="notebook" id="n{number}">'
    yield f"<h2>{inline(path)}</h2><p>{_numbers(found)}</p>"
    cells = notebook.cells if notebook is not None else ()
    by_cell = sorted(found, key=lambda placed: placed.place.cell)
    before = 0
    for place, group in groupby(by_cell, key=lambda placed: placed.place.cell):
        if place:
            yield _gap(before, place)
            before = place
        cell = cells[place - 1] if 0 < place <= len(cells) else None
        yield from _cell(place, cell, list(group))
    if cells:
        yield _gap(before, len(cells) + 1)
    yield "</section>"


def _gap(before: int, after: int) -> str:
    left_out = after - before - 1
    return f'<p class="gap">{count(left_out, "cell")} without findings</p>' if left_out else ""


def _cell(number: int, cell: Cell | None, found: list[PlacedFinding]) -> Iterator[str]:
    yield '<article class="cell">'
    if cell is not None:
        marks = [_marked(placed.place, placed.finding.severity) for placed in found]
        yield f"<h3>cell {number} <small>{_kind(cell)}</small></h3>"
        known = [mark for mark in marks if mark is not None]
        yield source_block(cell.source, known, wrap=not isinstance(cell, CodeCell))
    elif number:
        yield f"<h3>cell {number}</h3>"
    yield '<ul class="findings">'
    yield from map(_finding, found)
    yield "</ul></article>"


def _kind(cell: Cell) -> str:
    if isinstance(cell, CodeCell):
        count = cell.execution_count
        return f"code [{count if count is not None else ' '}]"
    return "Markdown" if isinstance(cell, MarkdownCell) else "raw"


def _marked(place: Place, severity: Severity) -> tuple[int, int, int, str] | None:
    """The first line of a finding's place as line, columns from 0 and class, if it has one."""
    if not place.line:
        return None
    end = place.end_column - 1 if place.end_line == place.line else len(place.source)
    return place.line, place.column - 1, max(end, place.column), label(severity)


def _finding(placed: PlacedFinding) -> str:
    finding = placed.finding
    severity = label(finding.severity)
    where = f'<span class="place">{position(placed.place)}</span>' if placed.place.cell else ""
    extra = "".join(
        f"<li>{position(place)} {inline(related.message)}</li>"
        for related, place in zip(finding.related, placed.related, strict=True)
    )
    fix = ""
    if finding.fix is not None:
        fix = f"<li>{_REPAIRS[finding.fix.safety]}: {inline(finding.fix.title)}</li>"
    return (
        f'<li class="finding {severity}" data-severity="{severity}" tabindex="0">'
        f'<p><span class="severity">{severity}</span> '
        f'<a class="code" href="#{inline(finding.code)}">{inline(finding.code)}</a> '
        f"{inline(finding.message)} {where}</p>"
        f"{f'<ul>{extra}{fix}</ul>' if extra or fix else ''}</li>"
    )
