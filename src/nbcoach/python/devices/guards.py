"""Which places run only where a device was asked for before."""

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from nbcoach.python.code import Code
from nbcoach.python.devices.questions import Questions
from nbcoach.python.semantics.expressions import root_of

if TYPE_CHECKING:
    from nbcoach.notebook import CodeCell

_FITTING: Final = frozenset("AssertionError BaseException Exception RuntimeError".split())
_LEAVING: Final = frozenset({"exit", "quit", "_exit", "fail", "skip"})


def is_guarded(node: ast.AST, code: Code, questions: Questions) -> bool:
    """Whether a condition about devices, or a handler of their absence, stands around a node."""
    inner = node
    for outer in code.ancestors(node):
        if _guards(inner, outer, questions):
            return True
        if isinstance(inner, ast.stmt) and _left_before(inner, outer, questions):
            return True
        inner = outer
    return False


def _guards(inner: ast.AST, outer: ast.AST, questions: Questions) -> bool:
    """Whether `outer` runs its child `inner` only if there is a device."""
    match outer:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            return inner is not test and questions.decides(test)
        case ast.BoolOp(values=values):
            before = values[: values.index(inner)] if inner in values else values
            return any(map(questions.decides, before))
        case ast.Try(body=body, handlers=handlers):
            return inner in body and any(_fits(handler.type) for handler in handlers)
        case ast.Match(subject=subject):
            return inner is not subject and questions.decides(subject)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            tests = [test for part in outer.generators for test in part.ifs]
            return not isinstance(inner, ast.comprehension) and any(map(questions.decides, tests))
        case _:
            return False


def _fits(caught: ast.AST | None) -> bool:
    """Whether a handler catches what torch raises where there is no device."""
    match caught:
        case None:
            return True
        case ast.Tuple(elts=elements):
            return any(map(_fits, elements))
        case ast.Name(id=name):
            return name in _FITTING
        case _:
            return False


def _left_before(statement: ast.stmt, outer: ast.AST, questions: Questions) -> bool:
    """Whether a statement above, in the same block, leaves where there is no device."""
    for block in _blocks(outer):
        if statement in block:
            above = block[: block.index(statement)]
            return any(leaves_without_device(other, questions.decides) for other in above)
    return False


def _blocks(outer: ast.AST) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        block = getattr(outer, field, None)
        if isinstance(block, list):
            yield block


def leaves_without_device(statement: ast.stmt, decides: Callable[[ast.AST], bool]) -> bool:
    """Whether a statement ends the run, or the block, where a condition about devices fails."""
    match statement:
        case ast.Assert(test=test):
            return decides(test)
        case ast.If(test=test, body=body):
            return _leaves(body[-1]) and decides(test)
        case _:
            return False


def _leaves(statement: ast.stmt) -> bool:
    match statement:
        case ast.Raise() | ast.Return() | ast.Continue() | ast.Break():
            return True
        case ast.Expr(value=ast.Call(func=function)):
            name = function.attr if isinstance(function, ast.Attribute) else root_of(function)
            return (name if isinstance(name, str) else getattr(name, "id", "")) in _LEAVING
        case _:
            return False


class Guards:
    """Which nodes are guarded, remembered: apart from `Devices`, so that nothing points back."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._known: dict[ast.AST, bool] = {}

    def is_guarded(self, node: ast.AST, cell: "CodeCell") -> bool:
        """Whether a node runs only where somebody asked for a device, or expects its absence."""
        known = self._known.get(node)
        if known is None:
            code = cell.code
            known = code is not None and is_guarded(node, code, self._questions)
            self._known[node] = known
        return known
