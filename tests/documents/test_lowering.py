"""Edits of JSON notebooks: the result says what was asked, and nothing else was touched."""

import copy
import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nbcoach.documents.spans import part
from nbcoach.errors import EditRefused
from nbcoach.finding import REMOVED, DeleteCell, Edit, FieldEdit, InsertCell, MoveCell, SourceEdit
from nbcoach.notebook import Span
from tests.documents.notebooks import (
    STYLES,
    code,
    ipynb,
    notebook,
    opened,
    prose,
    sources,
    spliced,
    stored_sources,
    written_notebooks,
)


def after(root: Any, *edits: Edit, **style: Any) -> str:
    """The text of a notebook after edits."""
    document = ipynb(root, **style)
    return spliced(document, document.splices(*edits))


def text_of(source: str | list[str]) -> str:
    return "".join(source)


@given(written_notebooks(), st.data())
def test_source_edits(written: tuple[str, dict[str, Any]], data: st.DataObject) -> None:
    text, root = written
    document = opened(text)
    index = data.draw(st.integers(0, len(root["cells"]) - 1))
    old = text_of(root["cells"][index]["source"])
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    new = data.draw(sources)
    splices = document.splices(SourceEdit(index, Span(start, end), new))
    assert len(splices) <= 1
    result = json.loads(spliced(document, splices))
    source = result["cells"][index].pop("source")
    was_list = isinstance(root["cells"][index].pop("source"), list)
    assert result == root
    assert text_of(source) == old[:start] + new + old[end:]
    assert isinstance(source, list) == was_list
    if was_list:
        assert all(line.endswith("\n") and line.count("\n") == 1 for line in source[:-1])
        assert all("\n" not in line[:-1] and line for line in source[-1:])


@given(written_notebooks())
def test_edits_that_change_nothing(written: tuple[str, dict[str, Any]]) -> None:
    document = opened(written[0])
    for cell in document.notebook.cells:
        assert (
            document.splices(SourceEdit(cell.index, Span(0, len(cell.source)), cell.source)) == ()
        )


@given(written_notebooks(), st.data())
def test_bytes_outside_of_the_edited_span_stay(
    written: tuple[str, dict[str, Any]], data: st.DataObject
) -> None:
    document = opened(written[0])
    cell = data.draw(st.sampled_from(document.notebook.cells))
    start = data.draw(st.integers(0, len(cell.source)))
    end = data.draw(st.integers(start, len(cell.source)))
    assume(cell.source)
    for splice in document.splices(SourceEdit(cell.index, Span(start, end), "\0")):
        raw = document._layout.source(cell.index)
        assert raw is not None
        first = raw.position(max(start - 1, 0))
        last = raw.position(min(end + 1, len(cell.source)))
        assert first <= splice.start <= splice.end <= last


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | sources,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(sources, inner, max_size=2),
    max_leaves=4,
)


@given(written_notebooks(), st.data())
def test_field_edits(written: tuple[str, dict[str, Any]], data: st.DataObject) -> None:
    text, root = written
    path: tuple[str | int, ...] = ()
    parent: Any = root
    while True:
        keys = list(parent) if isinstance(parent, dict) else list(range(len(parent) + 1))
        key = data.draw(st.sampled_from([*keys, "id", "zz"] if isinstance(parent, dict) else keys))
        present = key in parent if isinstance(parent, dict) else key < len(parent)
        if present and isinstance(parent[key], dict | list) and data.draw(st.booleans()):
            path, parent = (*path, key), parent[key]
            continue
        break
    value = data.draw(json_values | st.just(REMOVED))
    document = opened(text)
    result = json.loads(spliced(document, document.splices(FieldEdit((*path, key), value))))
    if value is not REMOVED:
        if present or isinstance(parent, dict):
            parent[key] = value
        else:
            parent.append(value)
    elif present:
        del parent[key]
    assert json.dumps(result, sort_keys=True) == json.dumps(root, sort_keys=True)


