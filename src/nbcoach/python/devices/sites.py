"""The calls that put something on a device, each with the device it names."""

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from nbcoach.python.devices.policies import Kind, Policy, is_number

if TYPE_CHECKING:
    from nbcoach.notebook import CodeCell
    from nbcoach.python.code import Code


class Site(NamedTuple):
    """A call that puts something on a device.

    `node` is the expression of the device, the whole call where it is `x.cuda()`. `places` are
    where that device is written: beside the call, or where the name in the call was bound.
    """

    cell: "CodeCell"
    call: ast.Call
    node: ast.expr
    policy: Policy
    places: "tuple[Place, ...]"

    @property
    def is_made_there(self) -> bool:
        """Whether the call makes something on the device, and does not move it there."""
        moves = isinstance(self.call.func, ast.Attribute) and self.call.func.attr == "to"
        return not moves and any(keyword.arg == "device" for keyword in self.call.keywords)


class Place(NamedTuple):
    """An expression that says which device, and its cell."""

    cell: "CodeCell"
    node: ast.expr


class FixedDevice(NamedTuple):
    """A place that names a device whatever there is, and the first site that this decides."""

    cell: "CodeCell"
    node: ast.expr
    site: Site

    @property
    def order(self) -> tuple[int, int, int]:
        """Where it stands in the file."""
        return self.cell.index, self.node.lineno, self.node.col_offset

    @property
    def text(self) -> str:
        """The device as torch writes it: `cuda`, `cuda:1`."""
        return self.site.policy.text

    @property
    def number(self) -> int:
        """The number of the device, 0 where none is written."""
        return self.site.policy.index or 0


# The keywords that name a device in torch and what is built on it, and arguments by position.
_KEYWORDS: Final = frozenset({"device", "device_map", "map_location"})
_POSITIONS: Final = {
    "jax.device_put": 1,
    "torch.Generator": 0,
    "torch.load": 1,
    "torch.set_default_device": 0,
}
# What takes the number of a GPU under such a keyword. Elsewhere `device=0` may be a camera.
_NUMBERED: Final = frozenset({"transformers.pipeline", "transformers.pipelines.pipeline"})
# Calls that ask about a device, or are about a kind of device; and libraries that fall back.
_NO_SITES: Final = (
    "catboost.",
    "lightgbm.",
    "torch.accelerator.",
    "torch.amp.",
    "torch.autocast",
    "torch.backends.",
    "torch.cuda.",
    "torch.device",
    "torch.mps.",
    "torch.profiler.",
    "torch.xpu.",
    "xgboost.",
)


def device_of(call: ast.Call, qualified_name: Callable[[ast.AST], str | None]) -> ast.expr | None:
    """The expression in a call that may name the device for something."""
    function = call.func
    attribute = function.attr if isinstance(function, ast.Attribute) else ""
    name = qualified_name(function) or ""
    if attribute == "cuda" and not name:
        return call.args[0] if call.args else call
    if name.startswith(_NO_SITES):
        return None
    for keyword in call.keywords:
        if keyword.arg in _KEYWORDS:
            return keyword.value if _may_be_device(keyword, name) else None
    if attribute == "to" and not name and call.args:
        return call.args[0]
    position = _POSITIONS.get(name)
    if position is None or position >= len(call.args):
        return None
    return call.args[position]


def _may_be_device(keyword: ast.keyword, name: str) -> bool:
    """Whether a keyword's value is for torch: LightGBM's device is a `"gpu"`, a camera's a 0."""
    value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
    if isinstance(value, int) and keyword.arg == "device":
        return name in _NUMBERED
    return value not in ("gpu", "GPU")


def find(
    cells: "tuple[CodeCell, ...]",
    qualified_name: Callable[[ast.AST], str | None],
    policy: Callable[[ast.expr], Policy],
    places: "Callable[[ast.expr, CodeCell], Iterator[Place]]",
) -> Iterator[Site]:
    """The places of a notebook where a known device is named for something."""
    # For a pipeline of TensorFlow a number is a wish: its operations run where they can.
    only_texts = any("tensorflow" in cell.source for cell in cells)
    for cell in cells:
        if cell.code is None or cell.skipped or cell.raises:
            continue
        for call in cell.code.nodes(ast.Call):
            node = device_of(call, qualified_name)
            if node is None or _is_moving_itself(call, cell.code):
                continue
            if only_texts and is_number(node):
                continue
            known = Policy(Kind.HARD, "cuda") if node is call else policy(node)
            if known.kind is not Kind.UNKNOWN:
                yield Site(cell, call, node, known, tuple(places(node, cell)))


def _is_moving_itself(call: ast.Call, code: "Code") -> bool:
    """Whether a call stands in a method `to` or `cuda` that passes on what it is asked."""
    return any(
        isinstance(outer, ast.FunctionDef) and outer.name in ("to", "cuda")
        for outer in code.ancestors(call)
    )
