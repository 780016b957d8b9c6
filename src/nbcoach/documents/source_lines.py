"""The lines of a percent-format file, and what is left of them when comment marks are gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from nbcoach.documents.escapes import (
    comment_length,
    is_escaped_cell_start,
    magic_lines,
    quoted_lines,
)

_TRIPLE_QUOTES: Final = tuple(
    prefix + quote for prefix in ("", "r", "R") for quote in ('"""', "'''")
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell: the text from `start` to `end` less a comment mark.

    Its first `keep` characters are followed by `skip` that are not part of the cell.
    """

    start: int
    end: int
    keep: int = 0
    skip: int = 0

    def of(self, text: str) -> str:
        """The line as the cell has it."""
        behind = self.start + self.keep
        return text[self.start : behind] + text[behind + self.skip : self.end]

    def mark(self, text: str) -> str:
        """The comment mark."""
        return text[self.start + self.keep : self.start + self.keep + self.skip]

    def position(self, column: int) -> int:
        """Where one of its characters stands in the text."""
        return self.start + column + (self.skip if column >= self.keep else 0)


class FileLines:
    """A text's lines without their ends, as `str.splitlines` finds them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.raw: list[str] = []
        self.starts: list[int] = []
        position = 0
        for line in text.splitlines(keepends=True):
            self.raw.append(line.splitlines()[0])
            self.starts.append(position)
            position += len(line)
        self.starts.append(position)

    def line(self, number: int, keep: int = 0, skip: int = 0) -> Line:
        """One line with a comment mark of `skip` characters."""
        return Line(self.starts[number], self.end(number), keep, skip)

    def end(self, number: int) -> int:
        """Where a line ends, its end not included."""
        return self.starts[number] + len(self.raw[number])

    def plain(self, numbers: Iterable[int]) -> list[Line]:
        """Lines as they stand."""
        return [self.line(number) for number in numbers]

    def uncommented(self, numbers: Iterable[int]) -> list[Line]:
        """Lines that are comments in the file and none in the cell."""
        return [self.line(n, 0, comment_length(self.raw[n])) for n in numbers]

    def without_magic_marks(self, numbers: range) -> list[Line]:
        """Lines of which only the magics are commented out."""
        raw = [self.raw[number] for number in numbers]
        lines = []
        for number, line, is_magic in zip(numbers, raw, magic_lines(raw), strict=True):
            indent = len(line) - len(line.lstrip())
            skip = comment_length(line[indent:]) if is_magic else 0
            lines.append(self.line(number, indent if skip else 0, skip))
        return lines

    def without_cell_start_marks(self, lines: list[Line]) -> list[Line]:
        """Lines of code, of which those that look like old cell starts lose another mark."""
        plain = [line.of(self.text) for line in lines]
        return [
            _shorter(line, text) if not quoted and is_escaped_cell_start(text) else line
            for line, text, quoted in zip(lines, plain, quoted_lines(plain), strict=True)
        ]

    def without_comment_marks(self, lines: list[Line]) -> list[Line]:
        """Lines of prose, of which those that look like magics have lost one mark already."""
        return [_shorter(line, line.of(self.text)) for line in lines]

    def in_quotes(self, numbers: range) -> list[Line] | None:
        """The lines within a triple-quoted string, if that is all there is."""
        joined = "\n".join(self.raw[number] for number in numbers)
        content = joined.strip()
        for left in _TRIPLE_QUOTES:
            right = left[-3:]
            whole = content.startswith(left) and content.endswith(right)
            if whole and len(content) >= len(left + right):
                start = joined.find(content) + len(left)
                end = start - len(left) + len(content) - len(right)
                start += joined.startswith("\n", start, end)
                end -= joined.endswith("\n", start, end)
                return self._between(numbers, start, end)
        return None

    def _between(self, numbers: range, start: int, end: int) -> list[Line]:
        """What stands between two offsets of the joined lines."""
        found = []
        position = 0
        for number in numbers:
            first = max(start, position)
            last = min(end, position + len(self.raw[number]))
            if first <= last and start < end:
                shift = self.starts[number] - position
                found.append(Line(first + shift, last + shift))
            position += len(self.raw[number]) + 1
        return found[:-1] if found and found[-1].start == found[-1].end else found


def _shorter(line: Line, text: str) -> Line:
    """The line without a further comment mark; behind an indent there is none."""
    if line.keep:
        return line
    return Line(line.start, line.end, 0, line.skip + comment_length(text))
