"""Suppressions that no rule answers to."""

from collections.abc import Iterator

from nbcoach.api import (
    Confidence,
    Context,
    Finding,
    Fix,
    Safety,
    UnknownSuppression,
    rule,
    shortened,
)


@rule(
    "NB010",
    UnknownSuppression,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.MANUAL,
)
def unknown_suppression(unknown: UnknownSuppression, context: Context) -> Iterator[Finding]:
    """A suppression of a code or name that no rule has."""
    code, near = shortened(unknown.code, 25), shortened(unknown.near, 26)
    if code.startswith("nbcoach:"):
        message = f"Suppression `{code}` cannot be understood; write `{near}`"
    else:
        message = f"Suppression names `{code}`, which does not exist; use `{near}`"
    fix = Fix(f"Write `{near}` in its place, or take the suppression out", safety=Safety.MANUAL)
    yield context.finding(unknown.suppression.location, message, fix)
