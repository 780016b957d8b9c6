"""Which of several assignments in one block of code the use of a name can still see."""

import ast
from collections.abc import Sequence

from nbcoach.python.code import Code
from nbcoach.python.semantics.scopes import FUNCTIONS

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_HEADS = (ast.For, ast.AsyncFor, ast.With, ast.AsyncWith)


def last_before(code: Code, use: ast.Name, targets: Sequence[ast.AST]) -> ast.AST | None:
    """The assignment that every way to the use comes by, and after it by no other; else None.

    `targets` are the nodes that get the value, all that the name has in this code.
    """
    around: list[ast.AST] = [use, *code.ancestors(use)]
    passed = [target for target in targets if _is_passed(code, target, around)]
    if not passed:
        return None
    last = max(passed, key=_order)
    holders = {id(holder) for holder in code.ancestors(last)}
    turning = [node for node in around if isinstance(node, _LOOPS) and id(node) not in holders]
    for target in targets:
        if target is last:
            continue
        if any(loop in turning for loop in code.ancestors(target)):
            return None
        inside = _statement(code, target) in around and target not in passed
        if _order(last) < _order(target) < _order(use) and not inside:
            return None
    return last


def _is_passed(code: Code, target: ast.AST, around: list[ast.AST]) -> bool:
    """Whether every way to the use assigns to the target first."""
    statement = _statement(code, target)
    holder = statement if statement in around else code.parent(statement)
    if holder not in around:
        return False
    place = around.index(holder)
    inner = around[place - 1]
    if any(isinstance(node, (*FUNCTIONS, ast.ClassDef)) for node in around[:place]):
        return False  # it runs at another time
    if holder is statement:
        return isinstance(statement, _HEADS) and inner in statement.body
    blocks = (getattr(holder, name, None) for name in ("body", "orelse", "finalbody"))
    for block in blocks:
        if isinstance(block, list) and statement in block and inner in block:
            return block.index(statement) < block.index(inner)
    return False


def _statement(code: Code, node: ast.AST) -> ast.AST:
    """The statement that a node belongs to."""
    holders = (holder for holder in (node, *code.ancestors(node)) if isinstance(holder, ast.stmt))
    return next(holders, node)


def _order(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)