@given(written_notebooks(), st.data())
def test_cells_come_and_go(written: tuple[str, dict[str, Any]], data: st.DataObject) -> None:
    text, root = written
    root["nbformat_minor"] = 5
    document = opened(text.replace('"nbformat_minor": 4', '"nbformat_minor": 5'))
    root["nbformat_minor"] = document.notebook.format[1]
    count = len(root["cells"])
    gone = data.draw(st.sets(st.integers(0, count - 1)))
    new = data.draw(
        st.lists(
            st.builds(
                InsertCell, st.integers(0, count), st.sampled_from(["code", "markdown"]), sources
            ),
            max_size=3,
        )
    )
    splices = document.splices(*map(DeleteCell, gone), *new)
    result = json.loads(spliced(document, splices))
    expected: list[Any] = []
    for index in range(count + 1):
        expected += [(edit.kind, edit.source) for edit in new if edit.index == index]
        expected += [root["cells"][index]] if index < count and index not in gone else []
    ids = [cell["id"] for cell in result["cells"] if "id" in cell]
    assert len(ids) == len(set(ids)) == (len(new) if root["nbformat_minor"] == 5 else 0)
    shown = [
        (cell["cell_type"], text_of(cell["source"])) if isinstance(wanted, tuple) else cell
        for cell, wanted in zip(result["cells"], expected, strict=True)
    ]
    assert shown == expected
    assert {**result, "cells": 0} == {**root, "cells": 0}
    assert not opened(json.dumps(result)).violations()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_new_parts_look_as_if_the_same_program_had_written_them(
    style: dict[str, Any], line_end: str
) -> None:
    def written(root: Any) -> str:
        return json.dumps(root, **style, sort_keys=True).replace("\n", line_end)

    root = notebook(
        code(["a\n", "é"], id="a", metadata={"tags": ["x"]}),
        prose(["# Title"], id="b"),
        code([], id="c"),
        minor=5,
    )
    for edit, change in (
        (
            SourceEdit(0, Span(0, 0), "ü = 1\n"),
            lambda r: r["cells"][0]["source"].insert(0, "ü = 1\n"),
        ),
        (SourceEdit(0, Span(1, 2), ""), lambda r: r["cells"][0].update(source=["aé"])),
        (SourceEdit(0, Span(0, 2), ""), lambda r: r["cells"][0].update(source=["é"])),
        (SourceEdit(0, Span(1, 3), ""), lambda r: r["cells"][0].update(source=["a"])),
        (SourceEdit(0, Span(2, 3), ""), lambda r: r["cells"][0].update(source=["a\n"])),
        (SourceEdit(0, Span(0, 3), ""), lambda r: r["cells"][0].update(source=[])),
        (SourceEdit(0, Span(3, 3), "\n"), lambda r: r["cells"][0].update(source=["a\n", "é\n"])),
        (
            SourceEdit(1, Span(7, 7), "\nx"),
            lambda r: r["cells"][1].update(source=["# Title\n", "x"]),
        ),
        (SourceEdit(2, Span(0, 0), "x\ny"), lambda r: r["cells"][2].update(source=["x\n", "y"])),
        (
            FieldEdit(("metadata", "a"), {"b": [1, {}]}),
            lambda r: r["metadata"].update(a={"b": [1, {}]}),
        ),
        (FieldEdit(("cells", 1, "id"), "é"), lambda r: r["cells"][1].update(id="é")),
        (
            FieldEdit(("cells", 1, "attachments"), {}),
            lambda r: r["cells"][1].update(attachments={}),
        ),
        (FieldEdit(("cells", 1, "zoo"), [1]), lambda r: r["cells"][1].update(zoo=[1])),
        (FieldEdit(("cells", 0, "id"), REMOVED), lambda r: r["cells"][0].pop("id")),
        (FieldEdit(("cells", 0, "source"), REMOVED), lambda r: r["cells"][0].pop("source")),
        (
            FieldEdit(("cells", 0, "metadata", "tags"), REMOVED),
            lambda r: r["cells"][0].update(metadata={}),
        ),
        (
            FieldEdit(("cells", 0, "metadata", "tags", 1), "y"),
            lambda r: r["cells"][0]["metadata"]["tags"].append("y"),
        ),
        (
            FieldEdit(("cells", 2, "outputs"), [{"a": "b"}]),
            lambda r: r["cells"][2].update(outputs=[{"a": "b"}]),
        ),
        (DeleteCell(0), lambda r: r["cells"].pop(0)),
        (DeleteCell(2), lambda r: r["cells"].pop(2)),
        (
            InsertCell(1, "markdown", "x\ny"),
            lambda r: r["cells"].insert(1, prose(["x\n", "y"], id="?")),
        ),
        (InsertCell(3, "code", ""), lambda r: r["cells"].append(code([], id="?"))),
        (MoveCell(0, 2), lambda r: r["cells"].insert(1, r["cells"].pop(0))),
        (MoveCell(0, 3), lambda r: r["cells"].append(r["cells"].pop(0))),
        (MoveCell(2, 0), lambda r: r["cells"].insert(0, r["cells"].pop(2))),
    ):
        document = opened(written(root))
        result = spliced(document, document.splices(edit))
        expected = copy.deepcopy(root)
        change(expected)
        ids = [cell.get("id") for cell in json.loads(result)["cells"]]
        added = [identity for identity in ids if identity not in ("a", "b", "c", "é", None)]
        for cell in expected["cells"]:
            if cell.get("id") == "?":
                cell["id"] = added[0]
        assert result == written(expected), edit


