"""The places where a suppression for a finding could stand, the narrowest first."""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from nbcoach.finding import Finding
from nbcoach.notebook import CodeCell, MarkdownCell, Notebook, Span
from nbcoach.python.code import Code
from nbcoach.suppression.extent import lines_beside

Level = Literal["line", "cell", "tag", "metadata"]
"""What a suppression is: a comment for a line or a cell, or something beside the source."""


class Spot(NamedTuple):
    """A place for a suppression.

    `cell` is None for the notebook's own metadata; `line` is the line of the cell's source, from 0,
    that a comment stands beside or `above`.
    """

    level: Level
    cell: int | None = None
    line: int = 0
    above: bool = False


def spots(finding: Finding, notebook: Notebook) -> Iterator[Spot]:
    """The places that are worth a try."""
    place = finding.location
    if place.cell is None:
        yield Spot("metadata")
        return
    cell = notebook.cells[place.cell]
    if isinstance(cell, CodeCell) and cell.code is not None:
        if place.span is not None:
            yield from _near_code(cell.code, cell.index, place.span)
        yield Spot("cell", cell.index)
    elif isinstance(cell, MarkdownCell):
        yield Spot("cell", cell.index)
    yield Spot("tag", cell.index)
    yield Spot("metadata", cell.index)
    if isinstance(cell, CodeCell) and cell.language in COMMENT_SIGNS:
        # Most notebooks kept as text have neither.
        yield Spot("cell", cell.index)


def _near_code(code: Code, cell: int, span: Span) -> Iterator[Spot]:
    line = code.position(span.start)[0]
    first, last = lines_beside(code, line)
    if not any(_is_within(code, magic.span, line) for magic in code.magics):
        lines = _LINE_END.split(code.source)
        # All lines of the statement are as good, where one of them has a comment already.
        around = dict.fromkeys((line, last, first, *range(first, min(last, first + _LONG))))
        for number in sorted(around, key=lambda number: not _OURS.search(lines[number])):
            text = lines[number]
            if text.strip() and not text.endswith("\\") and not _FORM.search(text):
                yield Spot("line", cell, number)
    yield Spot("line", cell, first, above=True)


def _is_within(code: Code, span: Span, line: int) -> bool:
    return code.position(span.start)[0] <= line <= code.position(span.end)[0]


COMMENT_SIGNS: Final = {
    **dict.fromkeys(("bash", "julia", "perl", "r", "ruby"), "#"),
    **dict.fromkeys(("c#", "c++", "go", "java", "javascript", "rust", "scala"), "//"),
    "sql": "--",
}
"""What a comment starts with, in languages other than Python that cells are written in."""

_LONG: Final = 100
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_OURS: Final = re.compile(r"#[ \t]*nbcoach[ \t]*:[ \t]*ignore\[")
# Colab makes a form of such a line, and reads all of it.
_FORM: Final = re.compile(r"#[ \t]?@")
