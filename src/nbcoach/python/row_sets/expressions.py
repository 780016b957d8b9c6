"""The values of expressions."""

import ast
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from nbcoach.python.row_sets import estimators, indexing, library, methods
from nbcoach.python.row_sets.arguments import Call
from nbcoach.python.row_sets.estimators import Changed
from nbcoach.python.row_sets.state import Scope
from nbcoach.python.row_sets.tables import beside, combined, joined, names_of, negated
from nbcoach.python.row_sets.values import (
    NUMBER,
    Columns,
    Estimator,
    Groups,
    Known,
    Labels,
    Local,
    Mark,
    Several,
    Splitter,
    Table,
    Value,
)

Inline = Callable[[Scope, ast.Call, Local, dict[str, Value]], Value]
Store = Callable[["Expressions", ast.expr, Value], None]

# Functions of these names compare predictions with the truth, whoever wrote them.
_SCORES: Final = re.compile(
    "score|accura|error|loss|auc|roc|rmse|mse|mae|mape|report|confusion|f1|metric|evaluat|compare"
)
# Functions of these names call the function that they are given.
_SEARCHES: Final = re.compile("optimi[sz]e|minimi[sz]e|maximi[sz]e|fmin")
# Expressions nest deeper only where a program wrote them.
_DEPTH: Final = 60


