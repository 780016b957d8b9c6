"""Availability predicates that are never asked."""

import ast
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, Severity, SourceEdit, Span, rule


@rule(
    "NB405",
    ast.Attribute,
    mentions=("is_available", "is_built"),
    severity=Severity.ERROR,
    default="on",
    fix=Safety.SAFE,
)
def availability_not_called(node: ast.Attribute, context: Context) -> Iterator[Finding]:
    """A function that tells whether a device is there, used as if it were the answer."""
    cell = context.cell
    if node.attr not in ("is_available", "is_built") or not isinstance(cell, CodeCell):
        return
    name = context.qualified_name(node)
    if name is None or not name.startswith("torch.") or not _decides(node, cell):
        return
    end = context.locate(node).span
    assert end is not None
    edit = SourceEdit(cell.index, Span(end.end, end.end), "()")
    message = f"`{name}` is missing `()` and is always true; call it"
    yield context.finding(node, message, Fix("Call it", (edit,), Safety.SAFE))


def _decides(node: ast.AST, cell: CodeCell) -> bool:
    """Whether the truth of the node decides what happens next."""
    parent = cell.code.parent(node) if cell.code else None
    match parent:
        case (
            ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) | ast.Assert(test=test)
        ):
            return test is node
        case ast.UnaryOp(op=ast.Not()) | ast.BoolOp():
            return True
        case _:
            return False
