"""The cells of two notebooks that are one and the same cell, before a change and after it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from nbcoach.notebook import Cell, Notebook

# Less alike than this, two sources at the same place are rather one cell gone and one new.
_ALIKE = 0.5
_LONGEST = 20_000

Pair = tuple[Cell, Cell]


def aligned(before: Notebook, after: Notebook) -> tuple[Notebook, Notebook]:
    """Both notebooks with ids that tell which cells are the same: text and old files have none.

    Cells with one id are the same; of the others those at the same place between equal ones whose
    sources are much alike.
    """
    pairs = _pairs(before.cells, after.cells)
    names = {id(cell): f"same {number}" for number, pair in enumerate(pairs) for cell in pair}
    return _renamed(before, "before", names), _renamed(after, "after", names)


def _renamed(notebook: Notebook, side: str, names: dict[int, str]) -> Notebook:
    cells = tuple(
        replace(cell, id=names.get(id(cell), f"{side} {cell.index}")) for cell in notebook.cells
    )
    return replace(notebook, cells=cells)


def _pairs(before: Iterable[Cell], after: Iterable[Cell]) -> list[Pair]:
    old, new = _by_id(before), _by_id(after)
    pairs = [(old[name], new[name]) for name in old if name in new]
    paired = {id(cell) for pair in pairs for cell in pair}
    return [
        *pairs,
        *_by_place(
            [cell for cell in before if id(cell) not in paired],
            [cell for cell in after if id(cell) not in paired],
        ),
    ]


def _by_id(cells: Iterable[Cell]) -> dict[str, Cell]:
    return {cell.id: cell for cell in cells if cell.id}


def _by_place(before: list[Cell], after: list[Cell]) -> Iterator[Pair]:
    from difflib import SequenceMatcher

    old, new = ([(type(cell), cell.source) for cell in cells] for cells in (before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(before[start:end], after[first:last], strict=True)
        elif kind == "replace":
            yield from _edited(before[start:end], after[first:last])


def _edited(before: Iterable[Cell], after: list[Cell]) -> Iterator[Pair]:
    """The cells that were edited, in their order: each goes to the first that is like it."""
    start = 0
    for cell in before:
        for number in range(start, len(after)):
            if type(cell) is type(after[number]) and _are_alike(cell.source, after[number].source):
                yield cell, after[number]
                start = number + 1
                break


def _are_alike(one: str, other: str) -> bool:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, one[:_LONGEST].split(), other[:_LONGEST].split(), autojunk=True)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
