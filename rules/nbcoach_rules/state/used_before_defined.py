"""Names whose definition stands below their use."""

import ast
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    Location,
    MoveCell,
    Notebook,
    Safety,
    Severity,
    rule,
    shortened,
)


@rule("NB201", Notebook, severity=Severity.ERROR, default="on", fix=Safety.UNSAFE)
def used_before_defined(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A name that a cell further down defines, so that the notebook fails when run from the top."""
    for claim in notebook.as_read.undefined:
        binding = claim.binding
        if claim.kind != "later" or binding is None:
            continue
        where = context.place(claim.use)
        there = context.place(binding)
        name, fix = claim.use.name, None
        if where.cell == there.cell and _ends_before(binding.node, where, context):
            message = f"`{name}` is used here but defined only in another branch; define it first"
        elif binding.cell == claim.use.at:
            message = f"`{name}` is used here but defined only later in this cell; define it first"
        elif back := notebook.reordering.needed_in_turn(claim):
            name, back = shortened(name, 14), shortened(back, 14)
            message = (
                f"`{name}` comes from cell {binding.cell + 1}, which needs `{back}` from here: "
                "no order works; split one"
            )
        else:
            cell, (remedy, fix) = binding.cell + 1, _repair(notebook)
            message = f"`{name}` is used here but defined in cell {cell} below; {remedy}"
        yield context.finding(where, message, fix, related=[(there, f"`{name}` is defined here")])


def _repair(notebook: Notebook) -> tuple[str, Fix | None]:
    """What to do where the cells are in the wrong order, and the move that does it."""
    move = notebook.reordering.move
    if move is None:
        return "move that cell up", None
    down = move.before > move.cell
    place = f"below cell {move.before}" if down else f"above cell {move.before + 1}"
    fix = Fix(f"Move cell {move.cell + 1} {place}", (MoveCell(*move),), Safety.UNSAFE)
    return "move this cell down" if down else "move that cell up", fix


def _ends_before(node: ast.AST | None, where: Location, context: Context) -> bool:
    """Whether the statement that `node` is in stands above a place in the same cell."""
    cell = context.notebook.cells[where.cell or 0]
    code = cell.code if isinstance(cell, CodeCell) else None
    if code is None or node is None or where.span is None:
        return False
    around = (node, *code.ancestors(node))
    statement = next((outer for outer in around if isinstance(outer, ast.stmt)), node)
    return code.span(statement).end <= where.span.start
