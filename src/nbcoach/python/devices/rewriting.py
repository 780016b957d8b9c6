"""How a place that names a device takes one by its name instead."""

import ast
from collections.abc import Iterator

from nbcoach.notebook import Span
from nbcoach.python.devices.sites import FixedDevice
from nbcoach.python.semantics.scopes import FUNCTIONS


def rewritten(fixed: FixedDevice, name: str) -> Iterator[tuple[Span, str]]:
    """The spans to replace, each with its new text: `x.cuda()` becomes `x.to(device)`."""
    code, call = fixed.cell.code, fixed.site.call
    if code is None or _is_bound_around(fixed, name):
        return
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr != "cuda":
        yield code.span(fixed.node), name
        return
    end = code.span(function).end
    if any(keyword.arg in ("device", None) for keyword in call.keywords):
        return
    if fixed.node is call and code.text[end : end + 1] == "(":
        comma = ", " if call.keywords else ""
        yield Span(end - len("cuda"), end), "to"
        yield Span(end + 1, end + 1), name + comma
    elif fixed.node in call.args:
        yield Span(end - len("cuda"), end), "to"
        yield code.span(fixed.node), name


def _is_bound_around(fixed: FixedDevice, name: str) -> bool:
    """Whether a function or class around a place has this name for something of its own."""
    code = fixed.cell.code
    return code is not None and any(
        (isinstance(part, ast.arg) and part.arg == name)
        or (isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, ast.Store))
        for outer in code.ancestors(fixed.node)
        if isinstance(outer, (*FUNCTIONS, ast.ClassDef))
        for part in ast.walk(outer)
    )
