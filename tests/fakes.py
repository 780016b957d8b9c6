"""Notebooks and rules made for one test."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbcoach.active_rules import ActiveRules
from nbcoach.documents import Document, read
from nbcoach.finding import Severity
from nbcoach.plugins import RuleEntry, RuleSet
from nbcoach.rule import Rule
from nbcoach.settings import Settings
from nbcoach.subjects import Unreadable


def notebook_bytes(*cells: str | dict[str, Any], indent: int | None = 1) -> bytes:
    """A notebook file: text makes a code cell, a mapping is laid over one."""
    plain = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    root = {
        "cells": [
            {**plain, "id": f"cell-{number}", "source": cell}
            if isinstance(cell, str)
            else {**plain, "id": f"cell-{number}", "source": "", **cell}
            for number, cell in enumerate(cells)
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    for cell in root["cells"]:
        if cell["cell_type"] != "code":
            del cell["outputs"], cell["execution_count"]
    return (json.dumps(root, indent=indent) + "\n").encode()


def document_of(*cells: str | dict[str, Any], path: str = "a.ipynb") -> Document:
    """A notebook that can be read."""
    document = read(path, notebook_bytes(*cells))
    assert not isinstance(document, Unreadable)
    return document


def active_rules(
    *rules: Rule,
    settings: Settings | None = None,
    severity: Mapping[str, Severity] | None = None,
) -> ActiveRules:
    """Rules that run as they are, without selection."""
    return ActiveRules(
        [entry_of(rule) for rule in rules],
        FakeRuleSet(rules),
        settings or Settings(root=Path()),
        severity or {},
    )


class FakeRuleSet(RuleSet):
    """Rules that come from no pack; `loaded` lists those that were asked for."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        super().__init__((), [entry_of(rule) for rule in rules])
        self._fakes = {rule.code: rule for rule in rules}
        self.loaded: list[str] = []

    def rule(self, code: str) -> Rule:
        self.loaded.append(code)
        return self._fakes[code]


def entry_of(rule: Rule) -> RuleEntry:
    """What a pack's index says of a rule."""
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
        options=(),
        module=rule.module,
        file="",
        family="",
        pack="",
    )
