"""Cells that hold nothing."""

import re
from collections.abc import Iterator

from nbcoach.api import (
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

_TASK = re.compile(r"exercise|your turn|your (?:code|answer|solution)|try it|task|question", re.I)


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
    if cell.source and not cell.source.isspace():
        return
    if cell.tags or cell.attachments or (isinstance(cell, CodeCell) and cell.outputs):
        return
    cells = context.notebook.cells
    last = cell.index == len(cells) - 1
    if last or (cell.index and _TASK.search(cells[cell.index - 1].source)):
        return
    fix = Fix("Delete the empty cell", (DeleteCell(cell.index),), Safety.SAFE)
    yield context.finding(cell, "Cell is empty; delete it", fix)
