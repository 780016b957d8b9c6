"""Lines of the file."""

import json

from hypothesis import given

from nbcoach.notebook import Location, Span
from tests.documents.notebooks import code, ipynb, notebook, opened, prose, written_notebooks


def test_lines_of_a_notebook_as_jupyter_writes_it() -> None:
    document = ipynb(notebook(prose("one\ntwo"), code(["a\n", "b\n", "c"])))
    lines = document.text.split("\n")
    assert document.line(Location()) == 1
    assert lines[document.line(Location(0)) - 1] == "  {"
    assert "one\\ntwo" in lines[document.line(Location(0, Span(5, 7))) - 1]
    for offset, line in ((0, '"a\\n",'), (1, '"a\\n",'), (2, '"b\\n",'), (4, '"c"'), (5, '"c"')):
        assert lines[document.line(Location(1, Span(offset, offset))) - 1].strip() == line


def test_places_that_do_not_exist_are_told_as_the_nearest() -> None:
    document = ipynb(notebook(code("a"), {"cell_type": "code"}, 7))
    assert document.line(Location(9)) == 1
    assert document.line(Location(0, Span(50, 60))) == document.line(Location(0, Span(1, 1)))
    assert document.line(Location(1, Span(0, 1))) == document.line(Location(1))
    assert document.line(Location(2)) > document.line(Location(1))


def test_lines_of_version_3() -> None:
    sheets = [
        {"cells": [{"cell_type": "heading", "level": 3, "source": ["Title\n", "more"]}]},
        {"cells": []},
        {"cells": [{"cell_type": "code", "input": "x"}]},
    ]
    document = ipynb({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": sheets})
    lines = document.text.split("\n")
    assert document.notebook.cells[0].source == "### Title\nmore"
    assert "Title" in lines[document.line(Location(0, Span(0, 1))) - 1]
    assert "more" in lines[document.line(Location(0, Span(10, 11))) - 1]
    assert '"x"' in lines[document.line(Location(1, Span(0, 1))) - 1]


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
            line = document.line(Location(cell.index, Span(offset, offset + 1)))
            assert line == document.text.count("\n", 0, position) + 1