class Expressions:
    """Works out expressions in one scope.

    `assign` binds a target, `change` replaces an object that a method changes, `inline` calls a
    function of the notebook.
    """

    def __init__(self, scope: Scope, assign: Store, change: Store, inline: Inline) -> None:
        self.scope = scope
        self.state = scope.state
        self._assign = assign
        self._change = change
        self._inline = inline
        self._depth = 0

    def value(self, node: ast.AST) -> Value:
        """The value of an expression."""
        work = _KINDS.get(type(node))
        if work is None or self._depth > _DEPTH:
            return self.state.unknown()
        self._depth += 1
        try:
            found: Value | None = work(self, node)
        finally:
            self._depth -= 1
        return found if found is not None else self.state.unknown()

    def values(self, nodes: Iterable[ast.expr]) -> tuple[Value, ...]:
        """The values of several expressions, one after the other."""
        return tuple(map(self.value, nodes))

    def _name(self, node: ast.Name) -> Value:
        found = self.scope.lookup(node.id)
        if found is None:
            # What nobody has bound in sight keeps its rows from use to use.
            found = self.state.unknown()
            (self.scope.outer or self.scope).names[node.id] = found
        return found

    def _constant(self, node: ast.Constant) -> Value:
        return Known(node.value)

    def _display(self, node: ast.Tuple | ast.List | ast.Set) -> Value:
        values = self.values(node.elts)
        if values and all(isinstance(value, Known) for value in values):
            return Known(tuple(value.value for value in values if isinstance(value, Known)))
        named = isinstance(node, ast.List) and any(names_of(value) for value in values)
        if not named:
            return Several(values)
        return values[0] if len(values) == 1 else Columns(self.state.number())

    def _dict(self, node: ast.Dict) -> Value | None:
        """Statistics by the name of the column that they are for."""
        marks: set[Mark] = set()
        for key, value in zip(node.keys, node.values, strict=True):
            table = self.value(value)
            if isinstance(key, ast.Constant) and isinstance(table, Table) and not table.rows:
                marks |= {Mark(str(key.value), mark.reduction) for mark in table.marks}
        return NUMBER._replace(marks=frozenset(marks)) if marks else None

    def _attribute(self, node: ast.Attribute) -> Value | None:
        owner = self.value(node.value)
        return self._kept(node) or indexing.attribute(owner, node.attr, self.state)

    def _subscript(self, node: ast.Subscript) -> Value | None:
        side_by_side = isinstance(node.value, ast.Attribute) and node.value.attr == "c_"
        if side_by_side and self.state.semantics.qualified_name(node.value) == "numpy.c_":
            return beside(self.values(getattr(node.slice, "elts", [node.slice])))
        return self._kept(node) or indexing.subscript(self, node)

    def _kept(self, node: ast.expr) -> Value | None:
        """The estimator that was put into such a place."""
        return self.scope.places.get(ast.unparse(node)) if self.scope.places else None

    def _operation(self, node: ast.BinOp) -> Value | None:
        left, right = self.value(node.left), self.value(node.right)
        match left, right:
            case Known((*some,)), Known((*others,)) if isinstance(node.op, ast.Add):
                return Known((*some, *others))
            case (Columns(), _) | (_, Columns()):
                return Columns(self.state.number())
        if isinstance(node.op, (ast.BitAnd, ast.BitOr)):
            return indexing.together(node.op, left, right)
        self._compare_predictions(left, right)
        return combined((left, right))

    def _comparison(self, node: ast.Compare) -> Value | None:
        left, right = self.value(node.left), self.value(node.comparators[0])
        self._compare_predictions(left, right)
        return indexing.answered(node) if len(node.ops) == 1 else None

    def _compare_predictions(self, left: Value, right: Value) -> None:
        """Predictions that meet other rows are scored by it."""
        for one, other in ((left, right), (right, left)):
            truth = isinstance(other, Table) and other.rows and not other.predicted
            if isinstance(one, Table) and truth:
                self.state.scored |= one.predicted

    def _sign(self, node: ast.UnaryOp) -> Value:
        value = self.value(node.operand)
        match node.op, value:
            case ast.USub(), Known(int() | float() as number):
                return Known(-number)
            case ast.Invert(), Table():
                return negated(value, self.state)
        return value

    def _choice(self, node: ast.IfExp) -> Value:
        return joined(self.value(node.body), self.value(node.orelse), self.state)

    def _alternatives(self, node: ast.BoolOp) -> Value | None:
        self.values(node.values)
        return None

    def _comprehension(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> Value | None:
        own = replace(self.scope, names=dict(self.scope.names))
        inner = Expressions(own, self._assign, self._change, self._inline)
        iterables = []
        for generator in node.generators:
            iterables.append(inner.value(generator.iter))
            self._assign(inner, generator.target, indexing.element(iterables[-1], self.state))
        inner.value(node.elt)
        return Columns(self.state.number()) if isinstance(iterables[0], Columns) else None

    def _named(self, node: ast.NamedExpr) -> Value:
        value = self.value(node.value)
        self._assign(self, node.target, value)
        return value

    def _inner(self, node: ast.Starred | ast.Await | ast.FormattedValue) -> Value:
        return self.value(node.value)

    def _yield(self, node: ast.Yield | ast.YieldFrom) -> None:
        self.scope.yields = True
        if node.value is not None:
            self.value(node.value)

    def _text(self, node: ast.JoinedStr) -> Value:
        self.values(node.values)
        return NUMBER

    def _call(self, node: ast.Call) -> Value | None:
        name = self.state.semantics.qualified_name(node.func)
        owner = None
        if name is None and isinstance(node.func, ast.Attribute):
            owner = self.value(node.func.value)
        function = self.scope.lookup(node.func.id) if isinstance(node.func, ast.Name) else None
        arguments = self.values(node.args)
        keywords = {word.arg or "": self.value(word.value) for word in node.keywords}
        written = name or _last_name(node.func)
        self._note_scores(written, (*arguments, *keywords.values()))
        for argument in arguments:
            if isinstance(argument, Local) and _SEARCHES.search(written):
                self._inline(self.scope, node, argument, {})
        if isinstance(function, Local):
            given = _bound(function, node, arguments, keywords)
            return self._inline(self.scope, node, function, given)
        call = Call(node, written, arguments, keywords, self.scope, owner)
        if owner is not None:
            return self._method(call, node)
        return library.result(call) if name is not None else indexing.builtin(call)

    def _note_scores(self, name: str, values: Iterable[Value]) -> None:
        predicted = combined(values).predicted if self.state.evaluations else frozenset()
        if predicted and _SCORES.search(name.lower()):
            self.state.scored |= predicted

    def _method(self, call: Call, node: ast.Call) -> Value | None:
        found: Value | Changed | None
        match call.owner:
            case Table() as table:
                found = methods.method(call, table)
            case Estimator() as estimator:
                found = estimators.method(call, estimator)
            case Groups() as groups:
                found = methods.of_groups(call, groups)
            case Splitter() if call.name == "split":
                found = library.folds(call)
            case Labels() as labels:
                found = methods.of_labels(call, labels)
            case Columns() as names:
                same = call.name in ("tolist", "to_list", "copy")
                found = names if same else Columns(self.state.number())
            case _:
                found = None
        if isinstance(found, Changed):
            if isinstance(node.func, ast.Attribute):
                self._change(self, node.func.value, found.owner)
            return found.value
        return found


def _last_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _bound(
    function: Local, node: ast.Call, arguments: tuple[Value, ...], keywords: dict[str, Value]
) -> dict[str, Value]:
    """The values of a function's parameters, as far as the call gives them."""
    parameters = [*function.node.args.posonlyargs, *function.node.args.args]
    given: dict[str, Value] = {}
    for parameter, argument, value in zip(parameters, node.args, arguments, strict=False):
        if isinstance(argument, ast.Starred):
            break
        given[parameter.arg] = value
    return given | {name: value for name, value in keywords.items() if name}


_KINDS: Final[dict[type[ast.AST], Callable[[Expressions, Any], Value | None]]] = {
    ast.Attribute: Expressions._attribute,
    ast.Await: Expressions._inner,
    ast.BinOp: Expressions._operation,
    ast.BoolOp: Expressions._alternatives,
    ast.Call: Expressions._call,
    ast.Compare: Expressions._comparison,
    ast.Constant: Expressions._constant,
    ast.Dict: Expressions._dict,
    ast.FormattedValue: Expressions._inner,
    ast.GeneratorExp: Expressions._comprehension,
    ast.IfExp: Expressions._choice,
    ast.JoinedStr: Expressions._text,
    ast.List: Expressions._display,
    ast.ListComp: Expressions._comprehension,
    ast.Name: Expressions._name,
    ast.NamedExpr: Expressions._named,
    ast.Set: Expressions._display,
    ast.SetComp: Expressions._comprehension,
    ast.Starred: Expressions._inner,
    ast.Subscript: Expressions._subscript,
    ast.Tuple: Expressions._display,
    ast.UnaryOp: Expressions._sign,
    ast.Yield: Expressions._yield,
    ast.YieldFrom: Expressions._yield,
}
