"""What is said of sets of rows is true of all sets that they may stand for."""

from hypothesis import given
from hypothesis import strategies as st

from nbcoach.python.row_sets.rows import (
    Part,
    Rows,
    Step,
    contains,
    disjoint,
    opposite,
    overlap,
    side,
)

UNIVERSE = frozenset(range(24))

steps = st.frozensets(
    st.tuples(st.sampled_from("abc"), st.sampled_from([0, 1])), min_size=1, max_size=2
).filter(lambda step: len({question for question, _ in step}) == len(step))
parts = st.builds(Part, st.sampled_from([1, 2]), st.lists(steps, max_size=3).map(tuple))
rows = st.frozensets(parts, min_size=1, max_size=2)


def real(chosen: Rows, seed: int) -> frozenset[tuple[int, int]]:
    """Rows that a set may stand for; answers depend on the question and on those before."""
    return frozenset(
        (part.origin, row)
        for part in chosen
        for row in UNIVERSE
        if all(taken(step, part, index, row, seed) for index, step in enumerate(part.path))
    )


def taken(step: Step, part: Part, index: int, row: int, seed: int) -> bool:
    before = (part.origin, tuple(sorted(map(sorted, part.path[:index]))))
    return all(hash((question, str(before), row, seed)) % 2 == answer for question, answer in step)


@given(rows, rows, st.integers(0, 99))
def test_disjoint_sets_share_no_row(one: Rows, other: Rows, seed: int) -> None:
    if disjoint(one, other):
        assert not real(one, seed) & real(other, seed)


@given(rows, rows, st.integers(0, 99))
def test_a_set_has_all_rows_that_it_contains(one: Rows, other: Rows, seed: int) -> None:
    if contains(one, other):
        assert real(other, seed) <= real(one, seed)


@given(rows, rows)
def test_sets_do_not_overlap_and_keep_apart(one: Rows, other: Rows) -> None:
    assert not (overlap(one, other) and disjoint(one, other))


@given(rows, rows)
def test_what_contains_another_overlaps_it(one: Rows, other: Rows) -> None:
    assert not contains(one, other) or overlap(one, other)


@given(parts, steps)
def test_a_step_and_its_opposite_part_the_rows(part: Part, step: Step) -> None:
    if len(step) == 1:
        here = frozenset({part._replace(path=(*part.path, step))})
        there = frozenset({part._replace(path=(*part.path, opposite(step)))})
        assert disjoint(here, there)
        assert contains(frozenset({part}), here | there)


def test_parts_of_different_splits_are_neither_apart_nor_alike() -> None:
    one = frozenset({Part(1, (side("first", 0),))})
    other = frozenset({Part(1, (side("second", 1),))})
    assert not disjoint(one, other)
    assert not overlap(one, other)


def test_nothing_is_known_of_different_tables() -> None:
    assert not disjoint(frozenset({Part(1)}), frozenset({Part(2)}))
    assert not overlap(frozenset({Part(1)}), frozenset({Part(2)}))


def test_a_middle_slice_is_apart_from_what_is_before_and_behind_it() -> None:
    before = frozenset({Part(1, (side("low", 0),))})
    middle = frozenset({Part(1, (frozenset({("low", 1), ("high", 0)}),))})
    behind = frozenset({Part(1, (side("high", 1),))})
    assert disjoint(before, middle)
    assert disjoint(middle, behind)
    assert contains(frozenset({Part(1, (side("low", 1),))}), middle)
