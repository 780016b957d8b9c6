"""Packs imported whole, to write down what their rules say about themselves."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from nbcoach.errors import PackError
from nbcoach.plugins.entry import RuleEntry
from nbcoach.plugins.options import declared_options
from nbcoach.plugins.packs import Pack, PackModule, make_importable
from nbcoach.rule import Rule

_CODE: Final = re.compile(r"[A-Z]{2,}[0-9]{3}")
_RUNS: Final = re.compile(rb"\b(?:outputs|execution_count|execution_log|as_run)\b")


def entries_of(pack: Pack, modules: tuple[PackModule, ...]) -> tuple[RuleEntry, ...]:
    """The entries of all rules in a pack. Raises PackError if one of its modules fails."""
    return tuple(
        _entry(rule, module, pack)
        for module in modules
        for rule in _rules_in(import_module_of(pack, module.name))
    )


def import_module_of(pack: Pack, name: str) -> ModuleType:
    """A module of a pack; whatever it raises becomes a PackError with the pack's name."""
    try:
        make_importable(pack)
        return import_module(name)
    except Exception as error:
        cause = f"{type(error).__name__}: {error}"
        raise PackError(f"rule pack `{pack.name}` does not load: `{name}`: {cause}") from error


def _rules_in(module: ModuleType) -> Iterator[Rule]:
    for value in vars(module).values():
        # A rule that is only imported here is found where it was made.
        if isinstance(value, Rule) and value.module == module.__name__:
            yield value


def _entry(rule: Rule, module: PackModule, pack: Pack) -> RuleEntry:
    try:
        _check(rule)
        options = declared_options(rule)
    except PackError as error:
        raise PackError(f"{module.file}: {error}") from None
    return RuleEntry(
        code=rule.code,
        name=rule.name,
        summary=rule.summary,
        subjects=tuple(f"{kind.__module__}.{kind.__qualname__}" for kind in rule.subjects),
        mentions=rule.mentions,
        severity=rule.severity,
        confidence=rule.confidence,
        default=rule.default,
        safety=rule.safety,
        options=options,
        module=module.name,
        file=module.file,
        family=module.family,
        pack=pack.name,
        reads_runs=_RUNS.search(Path(module.file).read_bytes()) is not None,
    )


def _check(rule: Rule) -> None:
    if not _CODE.fullmatch(rule.code):
        raise PackError(
            f"`{rule.code}` is no code for a rule; use two or more capitals and three digits"
        )
    if not rule.subjects:
        raise PackError(f"{rule.code} looks at nothing; give it a subject")
