"""What the analysis of row sets knows of a value."""

import ast
from dataclasses import dataclass
from typing import Literal as Choice
from typing import NamedTuple

from nbcoach.python.row_sets.rows import NO_ROWS, Rows

# What a computation takes from the rows it sees: a statistic of the features, something about the
# target, the numbers that stand for categories, or nothing that is worth a word.
Learns = Choice["features", "target", "codes", ""]

# A column, or by its number a list of columns that nobody knows; None stands for all columns.
Column = str | int | None
SOME_COLUMN = 0


@dataclass(frozen=True, slots=True)
class Reduction:
    """A computation that looked at many rows at once: a fit, a mean.

    `name` is that of the class or function, `owner` tells fitted objects apart, `node` stands in
    the cell with this index. `fills` tells that its result only went where a value was missing.
    """

    name: str
    learns: Learns
    rows: Rows
    node: ast.Call
    cell: int
    owner: int = 0
    fills: bool = False


class Mark(NamedTuple):
    """A reduction whose result went into a column."""

    column: Column
    reduction: Reduction


class Table(NamedTuple):
    """Data that came of `rows`; a plain number has none.

    `marks` are the reductions that went into it; `predicted` are the numbers of the evaluations
    whose predictions it holds.
    """

    rows: Rows
    marks: frozenset[Mark] = frozenset()
    predicted: frozenset[int] = frozenset()

    def marked(self, reduction: Reduction) -> "Table":
        """The same rows with one more reduction in all columns."""
        return self._replace(marks=self.marks | {Mark(None, reduction)})


class Known(NamedTuple):
    """A constant, or a list of constants."""

    value: object


class Columns(NamedTuple):
    """A list of names of columns, nobody knows which; `marks` are reductions that chose them."""

    number: int
    marks: frozenset[Mark] = frozenset()


class Labels(NamedTuple):
    """The index of a table."""

    rows: Rows


class Groups(NamedTuple):
    """The rows of a table in groups."""

    table: Table


class Several(NamedTuple):
    """A tuple or list of values."""

    parts: "tuple[Value, ...]"


class Each(NamedTuple):
    """Something to loop over: every turn gives `element`."""

    element: "Value"


@dataclass(frozen=True, slots=True)
class Splitter:
    """A scheme of cross-validation."""


@dataclass(frozen=True, slots=True)
class Local:
    """A function that the notebook defines in the cell with this index."""

    node: ast.FunctionDef
    cell: int


class Fit(NamedTuple):
    """A call that fitted something to a table."""

    table: Table
    node: ast.Call
    cell: int


@dataclass(frozen=True, slots=True)
class Estimator:
    """Anything with `fit`. `searches` tells that fitting it scores models by cross-validation."""

    name: str
    learns: Learns = ""
    owner: int = 0
    searches: bool = False
    fit: Fit | None = None

    @property
    def reduction(self) -> Reduction | None:
        """What its `transform` brings into a table."""
        if self.fit is None or not self.learns:
            return None
        table, node, cell = self.fit
        return Reduction(self.name, self.learns, table.rows, node, cell, self.owner)


Value = Table | Known | Columns | Labels | Groups | Several | Each | Splitter | Local | Estimator

NOTHING = Known(None)
NUMBER = Table(NO_ROWS)
