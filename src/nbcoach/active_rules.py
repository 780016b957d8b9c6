"""The rules that run under one configuration, found by what they look at."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib import import_module
from typing import Final, NamedTuple

from nbcoach.finding import Severity
from nbcoach.plugins import RuleEntry, RuleSet, options_for
from nbcoach.rule import Rule
from nbcoach.selection import Selection, select
from nbcoach.settings import Settings

ByKind = Mapping[type, tuple[RuleEntry, ...]]

# Letters, digits, underscores and all that is not ASCII make words; the rest parts them.
_WORDS: Final = bytes(
    byte if byte >= 128 or chr(byte).isalnum() or byte == ord("_") else ord(" ")
    for byte in range(256)
)


class ActiveRule(NamedTuple):
    """A rule ready to run: imported, with its options and the severity the settings give it."""

    rule: Rule
    options: object
    severity: Severity | None


class ActiveRules:
    """The rules that run on a notebook; each is imported when it is first needed."""

    def __init__(
        self,
        entries: Iterable[RuleEntry],
        rules: RuleSet,
        settings: Settings,
        severity: Mapping[str, Severity],
    ) -> None:
        self.rules = rules
        self.settings = settings
        self._entries = tuple(entries)
        self._severity = severity
        self._loaded: dict[str, ActiveRule] = {}
        mentions = {word for entry in self._entries for word in entry.mentions}
        self._words = {word.encode(): word for word in mentions if word.isidentifier()}
        self._phrases = [word for word in mentions if not word.isidentifier()]

    @cached_property
    def by_kind(self) -> ByKind:
        """The rules by the type of their subjects."""
        grouped: dict[type, list[RuleEntry]] = {}
        for entry in self._entries:
            for subject in entry.subjects:
                grouped.setdefault(_type_named(subject), []).append(entry)
        return {kind: tuple(entries) for kind, entries in grouped.items()}

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the rules."""
        return frozenset(entry.code for entry in self._entries)

    def concerned_with(self, code_text: str) -> ByKind:
        """The rules that mention nothing, or something that occurs in a notebook's code."""
        found = {self._words[word] for word in self._words.keys() & _words_of(code_text)}
        found.update(phrase for phrase in self._phrases if phrase in code_text)
        unconcerned = {
            entry.code
            for entry in self._entries
            if entry.mentions and found.isdisjoint(entry.mentions)
        }
        return {
            kind: kept
            for kind, entries in self.by_kind.items()
            if (kept := tuple([entry for entry in entries if entry.code not in unconcerned]))
        }

    def ready(self, entry: RuleEntry) -> ActiveRule:
        """The rule itself. Raises PackError, or SettingsError where its options are wrong."""
        active = self._loaded.get(entry.code)
        if active is None:
            rule = self.rules.rule(entry.code)
            options = options_for(rule, self.settings)
            active = ActiveRule(rule, options, self._severity.get(entry.code))
            self._loaded[entry.code] = active
        return active


class Rulebook:
    """The active rules for every notebook of a run, whose configurations may differ."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._selections: dict[Settings, Selection] = {}
        self._active: dict[tuple[Settings, tuple[str, ...]], ActiveRules] = {}

    def active(self, settings: Settings, path: str) -> ActiveRules:
        """The active rules for one notebook. Raises SettingsError."""
        selection = self._selections.get(settings)
        if selection is None:
            selection = self._selections[settings] = select(self.rules, settings)
        entries = selection.for_path(path)
        key = (settings, tuple([entry.code for entry in entries]))
        active = self._active.get(key)
        if active is None:
            active = ActiveRules(entries, self.rules, settings, selection.severity)
            self._active[key] = active
        return active


def _words_of(text: str) -> set[bytes]:
    return set(text.encode(errors="replace").translate(_WORDS).split())


def _type_named(name: str) -> type:
    module, _, attribute = name.rpartition(".")
    kind = getattr(import_module(module), attribute)
    assert isinstance(kind, type)
    return kind
