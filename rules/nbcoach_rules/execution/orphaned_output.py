"""Outputs that no counted run of their cell made."""

from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Confidence,
    Context,
    FieldEdit,
    Finding,
    Fix,
    Notebook,
    Output,
    Safety,
    rule,
)

_WIDGET = "application/vnd.jupyter.widget-view+json"


@rule("NB111", Notebook, confidence=Confidence.CERTAIN, default="on", fix=Safety.UNSAFE)
def orphaned_output(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Outputs with another count than their cell, or on a cell without one among counted cells."""
    if notebook.log.state != "logged":
        return
    counts = notebook.log.counts
    uncounted = []
    for cell in notebook.code_cells:
        if cell.index not in counts and _has_own_outputs(cell):
            uncounted.append(cell)
        elif cell.index in counts:
            for number in _numbers(cell.outputs) - {counts[cell.index]}:
                message = (
                    f"Output says run {number}, cell says run {counts[cell.index]}; re-run the cell"
                )
                yield context.finding(cell, message, _cleared([cell]))
    if uncounted:
        others = f", like {len(uncounted) - 1} more" if uncounted[1:] else ""
        yield context.finding(
            uncounted[0],
            f"Cell has outputs but no execution count{others}; re-run it",
            _cleared(uncounted),
            related=[(cell, "this cell has outputs but no count, too") for cell in uncounted[1:]],
        )


def _numbers(outputs: tuple[Output, ...]) -> set[int]:
    results = [output for output in outputs if output.kind == "execute_result"]
    return {o.execution_count for o in results if o.execution_count is not None}


def _has_own_outputs(cell: CodeCell) -> bool:
    """Whether a cell shows more than widgets and errors, which other rules are about."""
    if any(output.kind == "error" for output in cell.outputs):
        return False
    return any(_WIDGET not in output.data for output in cell.outputs)


def _cleared(cells: list[CodeCell]) -> Fix:
    edits = tuple([FieldEdit(("cells", cell.index, "outputs"), []) for cell in cells])
    return Fix("Clear the outputs that no run made", edits, Safety.UNSAFE)
