"""What is known of a rule before its module is imported."""

from dataclasses import dataclass
from typing import Any

from nbcoach.finding import Confidence, Safety, Severity
from nbcoach.rule import Default


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a rule.

    `kind` says what it takes the way people say it: "a whole number"; `choices` are the words it
    takes where those are few; `default` is spelt as in a configuration file.
    """

    name: str
    kind: str
    default: object
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule's own words about itself, and where it lies.

    `subjects` are dotted names: "ast.Call", "nbcoach.notebook.CodeCell". `family` is the name of
    the folder the rule lies in, "" for a module at its pack's root; `file` is the rule's module on
    disk; `pack` is the pack's import root or the local rule folder. The rest is as in `Rule`.
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


def to_json(entry: RuleEntry) -> list[Any]:
    """The entry as JSON values, in the order of its fields."""
    values = [getattr(entry, field) for field in RuleEntry.__slots__]
    values[9] = [[getattr(option, field) for field in Option.__slots__] for option in entry.options]
    return values


def from_json(values: list[Any]) -> RuleEntry:
    """The entry that `to_json` took apart."""
    code, name, summary, subjects, mentions, severity, confidence, default, safety, *rest = values
    options, *places = rest
    return RuleEntry(
        code,
        name,
        summary,
        tuple(subjects),
        tuple(mentions),
        Severity(severity),
        Confidence(confidence),
        default,
        None if safety is None else Safety(safety),
        tuple(Option(option, kind, given, tuple(words)) for option, kind, given, words in options),
        *places,
    )
