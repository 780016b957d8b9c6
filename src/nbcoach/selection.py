"""Which rules run on which notebook."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbcoach.finding import Severity
from nbcoach.plugins import RuleEntry, RuleSet
from nbcoach.settings import Settings


@dataclass(frozen=True, eq=False)
class Selection:
    """The rules that are active under one set of settings.

    `severity` holds, by code, the severity that the settings give to all findings of a rule.
    """

    rules: tuple[RuleEntry, ...]
    severity: Mapping[str, Severity]

    def for_path(self, path: str | Path) -> tuple[RuleEntry, ...]:
        """The active rules for one notebook, after `per-file-ignores`."""
        raise NotImplementedError


def select(rules: RuleSet, settings: Settings) -> Selection:
    """The active rules.

    Raises SettingsError where the settings name a rule, a family or an option that nobody has.
    """
    raise NotImplementedError
