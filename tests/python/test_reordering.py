"""The move of one cell that brings names before their uses, and cells that need each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.python.reordering import Move
from tests.python.test_semantics import notebook


def move(*sources: str) -> Move | None:
    return notebook(*sources).reordering.move


def needed_in_turn(*sources: str) -> list[str]:
    book = notebook(*sources)
    return [book.reordering.needed_in_turn(claim) for claim in book.as_read.undefined]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["x", "x = 1"], Move(1, 0)),
        (["def f():\n    return x", "f()", "x = 1"], Move(2, 1)),
        (["x", "x + 1", "y = 0", "x = 1"], Move(3, 0)),
        (["x + y", "x = 1", "y = 2"], Move(0, 3)),
        (["x", "rate = 2", "x = rate"], Move(0, 3)),
        (["rows = x", "len(rows)", "x = 1"], Move(2, 0)),
        (["y = 1", "x", "y", "x = 1\ny = 2"], Move(1, 4)),
        (["x", "%%html\n<p>", "", "x = 1"], Move(3, 0)),
        (["import os", "path", "import os\npath = os.sep", "os.sep"], Move(2, 1)),
        (["%time x", "%%time\nx = 1"], Move(1, 0)),
    ],
)
def test_one_cell_that_moves(sources: list[str], expected: Move) -> None:
    assert move(*sources) == expected


@pytest.mark.parametrize(
    "sources",
    [
        ["x = 1", "x"],
        ["x", "print()", "x = 1"],  # either of two cells
        ["x", "y", "x = 1", "y = 1"],  # two cells
        ["x", "x = y", "y = 1"],  # a chain that is upside down
        ["a = 1\nx", "x = a"],  # cells that need each other
        ["x", "x = 1\nunknown"],  # something else is missing
        ["x = 1\ndel x", "x", "x = 2"],
        ["x\nx = 1"],
        ["y = 1", "z = x", "z + y", "x = 1\ny = 2"],  # another cell would get another value
        ["y = [1]", "z = x", "z + y", "x = 1\ny.append(2)"],
        ["x", "%run other.py", "x = 1"],
    ],
)
def test_no_cell_moves_where_it_is_not_clear_or_does_not_help(sources: list[str]) -> None:
    assert move(*sources) is None


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["rows = [1]\nclean(rows)", "clean = rows.copy"], ["rows"]),
        (["rows = [1]\nclean(rows)", "def clean(r):\n    return rows"], [""]),
        (["rows = [1]\nclean(rows)", "rows = []", "clean = rows.copy"], [""]),
        (["rows = [1]\nclean(rows)", "clean = rows.copy", "clean = 1"], [""]),
        (["rows = [1]\nif rows:\n    clean(rows)", "clean = rows.copy"], [""]),
        (["x", "x = 1"], [""]),
        (["unknown"], [""]),
    ],
)
def test_cells_that_need_each_other(sources: list[str], expected: list[str]) -> None:
    assert needed_in_turn(*sources) == expected


@st.composite
def programs(draw: st.DrawFn) -> list[str]:
    """Cells that each make one value from those of some cells before."""
    count = draw(st.integers(2, 6))
    used = [draw(st.sets(st.integers(0, n - 1), max_size=2)) if n else set() for n in range(count)]
    return [f"v{n} = {' + '.join([str(n), *(f'v{m}' for m in used[n])])}" for n in range(count)]


@given(programs(), st.data())
def test_after_the_move_everything_has_the_value_it_was_meant_to_have(
    sources: list[str], data: st.DataObject
) -> None:
    places = st.integers(0, len(sources) - 1)
    cells = list(sources)
    cells.insert(data.draw(places), cells.pop(data.draw(places)))
    found = move(*cells)
    if found is None:
        return
    cells.insert(found.before - (found.before > found.cell), cells.pop(found.cell))
    assert values(cells) == values(sources)


def values(sources: list[str]) -> dict[str, object]:
    namespace: dict[str, object] = {"__builtins__": {}}
    exec("\n".join(sources), namespace)
    return namespace
