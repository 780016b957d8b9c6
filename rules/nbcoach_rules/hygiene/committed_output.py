"""Outputs in notebooks that are to be kept without."""

from collections.abc import Iterator
from dataclasses import dataclass

from nbcoach.api import (
    CodeCell,
    Confidence,
    Context,
    FieldEdit,
    Finding,
    Fix,
    Notebook,
    Safety,
    rule,
)


@dataclass(frozen=True)
class Options:
    """`keep-below`: outputs of a cell with less text than this, in characters, may stay."""

    keep_below: int = 0


@rule(
    "NB602",
    Notebook,
    confidence=Confidence.CERTAIN,
    default="off",
    fix=Safety.SAFE,
    options=Options(),
)
def committed_output(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Saved outputs, where the output policy is to keep only sources."""
    limit = context.options(Options).keep_below
    carrying = [
        cell
        for cell in notebook.code_cells
        if cell.outputs and not _kept(cell) and sum(out.size for out in cell.outputs) >= limit
    ]
    if carrying:
        number = len(carrying)
        cells = "1 cell carries" if number == 1 else f"{number} cells carry"
        edits = tuple(FieldEdit(("cells", cell.index, "outputs"), []) for cell in carrying)
        yield context.finding(
            None,
            f"{cells} outputs; the policy is source-only, so clear them",
            Fix("Clear the outputs", edits, Safety.SAFE),
        )


def _kept(cell: CodeCell) -> bool:
    """Whether the cell says, in the words of nbstripout, that its outputs are to stay."""
    return (
        "keep_output" in cell.tags
        or cell.metadata.get("keep_output") is True
        or cell.metadata.get("init_cell") is True
    )
