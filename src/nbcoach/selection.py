"""Which rules run on which notebook."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from nbcoach.errors import SettingsError
from nbcoach.finding import Severity
from nbcoach.globs import Globs, relative
from nbcoach.plugins import RuleEntry, RuleSet, check_options
from nbcoach.plugins.matching import EXACT, matches
from nbcoach.settings import Settings
from nbcoach.settings.profiles import OUTPUT_POLICIES, PROFILES

# What selectors say beats what the profile says; of two alike the one that ignores wins.
_NEVER: Final = -2
_PROFILE: Final = -1
_BASIC_SUBJECTS: Final = frozenset({"nbcoach.subjects.Unreadable", "nbcoach.subjects.Crash"})


@dataclass(frozen=True, eq=False)
class Selection:
    """The rules that are active under one set of settings.

    `severity` holds, by code, the severity that the settings give to all findings of a rule.
    """

    rules: tuple[RuleEntry, ...]
    severity: Mapping[str, Severity]
    root: Path
    ignores: tuple[tuple[Globs, frozenset[str]], ...] = ()
    _by_ignored: dict[frozenset[str], tuple[RuleEntry, ...]] = field(default_factory=dict)

    def for_path(self, path: str | Path) -> tuple[RuleEntry, ...]:
        """The active rules for one notebook, after `per-file-ignores`.

        The answer is the same object for all notebooks that lose the same rules.
        """
        if not self.ignores:
            return self.rules
        place = relative(os.path.abspath(path), str(self.root))
        ignored: frozenset[str] = frozenset().union(
            *(codes for globs, codes in self.ignores if globs.matches(place))
        )
        if ignored not in self._by_ignored:
            kept = tuple(entry for entry in self.rules if entry.code not in ignored)
            self._by_ignored[ignored] = kept
        return self._by_ignored[ignored]


def select(rules: RuleSet, settings: Settings) -> Selection:
    """The active rules.

    Raises SettingsError where the settings name a rule, a family or an option that nobody has.
    """
    _check_rules(rules, settings)
    selected = _specificity(rules, settings, "select", "extend-select")
    ignored = _specificity(rules, settings, "ignore", "extend-ignore")
    by_profile = _profile_codes(rules, settings) if settings.select is None else _basic_codes(rules)
    active = []
    for entry in rules:
        said = selected.get(entry.code, _NEVER)
        held_back = entry.default == "preview" and not settings.preview and said != EXACT
        chosen = max(said, _PROFILE if entry.code in by_profile else _NEVER)
        if chosen > ignored.get(entry.code, _NEVER) and not held_back:
            active.append(entry)
    return Selection(
        rules=tuple(active),
        severity=_severities(rules, settings),
        root=settings.root,
        ignores=tuple(
            (Globs((pattern,)), _codes(rules, codes, settings, "per-file-ignores"))
            for pattern, codes in settings.per_file_ignores.items()
        ),
    )


def _basic_codes(rules: RuleSet) -> frozenset[str]:
    """The rules that say that something could not be checked: no selection makes that silent."""
    return frozenset(
        entry.code
        for entry in rules
        if entry.default == "on" and not _BASIC_SUBJECTS.isdisjoint(entry.subjects)
    )


def named_by(selector: str, rules: RuleSet) -> list[RuleEntry]:
    """The rules that a code, name, prefix or family stands for, ours or else those of ruff."""
    own = [entry for entry in rules if matches(entry, selector) is not None]
    return own or rules.foreign(selector)


def known_selectors(rules: Iterable[RuleEntry]) -> tuple[str, ...]:
    """The codes, names and families of rules, to suggest one to who misspelt it."""
    words = {word for entry in rules for word in (entry.code, entry.name, entry.family)}
    return tuple(sorted(words - {""}))


def _specificity(rules: RuleSet, settings: Settings, *keys: str) -> dict[str, int]:
    strongest: dict[str, int] = {}
    for key in keys:
        for selector in getattr(settings, key.replace("-", "_")) or ():
            for code, level in _selected(rules, selector, settings, key).items():
                strongest[code] = max(level, strongest.get(code, _NEVER))
    return strongest


def _selected(rules: RuleSet, selector: str, settings: Settings, key: str) -> dict[str, int]:
    levels = {entry.code: matches(entry, selector) for entry in rules}
    selected = {code: level for code, level in levels.items() if level is not None}
    if not selected and selector != "ALL" and not rules.foreign(selector):
        raise _unknown(selector, known_selectors(rules), settings, key)
    return selected


def _codes(
    rules: RuleSet, selectors: Iterable[str], settings: Settings, key: str
) -> frozenset[str]:
    return frozenset().union(*(_selected(rules, one, settings, key) for one in selectors))


def _profile_codes(rules: RuleSet, settings: Settings) -> frozenset[str]:
    profile = PROFILES[settings.profile]
    adds = (*profile.adds, *OUTPUT_POLICIES[settings.outputs])
    return frozenset(
        entry.code
        for entry in rules
        if _any_matches(entry, adds)
        or (entry.default != "off" and _any_matches(entry, profile.runs))
        or (
            entry.default != "off"
            and entry.severity == Severity.ERROR
            and _any_matches(entry, profile.errors)
        )
    )


def _any_matches(entry: RuleEntry, selectors: Iterable[str]) -> bool:
    return any(matches(entry, selector) is not None for selector in selectors)


def _severities(rules: RuleSet, settings: Settings) -> dict[str, Severity]:
    severities: dict[str, Severity] = {}
    for table in (PROFILES[settings.profile].severity, settings.severity):
        levels: dict[str, int] = {}
        for selector, severity in table.items():
            for entry in rules:
                level = matches(entry, selector)
                if level is not None and level > levels.get(entry.code, _NEVER):
                    levels[entry.code] = level
                    severities[entry.code] = severity
    return severities


def _check_rules(rules: RuleSet, settings: Settings) -> None:
    for selector in settings.severity:
        _selected(rules, selector, settings, "severity")
    for key in settings.rules:
        if rules.find(key) is None:
            names = [name for entry in rules for name in (entry.name, entry.code)]
            raise _unknown(key, names, settings, "rules")
    for entry in rules:
        check_options(entry, settings)


def _unknown(selector: str, known: Iterable[str], settings: Settings, key: str) -> SettingsError:
    from nbcoach.spelling import nearest

    source = settings.given.get(key, "settings")
    near = nearest(selector, known)
    return SettingsError(
        f"{source}: `{key}` names `{selector}`, to which no rule answers; the nearest is `{near}`"
    )
