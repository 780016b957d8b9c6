"""Tensors that are moved or converted in vain."""

import ast
import re
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    Safety,
    Severity,
    SourceEdit,
    Span,
    rule,
    shortened,
)

_MOVES = frozenset("bfloat16 bool cpu cuda double float half int long to".split())
# Cells that move a tensor in order to see what that takes.
_MEASURING = re.compile(r"perf_counter|synchronize|\btime(?:it)?\b|\bEvent\(|memory_|profile")


@rule(
    "NB421",
    ast.Expr,
    mentions=("torch",),
    severity=Severity.ERROR,
    default="on",
    fix=Safety.UNSAFE,
)
def discarded_move(statement: ast.Expr, context: Context) -> Iterator[Finding]:
    """A tensor that is moved or converted, but not assigned."""
    call = statement.value
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return
    tensor, method = call.func.value, call.func.attr
    if method not in _MOVES or not isinstance(tensor, (ast.Name, ast.Attribute, ast.Subscript)):
        return  # nobody has the tensor of `torch.ones(1).cuda()`, which starts the GPU
    is_tensor = context.notebook.values.type_of(tensor) == "torch.Tensor"
    if is_tensor and _is_dropped(statement, context):
        name = shortened(ast.unparse(tensor), 40)
        message = f"`{name}.{method}()` returns a copy that is dropped; assign it"
        yield context.finding(statement, message, _assigned(tensor, statement, context))


def _is_dropped(statement: ast.Expr, context: Context) -> bool:
    """Whether the value of a statement is neither shown nor made to measure how long it takes."""
    cell = context.cell
    if not isinstance(cell, CodeCell) or cell.code is None or cell.code.tree is None:
        return False
    return statement is not cell.code.tree.body[-1] and not _MEASURING.search(cell.source)


def _assigned(tensor: ast.expr, statement: ast.Expr, context: Context) -> Fix | None:
    """The result assigned to what was moved, where that is no name from outside a function."""
    span, cell, values = context.locate(statement).span, context.cell, context.notebook.values
    if span is None or cell is None or isinstance(tensor, ast.Subscript):
        return None
    if isinstance(tensor, ast.Name) and values.function_of(tensor) and not values.is_local(tensor):
        return None
    text = ast.unparse(tensor)
    edit = SourceEdit(cell.index, Span(span.start, span.start), f"{text} = ")
    return Fix(f"Assign to `{shortened(text, 40)}`", (edit,), Safety.UNSAFE)
