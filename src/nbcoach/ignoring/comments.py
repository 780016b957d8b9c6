"""Comments for suppressions: what is put in where, and whether that is a comment there."""

import ast
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from nbcoach.ignoring.spots import COMMENT_SIGNS, Spot
from nbcoach.notebook import Cell, CodeCell, Span
from nbcoach.python.code import Code
from nbcoach.subjects import Suppression
from nbcoach.suppression.comments import in_source, line_of
from nbcoach.suppression.directive import correction


class Insertion(NamedTuple):
    """A text and the offset in a cell's source where it is put in."""

    offset: int
    text: str

    def into(self, source: str) -> str:
        """The source with the text in it."""
        return source[: self.offset] + self.text + source[self.offset :]


def insertion(cell: Cell, spot: Spot, codes: Sequence[str], reason: str) -> Insertion:
    """What makes the codes silent at a spot: more codes for a comment there, or a new comment."""
    known = next((one for one in in_source(cell) if _stands_at(one, cell, spot)), None)
    if known is not None and known.location.span is not None:
        start, end = known.location.span
        listed = _LIST.search(cell.source, start, end)
        if listed is not None:
            return Insertion(listed.end(), f", {', '.join(codes)}")
    words = f"nbcoach: ignore[{', '.join(codes)}] {reason}".rstrip()
    if not isinstance(cell, CodeCell):
        offset = len(cell.source.rstrip("\r\n"))
        gap = _newline(cell.source) * 2 if offset else ""
        return Insertion(offset, f"{gap}<!-- {words} -->")
    comment = f"{COMMENT_SIGNS.get(cell.language, '#')} {words}"
    starts = [0, *(found.end() for found in _LINE_END.finditer(cell.source))]
    if spot.level == "cell":
        return _on_first_line(cell.source, comment)
    if spot.above:
        return _above(cell.source, starts[spot.line], comment)
    line = _LINE.match(cell.source, starts[spot.line])
    assert line is not None  # any text matches, if only an empty one
    return Insertion(line.start() + len(line[0].rstrip()), f"  {comment}")


def _stands_at(known: Suppression, cell: Cell, spot: Spot) -> bool:
    """Whether an understood suppression is one that a comment at a spot would be."""
    if known.location.span is None or not known.codes or any(map(correction, known.codes)):
        return False
    if spot.level == "cell" or known.lines is None:
        return spot.level == "cell" and known.lines is None
    line = line_of(cell, known.location.span.start)
    return known.lines[0] == spot.line > line if spot.above else line == spot.line


def _on_first_line(source: str, comment: str) -> Insertion:
    """A comment above a cell's code, and below what must stay on top."""
    offset, top = 0, _TOP.match(source)
    if top is not None:
        offset = top.end()
    if offset and not source.endswith(("\n", "\r"), 0, offset):
        return Insertion(offset, f"{_newline(source)}{comment}")
    return _above(source, offset, comment)


def _above(source: str, offset: int, comment: str) -> Insertion:
    """A comment as far in as the code below: IPython takes the first line's indent from all."""
    code = _INDENT.match(source, offset)
    return Insertion(offset, f"{code[1] if code else ''}{comment}{_newline(source)}")


def _newline(source: str) -> str:
    return "\r\n" if "\r\n" in source else "\n"


def covers(cell: Cell, changed: Insertion, spot: Spot, code: str, span: Span | None) -> bool:
    """Whether an insertion makes a code silent at a place of a cell, and changes nothing else."""
    new = replace(cell, source=changed.into(cell.source))
    if not is_same(cell, new):
        return False
    line = None
    if span is not None:
        shift = len(changed.text) if changed.offset <= span.start else 0
        line = line_of(new, span.start + shift)
    return any(
        code in one.codes
        and (one.lines is None) == (spot.level == "cell")
        and (one.lines is None or (line is not None and one.lines[0] <= line <= one.lines[1]))
        for one in in_source(new)
    )


def is_same(old: Cell, new: Cell) -> bool:
    """Whether two cells run the same code: their comments may differ."""
    if not (isinstance(old, CodeCell) and isinstance(new, CodeCell)):
        return True
    if old.code is None or new.code is None:
        return old.code is new.code and old.language == new.language
    return _shape(old.code) == _shape(new.code)


def _shape(code: Code) -> list[object]:
    """Trees as lists, so that no nesting is too deep to compare."""
    nodes = ast.walk(code.tree) if code.tree else ()
    return [
        *[(type(node), [*map(_field, ast.iter_fields(node))]) for node in nodes],
        *[(one.kind, one.name, one.arguments, one.targets, one.works) for one in code.magics],
    ]


def _field(field: tuple[str, object]) -> object:
    match field[1]:
        case list() as values:
            return [_field((field[0], value)) for value in values]
        case ast.AST():
            return None
        case value:
            return type(value), repr(value)


_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_LINE: Final = re.compile(r"[^\r\n]*")
_LIST: Final = re.compile(r"ignore\[[^\[\]]*?(?=[\s,]*\])")
_INDENT: Final = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*([ \t]*)")
# Cell magics, and lines for Quarto, Colab and the operating system, which look there for them.
_TOP: Final = re.compile(r"(?:\s*(?:%%[^\r\n]*|#[ \t]?[|@!][^\r\n]*)(?:\r\n|\r|\n|\Z))+")
