"""Words for messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.wording import LONGEST, fitted, shortened, size_text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (64_400, "64 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (12_340_000, "12.3 MB"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize(
    ("text", "short"),
    [("", ""), ("12345", "12345"), ("123456", "1234…"), (" 1\n\n2 ", "1 2"), ("é" * 9, "éééé…")],
)
def test_shortened(text: str, short: str) -> None:
    assert shortened(text, 5) == short


TEMPLATES = (
    "`{}` is used here but defined in cell 9 below; move that cell up",
    "`{}` is used before it is defined; did you mean `{}` or `{}`?",
    "`{}` of `{}` is `{}`; use another",
)
names = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=300)


@given(st.sampled_from(TEMPLATES), names, names, names)
def test_messages_fit_and_still_tell_the_names_apart_by_their_ends(
    template: str, one: str, two: str, three: str
) -> None:
    message = template.format(one, two, three)
    short = fitted(message)
    assert len(short) <= LONGEST
    if len(message) <= LONGEST:
        assert short == message
    else:
        assert len(short) >= LONGEST - 2
    for old, new in zip(message.split("`")[1::2], short.split("`")[1::2], strict=True):
        head, _, tail = new.partition("…")
        assert old == new or (len(new) >= 12 and old.startswith(head) and old.endswith(tail))


def test_what_no_name_makes_long_stays_as_it_is() -> None:
    assert fitted("x" * 200) == "x" * 200
    assert fitted("`a` " * 50) == "`a` " * 50
