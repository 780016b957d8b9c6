"""Repairs come to an end, break nothing and touch nothing else."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.documents import Document, read
from nbcoach.finding import (
    DeleteCell,
    Edit,
    FieldEdit,
    Finding,
    Fix,
    InsertCell,
    MoveCell,
    Safety,
    SourceEdit,
)
from nbcoach.fixing import PASSES, Fixed, fix
from nbcoach.inspection import Inspection, inspect
from nbcoach.notebook import Cell, CodeCell, Notebook, Span
from nbcoach.project import Project
from nbcoach.rule import Context, Rule, rule
from nbcoach.subjects import Unreadable
from tests.fakes import active_rules, document_of, notebook_bytes


def replacing(old: str, new: str, code: str = "NB990", safety: Safety = Safety.SAFE) -> Rule:
    """A rule that wants one text in the place of another."""

    @rule(code, Cell)
    def fake(cell: Cell, context: Context) -> Iterator[Finding]:
        for match in re.finditer(re.escape(old), cell.source):
            edit = SourceEdit(cell.index, Span(*match.span()), new)
            title = f"{old} to {new}"
            yield context.finding(edit.span, f"`{old}`", Fix(title, (edit,), safety))

    return replace(fake, name=f"no-{old}")


def once_per_notebook(*edits: Edit, unless: str, safety: Safety = Safety.SAFE) -> Rule:
    """A rule that wants some edits, until the notebook's code contains a text."""

    @rule("NB995", Notebook)
    def fake(notebook: Notebook, context: Context) -> Iterator[Finding]:
        if unless not in notebook.code_text:
            yield context.finding(None, "wanted", Fix("Do it", edits, safety))

    return fake


