"""Device functions that newer versions replace."""

import ast
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, Severity, SourceEdit, Span, rule

# Deprecated name → what to write. In torch 2.13 each of these calls warns, but for `Variable`,
# which only its documentation calls deprecated.
_REPLACEMENTS = {
    "torch.cuda.amp.autocast": '`torch.amp.autocast("cuda")`',
    "torch.cpu.amp.autocast": '`torch.amp.autocast("cpu")`',
    "torch.cuda.amp.GradScaler": '`torch.amp.GradScaler("cuda")`',
    "torch.cpu.amp.GradScaler": '`torch.amp.GradScaler("cpu")`',
    "torch.cuda.amp.autocast_mode.autocast": '`torch.amp.autocast("cuda")`',
    "torch.cuda.memory_cached": "`torch.cuda.memory_reserved()`",
    "torch.cuda.max_memory_cached": "`torch.cuda.max_memory_reserved()`",
    "torch.set_default_tensor_type": "`torch.set_default_dtype()`",
    "torch.autograd.Variable": "the tensor itself",
    "torch.autograd.variable.Variable": "the tensor itself",
    "tensorflow.test.is_gpu_available": '`tf.config.list_physical_devices("GPU")`',
}
# Those whose call only gains a device and another name.
_RENAMED = frozenset({"autocast", "GradScaler"})


@rule(
    "NB452",
    ast.Call,
    mentions=(
        "amp",
        "memory_cached",
        "max_memory_cached",
        "set_default_tensor_type",
        "Variable",
        "is_gpu_available",
    ),
    severity=Severity.WARNING,
    default="on",
    fix=Safety.SAFE,
)
def deprecated_device_api(call: ast.Call, context: Context) -> Iterator[Finding]:
    """A device function that its library has replaced, and will remove."""
    name = context.qualified_name(call.func)
    replacement = _REPLACEMENTS.get(name or "")
    if name is None or not replacement:
        return
    short = name.removeprefix("torch.autograd.").replace("tensorflow.", "tf.")
    message = f"`{short}()` is deprecated; use {replacement}"
    yield context.finding(call.func, message, _rename(call, name, context))


def _rename(call: ast.Call, name: str, context: Context) -> Fix | None:
    """`torch.cuda.amp.autocast(…)` as `torch.amp.autocast("cuda", …)`, where it is so written."""
    cell, function = context.cell, call.func
    tail = name.rpartition(".")[2]
    if not isinstance(cell, CodeCell) or cell.code is None or tail not in _RENAMED:
        return None
    span, whole = cell.code.span(function), cell.code.span(call)
    written = cell.source[span.start : span.end]
    device = name.split(".")[1]
    if written != f"torch.{device}.amp.{tail}" or cell.source[span.end : span.end + 1] != "(":
        return None
    comma = ", " if call.args or call.keywords else ""
    if tail == "autocast" and call.args:
        if len(call.args) > 1 or isinstance(call.args[0], ast.Starred):
            return None
        comma = ", enabled="  # what stands second in the new one is another parameter
    if whole.end <= span.end:
        return None
    edits = (
        SourceEdit(cell.index, span, f"torch.amp.{tail}"),
        SourceEdit(cell.index, Span(span.end + 1, span.end + 1), f'"{device}"{comma}'),
    )
    return Fix(f"Write `torch.amp.{tail}`", edits, Safety.SAFE)
