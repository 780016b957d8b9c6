"""Edits of a JSON notebook turned into changes of its text."""

from collections.abc import Sequence
from typing import Any

from nbcoach.cell_ids import new_id
from nbcoach.documents import Splice
from nbcoach.documents.cells import Steps, format_of
from nbcoach.documents.containers import Addition, Container, Verbatim
from nbcoach.documents.layout import Layout
from nbcoach.documents.source import lines_of
from nbcoach.documents.spans import Item
from nbcoach.errors import EditRefused
from nbcoach.finding import REMOVED, DeleteCell, Edit, FieldEdit, InsertCell, MoveCell, SourceEdit
from nbcoach.notebook import RawCell

_KINDS = ("code", "markdown", "raw")
_OLD_NAMES = {"execution_count": "prompt_number"}


def lower(layout: Layout, edits: Sequence[Edit]) -> tuple[Splice, ...]:
    """The splices that carry out all of the edits, in the order of the text."""
    work = _Lowering(layout)
    for edit in edits:
        match edit:
            case SourceEdit():
                work.edit_source(edit)
            case FieldEdit():
                work.edit_field(edit)
            case InsertCell():
                work.insert_cell(edit)
            case DeleteCell():
                work.delete_cell(edit)
            case MoveCell():
                work.move_cell(edit)
    return work.splices()


