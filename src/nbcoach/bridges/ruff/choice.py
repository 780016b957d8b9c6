"""What the settings want of ruff."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from nbcoach.finding import Confidence, Finding, Severity
from nbcoach.globs import Globs, relative
from nbcoach.plugins import RuleEntry, RuleSet
from nbcoach.plugins.matching import ALL, matches
from nbcoach.plugins.ruff_rules import CERTAIN_BUGS, RUFF
from nbcoach.settings import Settings

_NEVER: Final = -2
_CHOSEN: Final = -1


@dataclass(frozen=True, eq=False)
class Choice:
    """The part of the settings that is about ruff.

    A `select` that names neither ruff nor one of its rules leaves ruff out.
    """

    settings: Settings
    rules: RuleSet

    def arguments(self, *, governed: bool) -> tuple[str, ...] | None:
        """The options that choose rules, None where there is nothing for ruff to do.

        `governed` tells whether a configuration of ruff holds for the notebook.
        """
        if self.settings.ruff is False:
            return None
        added = self._extended
        if self._selected and not self._is_left_to_ruff:
            return "--select", ",".join((*self._selected, *added))
        if self._is_left_to_ruff and not governed:
            return "--select", ",".join((*CERTAIN_BUGS, *self._selected, *added))
        if self._is_left_to_ruff and self.settings.ruff is True:
            added = (*self._selected, *added)
            return ("--extend-select", ",".join(added)) if added else ()
        return ("--select", ",".join(added)) if added else None

    @property
    def is_demanded(self) -> bool:
        """Whether the user asked for ruff, rather than not having said anything."""
        return self.settings.ruff is True or bool(self._selected or self._extended)

    @property
    def exact(self) -> frozenset[str]:
        """The selectors of rules of ruff that the user spelt out."""
        return frozenset((*self._selected, *self._extended))

    @cached_property
    def _is_left_to_ruff(self) -> bool:
        selected = self.settings.select
        return selected is None or "ALL" in selected or RUFF in selected

    @cached_property
    def _selected(self) -> tuple[str, ...]:
        return self._foreign(self.settings.select or ())

    @cached_property
    def _extended(self) -> tuple[str, ...]:
        return self._foreign(self.settings.extend_select)

    @cached_property
    def _ignored(self) -> tuple[str, ...]:
        return (*self.settings.ignore, *self.settings.extend_ignore)

    def _foreign(self, selectors: Iterable[str]) -> tuple[str, ...]:
        """Those of the selectors that name rules of ruff, as ruff spells them."""
        codes: list[str] = []
        for selector in selectors:
            if selector in ("ALL", RUFF) or any(matches(rule, selector) for rule in self.rules):
                continue
            entries = self.rules.foreign(selector)
            is_name = len(entries) == 1 and entries[0].name == selector
            codes.append(entries[0].code if is_name else selector)
        return tuple(codes)

    def kept(self, finding: Finding, path: str) -> Finding | None:
        """The finding with the severity that the settings give it, None where they ignore it."""
        entry = self.rules.ruff.find(finding.code)
        if entry is None or self.settings.confidence > Confidence.LIKELY:
            return None
        if self._is_ignored(entry, path):
            return None
        return finding._replace(severity=self._severity(entry))

    def _is_ignored(self, entry: RuleEntry, path: str) -> bool:
        ignored = _strongest(entry, self._ignored)
        selected = _strongest(entry, (*(self.settings.select or ()), *self.settings.extend_select))
        if ignored != _NEVER and ignored >= max(selected, _CHOSEN):
            return True
        if not self.settings.per_file_ignores:
            return False
        place = relative(os.path.abspath(path), str(self.settings.root))
        return any(
            Globs((pattern,)).matches(place)
            for pattern, selectors in self.settings.per_file_ignores.items()
            if _strongest(entry, selectors) >= ALL
        )

    def _severity(self, entry: RuleEntry) -> Severity:
        levels = [
            (level, severity)
            for selector, severity in self.settings.severity.items()
            if (level := matches(entry, selector)) is not None
        ]
        return max(levels, default=(0, entry.severity), key=lambda item: item[0])[1]

    def ran(self, arguments: tuple[str, ...], path: str) -> frozenset[str]:
        """The codes of the rules that ran for sure: what a configuration chose is not known."""
        if arguments[:1] != ("--select",):
            return frozenset()
        return frozenset(
            entry.code
            for selector in arguments[1].split(",")
            for entry in self.rules.ruff.named(selector)
            if not self._is_ignored(entry, path)
        )


def _strongest(entry: RuleEntry, selectors: Iterable[str]) -> int:
    return max(
        (level for s in selectors if (level := matches(entry, s)) is not None), default=_NEVER
    )
