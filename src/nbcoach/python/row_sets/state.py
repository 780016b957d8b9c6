"""What an interpretation keeps: values of names, and what it has seen."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from nbcoach.python.row_sets.rows import Part, Rows, Step, narrowed, side
from nbcoach.python.row_sets.values import Table, Value

if TYPE_CHECKING:
    import ast

    from nbcoach.python.semantics import Semantics

# More than nearly all notebooks have, and what takes less than a tenth of a second.
_STATEMENTS: Final = 3_000


class TooLongError(Exception):
    """Raised where a notebook is too long to be interpreted to its end."""


class Evaluation(NamedTuple):
    """A model met rows: `train` is what it was fitted to, `test` what it was asked about.

    Where the rows are split out of sight, as in cross-validation, both are the whole. `node`
    stands in the cell with this index.
    """

    train: Table
    test: Table
    node: "ast.Call"
    cell: int
    splits: bool = False


@dataclass(eq=False)
class State:
    """What all scopes of one interpretation share."""

    semantics: "Semantics"
    evaluations: list[Evaluation] = field(default_factory=list)
    scored: set[int] = field(default_factory=set)
    taken: set[tuple[Hashable, int]] = field(default_factory=set)
    held_out: set[Hashable] = field(default_factory=set)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _left: int = _STATEMENTS

    def number(self) -> int:
        """A number that nothing else has."""
        return next(self._numbers)

    def unknown(self) -> Table:
        """A value of which nothing is known: its rows are its own."""
        return Table(frozenset({Part(self.number())}))

    def narrowed(self, rows: Rows, *path: Step) -> Rows:
        """The rows that are left after further steps."""
        for step in path:
            self.taken.update(step)
        return narrowed(rows, path)

    def division(self) -> tuple[Step, Step]:
        """The steps to the rows that a library sets apart for training, and for a test."""
        question = self.number()
        self.held_out.add(question)
        self.taken.update({(question, 0), (question, 1)})
        return side(question, 0), side(question, 1)

    def spend(self) -> None:
        """Count one statement; raises TooLongError after the last that is affordable."""
        self._left -= 1
        if self._left < 0:
            raise TooLongError


@dataclass(eq=False)
class Scope:
    """The names of the notebook (`outer` is None) or of one call of a function in it.

    `places` are estimators that no name holds, by the text of what does: `models["ridge"]`;
    `changed` are the names whose objects were changed in place; `yields` tells a generator.
    """

    state: State
    cell: int
    names: dict[str, Value] = field(default_factory=dict)
    outer: "Scope | None" = None
    places: dict[str, Value] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    yields: bool = False

    def lookup(self, name: str) -> Value | None:
        """The value of a name, None if it has none yet."""
        if name in self.names or self.outer is None:
            return self.names.get(name)
        return self.outer.names.get(name)

    def forget_places(self, name: str) -> None:
        """Drop the places that begin with a name, which has a new value."""
        if self.places:
            kept = {
                k: v for k, v in self.places.items() if not k.startswith((f"{name}.", f"{name}["))
            }
            self.places = kept
