"""Places for people: cells, lines and columns."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.documents import Document, read
from nbcoach.finding import Finding, Related
from nbcoach.notebook import WHOLE_NOTEBOOK, Location, Span
from nbcoach.placing import place
from nbcoach.report import Place
from nbcoach.subjects import Unreadable


def document_of(*sources: str) -> Document:
    cells = [
        {"cell_type": "markdown", "id": f"id-{i}", "metadata": {}, "source": source}
        for i, source in enumerate(sources)
    ]
    root = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    document = read("a.ipynb", json.dumps(root, indent=1).encode())
    assert not isinstance(document, Unreadable)
    return document


def placed(source: str, start: int, end: int) -> Place:
    finding = Finding("NB999", "fake", "message", Location(1, Span(start, end)))
    (result,) = place((finding,), document_of("first", source))
    return result.place


def test_a_span_has_lines_and_columns_from_one_and_ends_behind_its_last_character() -> None:
    source = "x = 1\nyy = 22\n"
    assert placed(source, 6, 8) == Place(2, "id-1", 2, 1, 2, 3, "yy = 22")


def test_a_span_over_lines_shows_the_line_it_starts_in() -> None:
    source = "f(\n  1,\n)"
    assert placed(source, 0, 9) == Place(2, "id-1", 1, 1, 3, 2, "f(")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_once(end: str) -> None:
    source = f"a{end}b{end}c"
    start = source.index("c")
    assert placed(source, start, start + 1) == Place(2, "id-1", 3, 1, 3, 2, "c")


def test_other_separators_of_unicode_end_no_line() -> None:
    assert placed("a\u2028b\x0cc", 4, 5) == Place(2, "id-1", 1, 5, 1, 6, "a\u2028b\x0cc")


def test_characters_count_not_bytes() -> None:
    assert placed("é𝄞x", 2, 3).column == 3


def test_an_empty_span_at_the_end_of_an_empty_cell() -> None:
    assert placed("", 0, 0) == Place(2, "id-1", 1, 1, 1, 1, "")


def test_a_whole_cell_has_no_line_but_shows_its_first() -> None:
    finding = Finding("NB999", "fake", "message", Location(0))
    (result,) = place((finding,), document_of("one\ntwo"))
    assert result.place == Place(1, "id-0", source="one")


def test_a_whole_notebook_has_no_cell() -> None:
    finding = Finding("NB999", "fake", "message", WHOLE_NOTEBOOK)
    (result,) = place((finding,), document_of("one"))
    assert result.place == Place()


@pytest.mark.parametrize("cell", [-1, 1, 10**9])
def test_a_cell_that_is_not_there_counts_as_the_whole_notebook(cell: int) -> None:
    finding = Finding("NB999", "fake", "message", Location(cell, Span(0, 1)))
    (result,) = place((finding,), document_of("one"))
    assert result.place == Place()


def test_related_locations_are_placed_in_their_order() -> None:
    related = (Related(Location(1), "there"), Related(Location(0, Span(1, 2)), "here"))
    finding = Finding("NB999", "fake", "message", related=related)
    (result,) = place((finding,), document_of("abc", "def"))
    assert [(spot.cell, spot.column) for spot in result.related] == [(2, 0), (1, 2)]


def test_lines_of_the_file_only_where_asked_for() -> None:
    document = document_of("one\ntwo", "three")
    finding = Finding("NB999", "fake", "message", Location(1, Span(0, 5)))
    (without,) = place((finding,), document)
    (with_lines,) = place((finding,), document, raw_lines=True)
    assert without.place.raw_line == 0
    assert '"source": "three"' in document.text.split("\n")[with_lines.place.raw_line - 1]


def test_an_unreadable_file_gives_the_line_of_its_fault() -> None:
    finding = Finding("NB001", "unreadable-file", "message")
    (result,) = place((finding,), Unreadable("not-json", "line 3: no", 3))
    assert result.place == Place(raw_line=3)


@given(st.text(st.sampled_from("ab\n\r é"), max_size=30), st.data())
def test_line_and_column_lead_back_to_the_offset(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    spot = placed(source, start, end)
    lines = _lines_with_ends(source)
    assert sum(map(len, lines[: spot.line - 1])) + spot.column - 1 == start
    assert sum(map(len, lines[: spot.end_line - 1])) + spot.end_column - 1 == end
    assert lines[spot.line - 1].rstrip("\r\n") == spot.source


def _lines_with_ends(source: str) -> list[str]:
    marked = source.replace("\r\n", "\0").replace("\r", "\1").replace("\n", "\2")
    lines = [""]
    for character in marked:
        lines[-1] += {"\0": "\r\n", "\1": "\r", "\2": "\n"}.get(character, character)
        if character in "\0\1\2":
            lines.append("")
    return lines
