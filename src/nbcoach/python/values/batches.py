"""What a loader of data gives for each turn of a loop."""

import ast
from collections.abc import Callable
from typing import Final

from nbcoach.python.values.definitions import Definition

_PARTS_OF_OTHERS: Final = ("torch.utils.data.Subset", "torch.utils.data.random_split")
_DEEPEST: Final = 8

Names = Callable[[ast.AST], str | None]
DefinitionsOf = Callable[[ast.Name], tuple[Definition, ...]]


def is_of_tensors(loader: ast.AST, qualified_name: Names, definitions: DefinitionsOf) -> bool:
    """Whether a `DataLoader` gives tuples of tensors, as its data set and its arguments show."""
    made = _made(loader, definitions)
    if made is None or any(word.arg in ("collate_fn", None) for word in made.keywords):
        return False
    data = _dataset(made)
    for _ in range(_DEEPEST):
        made = _made(data, definitions) if data is not None else None
        if made is None:
            return False
        name = qualified_name(made.func) or ""
        if name == "torch.utils.data.TensorDataset":
            return True
        if name.startswith("torchvision.datasets."):
            return any(word.arg == "transform" for word in made.keywords)
        if name not in _PARTS_OF_OTHERS:
            return False
        data = _dataset(made)
    return False


def _dataset(made: ast.Call) -> ast.AST | None:
    """The data that a loader, or a part of other data, is made of."""
    named = [word.value for word in made.keywords if word.arg == "dataset"]
    return next(iter([*made.args[:1], *named]), None)


def _made(node: ast.AST, definitions: DefinitionsOf) -> ast.Call | None:
    """The call that a value, or the whole that it is a part of, comes from."""
    if isinstance(node, ast.Name):
        found = definitions(node)
        if len(found) != 1 or found[0].kind not in ("value", "part"):
            return None
        value = found[0].value
        return value if isinstance(value, ast.Call) else None
    return node if isinstance(node, ast.Call) else None
