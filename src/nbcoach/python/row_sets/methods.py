"""What the methods of tables do to rows."""

import ast
from collections.abc import Callable
from typing import Final

from nbcoach.python.row_sets import known_calls as known
from nbcoach.python.row_sets.arguments import Call
from nbcoach.python.row_sets.estimators import Changed, fitted_unknown
from nbcoach.python.row_sets.reductions import statistic
from nbcoach.python.row_sets.rows import Step, side
from nbcoach.python.row_sets.tables import (
    answers,
    assigned,
    column,
    columns,
    combined,
    filling,
    left_out,
    names_of,
    stacked,
    without,
)
from nbcoach.python.row_sets.values import Groups, Known, Labels, Table, Value

Answer = Callable[[Call, Table], "Value | Changed | None"]


def method(call: Call, table: Table) -> "Value | Changed | None":
    """What a method of a table gives; None if nobody knows."""
    answer = _METHODS.get(call.name)
    if answer is not None:
        return answer(call, table)
    found = fitted_unknown(call)
    if found is not None:
        return found
    if call.name in known.STATISTICS:
        return statistic(call)
    if call.name in known.ROW_WISE:
        return _in_place(call, combined((table, *call.arguments, *call.keywords.values())))
    if call.name in known.REORDERING:
        return _in_place(call, _narrowed(call, table, side(call.state.number(), 0)))
    return None


def of_groups(call: Call, groups: Groups) -> Value | None:
    """What a method of grouped rows gives.

    A statistic of a group is no leak where the split keeps groups together, as it may.
    """
    return groups.table if call.name in ("transform", "apply") else None


def of_labels(call: Call, labels: Labels) -> Value | None:
    """What a method of an index gives."""
    if call.name == "isin":
        return _contained(call, Table(labels.rows))
    if call.name in ("difference", "drop"):
        table = left_out(Table(labels.rows), call.argument(0) or labels, call.state)
        return Labels(table.rows)
    return labels if call.name in ("tolist", "to_list", "to_numpy", "copy") else None


def _in_place(call: Call, value: Value) -> "Value | Changed":
    inplace = call.keywords.get("inplace")
    return Changed(value, value) if inplace == Known(True) else value


def _narrowed(call: Call, table: Table, *path: Step) -> Table:
    return table._replace(rows=call.state.narrowed(table.rows, *path))


def _dropped(call: Call, table: Table) -> "Value | Changed":
    """`drop` of columns by name, or of rows by their index."""
    given = call.argument(0, "labels", "columns", "index")
    of_columns = call.constant(1, "axis") in (1, "columns") or "columns" in call.keywords
    if of_columns or names_of(given):
        return _in_place(call, without(table, names_of(given)))
    if isinstance(given, Labels):
        return _in_place(call, left_out(table, given, call.state))
    return _in_place(call, table)


def _filled(call: Call, table: Table) -> "Value | Changed":
    given = (*call.arguments, *call.keywords.values())
    return _in_place(call, combined((table, *map(filling, given))))


def _sampled(call: Call, table: Table) -> Value:
    return _narrowed(call, table, side(call.state.number(), 0))


def _first_rows(call: Call, table: Table) -> Value:
    count = call.constant(0, "n") or 5
    return _narrowed(call, table, side(("cut", repr(count)), 0))


def _last_rows(call: Call, table: Table) -> Value:
    count = call.constant(0, "n") or 5
    return _narrowed(call, table, side(("cut", f"-{count}"), 1))


def _queried(call: Call, table: Table) -> Value:
    text = call.constant(0, "expr")
    return _narrowed(call, table, side(("query", text) if text else call.state.number(), 0))


def _popped(call: Call, table: Table) -> "Value | Changed | None":
    name = call.constant(0, "item")
    if not isinstance(name, str):
        return None
    return Changed(column(table, name), without(table, frozenset({name})))


def _assigned(call: Call, table: Table) -> Value:
    for name, value in call.keywords.items():
        table = assigned(table, frozenset({name}), value)
    return table


def _grouped(_call: Call, table: Table) -> Value:
    return Groups(table)


def _typed(_call: Call, table: Table) -> Value:
    return columns(table, None)


def _contained(call: Call, table: Table) -> Value:
    """`isin`: whether a row is among those of another table."""
    given = call.argument(0, "values")
    rows = given.rows if isinstance(given, Labels) else frozenset()
    (part,) = rows if len(rows) == 1 else (None,)
    if part is None or not part.path:
        return answers(call.state.number(), 0)
    ((question, answer),) = part.path[-1] if len(part.path[-1]) == 1 else (("", -1),)
    return answers(question, answer) if answer >= 0 else answers(call.state.number(), 0)


def _missing(call: Call, _table: Table) -> Value:
    owner = call.node.func.value if isinstance(call.node.func, ast.Attribute) else call.node
    return answers(("missing", ast.unparse(owner)), int(call.name.startswith("not")))


def _below(call: Call, table: Table) -> Value:
    """`frame.append(other)` of older pandas."""
    other = call.argument(0, "other")
    return stacked([table, other], call.state) if other is not None else call.state.unknown()


_METHODS: Final[dict[str, Answer]] = {
    "append": _below,
    "assign": _assigned,
    "drop": _dropped,
    "fillna": _filled,
    "groupby": _grouped,
    "head": _first_rows,
    "isin": _contained,
    "isna": _missing,
    "isnull": _missing,
    "notna": _missing,
    "notnull": _missing,
    "pop": _popped,
    "query": _queried,
    "sample": _sampled,
    "select_dtypes": _typed,
    "tail": _last_rows,
}
