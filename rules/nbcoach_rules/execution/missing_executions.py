"""Executions that left no trace in the file."""

from collections.abc import Iterator

from nbcoach.api import Confidence, Context, Finding, Fix, Notebook, Safety, Severity, rule

_FIX = Fix(
    "Restart Kernel and Run All Cells; what fails then needs a cell that is gone",
    safety=Safety.MANUAL,
)


@rule(
    "NB103",
    Notebook,
    severity=Severity.INFO,
    confidence=Confidence.CERTAIN,
    default="off",
    fix=Safety.MANUAL,
)
def missing_executions(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Counts that no cell has: cells that were run again, or deleted after they ran."""
    gaps = notebook.log.gaps
    if not gaps:
        return
    first, lost = gaps[0], notebook.log.lost
    number = "1 execution" if first.missing == 1 else f"{first.missing} executions"
    verb = "is" if first.missing == 1 else "are"
    total = f" ({lost} in all)" if lost > first.missing else ""
    yield context.finding(
        first.cell,
        f"{number} before cell {first.cell.index + 1} {verb} not in the file{total}; "
        "restart and run all",
        _FIX,
    )
