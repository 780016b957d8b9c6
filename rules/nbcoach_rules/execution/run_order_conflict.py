"""Cells that worked with other values than they would from top to bottom."""

from collections.abc import Iterator

from nbcoach.api import Conflict, Context, Finding, Fix, Notebook, Safety, Severity, rule, shortened

_FIX = Fix(
    "Where results change, put the cells in the order that was meant, and run again",
    safety=Safety.MANUAL,
)


@rule("NB101", Notebook, severity=Severity.ERROR, default="on", fix=Safety.MANUAL)
def run_order_conflict(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Runs in an order that gave a cell another value than it has from top to bottom."""
    by_cause: dict[int, list[Conflict]] = {}
    for conflict in notebook.conflicts:
        if conflict.proved:
            by_cause.setdefault(conflict.later, []).append(conflict)
    for later, conflicts in by_cause.items():
        parts = {cell: part for c in conflicts for cell, part in _parts(c).items() if cell != later}
        related = [(notebook.cells[cell], part) for cell, part in parts.items()]
        yield context.finding(notebook.cells[later], _message(conflicts[0]), _FIX, related=related)


def _parts(conflict: Conflict) -> dict[int, str]:
    """What the other cells have to do with it."""
    return {
        conflict.earlier: f"`{conflict.name}` came from here",
        conflict.source: f"from top to bottom, `{conflict.name}` comes from here",
        conflict.reader: f"`{conflict.name}` is used here",
    }


def _message(conflict: Conflict) -> str:
    name = shortened(conflict.name, 24)
    order = f"Cell {conflict.later + 1} ran after cell {conflict.earlier + 1}"
    if conflict.reader == conflict.earlier:
        effect = f", which uses its `{name}`"
    elif conflict.reader == conflict.later:
        effect = f" and used its `{name}`"
    else:
        effect = f", so cell {conflict.reader + 1} used its `{name}`"
    return f"{order}{effect}; restart and run all"