@given(written_notebooks(), st.data())
def test_a_cell_moves_with_every_byte_of_it(
    written: tuple[str, dict[str, Any]], data: st.DataObject
) -> None:
    text, root = written
    count = len(root["cells"])
    cell = data.draw(st.integers(0, count - 1))
    before = data.draw(st.integers(0, count).filter(lambda place: place not in (cell, cell + 1)))
    document = opened(text)
    start, end = _part(text, cell)
    result = spliced(document, document.splices(MoveCell(cell, before)))
    expected = json.loads(text)
    expected["cells"].insert(before - (before > cell), expected["cells"].pop(cell))
    assert json.loads(result) == expected
    there = _part(result, before - (before > cell))
    assert result[slice(*there)] == text[start:end]
    assert sorted(result) == sorted(text)


def _part(text: str, index: int) -> tuple[int, int]:
    """Where a cell stands in the text of a notebook."""
    cells = part(text, text.index("{"), "cells")
    assert cells is not None
    cell = part(text, cells.value, index)
    assert cell is not None
    return cell.start, cell.end


def test_a_cell_of_nbformat_3_stays_on_its_worksheet() -> None:
    cells = [{"cell_type": "code", "input": name} for name in "abc"]
    root = {"nbformat": 3, "nbformat_minor": 0}
    root["worksheets"] = [{"cells": cells[:2]}, {"cells": cells[2:]}]
    swapped = json.loads(after(root, MoveCell(0, 2)))["worksheets"]
    assert swapped == [{"cells": [cells[1], cells[0]]}, {"cells": [cells[2]]}]
    with pytest.raises(EditRefused, match="cell 1 cannot move to place 3"):
        after(root, MoveCell(0, 3))


def test_keys_that_are_not_sorted_get_company_at_the_end() -> None:
    assert after({"nbformat": 4, "cells": []}, FieldEdit(("a",), 1), indent=None) == (
        '{"nbformat": 4, "cells": [], "a": 1}'
    )


def test_a_new_cell_is_written_like_its_neighbour() -> None:
    cell = {"source": "x", "metadata": {}, "cell_type": "markdown"}
    root = notebook(cell, code("y"))
    new = json.loads(after(root, InsertCell(0, "markdown", "a\nb")))["cells"][0]
    assert list(new.items()) == [("source", "a\nb"), ("metadata", {}), ("cell_type", "markdown")]


def test_several_edits_of_one_object_are_made_together() -> None:
    root = notebook(code("x", metadata={"a": 1, "b": 2, "c": 3}), minor=5)
    path = ("cells", 0, "metadata")
    edits = [FieldEdit((*path, key), REMOVED) for key in "bc"] + [FieldEdit((*path, "d"), 4)]
    assert json.loads(after(root, *edits))["cells"][0]["metadata"] == {"a": 1, "d": 4}
    edits = [FieldEdit((*path, key), REMOVED) for key in "abc"]
    assert json.loads(after(root, *edits))["cells"][0]["metadata"] == {}
    both = (FieldEdit((*path, "d"), 4), FieldEdit((*path, "e"), 5))
    assert json.loads(after(root, *edits, *both))["cells"][0]["metadata"] == {"d": 4, "e": 5}
    ids = json.loads(after(root, *[InsertCell(0, "code", "same")] * 2))["cells"][:2]
    assert ids[0]["id"] != ids[1]["id"]


def test_all_of_equal_keys_are_removed() -> None:
    document = opened('{"cells": [{"id": "a", "x": 1, "id": "b"}]}')
    result = spliced(document, document.splices(FieldEdit(("cells", 0, "id"), REMOVED)))
    assert result == '{"cells": [{"x": 1}]}'


def test_ids_depend_on_the_cell_alone() -> None:
    root = notebook(code("x", id="a"), minor=5)
    edit = InsertCell(1, "code", "y")
    assert after(root, edit) == after(root, edit)
    new = json.loads(after(root, edit))["cells"][1]["id"]
    taken = notebook(code("x", id=new), minor=5)
    assert json.loads(after(taken, edit))["cells"][1]["id"] != new
    assert "id" not in json.loads(after(notebook(code("x")), edit))["cells"][1]


