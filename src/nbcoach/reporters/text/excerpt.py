"""The line of code that a finding is about, cut to fit, with the place marked."""

from typing import NamedTuple

from nbcoach.escaping import display_width, visible
from nbcoach.report import Place

_TAB = 4
_CONTEXT = 12


class Excerpt(NamedTuple):
    """A line of code and the marks that stand below it."""

    source: str
    marks: str


def excerpt(place: Place, width: int) -> Excerpt:
    """The place's line in at most `width` columns; what is cut away shows as `…`."""
    # One line of a notebook may hold megabytes; what lies far from the place is never shown.
    offset = max(0, place.column - 1 - width)
    source = place.source[offset : offset + 3 * width]
    pieces = _pieces(source)
    start = min(place.column - 1 - offset, len(pieces))
    end = place.end_column - 1 - offset if place.end_line == place.line else len(pieces)
    first, last = _window(pieces, start, min(end, len(pieces)), width)
    left = "…" if first + offset else ""
    right = "…" if last + offset < len(place.source) else ""
    marked = display_width("".join(pieces[start : min(end, last)]))
    return Excerpt(
        source="".join([left, *pieces[first:last], right]),
        marks=" " * display_width("".join([left, *pieces[first:start]])) + "^" * max(1, marked),
    )


def _pieces(source: str) -> list[str]:
    """What is shown for each character."""
    pieces: list[str] = []
    column = 0
    for character in source:
        piece = " " * (_TAB - column % _TAB) if character == "\t" else visible(character)
        pieces.append(piece)
        column += display_width(piece)
    return pieces


def _window(pieces: list[str], start: int, end: int, width: int) -> tuple[int, int]:
    """The range of pieces to show: the whole line, or the place and what surrounds it."""
    widths = [display_width(piece) for piece in pieces]
    if sum(widths) <= width:
        return 0, len(pieces)
    room = width - 2
    first, before = 0, sum(widths[:start])
    behind = sum(widths[start:end]) + _CONTEXT
    while before > _CONTEXT and before + behind > room:
        before -= widths[first]
        first += 1
    last, used = first, 0
    while last < len(pieces) and used + widths[last] <= room:
        used += widths[last]
        last += 1
    return first, last
