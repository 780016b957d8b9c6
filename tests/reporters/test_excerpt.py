"""The marked place stays below its code, whatever the line holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.escaping import display_width
from nbcoach.report import Place
from nbcoach.reporters.text.excerpt import excerpt


def place(source: str, start: int, end: int) -> Place:
    return Place(1, "", 1, start + 1, 1, end + 1, source)


def marked(source: str, start: int, end: int, width: int = 60) -> tuple[str, str]:
    shown = excerpt(place(source, start, end), width)
    return shown.source, shown.marks


def test_a_short_line_is_shown_whole() -> None:
    assert marked("x = scaler + 1", 4, 10) == ("x = scaler + 1", "    ^^^^^^")


def test_an_empty_span_has_one_mark() -> None:
    assert marked("x = (", 5, 5) == ("x = (", "     ^")


def test_a_span_over_lines_is_marked_to_the_end_of_its_first() -> None:
    shown = excerpt(Place(1, "", 1, 3, 4, 2, "f(a,"), 60)
    assert shown.marks == "  ^^"


def test_tabs_reach_the_next_stop() -> None:
    assert marked("\tx\ty = 1", 3, 4) == ("    x   y = 1", "        ^")


def test_wide_characters_take_two_columns() -> None:
    assert marked("数据 = 模型()", 5, 7) == ("数据 = 模型()", "       ^^^^")


def test_control_characters_are_spelled_out_and_counted() -> None:
    assert marked("a\x1b[1mb", 5, 6) == (r"a\x1b[1mb", "        ^")


def test_a_long_line_is_cut_around_the_place() -> None:
    source, marks = marked("a" * 100 + "HERE" + "b" * 100, 100, 104, width=40)
    assert source == "…" + "a" * 22 + "HERE" + "b" * 12 + "…"
    assert marks == " " * 23 + "^^^^"


@pytest.mark.parametrize("start", [0, 3_000_000])
def test_megabytes_in_one_line_are_no_trouble(start: int) -> None:
    source, marks = marked("x" * start + "HERE" + "y" * 3_000_000, start, start + 4, width=50)
    assert len(source) <= 50
    assert source[marks.index("^") :].startswith("HERE")


@given(
    st.text(st.characters(codec=None, exclude_characters="\r\n"), max_size=80),
    st.integers(0, 90),
    st.integers(0, 90),
    st.integers(20, 80),
)
def test_the_shown_line_fits_and_the_marks_lie_within(
    source: str, start: int, length: int, width: int
) -> None:
    shown = excerpt(place(source, start, start + length), width)
    assert display_width(shown.source) <= width
    assert "^" in shown.marks
    assert len(shown.marks) <= width + 1
