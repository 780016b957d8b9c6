"""How functions, classes, branches, loops and handlers order the events inside them."""

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nbcoach.python.semantics.events import (
    BRANCH,
    DEFER,
    DELETE,
    GUARD,
    LOOP,
    QUIET,
    TRY,
    Body,
    Events,
    bound_in,
)
from nbcoach.python.semantics.expressions import (
    asks_for_version,
    catches_name_error,
    constant_truth,
    guarded_names,
    runs_at_least_once,
    suppresses,
)
from nbcoach.python.semantics.reading_names import annotations_of
from nbcoach.python.semantics.scopes import (
    COMPREHENSIONS,
    Scope,
    children,
    comprehension_targets,
    names_of_body,
    outside_of,
    parameters,
    within_type_parameters,
)

if TYPE_CHECKING:
    from nbcoach.python.semantics.reading import Handler, Reader

Function = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def _function(reader: "Reader", node: Function) -> None:
    outer = reader.scope
    reader.scope = within_type_parameters(node, outer)
    for part in outside_of(node):
        reader.visit(part)
    annotations_of(reader, node)
    plain = isinstance(node, ast.FunctionDef) and not node.decorator_list
    body = _body(reader, node, node.body, plain)
    reader.scope = outer
    if reader.scope.kind == "module" or node.name in reader.scope.declared_global:
        reader.bind(node.name, node, "function", body)
    else:
        reader.events.append((DEFER, body))


def _lambda(reader: "Reader", node: ast.Lambda) -> None:
    for part in outside_of(node):
        reader.visit(part)
    reader.events.append((DEFER, _body(reader, node, [node.body], plain=False)))


def _body(
    reader: "Reader", node: Function | ast.Lambda, statements: Iterable[ast.AST], plain: bool
) -> Body:
    """What a call runs, read in the function's own scope."""
    statements = list(statements)
    names = names_of_body(statements)
    names.bound.update(parameters(node.args))
    outer, imports = reader.scope, reader.imports
    reader.scope, reader.imports = names.scope("function", outer), dict(imports)
    events = reader.block(statements)
    reader.scope, reader.imports = outer, imports
    body = Body(node, events, plain and not names.yields, frozenset(names.declared_global))
    reader.bodies.append(body)
    return body


def _class(reader: "Reader", node: ast.ClassDef) -> None:
    outer, first = reader.scope, len(reader.bodies)
    reader.scope = within_type_parameters(node, outer)
    for part in outside_of(node):
        reader.visit(part)
    reader.scope = names_of_body(node.body).scope("class", reader.scope)
    reader.statements(node.body)
    reader.scope = outer
    plain = not node.decorator_list and not node.keywords
    makers = [
        body
        for body in reader.bodies[first:]
        if body.node in node.body and getattr(body.node, "name", "") == "__init__"
    ]
    reader.bind(node.name, node, "class", makers[-1] if makers and plain else None)


def _ask(reader: "Reader", test: ast.AST) -> None:
    """Read a condition; names whose existence it asks about are no longer claimed."""
    reader.events += [(GUARD, name) for name in guarded_names(test)]
    reader.visit(test)


def _if(reader: "Reader", node: ast.If) -> None:
    _ask(reader, node.test)
    match constant_truth(node.test):
        case True:
            reader.statements(node.body)
        case False:
            reader.statements(node.orelse)
        case None:
            ways = [reader.block(node.body), reader.block(node.orelse)]
            if asks_for_version(node.test):
                ways = [[(QUIET, way)] for way in ways]
            reader.events.append((BRANCH, tuple(ways)))


def _if_expression(reader: "Reader", node: ast.IfExp) -> None:
    _ask(reader, node.test)
    ways = (reader.block([node.body]), reader.block([node.orelse]))
    reader.events.append((BRANCH, ways))


def _boolean(reader: "Reader", node: ast.BoolOp) -> None:
    _ask(reader, node.values[0])
    reader.maybe(*node.values[1:])


def _compare(reader: "Reader", node: ast.Compare) -> None:
    reader.visit(node.left)
    reader.visit(node.comparators[0])
    reader.maybe(*node.comparators[1:])


def _assert(reader: "Reader", node: ast.Assert) -> None:
    reader.visit(node.test)
    if node.msg is not None:
        reader.maybe(node.msg)


