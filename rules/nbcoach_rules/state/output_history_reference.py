"""References to numbered inputs and outputs of the kernel."""

import ast
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Notebook, Safety, Severity, rule

_FIX = Fix(
    "Write `result = …` and `result` where it was shown, and `result` here",
    safety=Safety.MANUAL,
)


@rule("NB220", Notebook, severity=Severity.WARNING, default="on", fix=Safety.MANUAL)
def output_history_reference(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A value taken from IPython's history, whose numbers change with every run."""
    for use in notebook.as_read.uses:
        if not any(binding.kind == "history" for binding in use.bindings):
            continue
        text = _reference(use.node, notebook.cells[use.cell])
        if text:
            reason = "depends on run numbers" if text.strip("_") else "is whatever ran last"
            message = f"`{text}` {reason}; assign the value to a name"
            yield context.finding(context.place(use), message, _FIX)


def _reference(node: ast.AST, cell: object) -> str:
    """What the history is asked for, empty where the name only passes by."""
    code = cell.code if isinstance(cell, CodeCell) else None
    if code is None or not isinstance(node, ast.Name):
        return ""
    parent = code.parent(node)
    if node.id in ("In", "Out", "_ih", "_oh"):
        indexed = isinstance(parent, ast.Subscript) and parent.value is node
        return f"{node.id}[…]" if indexed else ""
    if node.id == "_dh" or (isinstance(parent, ast.Call) and parent.func is node):
        return ""  # the folders visited, and gettext's `_("text")`
    shown = isinstance(parent, ast.Expr) and node.id.strip("_") == ""
    return "" if shown else node.id
