"""Names that are used after they were deleted."""

from collections.abc import Iterator

from nbcoach.api import Context, Finding, Notebook, Severity, rule


@rule("NB205", Notebook, severity=Severity.ERROR, default="on")
def use_after_delete(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A name that was deleted above and not defined again before it is used."""
    for claim in notebook.as_read.undefined:
        if claim.kind != "deleted" or claim.deletion is None:
            continue
        name, cell = claim.use.name, claim.deletion.cell + 1
        yield context.finding(
            context.place(claim.use),
            f"`{name}` was deleted in cell {cell}; define it again or drop the `del`",
            related=[(context.place(claim.deletion), f"`{name}` is deleted here")],
        )
