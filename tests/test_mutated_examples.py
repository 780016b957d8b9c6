"""The examples of all pages, cut up, mixed and damaged: every rule sees code that it knows."""

import copy
import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nbcoach import pages
from nbcoach.examples import notebook_text
from nbcoach.inspector import Inspector
from nbcoach.pages import Example
from nbcoach.settings import Settings
from nbcoach.tasks import Task
from nbcoach.testing import page_files
from tests.test_hostile_notebooks import places
from tests.test_robustness import ATTACKS, changed, odd

fuzz = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))

# What is put between the characters of code, and in their place.
SYNTAX = (
    "\n|\n\n|    |\t|(|)|[|]|{|}|:|,|=|#|'|\"\"\"|*|x|__class__|1_0e5j|é|\U0001d4b3|f'{x!r:{x}}'"
    "|del |lambda: |await |yield |return |global x\n|class A:\n    |type X = int\n|if x:\n    "
    "|try:\n    pass\nexcept* E:\n    pass\n|match x:\n    case _:\n        pass\n|while 1:\n    "
    "|for x in x:\n    |with x:\n    |def f(*, x=x):\n    |%%time\n|%run |!cd |?"
    "|x = !ls {x}\n|# %%\n"
)
PIECES = (*ATTACKS, *SYNTAX.split("|"))
pieces = st.sampled_from(PIECES)


@cache
def examples() -> list[dict[str, Any]]:
    """The notebooks of the examples on all pages, as far as they are JSON objects."""
    found = []
    for path in page_files("nbcoach_rules"):
        for example in pages.read(path).examples:
            try:
                root = json.loads(text_of(example))
            except ValueError:
                continue
            if isinstance(root, dict) and isinstance(root.get("cells"), list):
                found.append(root)
    return found


def text_of(example: Example) -> str:
    source = example.source.text
    return notebook_text(source) if example.source.language == "python" else source


@pytest.fixture(scope="module")
def inspector() -> Inspector:
    chosen: dict[str, Any] = {"select": ("ALL",), "preview": True, "outputs": "source-only"}
    return Inspector(Settings(root=Path(), nested=False, **chosen))


def examined(inspector: Inspector, data: bytes, path: str) -> None:
    """Check and repair a file, which must not fail, whatever is in it."""
    for task in (Task(raw_lines=True), Task("safe"), Task("unsafe", diff=True)):
        outcome = inspector.examine(path, data, task)
        assert outcome.result.error == ""
        found = [one.finding for one in outcome.result.findings]
        assert [finding.message for finding in found if finding.code == "NB003"] == []


@st.composite
def mixed(draw: st.DrawFn) -> dict[str, Any]:
    """A notebook of cells from several examples."""
    chosen = draw(st.lists(st.sampled_from(examples()), min_size=1, max_size=4))
    root = copy.deepcopy(chosen[0])
    cells = [cell for one in chosen for cell in copy.deepcopy(one["cells"])]
    draw(st.randoms(use_true_random=False)).shuffle(cells)
    return {**root, "cells": cells}


def percent(root: dict[str, Any]) -> str:
    """The code of a notebook in percent format."""
    return "".join(f"# %%\n{source_of(cell) or ''}\n" for cell in root["cells"]) or "# %%\n"


def source_of(cell: Any) -> str | None:
    source = cell.get("source") if isinstance(cell, dict) else None
    return "".join(source) if isinstance(source, list) else source


def cut(source: str, chance: random.Random, piece: str) -> str:
    """A source in which a piece was put in, put in the place of something, or doubled."""
    start = chance.randint(0, len(source))
    end = min(len(source), start + chance.choice([0, 0, 1, 3, 10, 40]))
    return source[:start] + chance.choice([piece, piece, "", source[start:end] * 2]) + source[end:]


@fuzz
@given(mixed(), st.lists(pieces, max_size=6), st.randoms(use_true_random=False))
def test_code_of_pages_mixed_and_cut(
    inspector: Inspector, root: dict[str, Any], put_in: list[str], chance: random.Random
) -> None:
    for piece in put_in:
        cell = chance.choice(root["cells"] or [None])
        source = source_of(cell)
        if source is not None:
            cell["source"] = cut(source, chance, piece)
    examined(inspector, json.dumps(root).encode(), "a.ipynb")


@fuzz
@given(mixed(), st.lists(odd, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_odd_values_in_every_field_of_the_examples(
    inspector: Inspector, root: dict[str, Any], values: list[Any], chance: random.Random
) -> None:
    for value in values:
        changed(root, chance.choice(places(root)), value)
    examined(inspector, json.dumps(root).encode(), "a.ipynb")


@fuzz
@given(mixed(), st.lists(pieces, max_size=6), st.randoms(use_true_random=False))
def test_text_notebooks_of_pages(
    inspector: Inspector, root: dict[str, Any], put_in: list[str], chance: random.Random
) -> None:
    text = percent(root)
    for piece in put_in:
        text = cut(text, chance, piece)
    examined(inspector, text.encode("utf-8", "surrogatepass"), "a.py")
