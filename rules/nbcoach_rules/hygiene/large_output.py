"""Outputs that make a notebook heavy."""

from collections.abc import Iterator
from dataclasses import dataclass

from nbcoach.api import (
    CodeCell,
    Confidence,
    Context,
    FieldEdit,
    Finding,
    Fix,
    Safety,
    rule,
    size_text,
)


@dataclass(frozen=True)
class Options:
    """`limit`: how much text the outputs of one cell may hold, in characters."""

    limit: int = 600_000


@rule(
    "NB604",
    CodeCell,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.UNSAFE,
    options=Options(),
)
def large_output(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """Saved outputs of one cell that take more room than the limit."""
    limit = context.options(Options).limit
    if context.notebook.size <= limit:
        return
    size = sum(output.size for output in cell.outputs)
    if size > limit:
        yield context.finding(
            cell,
            f"Outputs of this cell take {size_text(size)}; shrink, link or clear them",
            Fix("Clear the outputs", (FieldEdit(("cells", cell.index, "outputs"), []),)),
        )
