"""Which expressions ask what devices there are, by themselves or through names."""

import ast
import re
from typing import TYPE_CHECKING, Final

from nbcoach.python.semantics.scopes import FUNCTIONS

if TYPE_CHECKING:
    from nbcoach.notebook import Notebook

ASKING: Final = frozenset(
    """
    current_accelerator default_backend device_count get_available_devices get_visible_devices
    infer_device is_available is_built is_built_with_cuda is_gpu_available is_torch_xla_available
    list_local_devices list_logical_devices list_physical_devices local_device_count
    try_all_gpus try_gpu xla_device
    """.split()
)
"""The last names of functions whose answer depends on the machine's devices."""

_SPEAKING: Final = re.compile(r"cuda|gpu|mps|xpu|tpu|device|accelerat|nvidia", re.IGNORECASE)
_DEEPEST: Final = 5


class Questions:
    """Tells expressions that depend on which devices there are."""

    def __init__(self, notebook: "Notebook") -> None:
        self._definitions = notebook.values.definitions
        self._answers: dict[ast.AST, bool] = {}
        self._any = any(word in notebook.code_text for word in ASKING)

    def asks(self, node: ast.AST) -> bool:
        """Whether the value of a node depends on what devices there are."""
        return self._any and self._asks(node, _DEEPEST)

    def _asks(self, node: ast.AST, depth: int) -> bool:
        known = self._answers.get(node)
        if known is None:
            self._answers[node] = False  # for names that are defined by themselves
            known = any(map(_is_asking, ast.walk(node)))
            # Of a function its own text tells: its names are many, and mostly about other things.
            if not known and depth > 0 and not isinstance(node, FUNCTIONS):
                known = any(self._is_answer(part, depth - 1) for part in ast.walk(node))
            self._answers[node] = known
        return known

    def _is_answer(self, part: ast.AST, depth: int) -> bool:
        """Whether a name holds what somebody asked before."""
        if not isinstance(part, ast.Name) or not isinstance(part.ctx, ast.Load):
            return False
        return any(
            definition.kind in ("value", "part", "function")
            and isinstance(definition.value, ast.AST)
            and self._asks(definition.value, depth)
            for definition in self._definitions(part)
        )

    def decides(self, test: ast.AST) -> bool:
        """Whether a condition is about devices: it asks, or its names speak of them."""
        return any(map(_speaks, ast.walk(test))) or self.asks(test)


def _is_asking(node: ast.AST) -> bool:
    return (getattr(node, "attr", None) or getattr(node, "id", None)) in ASKING


def _speaks(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=word) | ast.Attribute(attr=word) | ast.keyword(arg=str(word)):
            return _SPEAKING.search(word) is not None
        case ast.Constant(value=str(word)):
            return len(word) < 40 and _SPEAKING.search(word) is not None
        case _:
            return False
