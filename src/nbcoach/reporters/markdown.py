"""A Markdown table, for `$GITHUB_STEP_SUMMARY` and comments on pull requests."""

from collections.abc import Iterator
from html import escape

from nbcoach.escaping import visible
from nbcoach.report import PlacedFinding, Report
from nbcoach.reporters.counting import count, label, notebooks, severities
from nbcoach.reporters.positions import position

# A step summary may take 1 MiB; longer ones are refused whole.
_MOST_ROWS = 1_000


def report(report: Report) -> str:
    """A heading, a summary and the findings, the worst first."""
    found = sorted(report.findings(), key=lambda pair: -pair[1].finding.severity)
    parts = _opening(report, found), _failures(report), _notes(report), _table(found)
    return "".join(f"{line}\n" for part in parts for line in part)


def _opening(report: Report, found: list[tuple[str, PlacedFinding]]) -> Iterator[str]:
    yield "## nbcoach"
    yield ""
    numbers = severities(placed.finding.severity for _, placed in found) or "no findings"
    yield f"{count(notebooks(report), 'notebook')}: {numbers}"


def _failures(report: Report) -> Iterator[str]:
    for file in report.files:
        if file.error:
            yield ""
            yield f"nbcoach failed on {_prose(file.path)}: {_prose(file.error)}"


def _notes(report: Report) -> Iterator[str]:
    if report.notes:
        yield ""
    for note in report.notes:
        yield f"- Not looked at in full: {_prose(note)}"


def _table(found: list[tuple[str, PlacedFinding]]) -> Iterator[str]:
    if not found:
        return
    yield ""
    yield "| Severity | Notebook | Place | Rule | Finding |"
    yield "|---|---|---|---|---|"
    for path, placed in found[:_MOST_ROWS]:
        finding = placed.finding
        yield (
            f"| {label(finding.severity)} | {_prose(path)} | {position(placed.place)}"
            f" | {_prose(f'{finding.code} {finding.name}')} | {_prose(finding.message)} |"
        )
    if len(found) > _MOST_ROWS:
        yield ""
        yield f"{len(found) - _MOST_ROWS:,} more findings are left out here."


def _prose(text: str) -> str:
    """Text that Markdown shows as it is, but for what stands in backticks: that is code.

    The pieces are made harmless one by one, so that a stray backtick can misplace `<code>` only.
    """
    pieces = [_plain(piece) for piece in visible(text).split("`")]
    if len(pieces) % 2 == 0:
        return "&#96;".join(pieces)
    return "".join(f"<code>{p}</code>" if index % 2 else p for index, p in enumerate(pieces))


def _plain(text: str) -> str:
    # A character reference never starts markup, whatever surrounds it.
    return "".join(f"&#{ord(c)};" if c in _MARKUP else c for c in escape(text, quote=False))


_MARKUP = frozenset("\\*_{}[]()|~$@:!#")
