"""Names whose definition stands below their use."""

import ast
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Location, Notebook, Severity, rule


@rule("NB201", Notebook, severity=Severity.ERROR, default="on")
def used_before_defined(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A name that a cell further down defines, so that the notebook fails when run from the top."""
    for claim in notebook.as_read.undefined:
        binding = claim.binding
        if claim.kind != "later" or binding is None:
            continue
        where = context.place(claim.use)
        there = context.place(binding)
        name = claim.use.name
        if where.cell == there.cell and _ends_before(binding.node, where, context):
            message = f"`{name}` is used here but defined only in another branch; define it first"
        elif binding.cell == claim.use.at:
            message = f"`{name}` is used here but defined only later in this cell; define it first"
        else:
            cell = binding.cell + 1
            message = f"`{name}` is used here but defined in cell {cell} below; move that cell up"
        yield context.finding(where, message, related=[(there, f"`{name}` is defined here")])


def _ends_before(node: ast.AST | None, where: Location, context: Context) -> bool:
    """Whether the statement that `node` is in stands above a place in the same cell."""
    cell = context.notebook.cells[where.cell or 0]
    code = cell.code if isinstance(cell, CodeCell) else None
    if code is None or node is None or where.span is None:
        return False
    around = (node, *code.ancestors(node))
    statement = next((outer for outer in around if isinstance(outer, ast.stmt)), node)
    return code.span(statement).end <= where.span.start
