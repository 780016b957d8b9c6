"""Where the rules about names stay silent, and why."""

from collections.abc import Iterator

from nbcoach.api import Confidence, Context, Finding, Notebook, Severity, rule, shortened


@rule("NB005", Notebook, severity=Severity.INFO, confidence=Confidence.CERTAIN, default="on")
def partial_analysis(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Something that may bind any name, after which undefined names are not reported."""
    semantics = notebook.as_read
    opaque = [u for u in semantics.unknowns if u.reason.startswith("a cell that does not parse")]
    reasons = [*opaque, *(semantics.unknowns if semantics.silenced else ())]
    if reasons:
        first = min(reasons, key=lambda unknown: semantics.order.index(unknown.cell))
        # What is longer is code: its closing backtick stays.
        reason = first.reason
        shown = reason if len(reason) <= 40 else f"{shortened(reason, 39)}`"
        remedy = "repair it" if first in opaque else "add `# nbcoach: defines`"
        message = f"State rules are limited here ({shown}); {remedy}"
        yield context.finding(context.place(first), message)
