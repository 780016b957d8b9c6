"""Cells that hold nothing."""

from collections.abc import Iterator

from nbcoach.api import (
    Cell,
    CodeCell,
    Confidence,
    Context,
    DeleteCell,
    Finding,
    Fix,
    MarkdownCell,
    Safety,
    Severity,
    rule,
)

_MEANINGFUL = frozenset({"deletable", "exercise", "nbgrader", "slideshow"})


@rule(
    "NB907",
    CodeCell,
    MarkdownCell,
    severity=Severity.INFO,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.SAFE,
)
def empty_cell(cell: CodeCell | MarkdownCell, context: Context) -> Iterator[Finding]:
    """A cell of white space only."""
    if not _is_empty(cell) or _carries_something(cell) or _has_room_for_an_answer(cell, context):
        return
    # Jupyter leaves one at the end, and makes it anew as soon as the last cell runs.
    if cell.index < len(context.notebook.cells) - 1:
        fix = Fix("Delete the empty cell", (DeleteCell(cell.index),), Safety.SAFE)
        yield context.finding(cell, "Cell is empty; delete it", fix)


def _is_empty(cell: Cell) -> bool:
    return cell.source == "" or cell.source.isspace()


def _carries_something(cell: Cell) -> bool:
    marked = cell.tags or cell.attachments or not _MEANINGFUL.isdisjoint(cell.metadata)
    return bool(marked or (isinstance(cell, CodeCell) and cell.outputs))


def _has_room_for_an_answer(cell: Cell, context: Context) -> bool:
    """Whether the first cell with something in it, going up, is Markdown: it may ask for more."""
    above = reversed(context.notebook.cells[: cell.index])
    return isinstance(next((other for other in above if not _is_empty(other)), None), MarkdownCell)
