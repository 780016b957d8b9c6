"""Files that claim to be notebooks and cannot be read."""

from collections.abc import Iterator

from nbcoach.api import Confidence, Context, Finding, Severity, Unreadable, rule, shortened


@rule(
    "NB001",
    Unreadable,
    severity=Severity.ERROR,
    confidence=Confidence.CERTAIN,
    default="on",
)
def unreadable_file(file: Unreadable, context: Context) -> Iterator[Finding]:
    """A notebook file that nobody can open."""
    # A merge conflict has a rule, and a remedy, of its own.
    if file.kind != "conflict":
        reason = shortened(file.reason, 60)
        yield context.finding(None, f"Not a readable notebook: {reason}; restore it")
