"""Which cells of two notebooks are the same one."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nbcoach.alignment import aligned
from nbcoach.notebook import Notebook
from tests.fakes import document_of

LONG = "first = 1\nsecond = 2\nthird = 3"


def pairs(before: list[Any], after: list[Any]) -> set[tuple[int, int]]:
    """The numbers of the cells that are the same, from 0."""
    return same(document_of(*before).notebook, document_of(*after).notebook)


def same(before: Notebook, after: Notebook) -> set[tuple[int, int]]:
    old, new = aligned(before, after)
    return {
        (one.index, other.index) for one in old.cells for other in new.cells if one.id == other.id
    }


def without_ids(*sources: str) -> list[dict[str, Any]]:
    return [{"id": None, "source": source} for source in sources]


def test_cells_with_one_id_are_the_same_whatever_is_in_them() -> None:
    assert pairs(["a = 1", "b = 1"], [{"id": "cell-1", "source": LONG}, {"id": "new"}]) == {(1, 0)}


def test_cells_without_ids_are_known_by_source_and_place() -> None:
    before = without_ids("x", LONG, "y")
    assert pairs(before, without_ids("new", "x", LONG + "\nfourth = 4", "y")) == {
        (0, 1),
        (1, 2),
        (2, 3),
    }
    assert pairs(before, without_ids("x", "print('something else')", "y")) == {(0, 0), (2, 2)}


def test_a_cell_is_of_one_kind() -> None:
    before = [{"id": None, "source": LONG}]
    after = [{"id": None, "source": LONG, "cell_type": "markdown"}]
    assert pairs(before, after) == set()


def test_text_has_no_ids_and_meets_a_notebook_that_has() -> None:
    assert pairs(["x", LONG], without_ids("new", LONG)) == {(1, 1)}


CELLS = st.lists(
    st.tuples(st.sampled_from(["", "a", "b", None]), st.sampled_from(["x", "y", LONG, LONG + "1"])),
    max_size=5,
)


@settings(deadline=None)
@given(CELLS, CELLS)
def test_a_cell_is_the_same_as_one_at_most(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    found = pairs(*([{"id": i, "source": s} for i, s in cells] for cells in (before, after)))
    assert len({one for one, _ in found}) == len(found) == len({other for _, other in found})


@settings(deadline=None)
@given(CELLS)
def test_all_cells_of_equal_notebooks_are_the_same(cells: list[tuple[str, str]]) -> None:
    both = [{"id": identity, "source": source} for identity, source in cells]
    assert {one for one, _ in pairs(both, both)} == set(range(len(cells)))
