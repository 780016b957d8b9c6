"""What is known of a rule before its module is imported."""

from typing import Any, NamedTuple

from nbcoach.finding import Confidence, Safety, Severity
from nbcoach.rule import Default


class Option(NamedTuple):
    """One option of a rule.

    `kind` says what it takes the way people say it: "a whole number"; `choices` are the words it
    takes where those are few; `default` is spelt as in a configuration file.
    """

    name: str
    kind: str
    default: object
    choices: tuple[str, ...] = ()


class RuleEntry(NamedTuple):
    """A rule's own words about itself, and where it lies.

    `subjects` are dotted names: "ast.Call", "nbcoach.notebook.CodeCell". `family` is the name of
    the folder the rule lies in, "" for a module at its pack's root; `file` is the rule's module on
    disk; `pack` is the pack's import root or the local rule folder; `reads_runs` whether that
    module speaks of outputs or run counts. The rest is as in `Rule`.
    """

    code: str
    name: str
    summary: str
    subjects: tuple[str, ...]
    mentions: tuple[str, ...]
    severity: Severity
    confidence: Confidence
    default: Default
    safety: Safety | None
    options: tuple[Option, ...]
    module: str
    file: str
    family: str
    pack: str
    reads_runs: bool = False


def from_json(values: list[Any]) -> RuleEntry:
    """The entry that was stored as JSON, which knows neither tuples nor enumerations."""
    entry = RuleEntry(*values)
    return entry._replace(
        subjects=tuple(entry.subjects),
        mentions=tuple(entry.mentions),
        severity=Severity(entry.severity),
        confidence=Confidence(entry.confidence),
        safety=None if entry.safety is None else Safety(entry.safety),
        options=tuple(
            Option(name, kind, default, tuple(choices))
            for name, kind, default, choices in entry.options
        ),
    )
