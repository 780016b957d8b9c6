"""Counts that do not rise from top to bottom."""

from collections.abc import Iterator

from nbcoach.api import Confidence, Context, Finding, Fix, Notebook, Safety, Severity, rule

_FIX = Fix(
    "Kernel > Restart Kernel and Run All Cells, and look whether a result changes",
    safety=Safety.MANUAL,
)


@rule(
    "NB102",
    Notebook,
    severity=Severity.INFO,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.MANUAL,
)
def out_of_order_execution(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Cells that were run in another order than that of the file."""
    log = notebook.log
    if not log.steps_back or (
        "NB101" in context.active and any(c.proved for c in notebook.conflicts)
    ):
        return
    before, after = log.steps_back[0]
    counts = f"{before.execution_count}, {after.execution_count}"
    more = f" and step back {len(log.steps_back)} times" if log.steps_back[1:] else ""
    yield context.finding(
        after,
        f"Counts run {counts}{more}; restart and run all before saving",
        _FIX,
        related=[(before, f"this cell above it ran later, as number {before.execution_count}")],
    )