@rule("NB603", CodeCell)
def counts(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """Wants no execution counts."""
    if cell.execution_count is not None:
        edit = FieldEdit(("cells", cell.index, "execution_count"), None)
        yield context.finding(cell, "counted", Fix("Drop the count", (edit,), Safety.SAFE))


@rule("NB907", Cell)
def empty(cell: Cell, context: Context) -> Iterator[Finding]:
    """Wants no empty cells."""
    if not cell.source:
        delete = DeleteCell(cell.index)
        yield context.finding(cell, "empty", Fix("Delete the cell", (delete,), Safety.SAFE))


def fixed(document: Document, *rules: Rule, lowest: Safety = Safety.SAFE) -> Fixed:
    active = active_rules(*rules)

    def look(document: Document) -> Inspection:
        return inspect(document, active, Project(None), path=document.path)

    return fix(document, look, lowest=lowest)


def sources(result: Fixed) -> list[str]:
    return [cell.source for cell in result.document.notebook.cells]


def outcomes(result: Fixed) -> list[tuple[str, str]]:
    return [(repair.code, repair.outcome) for repair in result.repairs]


def test_a_repair_is_made_and_told() -> None:
    result = fixed(document_of("old = 1", "print(old)"), replacing("old", "new"))
    assert sources(result) == ["new = 1", "print(new)"]
    assert [(r.cell, r.title, r.outcome) for r in result.repairs] == [
        (1, "old to new", "applied"),
        (2, "old to new", "applied"),
    ]
    assert result.inspection.findings == ()


def test_without_anything_to_do_the_document_stays_the_very_same() -> None:
    document = document_of("x = 1")
    result = fixed(document, replacing("old", "new"))
    assert result.document is document
    assert result.repairs == ()


@pytest.mark.parametrize(
    ("lowest", "source", "remaining"),
    [
        (Safety.SAFE, "UNSAFE = manual", {"NB991", "NB992"}),
        (Safety.UNSAFE, "unsafe = manual", {"NB992"}),
    ],
)
def test_only_fixes_that_are_safe_enough_are_made(
    lowest: Safety, source: str, remaining: set[str]
) -> None:
    rules = [
        replacing("UNSAFE", "unsafe", "NB991", Safety.UNSAFE),
        replacing("manual", "MANUAL", "NB992", Safety.MANUAL),
    ]
    result = fixed(document_of("UNSAFE = manual"), *rules, lowest=lowest)
    assert sources(result) == [source]
    assert {finding.code for finding in result.inspection.findings} == remaining


def test_what_a_repair_makes_possible_is_done_in_the_next_pass() -> None:
    rules = [replacing("one", "two", "NB991"), replacing("two", "six", "NB992")]
    result = fixed(document_of("one = 1"), *rules)
    assert sources(result) == ["six = 1"]
    assert outcomes(result) == [("NB991", "applied"), ("NB992", "applied")]


def test_of_overlapping_fixes_the_first_wins_and_the_others_look_again() -> None:
    rules = [replacing("abc", "xbc", "NB991"), replacing("bcd", "bcy", "NB992")]
    result = fixed(document_of("abcd"), *rules)
    assert sources(result) == ["xbcy"]
    assert outcomes(result) == [("NB991", "applied"), ("NB992", "applied")]


def test_a_fix_that_the_document_cannot_make_is_refused_with_the_reason() -> None:
    rule = once_per_notebook(DeleteCell(7), unless="never")
    result = fixed(document_of("old = 1"), rule, replacing("old", "new"))
    assert sources(result) == ["new = 1"]
    refused = dict(outcomes(result))["NB995"]
    assert refused.startswith("refused: ")
    assert len(result.repairs) == 2


def test_a_fix_that_breaks_a_cell_is_rolled_back_and_the_others_stay() -> None:
    rules = [
        replacing("good", "fine", "NB991"),
        replacing("value", "(", "NB992"),
        replacing("also", "so", "NB993"),
    ]
    result = fixed(document_of("good = 1", "value = 2", "also = 3", "good"), *rules)
    assert sources(result) == ["fine = 1", "value = 2", "so = 3", "fine"]
    broken = [repair for repair in result.repairs if repair.outcome != "applied"]
    assert [(repair.code, repair.cell) for repair in broken] == [("NB992", 2)]
    assert "bug" in broken[0].outcome


def test_a_fix_that_waits_for_a_broken_one_is_made_nevertheless() -> None:
    rules = [replacing("a + b", "a + (", "NB991"), replacing("b + c", "c + b", "NB992")]
    result = fixed(document_of("a + b + c"), *rules)
    assert sources(result) == ["a + c + b"]


def test_of_fixes_that_break_a_cell_only_together_one_is_made() -> None:
    rules = [replacing("one", "", "NB991"), replacing("two", "", "NB992")]
    result = fixed(document_of("if x:\n    one\n    two"), *rules)
    assert sources(result) == ["if x:\n    \n    two"]
    assert [code for code, _ in outcomes(result)] == ["NB991", "NB992"]
    assert outcomes(result)[0][1] == "applied"


def test_a_cell_that_was_broken_before_may_stay_broken() -> None:
    result = fixed(document_of("old = = 1"), replacing("old", "new"))
    assert sources(result) == ["new = = 1"]


def test_a_repaired_cell_does_not_hide_a_broken_one() -> None:
    rules = [replacing("= =", "=", "NB991"), replacing("fine", "(", "NB992")]
    result = fixed(document_of("x = = 1", "fine = 2"), *rules)
    assert sources(result) == ["x = 1", "fine = 2"]


def test_an_inserted_cell_must_parse() -> None:
    rule = once_per_notebook(InsertCell(0, "code", "import ("), unless="import")
    result = fixed(document_of("x = 1"), rule)
    assert sources(result) == ["x = 1"]
    assert "bug" in result.repairs[0].outcome


def test_cells_are_compared_with_themselves_after_others_moved_them() -> None:
    rules = [
        once_per_notebook(InsertCell(0, "code", "import torch"), unless="import"),
        empty,
        replacing("old", "new"),
    ]
    result = fixed(document_of("= broken", "", "old = 1", "", "old"), *rules)
    assert sources(result) == ["import torch", "= broken", "new = 1", "new"]
    assert {outcome for _, outcome in outcomes(result)} == {"applied"}


@pytest.mark.parametrize("step", ["old ", "older"])
def test_a_fix_that_never_comes_to_an_end_is_given_up(step: str) -> None:
    rules = [replacing("old", step, "NB991"), replacing("two", "TWO", "NB992")]
    result = fixed(document_of("old = two"), *rules)
    assert sources(result) == ["old = TWO"]
    (refused,) = [outcome for code, outcome in outcomes(result) if code == "NB991"]
    assert f"not done after {PASSES} passes" in refused


def test_two_rules_that_undo_each_other_are_stopped() -> None:
    rules = [replacing("up", "down", "NB991"), replacing("down", "up", "NB992")]
    result = fixed(document_of("up = 1"), *rules)
    assert any("passes" in outcome for _, outcome in outcomes(result))
    again = fixed(result.document, *rules)
    assert again.document.text == result.document.text


def test_cells_whose_outputs_are_older_than_their_source_are_told() -> None:
    output = {"output_type": "stream", "name": "stdout", "text": "1\n"}
    document = document_of(
        {"source": "old", "outputs": [output]},
        "",
        {"source": "old", "outputs": [output]},
        "old",
        {"source": "untouched", "outputs": [output]},
    )
    result = fixed(document, empty, counts, replacing("old", "new"))
    assert result.outdated == (0, 1)


_PLACES = st.integers(0, 5)
_CHANGES_OF_CELLS = (
    st.builds(InsertCell, _PLACES, st.just("code"), st.just("y = 1"))
    | st.builds(MoveCell, st.integers(0, 4), _PLACES)
    | st.builds(DeleteCell, st.integers(0, 4))
)


@given(st.integers(0, 4), st.lists(_CHANGES_OF_CELLS, min_size=1, max_size=3))
def test_the_outdated_cell_is_known_though_others_come_go_and_move(
    changed: int, edits: list[Edit]
) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": "1\n"}
    cells = [{"source": f"x = {n}", "outputs": [output], "id": f"id-{n}"} for n in range(5)]
    cells[changed]["source"] = "old = 1"
    result = fixed(
        document_of(*cells), replacing("old", "new"), once_per_notebook(*edits, unless="new")
    )
    assert outcomes(result)[0] == ("NB990", "applied")
    ids = [cell.id for cell in result.document.notebook.cells]
    assert result.outdated == (ids.index(f"id-{changed}"),)


def test_touching_only_counts_leaves_no_cell_outdated() -> None:
    output = {"output_type": "stream", "name": "stdout", "text": "1\n"}
    document = document_of({"source": "x", "outputs": [output], "execution_count": 3})
    result = fixed(document, counts)
    assert result.outdated == ()
    assert json.loads(result.document.text)["cells"][0]["execution_count"] is None


_SOURCES = st.lists(
    st.sampled_from(
        ["old", "(old)", "x = 1", "\n", "# old\n", "'é𝄞'", ";", "\\", "empty", "%ls\n"]
    ),
    max_size=5,
).map("".join)
_CELLS = st.builds(
    lambda source, kind, count: {
        "source": source,
        "cell_type": kind,
        **({"execution_count": count} if kind == "code" else {}),
    },
    _SOURCES,
    st.sampled_from(["code", "markdown"]),
    st.none() | st.integers(1, 9),
)
_LAWFUL = (replacing("old", "new"), replacing("(new)", "[new]", "NB991"), counts, empty)


@given(st.lists(_CELLS, max_size=6), st.sampled_from([None, 1, 2]), st.booleans())
def test_the_laws_of_repairs(cells: list[dict[str, Any]], indent: int | None, crlf: bool) -> None:
    data = notebook_bytes(*cells, indent=indent)
    if crlf:
        data = data.replace(b"\n", b"\r\n")
    document = read("a.ipynb", data)
    assert not isinstance(document, Unreadable)
    result = fixed(document, *_LAWFUL)
    text = result.document.text
    again = fixed(result.document, *_LAWFUL)
    assert again.document.text == text, "a second run must change nothing"
    assert all(repair.outcome == "applied" for repair in result.repairs)
    before = {cell.id: cell for cell in document.notebook.cells if cell.source}
    after = {cell.id: cell for cell in result.document.notebook.cells}
    assert list(after) == list(before), "ids stay, only empty cells go"
    for identity, cell in after.items():
        expected = before[identity].source.replace("old", "new").replace("(new)", "[new]")
        assert cell.source == expected
        assert type(cell) is type(before[identity])


@given(st.lists(_SOURCES, min_size=1, max_size=6), st.sampled_from([None, 1, 4]))
def test_no_byte_outside_of_the_edits_changes(texts: list[str], indent: int | None) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": ["kept\n"]}
    cells = [{"source": text.splitlines(keepends=True), "outputs": [output]} for text in texts]
    data = notebook_bytes(*cells, indent=indent)
    document = read("a.ipynb", data)
    assert not isinstance(document, Unreadable)
    result = fixed(document, replacing("old", "new"))
    assert result.document.encode(result.document.text) == data.replace(b"old", b"new")


def test_a_text_that_no_file_can_hold_is_not_written() -> None:
    document = read("a.py", b"# %%\nold = 1\n")
    assert not isinstance(document, Unreadable)
    result = fixed(document, replacing("old", "'\ud800'"))
    assert result.document is document
    assert [repair.outcome != "applied" for repair in result.repairs] == [True]


def test_a_text_notebook_is_repaired_alike() -> None:
    text = "# %% [markdown]\n# old words\n\n# %%\nold = 1\n"
    document = read("a.py", text.encode())
    assert not isinstance(document, Unreadable)
    result = fixed(document, replacing("old", "new"))
    assert result.document.text == text.replace("old", "new")
