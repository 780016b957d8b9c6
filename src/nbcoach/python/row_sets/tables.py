"""What becomes of rows and marks when tables are cut, joined and filled."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from nbcoach.python.row_sets.rows import NO_ROWS, Part, Rows, Step, opposite, side, together
from nbcoach.python.row_sets.state import State
from nbcoach.python.row_sets.values import (
    NUMBER,
    SOME_COLUMN,
    Column,
    Columns,
    Known,
    Labels,
    Mark,
    Several,
    Table,
    Value,
)

# The origin of yes-and-no answers, which belong to whatever table they are laid on.
_ANSWERS: Final = 0


def as_table(value: Value | None, state: State) -> Table:
    """Any value as data."""
    match value:
        case Table():
            return value
        case Several(parts):
            return combined(parts)
        case Labels(rows):
            return Table(rows)
        case Known():
            return NUMBER
    return state.unknown()


def combined(values: Iterable[Value | None]) -> Table:
    """What values give that are worked out row by row: the rows are those of the first."""
    rows: Rows = NO_ROWS
    marks: frozenset[Mark] = frozenset()
    predicted: frozenset[int] = frozenset()
    for value in values:
        table = combined(value.parts) if isinstance(value, Several) else value
        if isinstance(table, Table):
            rows = rows or table.rows
            marks |= table.marks
            predicted |= table.predicted
    return Table(rows, marks, predicted)


def stacked(values: Iterable[Value], state: State) -> Table:
    """Tables one below the other."""
    rows: Rows = NO_ROWS
    marks: frozenset[Mark] = frozenset()
    for value in values:
        if not isinstance(value, Table):
            return state.unknown()
        rows |= value.rows
        marks |= value.marks
    return Table(rows, marks)


def joined(one: Value, other: Value, state: State) -> Value:
    """What is sure of a value that is one or the other."""
    if one == other and type(one) is type(other):
        return one
    match one, other:
        case Table(), Table() if one.rows == other.rows:
            return Table(one.rows, one.marks & other.marks, one.predicted & other.predicted)
        case Several(some), Several(others) if len(some) == len(others):
            pairs = zip(some, others, strict=True)
            return Several(tuple(joined(left, right, state) for left, right in pairs))
    return state.unknown()


def beside(values: Iterable[Value]) -> Table:
    """Tables side by side: what went into one of them went into some columns of the whole."""
    given = list(values)
    whole = combined(given)
    shared = [value.marks for value in given if isinstance(value, Table)]
    marks = {
        mark
        if mark.column is not None or all(mark in some for some in shared)
        else Mark(SOME_COLUMN, mark.reduction)
        for mark in whole.marks
    }
    return whole._replace(marks=frozenset(marks))


def names_of(value: Value | None) -> frozenset[Column] | None:
    """The columns that a value names; None if it is no such list."""
    match value:
        case Columns(number=number):
            return frozenset({number})
        case Known(str() as name):
            return frozenset({name})
        case Known((*values,)) if values and all(isinstance(name, str) for name in values):
            return frozenset(str(name) for name in values)
    return None


def column(table: Table, name: str) -> Table:
    """One column by itself."""
    marks = (Mark(None, mark.reduction) for mark in table.marks if mark.column in (None, name))
    return table._replace(marks=frozenset(marks))


def columns(table: Table, names: frozenset[Column] | None) -> Table:
    """Some columns; of a mark that is not surely in them nothing is left."""
    kept = frozenset[Column]() if names is None else names
    marks = (mark for mark in table.marks if mark.column is None or mark.column in kept)
    return table._replace(marks=frozenset(marks))


def without(table: Table, names: frozenset[Column] | None) -> Table:
    """All columns but these."""
    if names is None or any(isinstance(name, int) for name in names):
        return columns(table, None)
    return table._replace(marks=frozenset(m for m in table.marks if m.column not in names))


def assigned(table: Table, names: frozenset[Column] | None, value: Value) -> Table:
    """A table after a value has gone into columns."""
    marks = value.marks if isinstance(value, Table) else frozenset()
    places: Iterable[Column] = names if names is not None else {SOME_COLUMN}
    new = {Mark(name, mark.reduction) for name in places for mark in marks}
    kept = {mark for mark in table.marks if names is None or mark.column not in names}
    return table._replace(marks=frozenset(kept | new))


def filling(value: Value) -> Value:
    """A value that goes only where one is missing."""
    if not isinstance(value, Table):
        return value
    fills = (Mark(m.column, replace(m.reduction, fills=True)) for m in value.marks)
    return value._replace(marks=frozenset(fills))


def answers(question: object, answer: int) -> Table:
    """Yes or no for each row."""
    return Table(frozenset({Part(_ANSWERS, (side(question, answer),))}))


def negated(table: Table, state: State) -> Table:
    """The other answer for each row."""
    (part,) = table.rows if len(table.rows) == 1 else (Part(state.number()),)
    if part.origin == _ANSWERS and len(part.path) == 1:
        return Table(frozenset({part._replace(path=(opposite(part.path[0]),))}))
    return answers(state.number() if part.path else part.origin, 1)


def may_name_columns(index: Value) -> bool:
    """Whether nothing tells that an index takes rows."""
    if not isinstance(index, Table) or len(index.rows) != 1:
        return not isinstance(index, Labels)
    (part,) = index.rows
    return part.origin != _ANSWERS and not part.path


def both(one: Table, other: Table) -> Table | None:
    """Yes where both say yes; None where these are no answers."""
    steps: list[Step] = []
    for table in (one, other):
        for part in table.rows:
            if part.origin != _ANSWERS or len(part.path) != 1 or len(table.rows) != 1:
                return None
            steps.append(part.path[0])
    if len(steps) != 2:
        return None
    return Table(frozenset({Part(_ANSWERS, (together(steps[0] | steps[1]),))}))


def chosen(table: Table, index: Value, state: State) -> Table:
    """The rows that an index, a mask or a list of numbers takes."""
    path: tuple[Step, ...] = (side(state.number(), 0),)
    match index:
        case Labels(rows) if {part.origin for part in rows} <= {p.origin for p in table.rows}:
            return table._replace(rows=rows)
        case Table(rows) if len(rows) == 1:
            (part,) = rows
            path = part.path
            if part.origin != _ANSWERS:
                path = (side(part.origin, 0), *path)
        case Known(value):
            path = (side(("rows", repr(value)), 0),)
    return table._replace(rows=state.narrowed(table.rows, *path))


def left_out(table: Table, index: Value, state: State) -> Table:
    """The rows that an index does not take."""
    if not isinstance(index, Labels):
        return table
    rows: set[Part] = set()
    for part in index.rows:
        parent = part._replace(path=part.path[:-1])
        if not part.path or parent not in table.rows:
            return chosen(table, NUMBER, state)
        rows |= state.narrowed(frozenset({parent}), opposite(part.path[-1]))
    return table._replace(rows=frozenset(rows))
