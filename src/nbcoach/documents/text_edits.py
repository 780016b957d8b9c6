"""Edits of a notebook kept as text turned into changes of its text."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from nbcoach.documents import Splice, text_fields
from nbcoach.documents.escapes import looks_escaped
from nbcoach.documents.source import trimmed
from nbcoach.documents.source_lines import Line
from nbcoach.documents.text_file import TextCell, TextFile
from nbcoach.documents.text_formats import TextFormat
from nbcoach.errors import EditRefused
from nbcoach.finding import DeleteCell, Edit, FieldEdit, InsertCell, MoveCell, SourceEdit
from nbcoach.notebook import Span

_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_MARKERS: Final = {"code": "%%", "markdown": "%% [markdown]", "raw": "%% [raw]"}
_REFUSAL: Final = "the format of the file cannot hold the result"

_Model = list[tuple[str, str]]


def lower(
    text: str, file: TextFile, edits: Sequence[Edit], written: TextFormat
) -> tuple[Splice, ...]:
    """The splices that carry out all of the edits, in the order of the text.

    The formats are full of special cases, so the result is read again to see that it says the same.
    """
    work = _Lowering(text, file, written)
    splices = [splice for edit in edits for splice in work.splices(edit)]
    splices.sort(key=lambda splice: (splice.start, splice.end))
    if any(left.end > right.start for left, right in pairwise(splices)):
        raise EditRefused("its edits overlap")
    result = text
    for splice in reversed(splices):
        result = result[: splice.start] + splice.text + result[splice.end :]
    try:
        result.encode()
    except UnicodeEncodeError as error:
        raise EditRefused("half of a surrogate pair cannot be written as UTF-8") from error
    after = written.read(result)
    if not written.is_notebook(after, result):
        raise EditRefused("the file would be no notebook any more")
    if _model(after, result) != _edited(_model(file, text), edits):
        raise EditRefused(_REFUSAL)
    text_fields.check(file, after, edits)
    return tuple(splices)


class _Lowering:
    def __init__(self, text: str, file: TextFile, written: TextFormat) -> None:
        self._text = text
        self._fences = written.opening, written.closing
        self._file = file
        self._cells = file.cells
        line_end = _LINE_END.search(text)
        self._newline = line_end.group() if line_end else "\n"
        tight = any(text.startswith("#%%", cell.start) for cell in file.cells)
        self._comment = "#" if tight else "# "

    def splices(self, edit: Edit) -> list[Splice]:
        """The changes that carry out one edit."""
        match edit:
            case SourceEdit():
                return self._source_edit(self._cell(edit.cell), edit.span, edit.text)
            case DeleteCell():
                return [self._deletion(edit.cell, self._cell(edit.cell))]
            case InsertCell():
                return [self._insertion(edit)]
            case MoveCell():
                return self._move(edit)
            case FieldEdit():
                return [text_fields.field(self._text, self._file, edit)]

    def _cell(self, index: int) -> TextCell:
        if not 0 <= index < len(self._cells):
            raise EditRefused(f"there is no cell {index + 1}")
        cell = self._cells[index]
        if cell.form == "head":
            raise EditRefused("the head of the file is edited by hand")
        return cell

    def _source_edit(self, cell: TextCell, span: Span, text: str) -> list[Splice]:
        start, end, new = trimmed(cell.source(self._text), span.start, span.end, text)
        if start == end and not new:
            return []
        if start < len(cell.magic):
            raise EditRefused("the first line stands for an option of the cell's marker")
        if not cell.lines:
            return [self._first_lines(cell, new)]
        shift = len(cell.magic)
        return [self._body_edit(cell, start - shift, end - shift, new)]

    def _body_edit(self, cell: TextCell, start: int, end: int, new: str) -> Splice:
        """The lines of a cell that an edit touches, written anew."""
        body = cell.source(self._text)[len(cell.magic) :]
        if start == 0 and end == len(body) and not new and cell.form != "quoted":
            return self._emptied(cell)
        before = body[body.rfind("\n", 0, start) + 1 : start]
        behind = body[end:].partition("\n")[0]
        lines = f"{before}{new}{behind}".split("\n")
        first = cell.lines[body.count("\n", 0, start)]
        last = cell.lines[body.count("\n", 0, end)]
        olds: list[Line | None] = [None] * len(lines)
        olds[-1] = last if behind else None
        if before or (len(lines) == 1 and not behind):
            olds[0] = first
        written = [self._written(cell, line, old) for line, old in zip(lines, olds, strict=True)]
        return Splice(*trimmed(self._text, first.start, last.end, self._newline.join(written)))

    def _first_lines(self, cell: TextCell, new: str) -> Splice:
        """The first lines of a cell that has none."""
        if cell.marker_end < 0 or cell.form == "quoted":
            raise EditRefused(_REFUSAL)
        lines = [self._written(cell, line, None) for line in new.split("\n")]
        place = cell.marker_end
        return Splice(place, place, self._newline + self._newline.join(lines))

    def _emptied(self, cell: TextCell) -> Splice:
        start, end = cell.lines[0].start, cell.lines[-1].end
        line_end = _LINE_END.match(self._text, end)
        return Splice(start, line_end.end() if line_end else end, "")

    def _deletion(self, index: int, cell: TextCell) -> Splice:
        previous = self._cells[index - 1] if index else None
        if cell.end < len(self._text) or previous is None or previous.form == "head":
            return Splice(cell.start, cell.end, "")
        # The last cell goes with the blank lines before it; the last line's end stays.
        start = previous.lines[-1].end if previous.lines else previous.marker_end
        return Splice(start, len(self._text.rstrip("\r\n")), "")

    def _move(self, edit: MoveCell) -> list[Splice]:
        """The cell's text and the blank lines between it and its neighbour, elsewhere."""
        cell = self._cell(edit.cell)
        if not 0 <= edit.before <= len(self._cells) or edit.before in (edit.cell, edit.cell + 1):
            raise EditRefused(f"cell {edit.cell + 1} cannot move to place {edit.before}")
        deletion = self._deletion(edit.cell, cell)
        taken = self._text[deletion.start : deletion.end]
        written = self._text[cell.start : cell.end].rstrip("\r\n")
        gap = taken.removeprefix(written) if taken.startswith(written) else taken[: -len(written)]
        written = self._newline.join([*self._marker_for(cell), written])
        if edit.before == len(self._cells):
            end = len(self._text.rstrip("\r\n"))
            return [deletion, Splice(end, end, gap + written)]
        following = self._cell(edit.before)
        gap += "".join(f"{line}{self._newline}" for line in self._marker_for(following))
        return [deletion, Splice(following.start, following.start, written + gap)]

    def _insertion(self, edit: InsertCell) -> Splice:
        if not 0 <= edit.index <= len(self._cells) or edit.kind not in _MARKERS:
            raise EditRefused(f"there is no place {edit.index} for a cell of kind `{edit.kind}`")
        lines = self._new_cell(edit.kind, edit.source.rstrip("\n"))
        if edit.index == len(self._cells):
            end = len(self._text)
            gap = self._newline if self._text.endswith(("\n", "\r")) else self._newline * 2
            return Splice(end, end, gap + self._newline.join([*lines, ""]))
        following = self._cell(edit.index)
        lines += ["", *self._marker_for(following)]
        written = self._newline.join([*lines, ""])
        return Splice(following.start, following.start, written)

    def _new_cell(self, kind: str, source: str) -> list[str]:
        """The lines of a new cell."""
        opening, closing = self._fences
        if not opening:
            form = "code" if kind == "code" else "comment"
            lines = [_written(form, line) for line in source.split("\n")] if source else []
            return [f"{self._comment}{_MARKERS[kind]}", *lines]
        if kind == "code":
            return [opening, *source.split("\n"), closing]
        return source.split("\n")

    def _marker_for(self, cell: TextCell) -> list[str]:
        """The marker that a cell needs when another comes before it."""
        return [] if cell.marker_end >= 0 or self._fences[0] else [f"{self._comment}%%"]

    def _written(self, cell: TextCell, line: str, old: Line | None) -> str:
        """A line of a cell as it stands in the file, with the comment mark of the old line."""
        before = old.of(self._text) if old else ""
        if old is None or not before:
            return _written(cell.form, line)
        mark = old.mark(self._text)
        if not mark and (cell.form == "comment" or looks_escaped(before)):
            return line
        return _written(cell.form, line, mark or "# ")


