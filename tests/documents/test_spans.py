"""Where the values of a JSON text stand."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nbcoach.documents.spans import after_gap, end_of, items, part, within_string
from tests.documents.notebooks import STYLES, sources

values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | sources,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(sources, inner, max_size=3),
    max_leaves=8,
)


def check(text: str, start: int, value: Any) -> None:
    """The value and all its parts stand where they are said to stand."""
    same = json.loads(text[start : end_of(text, start)])
    assert json.dumps(same) == json.dumps(value)
    if isinstance(value, dict | list):
        found = list(items(text, start))
        assert len(found) == len(value)
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for item, (key, inner) in zip(found, pairs, strict=True):
            assert item.key == (key if isinstance(value, dict) else None)
            assert part(text, start, key) == item
            check(text, item.value, inner)


@given(values, st.sampled_from(STYLES), st.sampled_from(["\n", "\r\n"]))
def test_every_value_is_found(value: Any, style: dict[str, Any], line_end: str) -> None:
    text = f" {json.dumps([value], **style)} ".replace("\n", line_end)
    check(text, after_gap(text, 0), [value])


def test_what_is_not_there() -> None:
    text = '{"a": [1], "b": 2, "a": {"c": 3}}'
    assert part(text, 0, "z") is None
    assert part(text, 0, 0) is None
    assert part(text, 6, "a") is None
    assert part(text, 6, 1) is None
    last = part(text, 0, "a")
    assert last is not None
    assert text[last.start : last.end] == '"a": {"c": 3}'


def test_values_too_deep_for_the_parser() -> None:
    depth = 100_000
    text = '["]}", ' + "[" * depth + '"\\"]"' + "]" * depth + "]"
    assert end_of(text, 0) == len(text)


@given(sources, st.booleans())
def test_every_character_of_a_string_is_found(source: str, escapes: bool) -> None:
    text = json.dumps(source, ensure_ascii=escapes).replace("/", "\\/")
    end = len(text) - 1
    for offset in range(len(source) + 1):
        position = within_string(text, 1, end, offset)
        assert json.loads(f'"{text[1:position]}"') == source[:offset]
        assert json.loads(f'"{text[position:end]}"') == source[offset:]


def test_halves_of_a_letter_that_stand_alone() -> None:
    raw = r"\ud800\u0041\ud83d\ude00\udc00x"
    assert [within_string(raw, 0, len(raw), offset) for offset in range(6)] == [
        0,
        6,
        12,
        24,
        30,
        31,
    ]
