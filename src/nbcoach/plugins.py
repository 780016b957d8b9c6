"""Rule packs and local rule folders, made into one set of rules that import when needed."""

from collections.abc import Iterator
from dataclasses import dataclass

from nbcoach.finding import Confidence, Safety, Severity
from nbcoach.rule import Default, Rule
from nbcoach.settings import Settings


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a rule: its name, the kind of value it takes, as people say it, and default."""

    name: str
    kind: str
    default: object


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """What is known of a rule before its module is imported.

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


class RuleSet:
    """All rules that are installed, by code and by name, in the order of their codes."""

    packs: tuple[str, ...]
    fingerprint: str

    def __iter__(self) -> Iterator[RuleEntry]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def find(self, code_or_name: str) -> RuleEntry | None:
        """The entry of the rule with this exact code or name."""
        raise NotImplementedError

    def rule(self, code: str) -> Rule:
        """The rule itself; its module is imported on first need. Raises PackError."""
        raise NotImplementedError


def load_rules(settings: Settings) -> RuleSet:
    """The rules of every installed pack and of the settings' `rule-paths`.

    `settings` are those of the run, never nested ones: rules are code. Raises PackError.
    """
    raise NotImplementedError


def options_for(rule: Rule, settings: Settings) -> object:
    """The rule's options as the settings have them, None where it declares none.

    Raises SettingsError where an option is unknown or of the wrong type.
    """
    raise NotImplementedError
