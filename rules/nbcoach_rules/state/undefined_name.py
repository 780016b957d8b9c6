"""Names that nothing in the notebook defines."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from nbcoach.api import Cell, CodeCell, Context, Finding, Notebook, Severity, rule

# Names of notebooks that are handed out for others to complete.
_HANDED_OUT = re.compile(r"starter|unsolved|exercise|(?:^|[-_ ])(?:empty|not[-_ ]?filled)\b", re.I)
_PLACEHOLDER = re.compile("[xX]{2,}")


@rule("NB202", Notebook, severity=Severity.ERROR, default="on")
def undefined_name(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A name that no cell defines, though it may have existed in the author's kernel."""
    if _HANDED_OUT.search(PurePath(notebook.path).stem):
        return
    for claim in notebook.as_read.undefined:
        name = claim.use.name
        if claim.kind != "never" or name == "__file__" or _PLACEHOLDER.fullmatch(name):
            continue
        if claim.certain and _ran_well(notebook.cells[claim.use.at]):
            message = (
                f"`{name}` existed when this cell ran, but no cell defines it; restore its cell"
            )
        else:
            message = f"`{name}` is never defined in this notebook; restore its cell or import it"
        yield context.finding(context.place(claim.use), message)


def _ran_well(cell: Cell) -> bool:
    """Whether a saved count, and no saved error, shows that the kernel had all names."""
    if not isinstance(cell, CodeCell) or cell.execution_count is None:
        return False
    return not any(output.kind == "error" for output in cell.outputs)