def _written(form: str, line: str, mark: str = "# ") -> str:
    """A line of a cell as it stands in the file."""
    if form == "comment":
        return mark + line if line else mark.rstrip()
    if form == "code" and looks_escaped(line):
        code = line.lstrip()
        return line[: len(line) - len(code)] + mark + code
    return line


def _model(file: TextFile, text: str) -> _Model:
    return [(cell.kind, cell.source(text)) for cell in file.cells]


def _edited(cells: _Model, edits: Sequence[Edit]) -> _Model:
    """What the cells should be when all edits are made, each as if it were the only one."""
    sources = [source for _, source in cells]
    changes = [edit for edit in edits if isinstance(edit, SourceEdit)]
    for change in sorted(changes, key=lambda edit: -edit.span.start):
        source = sources[change.cell]
        behind = source[change.span.end :]
        sources[change.cell] = source[: change.span.start] + change.text + behind
    gone = {edit.cell for edit in edits if isinstance(edit, DeleteCell | MoveCell)}
    arriving: dict[int, _Model] = {}
    for edit in edits:
        if isinstance(edit, InsertCell):
            arriving.setdefault(edit.index, []).append((edit.kind, edit.source.rstrip("\n")))
        elif isinstance(edit, MoveCell):
            moved = cells[edit.cell][0], sources[edit.cell]
            arriving.setdefault(edit.before, []).append(moved)
    result: _Model = []
    for index in range(len(cells) + 1):
        result += arriving.get(index, [])
        if index < len(cells) and index not in gone:
            result.append((cells[index][0], sources[index]))
    return result
