"""Ids that more than one cell has."""

from collections.abc import Iterator

from nbcoach.api import (
    Cell,
    Confidence,
    Context,
    FieldEdit,
    Finding,
    Fix,
    Notebook,
    Safety,
    Severity,
    new_id,
    rule,
    shortened,
)


@rule(
    "NB612",
    Notebook,
    severity=Severity.ERROR,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.SAFE,
)
def duplicate_cell_id(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A cell with the id of a cell above it."""
    owners: dict[str, Cell] = {}
    for cell in notebook.cells:
        if not cell.id:
            continue
        owner = owners.setdefault(cell.id, cell)
        if owner is cell:
            continue
        made = new_id(cell, {other.id for other in notebook.cells})
        edit = FieldEdit(("cells", cell.index, "id"), made)
        cells = f"cells {owner.index + 1} and {cell.index + 1}"
        yield context.finding(
            cell,
            f"Id `{shortened(cell.id, 40)}` is used by {cells}; change the later one",
            Fix("Give the later cell an id of its own", (edit,), Safety.SAFE),
            related=[(owner, "the first cell with this id")],
        )