class _Lowering:
    """The changes gathered so far; those of one list or object are made together at the end."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._splices: list[Splice] = []
        self._containers: dict[int, Container] = {}
        self._removed: dict[int, list[int]] = {}
        self._added: dict[int, list[Addition]] = {}
        self._new_ids: set[str] = set()

    def splices(self) -> tuple[Splice, ...]:
        """All changes, in the order of the text."""
        for start, container in self._containers.items():
            added = self._added.get(start, [])
            self._splices += container.changes(self._removed.get(start, []), added)
        return tuple(sorted(self._splices, key=lambda splice: (splice.start, splice.end)))

    def edit_source(self, edit: SourceEdit) -> None:
        """Replace a span of a cell's source."""
        self._demand_cell(edit.cell)
        source = self._layout.source(edit.cell)
        if source is None:
            raise EditRefused(f"cell {edit.cell + 1} has no source")
        shift = self._layout.shift(edit.cell)
        if edit.span.start < shift:
            raise EditRefused("the level of a heading cell is not part of its text")
        start, end = edit.span.start - shift, edit.span.end - shift
        self._splices += source.edited(start, end, edit.text, self._layout.style)

    def edit_field(self, edit: FieldEdit) -> None:
        """Set, add or remove a field."""
        if not edit.path:
            raise EditRefused("a whole notebook is no field")
        *parents, last = self._path_in_file(edit.path)
        place = self._layout.field(tuple(parents))
        if place is None or self._layout.text[place.value] != ("{" if type(last) is str else "["):
            raise EditRefused(f"there is nothing that `{_dotted(edit.path)}` could be part of")
        container = self._container(place)
        if isinstance(last, str):
            found = [index for index, part in enumerate(container.parts) if part.key == last]
        else:
            found = [last] if 0 <= last < len(container.parts) else []
        if edit.value is REMOVED:
            self._removed.setdefault(place.value, []).extend(found)
        elif found:
            self._splices.append(container.replaced(found[-1], edit.value))
        elif isinstance(last, str):
            self._add(place, Addition(_place_of_key(container, last), last, edit.value))
        elif last == len(container.parts):
            self._add(place, Addition(last, None, edit.value))
        else:
            raise EditRefused(f"`{_dotted(edit.path)}` is beyond the end of its list")

    def _path_in_file(self, path: Steps) -> Steps:
        """Where a field of a cell is: nbformat 3 keeps cells in worksheets, under other names."""
        match path:
            case ("cells", int(index), *rest) if format_of(self._layout.root) < (4, 0):
                self._demand_cell(index)
                names = (_OLD_NAMES.get(step, step) if type(step) is str else step for step in rest)
                return (*self._layout.paths[index], *names)
        return path

    def insert_cell(self, edit: InsertCell) -> None:
        """Put in a cell that looks like its neighbours."""
        version = format_of(self._layout.root)
        if version[0] < 4:
            raise EditRefused(f"cells are not added to notebooks of nbformat {version[0]}")
        place = self._layout.field(("cells",))
        if place is None or self._layout.text[place.value] != "[":
            raise EditRefused("the notebook has no list of cells")
        if not 0 <= edit.index <= len(self._layout.paths) or edit.kind not in _KINDS:
            raise EditRefused(f"there is no place {edit.index} for a cell of kind `{edit.kind}`")
        cell = self._new_cell(edit, with_id=version >= (4, 5))
        self._container(place)
        self._add(place, Addition(edit.index, None, cell))

    def delete_cell(self, edit: DeleteCell) -> None:
        """Take a cell out."""
        self._demand_cell(edit.cell)
        path = self._layout.paths[edit.cell]
        self.edit_field(FieldEdit(path, REMOVED))

    def move_cell(self, edit: MoveCell) -> None:
        """Take a cell out and put its text in elsewhere in the same list."""
        self._demand_cell(edit.cell)
        path = self._layout.paths[edit.cell]
        place = self._layout.field(path[:-1])
        target = self._place_in_list(path[:-1], edit.before)
        if place is None or target is None or edit.before in (edit.cell, edit.cell + 1):
            raise EditRefused(f"cell {edit.cell + 1} cannot move to place {edit.before}")
        self.delete_cell(DeleteCell(edit.cell))
        cell = self._layout.cells[edit.cell]
        text = Verbatim(self._layout.text[cell.start : cell.end])
        self._add(place, Addition(target, None, text))

    def _place_in_list(self, cells: Steps, index: int) -> int | None:
        """Where in one of the lists of cells a place is that is counted over all of them."""
        paths = self._layout.paths
        if 0 <= index < len(paths) and paths[index][:-1] == cells:
            return int(paths[index][-1])
        if 0 < index <= len(paths) and paths[index - 1][:-1] == cells:
            return int(paths[index - 1][-1]) + 1
        return None

    def _new_cell(self, edit: InsertCell, *, with_id: bool) -> dict[str, Any]:
        model = self._model(edit)
        cell: dict[str, Any] = {"cell_type": edit.kind, "metadata": {}}
        if edit.kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        if with_id:
            place = RawCell(edit.index, None, edit.source, {})
            cell["id"] = new_id(place, self._layout.ids | self._new_ids)
            self._new_ids.add(cell["id"])
        as_string = isinstance(model.get("source"), str)
        cell["source"] = edit.source if as_string else lines_of(edit.source)
        order = list(model)
        if order == sorted(order):
            return dict(sorted(cell.items()))
        ranks = {key: rank for rank, key in enumerate(order)}
        return dict(sorted(cell.items(), key=lambda field: ranks.get(field[0], len(ranks))))

    def _model(self, edit: InsertCell) -> dict[str, Any]:
        """The cell that a new cell is written after: the nearest, if possible of its kind."""
        paths = sorted(self._layout.paths, key=lambda path: abs(int(path[-1]) - edit.index + 0.5))
        cells = [cell for path in paths if isinstance(cell := self._layout.value(path), dict)]
        same = (cell for cell in cells if cell.get("cell_type") == edit.kind)
        return next(same, cells[0] if cells else {})

    def _container(self, place: Item) -> Container:
        if place.value not in self._containers:
            container = Container(self._layout.text, place, self._layout.style)
            self._containers[place.value] = container
        return self._containers[place.value]

    def _add(self, place: Item, addition: Addition) -> None:
        self._added.setdefault(place.value, []).append(addition)

    def _demand_cell(self, index: int) -> None:
        if not 0 <= index < len(self._layout.cells):
            raise EditRefused(f"there is no cell {index + 1}")


def _place_of_key(container: Container, key: str) -> int:
    """Where a new key goes: in its order where keys are sorted, else at the end."""
    keys = [part.key or "" for part in container.parts]
    if keys != sorted(keys):
        return len(keys)
    return sum(1 for other in keys if other < key)


def _dotted(path: Steps) -> str:
    return ".".join(map(str, path))
