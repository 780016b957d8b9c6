"""Suppressions in the source of one cell."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from nbcoach.notebook import Cell, CodeCell, Location, Span
from nbcoach.subjects import Suppression
from nbcoach.suppression.directive import Directive, parse
from nbcoach.suppression.extent import lines_below, lines_beside, stands_before_code


def in_source(cell: Cell) -> Iterator[Suppression]:
    """The suppressions in a cell's comments, of whatever kind the cell is."""
    if not isinstance(cell, CodeCell):
        yield from _in_prose(cell)
    elif cell.code is None:
        yield from _in_foreign_code(cell)
    else:
        yield from _in_python(cell)


def _in_prose(cell: Cell) -> Iterator[Suppression]:
    shown = [found.span() for found in _SHOWN_CODE.finditer(cell.source)]
    for found in _IN_PROSE.finditer(cell.source):
        directive = parse(found["text"].strip())
        if directive and not any(start <= found.start() < end for start, end in shown):
            yield _suppression(directive, cell, found.span(), None)


def _in_foreign_code(cell: CodeCell) -> Iterator[Suppression]:
    for found in _IN_FOREIGN_CODE.finditer(cell.source):
        directive = parse(found["text"].strip())
        if directive is None:
            continue
        before = cell.source[: found.start()].split("\n")
        alone = not before[-1].strip()
        line = len(before) - 1
        is_first = not any(_holds_code(text) for text in before)
        lines = None if is_first else (line, line + 1 if alone else line)
        yield _suppression(directive, cell, found.span(), lines)


def _holds_code(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith(("#", "//", "--", "%%"))


def _in_python(cell: CodeCell) -> Iterator[Suppression]:
    code = cell.code
    assert code is not None
    places = [*(comment.span for comment in code.comments), *(magic.span for magic in code.magics)]
    for found in _IN_PYTHON.finditer(cell.source):
        directive = parse(found["text"].strip())
        if directive is None or not any(_holds(place, found.start()) for place in places):
            continue
        line, column = code.position(found.start())
        alone = not cell.source[found.start() - column : found.start()].strip()
        if not alone:
            lines = lines_beside(code, line)
        elif stands_before_code(code, line):
            lines = None
        else:
            lines = lines_below(code, line)
        yield _suppression(directive, cell, found.span(), lines)


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset < span.end


def _suppression(
    directive: Directive, cell: Cell, span: tuple[int, int], lines: tuple[int, int] | None
) -> Suppression:
    place = Location(cell.index, Span(*span))
    return Suppression(directive.codes, directive.reason, place, cell.index, lines)


def line_of(cell: Cell, offset: int) -> int:
    """The line of a cell, from 0, that holds the character at an offset."""
    if isinstance(cell, CodeCell) and cell.code is not None:
        return cell.code.position(offset)[0]
    return bisect_right([found.end() for found in _NEWLINE.finditer(cell.source)], offset)


_NEWLINE = re.compile(r"\r\n|\r|\n")
# A directive ends with its line, or where another tool's comment starts; `#12` starts none.
_TEXT = r"[ \t]*nbcoach[ \t]*:[ \t]*(?P<text>(?:(?![ \t]#[ \t]?[A-Za-z])[^\r\n])*)"
_IN_PYTHON = re.compile("#" + _TEXT)
_IN_FOREIGN_CODE = re.compile("(?:#|//|--)" + _TEXT)
_IN_PROSE = re.compile(r"<!--\s*nbcoach\s*:(?P<text>(?:(?!-->).)*)-->", re.DOTALL)
_SHOWN_CODE = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}|~{3,}).*?(?:^[ ]{0,3}(?P=fence)|\Z)"
    r"|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
