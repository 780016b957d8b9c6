"""All rules of a run, known before they are imported."""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from nbcoach import __version__
from nbcoach.errors import PackError
from nbcoach.plugins import storage
from nbcoach.plugins.entry import RuleEntry, from_json
from nbcoach.plugins.packs import Pack, installed_packs, local_pack, modules
from nbcoach.plugins.ruff_rules import RuffRules
from nbcoach.rule import Rule
from nbcoach.settings import Settings


class RuleSet:
    """Rules by code and by name, in the order of their codes.

    `fingerprint` is a text that differs when a file of a pack, or nbcoach itself, changed; `ruff`
    are the rules of ruff, which are none of these.
    """

    def __init__(
        self, packs: Iterable[Pack], entries: Iterable[RuleEntry], fingerprint: str = ""
    ) -> None:
        self._packs = {pack.name: pack for pack in packs}
        self._entries = tuple(sorted(entries, key=lambda entry: entry.code))
        self._by_key: dict[str, RuleEntry] = {}
        self._rules: dict[str, Rule] = {}
        self.fingerprint = fingerprint
        self.ruff = RuffRules()
        for entry in self._entries:
            for key in (entry.code, entry.name):
                other = self._by_key.setdefault(key, entry)
                if other is not entry:
                    raise PackError(f"rule `{key}` exists twice: {other.file} and {entry.file}")

    @property
    def packs(self) -> tuple[str, ...]:
        """The import roots of packs and the local rule folders that the rules come from."""
        return tuple(self._packs)

    def __iter__(self) -> Iterator[RuleEntry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getstate__(self) -> dict[str, Any]:
        # Rules are functions; another process imports them itself.
        return {**self.__dict__, "_rules": {}}

    def find(self, code_or_name: str) -> RuleEntry | None:
        """The entry of the rule with this exact code or name."""
        return self._by_key.get(code_or_name)

    def foreign(self, selector: str) -> list[RuleEntry]:
        """The rules of ruff that a selector stands for, unless it looks like one for ours."""
        letters = selector.rstrip("0123456789")
        if any(letters == entry.code.rstrip("0123456789") for entry in self._entries):
            return []
        return self.ruff.named(selector)

    def rule(self, code: str) -> Rule:
        """The rule itself; its module is imported on first need. Raises PackError."""
        rule = self._rules.get(code)
        if rule is None:
            rule = self._rules[code] = self._import(self._by_key[code])
        return rule

    def _import(self, entry: RuleEntry) -> Rule:
        from nbcoach.plugins.indexing import import_module_of

        module = import_module_of(self._packs[entry.pack], entry.module)
        for value in vars(module).values():
            if isinstance(value, Rule) and value.code == entry.code:
                return value
        raise PackError(f"{entry.file}: {entry.code} is gone; run again")


def load_rules(settings: Settings) -> RuleSet:
    """The rules of every installed pack and of the settings' `rule-paths`.

    `settings` are those of the run, never nested ones: rules are code. Raises PackError.
    """
    packs = (*installed_packs(), *map(local_pack, settings.rule_paths))
    entries: list[RuleEntry] = []
    stamps = [__version__]
    for pack in packs:
        found, stamp = _entries(pack)
        entries += found
        stamps.append(stamp)
    return RuleSet(packs, entries, "\n".join(stamps))


def _entries(pack: Pack) -> tuple[tuple[RuleEntry, ...], str]:
    found = modules(pack)
    stamp = "\n".join(module.stamp for module in found)
    key = [__version__, *sys.version_info[:3], *RuleEntry._fields, stamp]
    stored = storage.read("rules", "\0".join(pack.folders), key)
    if stored is not None:
        return tuple(map(from_json, stored)), stamp
    from nbcoach.plugins.indexing import entries_of

    entries = entries_of(pack, found)
    storage.write("rules", "\0".join(pack.folders), key, entries)
    return entries, stamp
