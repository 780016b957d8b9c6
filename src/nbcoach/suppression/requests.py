"""Suppressions found: in comments, in Markdown, in tags and in metadata."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Final

from nbcoach.notebook import WHOLE_NOTEBOOK, Cell, CodeCell, Location, Notebook, Span
from nbcoach.subjects import Suppression
from nbcoach.suppression.directive import Directive, malformed, parse

WORD: Final = "nbcoach"
"""What every suppression contains: cells without it are not looked at."""

TAG: Final = "nbcoach-ignore"


def suppressions(notebook: Notebook) -> tuple[Suppression, ...]:
    """Everything in a notebook that asks for silence, malformed requests included.

    A comment at the end of a line covers the statement that the line belongs to, and of a compound
    statement the header; one alone before the cell's code covers the cell; one alone further down
    covers the statement below it.
    """
    found = list(_in_metadata(notebook.metadata, WHOLE_NOTEBOOK))
    for cell in notebook.cells:
        if cell.metadata:
            found += _in_tags(cell)
            found += _in_metadata(cell.metadata, Location(cell.index))
        if WORD in cell.source:
            found += _in_source(cell)
    return tuple(found)


def _in_metadata(metadata: Any, place: Location) -> Iterator[Suppression]:
    ours = metadata.get(WORD)
    codes = ours.get("ignore") if isinstance(ours, dict) else None
    if codes is None or codes == []:
        return
    if not isinstance(codes, list) or not all(isinstance(code, str) and code for code in codes):
        codes = malformed(f"metadata {codes}").codes
    yield Suppression(tuple(codes), "", place, place.cell, form="metadata")


def _in_tags(cell: Cell) -> Iterator[Suppression]:
    for tag in cell.tags:
        if not tag.startswith(f"{WORD}-"):
            continue
        code = tag.removeprefix(TAG)
        if code and not code.startswith("-"):
            codes = malformed(f"tag {tag}").codes
        else:
            codes = (code[1:],) if code[1:] else ()
        yield Suppression(codes, "", Location(cell.index), cell.index, form="tag")


def _in_source(cell: Cell) -> Iterator[Suppression]:
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
    from nbcoach.suppression.extent import lines_below, lines_beside, stands_before_code

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
