"""A proved conflict means that a cell read another value than it does from top to bottom."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.runs import ERROR, Session, notebook, random_sources


def conflicts(*cells: tuple[int | None, str]) -> list[tuple[str, int, int, int, bool]]:
    found = notebook(*cells).conflicts
    return [(c.name, c.reader, c.later, c.earlier, c.proved) for c in found]


def sessions(random: Random) -> tuple[Session, Session]:
    """The same cells run with some disorder, and run once from top to bottom."""
    sources = random_sources(random)
    real, ideal = Session(sources), Session(sources)
    order = list(range(len(sources)))
    for cell in order:
        ideal.run(cell)
    if random.random() < 0.3:
        random.shuffle(order)
    for cell in [*order, *random.choices(order, k=random.randint(0, 3))]:
        real.run(cell)
    return real, ideal


def proved_readers(real: Session) -> set[tuple[int, str]]:
    return {(c.reader, c.name) for c in real.saved().conflicts if c.proved}


@given(st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_what_is_proved_happened(random: Random) -> None:
    real, ideal = sessions(random)
    for reader in proved_readers(real) & real.seen.keys() & ideal.seen.keys():
        assert real.seen[reader] != ideal.seen[reader], (real.sources, real.counts, reader)


def test_random_runs_have_conflicts_and_harmless_inversions() -> None:
    proved = harmless = 0
    for seed in range(400):
        real, ideal = sessions(Random(seed))
        proved += len(proved_readers(real) & real.seen.keys() & ideal.seen.keys())
        alike = all(ideal.seen.get(key) == value for key, value in real.seen.items())
        harmless += alike and bool(real.saved().log.steps_back)
    assert proved >= 50
    assert harmless >= 50


def test_a_reader_that_ran_after_a_cell_below_bound_its_name() -> None:
    cells = ((1, "x = 1"), (3, "print(x)"), (2, "x = 2"))
    assert conflicts(*cells) == [("x", 1, 1, 2, True)]


def test_a_cell_above_the_source_ran_after_it() -> None:
    cells = ((2, "x = 1"), (1, "x = 2"), (3, "print(x)"))
    assert conflicts(*cells) == [("x", 2, 0, 1, True)]


def test_a_source_that_had_not_run_before() -> None:
    assert conflicts((2, "x = 1"), (1, "print(x)")) == [("x", 1, 0, 1, True)]


def test_a_source_that_may_have_run_before() -> None:
    assert conflicts((3, "x = 1"), (2, "print(x)")) == [("x", 1, 0, 1, False)]


def test_a_column_that_a_cell_below_changed() -> None:
    make = "frame = make()"
    change = 'frame["price"] = 0'
    assert conflicts((1, make), (3, 'frame["price"].sum()'), (2, change))
    assert conflicts((1, make), (3, "frame.head()"), (2, change))
    assert not conflicts((1, make), (3, 'frame["name"].max()'), (2, change))


def test_a_list_that_a_cell_below_filled() -> None:
    assert conflicts((1, "rows = []"), (3, "len(rows)"), (2, "rows.append(1)"))
    assert not conflicts((1, "rows = []"), (3, "rows.append(2)"), (2, "rows.append(1)"))


@pytest.mark.parametrize(
    "cells",
    [
        ((2, "import os"), (1, "print(os.name)")),
        ((1, "import os"), (3, "print(os.name)"), (2, "import os")),
        ((1, "x = 1"), (3, "print(x)"), (2, "x = 1")),
        ((1, "def f(): return 1"), (3, "f()"), (2, "def f(): return 1")),
        ((1, "x = make()"), (3, "print(x)"), (2, "x = pickle.load(file)")),
        ((1, "x = 1"), (4, "print(x)"), (2, "x = 2"), (4, "y = 1")),
        ((1, "x = 1"), (3, "print(x)"), (2, "%run other.py")),
        ((0, "x = 1"), (2, "print(x)"), (1, "x = 2")),
        ((1, "x = 1"), (90, "print(x)"), (2, "x = 2")),
        ((None, "x = 1"), (2, "print(x)"), (1, "x = 2")),
        ((1, "x = 1"), (3, "x = 2\nprint(x)"), (2, "x = 3")),
        ((4, "x = 1"), (5, "print(x)"), (3, "x = 2")),
        ((1, "a, b = 1, 2"), (3, "print(a)"), (2, "a, b = 1, 3")),
        ((1, "x = n = 1"), (3, "if n:\n    print(x)"), (2, "x = 2")),
        ((1, "x = 1"), (3, "del x"), (2, "x = 2")),
        ((1, "d = n = {}"), (3, 'print(d["k"])'), (2, 'if n:\n    d["k"] = 2')),
        ((1, "d = {}"), (2, 'd["k"] = 1'), (4, 'print(d["k"])'), (3, 'd["k"] = 1')),
        ((1, "d = {}"), (5, 'd["k"] = 1'), (4, 'print(d["k"])'), (2, 'd["k"] = 2')),
    ],
)
def test_what_is_no_conflict(cells: tuple[tuple[int | None, str], ...]) -> None:
    assert conflicts(*cells) == []


def test_cells_that_failed_prove_nothing() -> None:
    cells = notebook((1, "x = 1"), (3, "print(x)"), (2, "x = 2"), outputs=(ERROR,))
    assert not cells.conflicts
