"""Sets of strings: Python shuffles their order anew in every process."""

import ast
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from nbcoach.notebook import Notebook
    from nbcoach.python.values import Values

# Things that are strings wherever somebody gives a name to many of them.
_TEXTS: Final = frozenset(
    """
    artist author category character char city country filename genre keyword lemma letter name
    sentence species string tag term text title token vocab vocabulary word
    """.split()
)
_GIVE_STRINGS: Final = frozenset(
    "capitalize format join lower lstrip replace rstrip strip title upper".split()
)
_GIVE_LISTS_OF_STRINGS: Final = frozenset(
    "findall readlines rsplit split splitlines word_tokenize".split()
)
_COMBINE: Final = frozenset("copy difference intersection symmetric_difference union".split())
_SETS: Final = ("set", "frozenset")
_DEEPEST: Final = 6


class SetOrder(NamedTuple):
    """Where strings of a set get an order: a call of `list` or `tuple`, or the set itself.

    Orders of one set have one `origin`.
    """

    cell: int
    node: ast.expr
    set: ast.expr
    origin: ast.AST


def set_order(node: ast.expr, cell: int, notebook: "Notebook") -> SetOrder | None:
    """Where the order of a value comes from, if that is the order of a set of strings."""
    values = notebook.values
    if not isinstance(node, ast.Name):
        made = _listed(node) or node
        return SetOrder(cell, node, made, made) if is_set_of_strings(made, values) else None
    found = values.definitions(node)
    if is_set_of_strings(node, values):
        return SetOrder(cell, node, node, found[0].node)
    if len(found) != 1 or found[0].kind != "value" or f"{node.id}.sort(" in notebook.code_text:
        return None
    value = found[0].value
    listed = _listed(value)
    if listed is None or not isinstance(value, ast.expr):
        return None
    named = _is_named_for_text(node.id) and values.type_of(listed) in _SETS
    if named or is_set_of_strings(listed, values):
        return SetOrder(found[0].cell, value, listed, value)
    return None


def _listed(value: ast.AST | str) -> ast.expr | None:
    """What `list(…)` or `tuple(…)` is made of."""
    match value:
        case ast.Call(func=ast.Name(id="list" | "tuple"), args=[made]):
            return made
        case _:
            return None


def is_set_of_strings(node: ast.AST, values: "Values") -> bool:
    """Whether an expression is a set, and everything speaks for strings in it."""
    if values.type_of(node) not in _SETS:
        return False
    return _holds_strings(node, values, _DEEPEST)


def is_text(node: ast.AST, values: "Values") -> bool:
    """Whether an expression is a string, by its type or else by how it is made or named."""
    kind = values.type_of(node)
    if kind is not None:
        return kind == "str"
    match node:
        case ast.Call(func=ast.Attribute(attr=method)):
            return method in _GIVE_STRINGS
        case ast.Subscript(value=value):
            return _gives_strings(value, values, 2)
        case ast.Name(id=name):
            found = values.definitions(node)
            elements = [d.value for d in found if d.kind == "element" and not d.path]
            if elements and len(elements) == len(found):
                return all(
                    isinstance(e, ast.AST) and _gives_strings(e, values, 3) for e in elements
                )
            return _is_named_for_text(name)
        case _:
            return False


def _holds_strings(node: ast.AST, values: "Values", depth: int) -> bool:
    """Whether a set holds strings."""
    if depth == 0:
        return False
    match node:
        case ast.Call(func=ast.Name(id="set" | "frozenset"), args=[made]):
            return _gives_strings(made, values, depth - 1)
        case ast.Call(func=ast.Attribute(value=value, attr=method)) if method in _COMBINE:
            return _holds_strings(value, values, depth - 1)
        case ast.Set(elts=elements):
            return all(is_text(element, values) for element in elements)
        case ast.SetComp(elt=element):
            return is_text(element, values)
        case ast.BinOp(left=left):
            return _holds_strings(left, values, depth - 1)
        case ast.Name(id=name):
            return _is_named_for_text(name) or _all(_holds_strings, node, values, depth)
        case _:
            return False


def _gives_strings(node: ast.AST, values: "Values", depth: int) -> bool:
    """Whether a loop over an expression gives strings."""
    if depth == 0 or values.type_of(node) in ("numpy.ndarray", "dict", "range"):
        return False
    if values.type_of(node) == "str":
        return True
    match node:
        case ast.Call(func=ast.Attribute(attr=method)) if method in _GIVE_LISTS_OF_STRINGS:
            return True
        case ast.Call(func=ast.Name(id="list" | "tuple" | "sorted" | "set"), args=[made, *_]):
            return _gives_strings(made, values, depth - 1)
        case ast.List(elts=elements) | ast.Tuple(elts=elements) if elements:
            return all(is_text(element, values) for element in elements)
        case ast.ListComp(elt=element) | ast.GeneratorExp(elt=element):
            return is_text(element, values)
        case ast.BinOp(left=left, op=ast.Add()):
            return _gives_strings(left, values, depth - 1)
        case ast.Name(id=name):
            return _all(_gives_strings, node, values, depth) or _is_named_for_text(name)
        case ast.Attribute(attr=name):
            return _is_named_for_text(name)
        case _:
            return False


def _all(
    question: "Callable[[ast.AST, Values, int], bool]", name: ast.Name, values: "Values", depth: int
) -> bool:
    """Whether the answer is yes for each value that a name may have."""
    found = values.definitions(name)
    return bool(found) and all(
        definition.kind == "value"
        and isinstance(definition.value, ast.AST)
        and question(definition.value, values, depth - 1)
        for definition in found
    )


def _is_named_for_text(name: str) -> bool:
    """Whether the last word of a name is one for texts: `all_words`, but not `word_counts`."""
    words = re.findall("[a-z]+", name.lower())
    if not words:
        return False
    last = words[-1]
    return not _TEXTS.isdisjoint((last, last.removesuffix("s"), re.sub("ies$", "y", last)))
