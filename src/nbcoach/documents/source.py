"""The source of one cell of a JSON notebook, character by character."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from nbcoach.documents import Splice
from nbcoach.documents.spans import items, within_string
from nbcoach.documents.style import Style, breaks_line, margin_of
from nbcoach.errors import EditRefused

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """One string of a source: its raw content in the file, and where it starts in the source."""

    start: int
    end: int
    offset: int
    length: int


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends, as lists of strings hold them."""
    return _LINE.findall(text)


def trimmed(source: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """The same edit without what it does not change at its edges."""
    if not 0 <= start <= end <= len(source):
        raise EditRefused(f"the cell has no characters {start} to {end}")
    if source[start:end] == new:
        return end, end, ""
    shortest = min(end - start, len(new))
    same = 0
    while same < shortest and source[start + same] == new[same]:
        same += 1
    tail = 0
    while tail < shortest - same and source[end - tail - 1] == new[len(new) - tail - 1]:
        tail += 1
    return start + same, end - tail, new[same : len(new) - tail]


class Source:
    """A source, stored from `start` to `end` of a text as one string or a list of strings.

    `value` is the parsed form of the same.
    """

    def __init__(self, text: str, start: int, end: int, value: str | list[str]) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._is_list = isinstance(value, list)
        self.source = "".join(value)
        if isinstance(value, str):
            self._pieces = [_Piece(start + 1, end - 1, 0, len(value))]
            return
        self._pieces = []
        offset = 0
        for item, string in zip(items(text, start), value, strict=True):
            self._pieces.append(_Piece(item.value + 1, item.end - 1, offset, len(string)))
            offset += len(string)

    def position(self, offset: int) -> int:
        """Where a character of the source stands in the text; where two strings meet, the later."""
        pieces = self._pieces
        index = bisect_right(pieces, offset, key=lambda piece: piece.offset) - 1
        if index < 0:
            return self._start
        if offset == len(self.source):
            return pieces[-1].end
        piece = pieces[index]
        return within_string(self._text, piece.start, piece.end, offset - piece.offset)

    def end(self, offset: int) -> int:
        """Where the character before `offset` ends in the text."""
        return self._previous_end(offset) if self._starts_piece(offset) else self.position(offset)

    def edited(self, start: int, end: int, new: str, style: Style) -> list[Splice]:
        """The splices that replace a span of the source; empty if nothing changes."""
        start, end, new = trimmed(self.source, start, end, new)
        if start == end and not new:
            return []
        if not self._is_list:
            return [Splice(self.position(start), self._behind(end), style.content(new))]
        if not self.source or (not new and end - start == len(self.source)):
            return [Splice(self._start, self._end, self._rendered(new, style))]
        return [self._in_list(start, end, new, style)]

    def _in_list(self, start: int, end: int, new: str, style: Style) -> Splice:
        """An edit of some of the strings of a list, each of which must go on to hold one line."""
        between = self._between(style)
        at_end = end == len(self.source)
        first = self.position(start)
        if at_end and not new and self._starts_piece(start):
            first = self._previous_end(start)
        last = first if start == end else self._behind(end)
        lines = lines_of(new)
        if start == len(self.source) and self.source.endswith("\n") and self._pieces[-1].length:
            lines.insert(0, "")
        if new.endswith("\n") and self._text[last] != '"':
            lines.append("")
        return Splice(first, last, between.join(style.content(line) for line in lines))

    def _behind(self, end: int) -> int:
        """Where the character before `end` ends; behind a line's end where the next one starts."""
        if end == 0 or end == len(self.source) or self.source[end - 1] == "\n":
            return self.position(end)
        return self.end(end)

    def _starts_piece(self, offset: int) -> bool:
        return offset > 0 and any(p.offset == offset and p.length for p in self._pieces)

    def _previous_end(self, offset: int) -> int:
        """Where the last string ends that has a character before `offset`."""
        return max(p.end for p in self._pieces if p.offset < offset and p.length)

    def _between(self, style: Style) -> str:
        """What stands between the contents of two strings."""
        if len(self._pieces) > 1:
            return self._text[self._pieces[0].end : self._pieces[1].start]
        gap = self._text[self._start + 1 : self._pieces[0].start - 1]
        return f'",{gap}"' if breaks_line(gap) else f'"{style.comma}"'

    def _rendered(self, new: str, style: Style) -> str:
        return style.value(lines_of(new), margin_of(self._text, self._start))
