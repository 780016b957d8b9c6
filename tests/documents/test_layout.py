"""Lines of the file."""

import json

from hypothesis import given
from hypothesis import strategies as st

from nbcoach.documents import Document
from nbcoach.notebook import Location, Span
from tests.documents.notebooks import code, ipynb, notebook, opened, prose, written_notebooks


def test_lines_of_a_notebook_as_jupyter_writes_it() -> None:
    document = ipynb(notebook(prose("one\ntwo"), code(["a\n", "b\n", "c"])))
    lines = document.text.split("\n")
    assert document.region(Location()).line == 1
    assert lines[document.region(Location(0)).line - 1] == "  {"
    assert "one\\ntwo" in lines[document.region(Location(0, Span(5, 7))).line - 1]
    for offset, line in ((0, '"a\\n",'), (1, '"a\\n",'), (2, '"b\\n",'), (4, '"c"'), (5, '"c"')):
        assert lines[document.region(Location(1, Span(offset, offset))).line - 1].strip() == line


def test_places_that_do_not_exist_are_told_as_the_nearest() -> None:
    document = ipynb(notebook(code("a"), {"cell_type": "code"}, 7))
    assert document.region(Location(9)).line == 1
    assert (
        document.region(Location(0, Span(50, 60))).line
        == document.region(Location(0, Span(1, 1))).line
    )
    assert document.region(Location(1, Span(0, 1))).line == document.region(Location(1)).line
    assert document.region(Location(2)).line > document.region(Location(1)).line


def test_lines_of_version_3() -> None:
    sheets = [
        {"cells": [{"cell_type": "heading", "level": 3, "source": ["Title\n", "more"]}]},
        {"cells": []},
        {"cells": [{"cell_type": "code", "input": "x"}]},
    ]
    document = ipynb({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": sheets})
    lines = document.text.split("\n")
    assert document.notebook.cells[0].source == "### Title\nmore"
    assert "Title" in lines[document.region(Location(0, Span(0, 1))).line - 1]
    assert "more" in lines[document.region(Location(0, Span(10, 11))).line - 1]
    assert '"x"' in lines[document.region(Location(1, Span(0, 1))).line - 1]


@given(written_notebooks())
def test_the_line_of_every_character(written: tuple[str, object]) -> None:
    document = opened(written[0])
    for cell in document.notebook.cells:
        source = document._layout.source(cell.index)
        assert source is not None
        for offset, letter in enumerate(cell.source):
            position = source.position(offset)
            raw = document.text[position : position + 12]
            escaped = json.dumps(letter)[1:-1]
            assert raw.startswith((letter, escaped))
            line = document.region(Location(cell.index, Span(offset, offset + 1))).line
            assert line == document.text.count("\n", 0, position) + 1
            assert json.loads(f'"{between(document, cell.index, offset, offset + 1)}"') == letter


def between(document: Document, cell: int, start: int, end: int) -> str:
    """The part of the file that a span of a cell's source is said to take."""
    region = document.region(Location(cell, Span(start, end)))
    lines = document.text.split("\n")[region.line - 1 : region.end_line]
    lines[-1] = lines[-1][: region.end_column - 1]
    return "\n".join(lines)[region.column - 1 :]


@given(written_notebooks(), st.data())
def test_a_region_leads_from_its_first_character_to_its_last(
    written: tuple[str, object], data: st.DataObject
) -> None:
    document = opened(written[0])
    for cell in document.notebook.cells:
        if cell.source:
            start = data.draw(st.integers(0, len(cell.source) - 1))
            end = data.draw(st.integers(start + 1, len(cell.source)))
            whole = between(document, cell.index, start, end)
            assert whole.startswith(between(document, cell.index, start, start + 1))
            assert whole.endswith(between(document, cell.index, end - 1, end))
