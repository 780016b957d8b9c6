"""Names that are used after they were deleted."""

import ast
from collections.abc import Iterator

from nbcoach.api import Context, Finding, Fix, Notebook, Safety, Severity, rule

_MOVE = Fix(
    "Move the line that deletes it below its last use, or into the last cell",
    safety=Safety.MANUAL,
)

_KEEP = Fix(
    "Keep it under another name inside the `except` block: `problem = error`",
    safety=Safety.MANUAL,
)


@rule("NB205", Notebook, severity=Severity.ERROR, default="on", fix=Safety.MANUAL)
def use_after_delete(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A name that was deleted above and not defined again before it is used."""
    for claim in notebook.as_read.undefined:
        if claim.kind != "deleted" or claim.deletion is None:
            continue
        name, cell = claim.use.name, claim.deletion.cell + 1
        yield context.finding(
            context.place(claim.use),
            f"`{name}` was deleted in cell {cell}; define it again or drop the `del`",
            _KEEP if isinstance(claim.deletion.node, ast.ExceptHandler) else _MOVE,
            related=[(context.place(claim.deletion), f"`{name}` is deleted here")],
        )
