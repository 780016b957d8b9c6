"""Words for messages."""

import pytest

from nbcoach.wording import shortened, size_text


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
