"""Where the values of a JSON text stand in it; only the parts asked for are looked at."""

import re
from collections.abc import Iterator
from json import JSONDecoder
from typing import Final, NamedTuple

_GAP: Final = re.compile(r"[ \t\n\r]*")
# To find where a value ends, the C scanner reads it: three times faster than a regular expression.
_SCAN: Final = JSONDecoder(parse_int=str, parse_float=str).scan_once  # type: ignore[attr-defined]
# Everything up to the next bracket that stands outside of strings.
_TO_BRACKET: Final = re.compile(
    r'(?:[^"{}\[\]]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+[{}\[\]]', re.DOTALL
)
_ESCAPE: Final = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)"
)


class Item(NamedTuple):
    """One part of a list or an object: `key` is None in lists, `start` includes the key."""

    key: str | None
    start: int
    value: int
    end: int


def after_gap(text: str, position: int) -> int:
    """The first position from here that is no white space."""
    return _GAP.match(text, position).end()  # type: ignore[union-attr]


def end_of(text: str, start: int) -> int:
    """Where the value ends that starts here."""
    try:
        end: int = _SCAN(text, start)[1]
    except RecursionError:
        return _end_of_nested(text, start)
    return end


def items(text: str, start: int) -> Iterator[Item]:
    """The parts of the list or object that starts here."""
    is_object = text[start] == "{"
    position = after_gap(text, start + 1)
    while text[position] not in "]}":
        first, key = position, None
        if is_object:
            key, position = _SCAN(text, first)
            position = after_gap(text, after_gap(text, position) + 1)
        end = end_of(text, position)
        yield Item(key, first, position, end)
        position = after_gap(text, end)
        if text[position] == ",":
            position = after_gap(text, position + 1)


def part(text: str, start: int, step: str | int) -> Item | None:
    """The part of the value that starts here under a key or an index; of equal keys the last."""
    found = None
    if text[start] == ("{" if isinstance(step, str) else "["):
        for index, item in enumerate(items(text, start)):
            if isinstance(step, str):
                found = item if item.key == step else found
            elif index == step:
                return item
    return found


def within_string(text: str, start: int, end: int, offset: int) -> int:
    """The position of one character of a string whose raw content is `text[start:end]`."""
    position = start + offset
    if text.find("\\", start, end) < 0:
        return position
    for escape in _ESCAPE.finditer(text, start, end):
        if escape.start() >= position:
            break
        position += escape.end() - escape.start() - 1
    return position


def _end_of_nested(text: str, start: int) -> int:
    depth, position = 1, start + 1
    while depth:
        position = _TO_BRACKET.match(text, position).end()  # type: ignore[union-attr]
        depth += 1 if text[position - 1] in "[{" else -1
    return position
