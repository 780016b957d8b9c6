"""Names that nothing in the notebook defines."""

from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Notebook, Severity, rule


@rule("NB202", Notebook, severity=Severity.ERROR, default="on")
def undefined_name(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A name that no cell defines, though it may have existed in the author's kernel."""
    for claim in notebook.as_read.undefined:
        name = claim.use.name
        if claim.kind != "never" or name == "__file__":
            continue
        cell = notebook.cells[claim.use.at]
        ran = isinstance(cell, CodeCell) and cell.execution_count is not None
        if claim.certain and ran and not any(output.kind == "error" for output in cell.outputs):
            message = (
                f"`{name}` existed when this cell ran, but no cell defines it; restore its cell"
            )
        else:
            message = f"`{name}` is never defined in this notebook; restore its cell or import it"
        yield context.finding(context.place(claim.use), message)
