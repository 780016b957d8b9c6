"""What an unfinished merge leaves behind."""

import re
from collections.abc import Iterator

from nbcoach.api import (
    Cell,
    CodeCell,
    Confidence,
    Context,
    Finding,
    Fix,
    Location,
    MarkdownCell,
    Notebook,
    Safety,
    Severity,
    Span,
    Unreadable,
    rule,
)

# Git writes them at the start of a line; nbdime, in red and bold, and nbdev in cells of their own.
_DRESS = r"^(?:<span[^>]*>)?(?:\*\*|<b>|`)?"
_OURS = re.compile(_DRESS + "(<{7})(?: |$)", re.MULTILINE)
_THEIRS = re.compile(_DRESS + "(>{7})(?: |$)", re.MULTILINE)

_FIX = Fix(
    "Choose a side in a text editor, or cell by cell with `nbdime mergetool`", safety=Safety.MANUAL
)


@rule(
    "NB601",
    Unreadable,
    Notebook,
    severity=Severity.ERROR,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.MANUAL,
)
def merge_conflict_markers(subject: Unreadable | Notebook, context: Context) -> Iterator[Finding]:
    """Conflict markers of a merge that was never resolved."""
    if isinstance(subject, Unreadable):
        if subject.kind == "conflict":
            message = f"File contains conflict markers at line {subject.line}; resolve the merge"
            yield context.finding(None, message, _FIX)
        return
    ours = [found for cell in subject.cells if (found := _marker(_OURS, cell))]
    theirs = [found for cell in subject.cells if (found := _marker(_THEIRS, cell))]
    if ours and theirs and ours[0] < theirs[-1]:
        cell, start = ours[0]
        where = Location(cell, Span(start, start + 7))
        message = "Cell contains conflict markers; resolve the merge"
        yield context.finding(where, message, _FIX)


def _marker(pattern: re.Pattern[str], cell: Cell) -> tuple[int, int] | None:
    """The cell and the offset of a marker that is no part of a string or of quoted code."""
    if "<<<<<<<" not in cell.source and ">>>>>>>" not in cell.source:
        return None
    text = cell.source
    if isinstance(cell, CodeCell) and (cell.code is None or cell.code.tree is not None):
        return None
    if isinstance(cell, MarkdownCell) and "\n" in text.strip():
        text = cell.prose
    found = pattern.search(text)
    return (cell.index, found.start(1)) if found else None
