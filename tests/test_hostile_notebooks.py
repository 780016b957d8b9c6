"""Every built-in rule on notebooks in which anything may stand anywhere."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nbcoach.inspector import Inspector
from nbcoach.settings import Settings
from nbcoach.tasks import Task

NOTEBOOK: dict[str, Any] = {
    "cells": [
        {
            "cell_type": "markdown",
            "id": "a",
            "metadata": {"tags": ["x"], "slideshow": {}},
            "source": ["# Title\n", "![](a.png) <img src='b'>"],
            "attachments": {"a.png": {"image/png": "AAAA"}},
        },
        {
            "cell_type": "code",
            "id": "b",
            "execution_count": 1,
            "metadata": {"nbcoach": {"ignore": ["NB907"]}},
            "source": "import os\nos.getcwd()  # nbcoach: ignore[NB341]",
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": ["a\n"]},
                {
                    "output_type": "execute_result",
                    "execution_count": 1,
                    "metadata": {},
                    "data": {"text/plain": "'x'", "application/json": {"a": [1]}},
                },
                {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["E: v"]},
            ],
        },
        {"cell_type": "raw", "id": "c", "metadata": {}, "source": "---\ntitle: x\n---"},
    ],
    "metadata": {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python", "version": "3.12.1"},
        "nbcoach": {"ignore": ["NB501"]},
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    inside = [place for key, part in parts for place in places(part, (*path, key))]
    return [path, *inside] if path else inside


PLACES = places(NOTEBOOK)
SOURCES = ["", " \n", "<<<<<<< a\n", "# \ud800", "%%", "!", "\r", "x = (", "\x00", "# nbcoach:"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(SOURCES),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "tags", "data", "ignore", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
CHANGES = st.lists(st.tuples(st.sampled_from(PLACES), JSON), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def inspector() -> Inspector:
    everything = {"select": ("ALL",), "preview": True, "outputs": "source-only"}
    return Inspector(Settings(root=Path(), nested=False, **everything))  # type: ignore[arg-type]


@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
@given(CHANGES)
def test_no_rule_crashes(inspector: Inspector, changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    notebook = copy.deepcopy(NOTEBOOK)
    for (*parents, last), value in changes:
        place: Any = notebook
        for step in parents:
            place = place[step] if isinstance(place, dict | list) and _has(place, step) else None
        if isinstance(place, dict) or (isinstance(place, list) and _has(place, last)):
            place[last] = value
    data = json.dumps(notebook).encode()
    checked = inspector.examine("x.ipynb", data, Task())
    assert checked.result.error == ""
    messages = [found.finding.message for found in checked.result.findings]
    assert [message for message in messages if len(message) > 100] == []
    repaired = inspector.examine("x.ipynb", data, Task("unsafe"))
    assert repaired.result.error == ""
    assert not [r for r in repaired.result.repairs if r.outcome.startswith("refused: it breaks")]


def _has(place: dict[str, Any] | list[Any], step: Any) -> bool:
    return step in place if isinstance(place, dict) else isinstance(step, int) and step < len(place)
