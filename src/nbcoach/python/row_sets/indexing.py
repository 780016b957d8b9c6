"""What indexes, masks, attributes and turns of loops take out of values."""

import ast
from collections.abc import Hashable
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Final

from nbcoach.python.row_sets.arguments import Call
from nbcoach.python.row_sets.rows import Step
from nbcoach.python.row_sets.state import State
from nbcoach.python.row_sets.tables import (
    answers,
    as_table,
    both,
    chosen,
    column,
    columns,
    joined,
    may_name_columns,
    names_of,
)
from nbcoach.python.row_sets.values import (
    Columns,
    Each,
    Estimator,
    Groups,
    Known,
    Labels,
    Several,
    Table,
    Value,
)

if TYPE_CHECKING:
    from nbcoach.python.row_sets.expressions import Expressions

LOCATORS: Final = frozenset({"at", "iat", "iloc", "ix", "loc"})
_SAME_ROWS: Final = frozenset({"cat", "dt", "str", "values"})
_NO_COLUMNS: Final = frozenset({"T", "dtype", "dtypes", "empty", "ndim", "shape", "size"})

# The question that a comparison asks, and which of its answers it means.
_QUESTIONS: Final[dict[type[ast.cmpop], tuple[str, int]]] = {
    ast.Eq: ("==", 0),
    ast.NotEq: ("==", 1),
    ast.Lt: ("<", 0),
    ast.GtE: ("<", 1),
    ast.Gt: (">", 0),
    ast.LtE: (">", 1),
}


def attribute(owner: Value, name: str, state: State) -> Value | None:
    """What an attribute gives that is no method."""
    match owner:
        case Table(rows):
            if name in _SAME_ROWS:
                return owner
            if name == "index":
                return Labels(rows)
            if name == "columns":
                return Columns(state.number())
            return None if name in _NO_COLUMNS else column(owner, name)
        case Groups(table):
            return Groups(column(table, name))
        case Labels() if name == "values":
            return owner
        case Columns():
            return owner
        case Estimator(fit=fit) if name == "best_estimator_" and fit is not None:
            return replace(owner, searches=False)
        case Estimator(reduction=reduction, fit=fit) if reduction and fit and name == "labels_":
            return fit.table.marked(reduction)
    return None


def subscript(expressions: "Expressions", node: ast.Subscript) -> Value | None:
    """What stands in brackets, taken out of what stands before them."""
    base, index, state = node.value, node.slice, expressions.state
    if isinstance(base, ast.Attribute) and base.attr in LOCATORS:
        owner = expressions.value(base.value)
        return _located(expressions, owner, index) if isinstance(owner, Table) else None
    owner = expressions.value(base)
    if isinstance(owner, Table) and isinstance(index, (ast.Slice, ast.Tuple)):
        return _located(expressions, owner, index)
    given = Known(None) if isinstance(index, ast.Slice) else expressions.value(index)
    match owner, given:
        case Table(), _:
            return _taken(owner, given, state)
        case Several(parts), Known(int() as place) if -len(parts) <= place < len(parts):
            return parts[place]
        case Known((*parts,)), Known(int() as place) if -len(parts) <= place < len(parts):
            return Known(parts[place])
        case Known(), _ if names_of(owner) is not None:
            return Columns(state.number())
        case Columns(), _:
            marks = given.marks if isinstance(given, Table) else frozenset()
            return Columns(state.number(), marks)
        case Labels(rows), _:
            return Labels(as_table(chosen(Table(rows), given, state), state).rows)
        case Groups(table), _:
            return Groups(_taken(table, given, state))
        case Each(turn), _:
            return turn
    return None


def _taken(table: Table, given: Value, state: State) -> Table:
    match given:
        case Known(str() as name):
            return column(table, name)
        case Known(int()):
            return state.unknown()
        case Columns(marks=marks) if marks:
            return table._replace(marks=columns(table, names_of(given)).marks | marks)
    names = names_of(given)
    if names is not None or may_name_columns(given):
        table = columns(table, names)
    return table if names is not None else chosen(table, given, state)


def _located(expressions: "Expressions", table: Table, index: ast.expr) -> Table:
    """Rows before the comma, columns behind it."""
    places = index.elts if isinstance(index, ast.Tuple) else [index]
    if not places:
        return table
    rows = _rows(expressions, table, places[0])
    if len(places) == 1 or (isinstance(places[1], ast.Slice) and _is_whole(places[1])):
        return rows
    if isinstance(places[1], ast.Slice):
        return columns(rows, None)
    given = expressions.value(places[1])
    if isinstance(given, Known) and isinstance(given.value, str):
        return column(rows, given.value)
    return columns(rows, names_of(given))


def _rows(expressions: "Expressions", table: Table, node: ast.expr) -> Table:
    state = expressions.state
    if isinstance(node, ast.Slice):
        if _is_whole(node):
            return table
        return table._replace(rows=state.narrowed(table.rows, _cut(expressions, node)))
    given = expressions.value(node)
    if isinstance(given, Known):
        if given.value is Ellipsis:
            return table
        return state.unknown() if isinstance(given.value, int) else chosen(table, given, state)
    return chosen(table, given, state)


def _is_whole(node: ast.Slice) -> bool:
    return node.lower is None and node.upper is None and node.step is None


def _cut(expressions: "Expressions", node: ast.Slice) -> Step:
    """The step to the rows between two bounds."""
    if node.step is not None:
        return frozenset({(ast.unparse(node), 0)})
    bounds: set[tuple[Hashable, int]] = set()
    for bound, answer in ((node.lower, 1), (node.upper, 0)):
        if bound is not None:
            bounds.add((("cut", _bound(expressions, bound)), answer))
    return frozenset(bounds)


def _bound(expressions: "Expressions", node: ast.expr) -> Hashable:
    value = expressions.value(node)
    if isinstance(value, Known):
        return repr(value.value)
    rows = value.rows if isinstance(node, ast.Name) and isinstance(value, Table) else None
    return ast.unparse(node), rows


def answered(node: ast.Compare) -> Table | None:
    """The rows for which a comparison holds."""
    question = _QUESTIONS.get(type(node.ops[0]))
    if question is None:
        return None
    sign, answer = question
    return answers((sign, ast.unparse(node.left), ast.unparse(node.comparators[0])), answer)


def together(operator: ast.operator, left: Value, right: Value) -> Table | None:
    """The rows for which two comparisons hold; None for either."""
    if isinstance(operator, ast.BitAnd) and isinstance(left, Table) and isinstance(right, Table):
        return both(left, right)
    return None


def element(value: Value, state: State) -> Value:
    """What one turn of a loop over a value gets."""
    match value:
        case Each(turn):
            return turn
        case Columns():
            return value
        case Known((str() as name,)):
            return Known(name)
        case Known() if names_of(value) is not None:
            return value  # the loop does to each of these columns what one turn does to all
        case Several(parts) if parts:
            return reduce(lambda one, other: joined(one, other, state), parts)
    return state.unknown()


def builtin(call: Call) -> Value | None:
    """What a function of Python gives."""
    if call.scope.lookup(call.name) is not None or not call.arguments:
        return None
    first, state = call.arguments[0], call.state
    match call.name:
        case "list" | "tuple" | "sorted" | "reversed" | "iter" | "set":
            return first
        case "enumerate":
            return Each(Several((state.unknown(), element(first, state))))
        case "zip":
            return Each(Several(tuple(element(value, state) for value in call.arguments)))
        case "next":
            return first.element if isinstance(first, Each) else None
    return None
