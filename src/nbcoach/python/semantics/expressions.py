"""Small questions about expressions that have an answer without running them."""

import ast
from collections.abc import Iterator

from nbcoach.python.semantics.scopes import children

_CATCHES_NAME_ERRORS = {"NameError", "UnboundLocalError", "Exception", "BaseException"}
_SUPPRESSORS = {"suppress", "raises", "assertRaises", "assertRaisesRegex"}
_NAMESPACES = {"globals", "locals", "vars", "dir"}


def constant_truth(node: ast.AST) -> bool | None:
    """Whether a condition is always true or always false; None where that depends."""
    if isinstance(node, ast.Constant):
        return bool(node.value)
    if isinstance(node, (ast.Tuple, ast.List, ast.Set, ast.Dict)):
        parts = node.keys if isinstance(node, ast.Dict) else node.elts
        return bool(parts) if not any(isinstance(part, ast.Starred) for part in parts) else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        truth = constant_truth(node.operand)
        return None if truth is None else not truth
    return None


def runs_at_least_once(iterable: ast.AST) -> bool:
    """Whether a `for` over this expression surely has a first turn."""
    if isinstance(iterable, ast.Constant):
        return isinstance(iterable.value, (str, bytes)) and len(iterable.value) > 0
    if isinstance(iterable, (ast.Tuple, ast.List, ast.Set, ast.Dict)):
        return constant_truth(iterable) is True
    if isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Name):
        arguments = [a.value for a in iterable.args if isinstance(a, ast.Constant)]
        if iterable.func.id == "range" and len(iterable.args) == 1 == len(arguments):
            return isinstance(arguments[0], int) and arguments[0] > 0
        if iterable.func.id in {"enumerate", "sorted", "reversed", "list"} and iterable.args:
            return runs_at_least_once(iterable.args[0])
    return False


def catches_name_error(caught: ast.AST | None) -> bool:
    """Whether an `except` clause of this type stops a NameError; unknown types may."""
    match caught:
        case None:
            return True
        case ast.Name():
            return caught.id in _CATCHES_NAME_ERRORS or not caught.id[:1].isupper()
        case ast.Attribute():
            return False
        case ast.Tuple():
            return any(catches_name_error(element) for element in caught.elts)
        case _:
            return True


def suppresses(manager: ast.AST) -> bool:
    """Whether a `with` block under this manager may swallow a NameError."""
    if not isinstance(manager, ast.Call):
        return False
    function = manager.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in _SUPPRESSORS and (not manager.args or any(map(catches_name_error, manager.args)))


def guarded_names(test: ast.AST) -> Iterator[str]:
    """The names whose existence a condition asks about: `"x" in globals()`."""
    stack = [test]
    while stack:
        node = stack.pop()
        stack += children(node)
        if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], (ast.In, ast.NotIn)):
            continue
        if isinstance(node.left, ast.Constant) and isinstance(node.left.value, str):
            called = [part for part in ast.walk(node.comparators[0]) if isinstance(part, ast.Call)]
            if any(isinstance(c.func, ast.Name) and c.func.id in _NAMESPACES for c in called):
                yield node.left.value


def asks_for_version(test: ast.AST) -> bool:
    """Whether a condition looks at the version of Python, so that a branch may be for another."""
    names = {getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(test)}
    return not names.isdisjoint({"version_info", "PY2", "PY3", "python_version"})


def root_of(node: ast.AST) -> ast.AST:
    """What an attribute or item is taken of, all the way down: `x` for `x.a[0].b`."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Starred)):
        node = node.value
    return node
