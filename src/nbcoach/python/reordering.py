"""How cells would have to stand so that names have their values where they are used."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from nbcoach.notebook import Cell, CodeCell
from nbcoach.python.semantics import Binding, Semantics, Undefined, analyse

if TYPE_CHECKING:
    from nbcoach.notebook import Notebook

_Given = dict[tuple[int, int], set[object]]


class Move(NamedTuple):
    """Cell `cell` goes before the cell that now has the index `before`."""

    cell: int
    before: int


class Reordering:
    """What another order of the cells could do for a notebook."""

    def __init__(self, notebook: "Notebook") -> None:
        self._read = notebook.as_read
        self._notebook = notebook

    @cached_property
    def move(self) -> Move | None:
        """The move after which no name is undefined and all other uses have what they had.

        None if no move of one cell does that, or if two do: nobody can tell which was meant.
        """
        found = [move for move in self._candidates() if self._repairs(move)]
        return found[0] if len(found) == 1 else None

    def needed_in_turn(self, claim: Undefined) -> str:
        """A name that the defining cell has from the using one alone, so that no order works.

        Empty if there is none.
        """
        use, binding = claim.use, claim.binding
        if binding is None or not use.certain or self._makers[use.name] != {binding.cell}:
            return ""
        needed = (other for other in self._read.uses_in(binding.cell) if other.certain)
        return next(
            (other.name for other in needed if self._makers.get(other.name) == {use.at}), ""
        )

    @cached_property
    def _makers(self) -> dict[str, set[int]]:
        """The cells that bind each name."""
        makers: dict[str, set[int]] = {}
        for binding in self._read.bindings:
            if binding.kind != "assumed":
                makers.setdefault(binding.name, set()).add(binding.cell)
        return makers

    def _candidates(self) -> Iterator[Move]:
        """The shortest moves that bring all definitions above their uses.

        One that goes further passes more cells and serves no better.
        """
        users: set[int] = set()
        makers: set[int] = set()
        for claim in self._read.undefined:
            if claim.kind != "later" or claim.binding is None:
                return
            makers.add(claim.binding.cell)
            users.add(claim.use.at)
            users.update(use.at for use in claim.others if use.at < claim.binding.cell)
        if not users or users & makers:
            return
        first, last, cells = min(users), max(makers), self._notebook.cells
        if len(makers) == 1:
            yield Move(last, first)
        # Two cells with nothing between them change places, whichever of them moves.
        if len(users) == 1 and (len(makers) > 1 or any(map(_runs, cells[first + 1 : last]))):
            yield Move(first, last + 1)

    def _repairs(self, move: Move) -> bool:
        order = [index for index in self._read.order if index != move.cell]
        order.insert(sum(index < move.before for index in order), move.cell)
        cells = {cell.index: cell for cell in self._notebook.code_cells}
        moved = analyse(self._notebook, [cells[index] for index in order])
        if moved.undefined:
            return False
        after = _given(moved)
        return all(after.get(use) == given for use, given in _given(self._read).items())


def _runs(cell: Cell) -> bool:
    return isinstance(cell, CodeCell) and cell.code is not None and bool(cell.source.strip())


def _given(semantics: Semantics) -> _Given:
    """What each use of a name has in each cell that runs it: its bindings, the changes since.

    Left out are uses of what nothing above them binds: they are to have another value.
    """
    given: _Given = {}
    for use in semantics.uses:
        if use.later or use.slot is None or any(b.kind == "assumed" for b in use.bindings):
            continue
        origins = given.setdefault((id(use.node), use.at), set())
        origins.update(map(_origin, use.bindings))
        origins.update((change.cell, id(change.node)) for change in use.slot.touched)
    return given


def _origin(binding: Binding) -> object:
    """What tells where a value comes from: of an import what is imported, wherever that is."""
    if binding.kind == "import":
        return binding.value
    return binding.cell, id(binding.node)
