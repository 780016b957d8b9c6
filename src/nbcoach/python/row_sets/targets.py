"""Gives values to names, columns and rows."""

import ast

from nbcoach.python.row_sets import indexing
from nbcoach.python.row_sets.expressions import Expressions
from nbcoach.python.row_sets.tables import assigned, filling, names_of
from nbcoach.python.row_sets.values import Estimator, Known, Several, Table, Value


def assign(expressions: Expressions, target: ast.expr, value: Value) -> None:
    """What `target = value` does."""
    scope = expressions.scope
    match target:
        case ast.Name(id=name):
            scope.names[name] = value
            scope.changed.discard(name)
            scope.forget_places(name)
        case ast.Starred(value=inner):
            assign(expressions, inner, expressions.state.unknown())
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part, element in zip(parts, _parts(expressions, len(parts), value), strict=True):
                assign(expressions, part, element)
        case ast.Subscript() | ast.Attribute():
            _fill(expressions, target, value)


def _parts(expressions: Expressions, count: int, value: Value) -> tuple[Value, ...]:
    match value:
        case Several(parts) if len(parts) == count:
            return parts
        case Known((*constants,)) if len(constants) == count:
            return tuple(map(Known, constants))
    return tuple(expressions.state.unknown() for _ in range(count))


def change(expressions: Expressions, place: ast.expr, value: Value) -> None:
    """What it does that the object in a place is now `value`."""
    scope = expressions.scope
    if not isinstance(place, ast.Name):
        assign(expressions, place, value)
    elif place.id in scope.names or scope.outer is None:
        scope.names[place.id] = value
        scope.changed.add(place.id)
    else:
        scope.outer.names[place.id] = value


def _fill(expressions: Expressions, target: ast.Subscript | ast.Attribute, value: Value) -> None:
    """What `frame["x"] = value`, `frame.x = value` and `array[rows] = value` do."""
    if isinstance(value, Estimator):
        expressions.scope.places[ast.unparse(target)] = value
        return
    base = target.value
    located = isinstance(base, ast.Attribute) and base.attr in indexing.LOCATORS
    if isinstance(base, ast.Attribute) and located:
        base = base.value
    owner = expressions.value(base)
    if not isinstance(owner, Table):
        return
    if isinstance(target, ast.Attribute):
        filled = assigned(owner, frozenset({target.attr}), value)
    else:
        filled = _indexed(expressions, owner, target.slice, value, located=located)
    change(expressions, base, filled)


def _indexed(
    expressions: Expressions, owner: Table, index: ast.expr, value: Value, *, located: bool
) -> Table:
    """A table after a value has gone to a place in it; `located` tells of `loc` and its like."""
    pair = isinstance(index, ast.Tuple) and len(index.elts) > 1
    behind = index.elts[1] if isinstance(index, ast.Tuple) and pair else index
    names = None if isinstance(behind, ast.Slice) else names_of(expressions.value(behind))
    if located and isinstance(value, Table) and not value.rows:
        value = filling(value)
    filled = assigned(owner, names, value)
    if located or pair:
        # Some rows keep what they had.
        filled = filled._replace(marks=filled.marks | owner.marks)
    if isinstance(value, Table):
        filled = filled._replace(predicted=filled.predicted | value.predicted)
    return filled