def _match(reader: "Reader", node: ast.Match) -> None:
    reader.visit(node.subject)
    ways: list[Events] = []
    exhaustive = False
    for case in node.cases:
        guard = [case.guard] if case.guard is not None else []
        ways.append(reader.block([case.pattern, *guard, *case.body]))
        wildcard = isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
        exhaustive = exhaustive or (wildcard and not guard)
    reader.events.append((BRANCH, tuple(ways if exhaustive else [*ways, []])))


def _pattern(reader: "Reader", node: ast.MatchAs | ast.MatchStar | ast.MatchMapping) -> None:
    for child in children(node):
        reader.visit(child)
    name = node.rest if isinstance(node, ast.MatchMapping) else node.name
    if name is not None:
        reader.bind(name, node, "variable")


def _for(reader: "Reader", node: ast.For | ast.AsyncFor) -> None:
    reader.visit(node.iter)
    outer, reader.events = reader.events, []
    reader.target(node.target)
    reader.statements(node.body)
    body, reader.events = reader.events, outer
    _loop(reader, body, node.orelse, runs_at_least_once(node.iter), ends=True)


def _while(reader: "Reader", node: ast.While) -> None:
    truth = constant_truth(node.test)
    if truth is False:
        reader.statements(node.orelse)
        return
    reader.visit(node.test)
    body = reader.block([*node.body, node.test])
    _loop(reader, body, node.orelse, truth is True, ends=truth is not True)


def _loop(
    reader: "Reader", body: Events, orelse: list[ast.stmt], certain: bool, ends: bool
) -> None:
    bound = frozenset(bound_in(body))
    reader.events.append((LOOP, body, reader.block(orelse), bound, certain, ends))


def _comprehension(reader: "Reader", node: Comprehension) -> None:
    first, *others = node.generators
    reader.visit(first.iter)
    outer = reader.scope
    reader.scope = Scope("comprehension", comprehension_targets(node), (), outer)
    parts: list[ast.AST] = [*first.ifs]
    for generator in others:
        parts += [generator.iter, *generator.ifs]
    parts += [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    events = reader.block(parts)
    reader.scope = outer
    if isinstance(node, ast.GeneratorExp):
        reader.events.append((DEFER, Body(node, events, False, frozenset())))
    elif events:
        reader.events.append((LOOP, events, [], frozenset(bound_in(events)), False, True))


def _try(reader: "Reader", node: ast.Try | ast.TryStar) -> None:
    body = reader.block(node.body)
    if any(catches_name_error(handler.type) for handler in node.handlers):
        body = [(QUIET, body)]
    handlers = tuple(_handler(reader, handler) for handler in node.handlers)
    orelse, final = reader.block(node.orelse), reader.block(node.finalbody)
    reader.events.append((TRY, body, handlers, orelse, final))


def _handler(reader: "Reader", node: ast.ExceptHandler) -> Events:
    outer, reader.events = reader.events, []
    if node.type is not None:
        reader.visit(node.type)
    if node.name:
        reader.bind(node.name, node, "variable")
    reader.statements(node.body)
    if node.name and reader.scope.is_global(node.name):
        reader.events.append((DELETE, node.name, node))
    events, reader.events = reader.events, outer
    return events


def _with(reader: "Reader", node: ast.With | ast.AsyncWith) -> None:
    for item in node.items:
        reader.visit(item.context_expr)
        if item.optional_vars is not None:
            reader.target(item.optional_vars)
    if any(suppresses(item.context_expr) for item in node.items):
        quiet = [(QUIET, reader.block(node.body))]
        reader.events.append((TRY, quiet, ([],), [], []))
    else:
        reader.statements(node.body)


BLOCKS: dict[type, "Handler"] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _lambda,
    ast.ClassDef: _class,
    ast.If: _if,
    ast.IfExp: _if_expression,
    ast.BoolOp: _boolean,
    ast.Compare: _compare,
    ast.Assert: _assert,
    ast.Match: _match,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.Try: _try,
    ast.TryStar: _try,
    ast.With: _with,
    ast.AsyncWith: _with,
    **dict.fromkeys((ast.MatchAs, ast.MatchStar, ast.MatchMapping), _pattern),
    **dict.fromkeys(COMPREHENSIONS, _comprehension),
}
