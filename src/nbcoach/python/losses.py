"""Losses: what training goes back from with `backward`."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from nbcoach.python.code import Code

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
# Whose `backward` is given the loss, as in `accelerator.backward(loss)`.
_ENGINES = re.compile(r"accelerator|fabric|engine|manual_backward$", re.IGNORECASE)
# Methods whose result still has the graph.
_KEEPING = frozenset({"clone", "cpu", "float", "mean", "squeeze", "sum", "to"})


class Backward(NamedTuple):
    """A call of `backward`, and the loss that it goes back from, without what only scales it.

    `loop` is the innermost loop that makes the call; `keeps_graph` tells that the call leaves the
    graph as it is, to be gone through again.
    """

    call: ast.Call
    loss: ast.expr
    loop: ast.For | ast.While | None
    keeps_graph: bool


def backward_calls(code: Code) -> Iterator[Backward]:
    """The calls of `backward`, through scalers of gradients and engines as well."""
    for call in code.nodes(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr.endswith("backward"):
            target = _target(call)
            loss, keeps_graph = next(unscaled(target), target), any(map(_keeps, call.keywords))
            yield Backward(call, loss, _loop(code, call), keeps_graph)


def unscaled(value: ast.expr) -> Iterator[ast.expr]:
    """The name behind an expression that only scales it, or behind the parts of a display."""
    match value:
        case ast.Name() | ast.Attribute():
            yield value
        case ast.BinOp(ast.Constant(), ast.Mult(), name):
            yield from unscaled(name)
        case ast.BinOp(name, ast.Mult() | ast.Div()):
            yield from unscaled(name)
        case ast.Call(ast.Attribute(owner, method)) if method in _KEEPING:
            yield from unscaled(owner)
        case ast.Tuple(parts) | ast.List(parts) | ast.Dict(_, parts):
            for part in parts:
                yield from unscaled(part)


def is_same_value(code: Code, one: ast.expr, other: ast.expr) -> bool:
    """Whether two reads of one name, or attribute, come in one run with nothing stored between."""
    name = ast.unparse(one)
    if name != ast.unparse(other) or _exclude(code, one, other):
        return False
    first, last = sorted((code.span(one), code.span(other)))
    return not any(
        first.end <= code.span(store).start < last.start
        and re.match(rf"{re.escape(ast.unparse(store))}(?!\w)", name)
        for store in (*code.nodes(ast.Name), *code.nodes(ast.Attribute))
        if isinstance(store, (ast.Name, ast.Attribute)) and isinstance(store.ctx, ast.Store)
    )


def _keeps(word: ast.keyword) -> bool:
    """Whether an argument of `backward` says that the graph stays."""
    denied = isinstance(word.value, ast.Constant) and not word.value.value
    return word.arg in ("retain_graph", "create_graph") and not denied


def _target(call: ast.Call) -> ast.expr:
    """What the call goes back from."""
    assert isinstance(call.func, ast.Attribute)
    loss = call.func.value
    if call.args and _ENGINES.search(ast.unparse(call.func)):
        loss = call.args[0]
    match loss:
        case ast.Call(ast.Attribute(_, "scale"), [inner]):  # a scaler of gradients
            return inner
        case _:
            return loss


def _loop(code: Code, call: ast.Call) -> ast.For | ast.While | None:
    """The innermost loop that makes the call."""
    for node in code.ancestors(call):
        if isinstance(node, (ast.For, ast.While)):
            return node
        if isinstance(node, _FUNCTIONS):
            return None
    return None


def _exclude(code: Code, one: ast.AST, other: ast.AST) -> bool:
    """Whether one run of the code around both comes to only one of them."""
    path = [one, *code.ancestors(one)]
    for node, parent in pairwise((other, *code.ancestors(other))):
        if parent in path:
            here = path[path.index(parent) - 1]
            arms = parent.orelse if isinstance(parent, (ast.If, ast.IfExp)) else []
            return isinstance(arms, list) and (node in arms) != (here in arms)
    return False
