"""Execution counts in notebooks that are to be kept without."""

from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Confidence,
    Context,
    FieldEdit,
    Finding,
    Fix,
    Notebook,
    Safety,
    Severity,
    rule,
)


@rule(
    "NB603",
    Notebook,
    severity=Severity.INFO,
    confidence=Confidence.CERTAIN,
    default="off",
    fix=Safety.SAFE,
)
def committed_execution_count(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Execution counts, where the output policy is to drop them."""
    by_cell = [edits for cell in notebook.code_cells if (edits := tuple(_edits(cell)))]
    if by_cell:
        number = len(by_cell)
        cells = "1 cell carries a run count" if number == 1 else f"{number} cells carry run counts"
        fix = Fix("Drop the run counts", sum(by_cell, ()), Safety.SAFE)
        yield context.finding(None, f"{cells}; the policy drops them", fix)


def _edits(cell: CodeCell) -> Iterator[FieldEdit]:
    """The edits that take the count from a cell and from its results, which repeat it."""
    place = ("cells", cell.index)
    if cell.execution_count is not None:
        yield FieldEdit((*place, "execution_count"), None)
    for number, output in enumerate(cell.outputs):
        if output.execution_count is not None:
            yield FieldEdit((*place, "outputs", number, "execution_count"), None)
