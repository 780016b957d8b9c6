"""Runs statements, one after the other, on what is known of values."""

import ast
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any, Final

from nbcoach.python.row_sets import indexing
from nbcoach.python.row_sets.expressions import Expressions
from nbcoach.python.row_sets.state import Scope
from nbcoach.python.row_sets.tables import joined
from nbcoach.python.row_sets.targets import assign, change
from nbcoach.python.row_sets.values import NOTHING, Local, Value
from nbcoach.python.semantics.expressions import constant_truth


class Statements:
    """The statements of one scope. `returned` are the values that its function may return."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.returned: list[Value] = []
        self.expressions = Expressions(scope, assign, change, inlined)

    def run(self, body: Iterable[ast.stmt]) -> bool:
        """Run statements; whether they end the function or the turn of the loop for sure."""
        for statement in body:
            self.scope.state.spend()
            work = _KINDS.get(type(statement))
            if work is not None and work(self, statement):
                return True
        return False

    def _assign(self, node: ast.Assign) -> None:
        value = self.expressions.value(node.value)
        for target in node.targets:
            assign(self.expressions, target, value)

    def _annotated(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            assign(self.expressions, node.target, self.expressions.value(node.value))

    def _augmented(self, node: ast.AugAssign) -> None:
        operation = ast.BinOp(node.target, node.op, node.value)
        assign(self.expressions, node.target, self.expressions.value(operation))

    def _expression(self, node: ast.Expr) -> None:
        self.expressions.value(node.value)

    def _return(self, node: ast.Return) -> bool:
        value = self.expressions.value(node.value) if node.value is not None else NOTHING
        self.returned.append(value)
        return True

    def _leave(self, _node: ast.Break | ast.Continue | ast.Raise) -> bool:
        return True

    def _if(self, node: ast.If) -> bool:
        self.expressions.value(node.test)
        truth = constant_truth(node.test)
        if truth is not None:
            return self.run(node.body if truth else node.orelse)
        before = dict(self.scope.names)
        ended = self.run(node.body)
        after, self.scope.names = self.scope.names, before
        if self.run(node.orelse):
            self.scope.names = after
            return ended
        if not ended:
            self._join(after)
        return False

    def _join(self, others: dict[str, Value]) -> None:
        """Keep what both ways agree on."""
        names = self.scope.names
        for name, value in others.items():
            if name not in names:
                names[name] = value
            elif names[name] is not value:
                names[name] = joined(names[name], value, self.scope.state)

    def _for(self, node: ast.For | ast.AsyncFor) -> None:
        """A loop's body runs as if it had one turn."""
        turn = indexing.element(self.expressions.value(node.iter), self.scope.state)
        assign(self.expressions, node.target, turn)
        self.run(node.body)
        self.run(node.orelse)

    def _while(self, node: ast.While) -> None:
        self.expressions.value(node.test)
        self.run(node.body)

    def _with(self, node: ast.With | ast.AsyncWith) -> bool:
        for item in node.items:
            value = self.expressions.value(item.context_expr)
            if item.optional_vars is not None:
                assign(self.expressions, item.optional_vars, value)
        return self.run(node.body)

    def _try(self, node: ast.Try) -> bool:
        before = dict(self.scope.names)
        ended = self.run(node.body) or self.run(node.orelse)
        for handler in node.handlers:
            after, self.scope.names = self.scope.names, dict(before)
            if self.run(handler.body):
                self.scope.names = after
            else:
                self._join(after)
        return self.run(node.finalbody) or (ended and not node.handlers)

    def _match(self, node: ast.Match) -> None:
        before = dict(self.scope.names)
        for case in node.cases:
            after, self.scope.names = self.scope.names, dict(before)
            self.run(case.body)
            self._join(after)

    def _function(self, node: ast.FunctionDef) -> None:
        plain = not node.decorator_list
        value = Local(node, self.scope.cell) if plain else self.scope.state.unknown()
        self.scope.names[node.name] = value

    def _other_definition(self, node: ast.ClassDef | ast.AsyncFunctionDef) -> None:
        self.scope.names[node.name] = self.scope.state.unknown()

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            self.scope.names.pop((alias.asname or alias.name).partition(".")[0], None)

    def _delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                self.scope.names.pop(target.id, None)

    def _global(self, node: ast.Global) -> None:
        """What a function binds outside itself is not followed."""
        module = self.scope.outer or self.scope
        for name in node.names:
            module.names[name] = self.scope.state.unknown()


def inlined(scope: Scope, call: ast.Call, function: Local, given: dict[str, Value]) -> Value:
    """What a call of a function of the notebook gives, if it stands outside of functions."""
    state, node = scope.state, function.node
    if scope.outer is not None:
        return state.unknown()
    inner = Scope(state, function.cell, outer=scope)
    parameters = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    defaults = Expressions(scope, assign, change, inlined)
    for name, default in _defaults(node.args):
        inner.names[name] = defaults.value(default)
    for parameter in (*parameters, node.args.vararg, node.args.kwarg):
        if parameter is not None and parameter.arg not in inner.names:
            inner.names[parameter.arg] = state.unknown()
    inner.names |= given
    statements = Statements(inner)
    if not statements.run(node.body):
        statements.returned.append(NOTHING)
    _hand_back(scope, call, node, inner)
    if inner.yields or not statements.returned:
        return state.unknown()
    return reduce(lambda one, other: joined(one, other, state), statements.returned)


def _defaults(arguments: ast.arguments) -> Iterable[tuple[str, ast.expr]]:
    positional = [*arguments.posonlyargs, *arguments.args]
    late = positional[len(positional) - len(arguments.defaults) :]
    pairs = [*zip(late, arguments.defaults, strict=True)]
    pairs += [
        (parameter, default)
        for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        if default is not None
    ]
    return ((parameter.arg, default) for parameter, default in pairs)


def _hand_back(scope: Scope, call: ast.Call, node: ast.FunctionDef, inner: Scope) -> None:
    """Give the caller's names what the function changed in place."""
    expressions = Expressions(scope, assign, change, inlined)
    parameters = [*node.args.posonlyargs, *node.args.args]
    pairs = [(p.arg, value) for p, value in zip(parameters, call.args, strict=False)]
    pairs += [(word.arg, word.value) for word in call.keywords if word.arg]
    for parameter, argument in pairs:
        if parameter in inner.changed and isinstance(argument, ast.Name):
            change(expressions, argument, inner.names[parameter])


_KINDS: Final[dict[type[ast.stmt], Callable[[Statements, Any], bool | None]]] = {
    ast.AnnAssign: Statements._annotated,
    ast.Assign: Statements._assign,
    ast.AsyncFor: Statements._for,
    ast.AsyncFunctionDef: Statements._other_definition,
    ast.AsyncWith: Statements._with,
    ast.AugAssign: Statements._augmented,
    ast.Break: Statements._leave,
    ast.ClassDef: Statements._other_definition,
    ast.Continue: Statements._leave,
    ast.Delete: Statements._delete,
    ast.Expr: Statements._expression,
    ast.For: Statements._for,
    ast.FunctionDef: Statements._function,
    ast.Global: Statements._global,
    ast.If: Statements._if,
    ast.Import: Statements._import,
    ast.ImportFrom: Statements._import,
    ast.Match: Statements._match,
    ast.Raise: Statements._leave,
    ast.Return: Statements._return,
    ast.Try: Statements._try,
    ast.While: Statements._while,
    ast.With: Statements._with,
}
