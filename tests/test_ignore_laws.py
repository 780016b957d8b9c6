"""Suppressions keep their laws on the examples of all pages, whole, mixed and damaged."""

import ast
import copy
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nbcoach import pages
from nbcoach.documents import read
from nbcoach.inspector import Inspector
from nbcoach.notebook import Cell, CodeCell, Notebook
from nbcoach.pages import Example
from nbcoach.report import FileResult
from nbcoach.settings import Settings
from nbcoach.subjects import Unreadable
from nbcoach.tasks import Task
from nbcoach.testing import page_files
from tests.test_mutated_examples import PIECES, cut, mixed, percent, source_of, text_of

WRITE = Task(ignore="not reviewed")
PAGES = page_files("nbcoach_rules")
ABOUT_FILES = {"NB001", "NB002", "NB003", "NB010", "NB011", "NB601"}


@pytest.fixture(scope="module")
def inspector() -> Inspector:
    chosen: dict[str, Any] = {"select": ("NB",), "preview": True, "outputs": "source-only"}
    return Inspector(Settings(root=Path(), nested=False, ruff=False, **chosen))


def ignored(inspector: Inspector, path: str, data: bytes) -> FileResult:
    """Write suppressions, and see that nothing else changed and that they are enough."""
    outcome = inspector.examine(path, data, WRITE)
    result = outcome.result
    assert result.error == ""
    after = outcome.change[1] if outcome.change else data
    again = inspector.examine(path, after, WRITE)
    assert again.change is None
    old, new = notebook(path, data), notebook(path, after)
    if old is not None and new is not None:
        assert not found(again.result) - refused(result)
        assert list(map(running, old.cells)) == list(map(running, new.cells))
        assert only_added(data.decode(), after.decode())
        if path.endswith(".ipynb"):
            assert without_ours(json.loads(data)) == without_ours(json.loads(after))
    return result


def found(result: FileResult) -> Counter[tuple[int, str]]:
    return Counter((one.place.cell, one.finding.code) for one in result.findings)


def refused(result: FileResult) -> Counter[tuple[int, str]]:
    return Counter((one.cell, one.code) for one in result.repairs if one.outcome != "applied")


def notebook(path: str, data: bytes) -> Notebook | None:
    document = read(path, data)
    return None if isinstance(document, Unreadable) else document.notebook


def running(cell: Cell) -> object:
    """What a kernel makes of a cell."""
    if not isinstance(cell, CodeCell) or cell.code is None:
        return type(cell), getattr(cell, "language", "")
    tree = None if cell.code.tree is None else ast.dump(cell.code.tree)
    return tree, [(magic.kind, magic.arguments, magic.works) for magic in cell.code.magics]


def only_added(old: str, new: str) -> bool:
    """Whether the old text is what is left of the new one when some of it is taken away."""
    rest = iter(new)
    return all(character in rest for character in old)


def without_ours(root: Any) -> Any:
    """A notebook without what a suppression may be written to."""
    root = copy.deepcopy(root)
    for holder in (root, *(cell for cell in root["cells"] if isinstance(cell, dict))):
        holder.pop("source", None)
        metadata = holder.get("metadata")
        if isinstance(metadata, dict):
            metadata.pop("tags", None)
            metadata.pop("nbcoach", None)
    return root


def bad_examples(page: Path) -> list[Example]:
    return [one for one in pages.read(page).examples if one.section == "Bad"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_pages_call_bad_is_silent(inspector: Inspector, page: Path) -> None:
    for example in bad_examples(page):
        result = ignored(inspector, "a.ipynb", text_of(example).encode())
        assert {code for _, code in found(result)} <= ABOUT_FILES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_pages_call_bad_in_python_files(inspector: Inspector, page: Path) -> None:
    for example in bad_examples(page):
        if example.source.language != "python":
            continue
        text = percent(json.loads(text_of(example)))
        result = ignored(inspector, "a.py", text.encode())
        # Without a head the file has no place for what is about all of it, and an empty cell with a
        # tag is not empty, with or without a suppression.
        in_cells = {code for cell, code in found(result) if cell}
        assert in_cells <= ABOUT_FILES | {"NB907"}


fuzz = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@fuzz
@given(
    mixed(),
    st.lists(st.sampled_from(PIECES), max_size=6),
    st.sampled_from([1, 4, None]),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_mixed_and_damaged_notebooks(
    inspector: Inspector,
    root: dict[str, Any],
    put_in: list[str],
    indent: int | None,
    crlf: bool,
    chance: random.Random,
) -> None:
    for piece in put_in:
        cell = chance.choice(root["cells"] or [None])
        source = source_of(cell)
        if source is not None:
            cell["source"] = cut(source, chance, piece)
    text = json.dumps(root, indent=indent)
    ignored(inspector, "a.ipynb", (text.replace("\n", "\r\n") if crlf else text).encode())


@fuzz
@given(mixed(), st.lists(st.sampled_from(PIECES), max_size=4), st.randoms(use_true_random=False))
def test_mixed_and_damaged_text_notebooks(
    inspector: Inspector, root: dict[str, Any], put_in: list[str], chance: random.Random
) -> None:
    text = percent(root)
    for piece in put_in:
        text = cut(text, chance, piece)
    ignored(inspector, "a.py", text.encode("utf-8", "replace"))
