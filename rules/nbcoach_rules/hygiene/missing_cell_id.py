"""Cells without the id that nbformat asks for."""

from collections.abc import Iterator

from nbcoach.api import (
    Confidence,
    Context,
    FieldEdit,
    Finding,
    Fix,
    Notebook,
    Safety,
    new_id,
    rule,
)


@rule("NB611", Notebook, confidence=Confidence.CERTAIN, default="on", fix=Safety.SAFE)
def missing_cell_id(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Cells without an id in a notebook whose format requires one."""
    if notebook.format < (4, 5):
        return
    lacking = [cell for cell in notebook.cells if not cell.id]
    if not lacking:
        return
    ids = {cell.id for cell in notebook.cells}
    edits = []
    for cell in lacking:
        made = new_id(cell, ids)
        ids.add(made)
        edits.append(FieldEdit(("cells", cell.index, "id"), made))
    problem = f"{len(lacking)} cells have no id; add them"
    if len(lacking) == 1:
        problem = f"Cell {lacking[0].index + 1} has no id; add one"
    yield context.finding(None, problem, Fix("Add the missing ids", tuple(edits), Safety.SAFE))
