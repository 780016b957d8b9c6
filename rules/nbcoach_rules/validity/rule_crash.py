"""Rules that fail themselves."""

from collections.abc import Iterator

from nbcoach.api import Confidence, Context, Crash, Finding, Severity, rule, shortened


@rule("NB003", Crash, severity=Severity.ERROR, confidence=Confidence.CERTAIN, default="on")
def rule_crash(crash: Crash, context: Context) -> Iterator[Finding]:
    """A rule that raised an error instead of reporting findings."""
    name = shortened(f"{crash.code} {crash.name}", 50)
    message = f"Rule `{name}` crashed on this notebook; please report it"
    yield context.finding(None, message, related=[(None, crash.error)])
