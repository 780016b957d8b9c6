"""Names at the top of a notebook that hold a device chosen by asking what there is."""

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from nbcoach.python.devices.policies import Kind, Policy, is_number

if TYPE_CHECKING:
    from nbcoach.notebook import CodeCell, Notebook
    from nbcoach.python.semantics import Binding


class DeviceChoice(NamedTuple):
    """A name that holds the device there is.

    `node` is where it first gets one; `is_text` tells that it surely holds a text, as `"cuda"`;
    `is_numbered` that it may be another than the first of several GPUs.
    """

    name: str
    cell: "CodeCell"
    node: ast.Name
    is_text: bool
    is_numbered: bool

    def is_above(self, cell: "CodeCell", node: ast.expr) -> bool:
        """Whether the choice was made before a place, in the order of the file."""
        return (self.cell.index, self.node.lineno) < (cell.index, node.lineno)


def find(
    notebook: "Notebook",
    policy: Callable[[ast.expr], Policy],
    asks: Callable[[ast.AST], bool],
    is_guarded: "Callable[[ast.AST, CodeCell], bool]",
) -> Iterator[DeviceChoice]:
    """The names that never hold anything but such a device."""
    cells = {cell.index: cell for cell in notebook.code_cells}
    bindings: dict[str, list[Binding]] = {}
    for binding in notebook.as_read.bindings:
        bindings.setdefault(binding.name, []).append(binding)
    for name, found in bindings.items():
        kinds = {_kind(binding, cells[binding.cell], policy, asks, is_guarded) for binding in found}
        node = found[0].node
        in_one_cell = len({binding.cell for binding in found}) == 1
        if Kind.AGNOSTIC not in kinds or not isinstance(node, ast.Name):
            continue
        if kinds == {Kind.AGNOSTIC} or (kinds == {Kind.AGNOSTIC, Kind.CPU} and in_one_cell):
            is_text = all(
                isinstance(binding.value, ast.AST)
                and notebook.values.type_of(binding.value) == "str"
                for binding in found
            )
            is_numbered = any(_is_numbered(binding.value) for binding in found)
            yield DeviceChoice(name, cells[found[0].cell], node, is_text, is_numbered)


def _kind(
    binding: "Binding",
    cell: "CodeCell",
    policy: Callable[[ast.expr], Policy],
    asks: Callable[[ast.AST], bool],
    is_guarded: "Callable[[ast.AST, CodeCell], bool]",
) -> Kind:
    """How one binding decides: a device behind a question is a choice, a setting is none."""
    if binding.kind != "variable" or not isinstance(binding.value, ast.expr):
        return Kind.UNKNOWN
    if is_number(binding.value):
        return Kind.UNKNOWN
    kind = policy(binding.value).kind
    if kind is Kind.HARD and binding.node is not None and is_guarded(binding.node, cell):
        return Kind.AGNOSTIC
    if kind is Kind.AGNOSTIC and not (
        asks(binding.value) or isinstance(binding.value, ast.Attribute)
    ):
        return Kind.UNKNOWN
    return kind


def _is_numbered(value: object) -> bool:
    """Whether a number other than 0 may come with a device in an expression."""
    return isinstance(value, ast.AST) and any(
        isinstance(part, ast.FormattedValue)
        or (
            isinstance(part, ast.Constant)
            and isinstance(part.value, str)
            and part.value.rpartition(":")[2].strip("0").isdecimal()
        )
        for part in ast.walk(value)
    )
