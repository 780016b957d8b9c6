"""Event loops started inside the kernel's own."""

import ast
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, Severity, SourceEdit, rule

_LOOPS = {"asyncio.get_event_loop", "asyncio.new_event_loop", "asyncio.get_running_loop"}


@rule(
    "NB240",
    ast.Call,
    mentions=("asyncio",),
    severity=Severity.ERROR,
    default="on",
    fix=Safety.UNSAFE,
)
def nested_event_loop(call: ast.Call, context: Context) -> Iterator[Finding]:
    """An event loop that is started where the kernel's own already runs."""
    cell, notebook = context.cell, context.notebook
    if not isinstance(cell, CodeCell) or not notebook.path.endswith(".ipynb"):
        return
    name = _blocking_name(call, context)
    if name is None or "nest_asyncio" in notebook.code_text or _is_caught(call, cell):
        return
    if not context.is_reached(call):
        return
    message = f"`{name}()` fails inside a running kernel; use `await`"
    yield context.finding(call, message, _await_fix(call, cell))


def _blocking_name(call: ast.Call, context: Context) -> str | None:
    """What starts a loop here, None if nothing does."""
    if context.qualified_name(call.func) == "asyncio.run":
        return "asyncio.run"
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "run_until_complete":
        return None
    loop: object = call.func.value
    if isinstance(loop, ast.Name):
        use = context.notebook.as_read.use_of(loop)
        values = [binding.value for binding in use.bindings] if use is not None else []
        loop = values[0] if len(values) == 1 else None
    if isinstance(loop, ast.Call) and context.qualified_name(loop.func) in _LOOPS:
        return "run_until_complete"
    return None


def _is_caught(node: ast.AST, cell: CodeCell) -> bool:
    around = cell.code.ancestors(node) if cell.code else ()
    return any(isinstance(parent, ast.Try) and parent.handlers for parent in around)


def _await_fix(call: ast.Call, cell: CodeCell) -> Fix | None:
    """`await` in place of the call, where it stands at the top level of the cell."""
    code = cell.code
    if code is None or len(call.args) != 1 or call.keywords:
        return None
    statement = code.parent(call)
    if not isinstance(statement, (ast.Expr, ast.Assign)):
        return None
    if not isinstance(code.parent(statement), ast.Module):
        return None
    span = code.span(call.args[0])
    edit = SourceEdit(cell.index, code.span(call), "await " + cell.source[span.start : span.end])
    return Fix("Await it", (edit,), Safety.UNSAFE)
