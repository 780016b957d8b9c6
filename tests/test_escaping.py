"""What cannot be seen is spelled out; what can be seen stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.escaping import display_width, visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x1b]8;;http://a\x07b", r"\x1b]8;;http://a\x07b"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x9b1m", r"\x9b1m"),
        ("user\u202enimda", r"user\u202enimda"),
        ("\u2066x\u2069", r"\u2066x\u2069"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("line\u2028end", r"line\u2028end"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("filler\u3164\u2800", r"filler\u3164\u2800"),
        ("selector\U000e0100", r"selector\U000e0100"),
        ("half\ud800", r"half\ud800"),
        ("\ufffe", r"\ufffe"),
    ],
)
def test_hidden_characters_become_escapes(text: str, expected: str) -> None:
    assert visible(text) == expected


@pytest.mark.parametrize(
    "text", ["plain `code`", "naïve café", "数据 データ", "⚠️ 🐍", "a\u00a0b\u3000c"]
)
def test_what_can_be_seen_stays(text: str) -> None:
    assert visible(text) == text


@given(st.text(st.characters(codec=None)))
def test_no_control_format_or_separator_is_left(text: str) -> None:
    left = {unicodedata.category(character) for character in visible(text)}
    assert not left & {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"}


@given(st.text(st.characters(codec=None)))
def test_visible_text_can_be_printed_and_stays_as_it_is(text: str) -> None:
    once = visible(text)
    assert visible(once) == once
    once.encode("utf-8")


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("数据", 4), ("e\u0301", 1), ("🐍", 2)])
def test_width_is_in_columns_of_a_terminal(text: str, columns: int) -> None:
    assert display_width(text) == columns
