"""Counts that more than one cell has."""

from collections.abc import Iterator

from nbcoach.api import Confidence, Context, Finding, Fix, Notebook, Safety, rule

_FIX = Fix(
    "Edit > Clear Outputs of All Cells; Kernel > Restart Kernel and Run All Cells",
    safety=Safety.MANUAL,
)


@rule("NB104", Notebook, confidence=Confidence.CERTAIN, default="on", fix=Safety.MANUAL)
def repeated_execution_count(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Cells with the same count: a kernel gives each only once."""
    groups = notebook.log.repeated
    if not groups:
        return
    first, *others = groups[0]
    more = f" ({len(groups)} counts are shared)" if groups[1:] else ""
    yield context.finding(
        others[0],
        f"Cells {first.index + 1} and {others[0].index + 1} share count {first.execution_count}"
        f"{more}; restart and run all",
        _FIX,
        related=[(cell, "this cell has the same count") for cell in (first, *others[1:])],
    )
