"""Names that nothing in the notebook defines."""

from collections.abc import Iterator

from nbcoach.api import Cell, CodeCell, Context, Finding, Notebook, Severity, rule


@rule("NB202", Notebook, severity=Severity.ERROR, default="on")
def undefined_name(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A name that no cell defines, though it may have existed in the author's kernel."""
    for claim in notebook.as_read.undefined:
        name = claim.use.name
        if claim.kind != "never" or name == "__file__":
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