def test_edits_of_version_3() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": "Title"},
        {"cell_type": "code", "input": ["a\n", "b"], "language": "python", "outputs": []},
    ]
    root = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    heading, python = json.loads(
        after(root, SourceEdit(0, Span(3, 8), "Name"), SourceEdit(1, Span(2, 3), "c\nd"))
    )["worksheets"][0]["cells"]
    assert heading["source"] == "Name"
    assert python["input"] == ["a\n", "c\n", "d"]
    assert len(json.loads(after(root, DeleteCell(0)))["worksheets"][0]["cells"]) == 1
    with pytest.raises(EditRefused, match="level of a heading"):
        after(root, SourceEdit(0, Span(0, 1), "#"))
    with pytest.raises(EditRefused, match="nbformat 3"):
        after(root, InsertCell(0, "code", "x"))


def test_lists_that_no_program_should_write() -> None:
    odd = ["a", "", "b\nc\n", "", "d", ""]
    source = "".join(odd)
    for start in range(len(source) + 1):
        for end in range(start, len(source) + 1):
            for new in ("", "x", "x\n", "\n", "x\ny"):
                result = json.loads(
                    after(notebook(code(odd)), SourceEdit(0, Span(start, end), new))
                )
                assert "".join(result["cells"][0]["source"]) == source[:start] + new + source[end:]


def test_halves_of_a_letter_are_written_as_escapes() -> None:
    document = ipynb(notebook(code("é")))
    result = spliced(document, document.splices(SourceEdit(0, Span(1, 1), "\ud800")))
    assert json.loads(document.encode(result))["cells"][0]["source"] == "é\ud800"


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (SourceEdit(7, Span(0, 0), "x"), "no cell 8"),
        (SourceEdit(-1, Span(0, 0), "x"), "no cell 0"),
        (SourceEdit(0, Span(0, 99), "x"), "no characters 0 to 99"),
        (SourceEdit(1, Span(0, 0), "x"), "no source"),
        (SourceEdit(2, Span(0, 0), "x"), "no source"),
        (FieldEdit((), 1), "whole notebook"),
        (FieldEdit(("cells", 0, "none", "x"), 1), "`cells.0.none.x`"),
        (FieldEdit(("cells", "x"), 1), "`cells.x`"),
        (FieldEdit(("cells", 9), 1), "beyond the end"),
        (FieldEdit(("metadata", "x"), {1, 2}), "no JSON"),
        (InsertCell(9, "code", "x"), "no place 9"),
        (InsertCell(0, "heading", "x"), "`heading`"),
        (DeleteCell(4), "no cell 5"),
        (MoveCell(4, 0), "no cell 5"),
        (MoveCell(1, 1), "cell 2 cannot move to place 1"),
        (MoveCell(1, 2), "cell 2 cannot move to place 2"),
        (MoveCell(1, 4), "cell 2 cannot move to place 4"),
    ],
)
def test_refusals(edit: Edit, reason: str) -> None:
    with pytest.raises(EditRefused, match=reason):
        after(notebook(code("x"), {"cell_type": "code", "source": ["a", 1]}, 5), edit)
    with pytest.raises(EditRefused, match="no list of cells"):
        after({"cells": {}}, InsertCell(0, "code", ""))


@settings(max_examples=20)
@given(stored_sources)
def test_edits_at_the_same_line_do_not_overlap(stored: str | list[str]) -> None:
    source = text_of(stored)
    if len(source) < 3:
        return
    first = SourceEdit(0, Span(0, 1), "X")
    second = SourceEdit(0, Span(len(source) - 1, len(source)), "Y")
    result = json.loads(after(notebook(code(stored)), first, second))
    assert text_of(result["cells"][0]["source"]) == f"X{source[1:-1]}Y"


def test_fields_of_nbformat_3_are_found_in_its_worksheets() -> None:
    cell = {"cell_type": "code", "input": "1", "outputs": [{"a": 1}], "prompt_number": 7}
    root = {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": [cell]}]}
    outputs = FieldEdit(("cells", 0, "outputs"), [])
    count = FieldEdit(("cells", 0, "execution_count"), None)
    (changed,) = json.loads(after(root, outputs, count))["worksheets"][0]["cells"]
    assert changed == cell | {"outputs": [], "prompt_number": None}
