"""Which rows of a table a value holds, as far as that is sure."""

from collections.abc import Hashable
from typing import NamedTuple

# One choice of rows: pairs of what was asked and which of two answers was taken. Rows that gave
# opposite answers to the same question are never the same rows.
Step = frozenset[tuple[Hashable, int]]


class Part(NamedTuple):
    """Rows of the table `origin`, narrowed down by one step after another."""

    origin: int
    path: tuple[Step, ...] = ()


Rows = frozenset[Part]

NO_ROWS: Rows = frozenset()


def side(question: Hashable, answer: int) -> Step:
    """The step to the rows that gave this answer."""
    return frozenset({(question, answer)})


def narrowed(rows: Rows, path: tuple[Step, ...]) -> Rows:
    """The rows that are left after further steps."""
    return frozenset(part._replace(path=part.path + path) for part in rows)


def together(step: Step) -> Step:
    """A step that asks for all of this one's answers, and whether all of them were given."""
    return step | side(step, 0)


def opposite(step: Step) -> Step:
    """The step to the rows that this one leaves out, where there is one question to turn round."""
    for question, answer in step:
        if len(step) == 1 or question == step - {(question, answer)}:
            return side(question, 1 - answer)
    return side(step, 1)


def contains(rows: Rows, others: Rows) -> bool:
    """Whether all of `others` surely lie in `rows`."""
    return all(any(_holds(part, other) for part in rows) for other in others)


def overlap(rows: Rows, others: Rows) -> bool:
    """Whether some rows are surely in both."""
    return any(_holds(part, other) or _holds(other, part) for part in rows for other in others)


def disjoint(rows: Rows, others: Rows) -> bool:
    """Whether surely no row is in both."""
    return all(_apart(part, other) for part in rows for other in others)


def _holds(part: Part, other: Part) -> bool:
    length = len(part.path)
    if part.origin != other.origin or length > len(other.path):
        return False
    if not length:
        return True
    last = length - 1
    return part.path[:last] == other.path[:last] and part.path[last] <= other.path[last]


def _apart(part: Part, other: Part) -> bool:
    if part.origin != other.origin:
        return False
    for step, another in zip(part.path, other.path, strict=False):
        if step != another:
            return any((question, 1 - answer) in another for question, answer in step)
    return False
