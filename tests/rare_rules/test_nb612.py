"""NB612 duplicate-cell-id: two cells of one id, whatever they are and wherever they stand."""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

from tests.rare_rules.harness import Case, every, findings, repaired

KINDS = ("code", "markdown", "raw")


def cell(kind: str, source: str = "", **fields: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": source}
    if kind == "code":
        plain |= {"outputs": [], "execution_count": None}
    return plain | fields


def file(name: str, *cells: dict[str, Any], hits: int = 0, minor: int = 5, **form: Any) -> Case:
    root = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": minor}
    return Case(name, json.dumps(root, ensure_ascii=False, **form).encode(), hits)


IDS = {
    "short": "a",
    "jupyter": "3f9c01d2",
    "colab": "Xb3_kPq-7LmZ",
    "longest": "x" * 64,
    "too-long": "x" * 80,
    "words": "größe und gewicht",
    "number-like": "12",
}


def _hits() -> Iterator[Case]:
    for first, second in product(KINDS, KINDS):
        pair = f"{first}-{second}"
        one, two = cell(first, "x = 1", id="a"), cell(second, "é = 2", id="a")
        between = cell("markdown", "Größe", id="b")
        yield file(f"{pair}-adjacent", one, two, hits=1)
        yield file(f"{pair}-apart", one, between, two, between | {"id": "c"}, hits=1, indent=1)
        yield file(f"{pair}-three", one, between, two, two, hits=2)
        yield file(f"{pair}-empty", one | {"source": []}, two | {"source": []}, hits=1)
    for name, identity in IDS.items():
        one, two = cell("code", "1", id=identity), cell("markdown", "2", id=identity)
        yield file(f"id-{name}", one, two, hits=1)
        yield file(f"id-{name}-twice", one, two, cell("code", id="b"), cell("raw", id="b"), hits=2)
    copy = cell("code", "x = 1", id="a")
    yield file("copies", copy, copy, copy, copy, hits=3)
    yield file("version-4.4", copy, copy, hits=1, minor=4)
    yield file("later-version", copy, copy, hits=1, minor=6)
    yield file("run-and-copied", copy | {"execution_count": 1}, copy, hits=1)


NEAR = {
    "case": ("load", "Load"),
    "hyphen": ("load", "load-"),
    "space": ("load", "load "),
    "underscore": ("load-1", "load_1"),
    "prefix": ("load", "loader"),
    "accent": ("cafe", "café"),
    "digit": ("load1", "load2"),
    "zero": ("1", "01"),
    "empty": ("", ""),
    "one-empty": ("", "load"),
    "null": (None, None),
    "number": (1, 1),
    "list": (["a"], ["a"]),
    "boolean": (True, True),
    "letter-o": ("0", "O"),
    "composed": ("\u00e9", "e\u0301"),
    "number-and-text": (1, "1"),
}


def _near_misses() -> Iterator[Case]:
    for name, (first, second) in NEAR.items():
        yield file(f"{name}-code", cell("code", "1", id=first), cell("code", "2", id=second))
        yield file(f"{name}-same-text", cell("raw", "1", id=first), cell("raw", "1", id=second))
    for first, second in product(KINDS, KINDS):
        pair = f"{first}-{second}"
        one, two = cell(first, "1"), cell(second, "1")
        yield file(f"{pair}-no-ids", one, two)
        yield file(f"{pair}-colab", *(c | {"id": i, "metadata": {"id": "a"}}
                                      for c, i in ((one, "a"), (two, "b"))))  # fmt: skip
    single = cell("code", "a", id="a")
    yield file("no-cells")
    yield file("one-cell", single)
    yield file("version-4.4-no-ids", cell("code"), cell("code"), minor=4)
    yield file("id-of-metadata", single, cell("code", id="b", metadata={"id": "a"}))
    yield file("id-in-source", single, cell("code", '"id": "a"', id="b"))
    output = {"output_type": "display_data", "data": {"text/plain": "a"}, "metadata": {"id": "a"}}
    yield file("id-of-output", single, cell("code", id="b", outputs=[output, output]))
    yield file("many", *(cell("code", id=f"c{number}") for number in range(300)))


CASES = [*_hits(), *_near_misses()]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB612", case)) == case.hits


@every([case for case in CASES if case.hits])
def test_fix_leaves_the_first_cell_and_every_id_once(case: Case) -> None:
    before = [cell["id"] for cell in json.loads(case.data)["cells"]]
    after = [cell["id"] for cell in json.loads(repaired("NB612", case))["cells"]]
    assert len(set(after)) == len(after)
    for number, identity in enumerate(before):
        assert (after[number] == identity) == (identity not in before[:number])
