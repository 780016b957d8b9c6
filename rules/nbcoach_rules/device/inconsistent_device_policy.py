"""Fixed devices in notebooks that chose a device before."""

import ast
from collections.abc import Iterator

from nbcoach.api import (
    Context,
    DeviceChoice,
    Finding,
    Fix,
    FixedDevice,
    Notebook,
    Safety,
    Severity,
    SourceEdit,
    rule,
)


@rule(
    "NB402",
    Notebook,
    mentions=("cuda", "mps", "xpu"),
    severity=Severity.ERROR,
    default="on",
    fix=Safety.SAFE,
)
def inconsistent_device_policy(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A device by its name, below a name that holds the device there is."""
    devices = notebook.devices
    if not devices.fixed or any(fixed.number > 0 for fixed in devices.fixed):
        return  # a notebook that numbers its GPUs shows how to use several
    for fixed in devices.fixed:
        above = [choice for choice in devices.choices if choice.is_above(fixed.cell, fixed.node)]
        if not above or devices.compares(fixed.cell):
            continue
        choice = above[-1]
        message = (
            f"`{choice.name}` is chosen portably in cell {choice.cell.index + 1} but"
            f" `{fixed.text}` is fixed here; use `{choice.name}`"
        )
        yield context.finding(
            context.at(fixed.cell, fixed.node),
            message,
            _fix(fixed, choice, context) if len(above) == 1 else None,
            severity=Severity.INFO if devices.gpu_required else None,
            related=[(context.at(choice.cell, choice.node), "Chosen here")],
        )


def _fix(fixed: FixedDevice, choice: DeviceChoice, context: Context) -> Fix | None:
    """The name instead of the device; safe where it surely is the same to what takes it."""
    replacements = context.notebook.devices.rewritten(fixed, choice.name)
    if not replacements:
        return None
    edits = tuple(SourceEdit(fixed.cell.index, span, text) for span, text in replacements)
    is_text = isinstance(fixed.node, ast.Constant) and isinstance(fixed.node.value, str)
    same = _is_taken_by_torch(fixed, context) or (choice.is_text and is_text)
    safety = Safety.SAFE if same and not choice.is_numbered else Safety.UNSAFE
    return Fix(f"Use `{choice.name}`", edits, safety)


def _is_taken_by_torch(fixed: FixedDevice, context: Context) -> bool:
    """Whether the place is an argument of torch, to which a text and a `torch.device` are alike."""
    code = fixed.cell.code
    holder = code.parent(fixed.node) if code is not None else None
    if isinstance(holder, ast.keyword) and code is not None:
        holder = code.parent(holder)
    call = fixed.node if fixed.node is fixed.site.call else holder
    if not isinstance(call, ast.Call):
        return False
    moves = isinstance(call.func, ast.Attribute) and call.func.attr in ("to", "cuda")
    return moves or (context.qualified_name(call.func) or "").startswith("torch.")
