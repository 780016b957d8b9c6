"""Entries of rules that do not exist, to test what only asks about metadata."""

from nbcoach.finding import Confidence, Severity
from nbcoach.plugins import RuleEntry, RuleSet

_EXAMPLE = RuleEntry(
    code="NB000",
    name="example",
    summary="An example.",
    subjects=("nbcoach.notebook.CodeCell",),
    mentions=(),
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    default="on",
    safety=None,
    options=(),
    module="example",
    file="example.py",
    family="examples",
    pack="examples",
)


def entry(code: str, name: str = "", **changes: object) -> RuleEntry:
    """An entry with this code; all else as given."""
    return _EXAMPLE._replace(code=code, name=name or f"rule-{code.lower()}", **changes)


def rule_set(*entries: RuleEntry) -> RuleSet:
    """A set of rules of which only the entries exist."""
    return RuleSet((), entries)
