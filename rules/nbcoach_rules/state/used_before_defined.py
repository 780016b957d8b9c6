"""Names whose definition stands below their use."""

from collections.abc import Iterator

from nbcoach.api import Context, Finding, Notebook, Severity, rule


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
        if binding.cell == claim.use.at:
            message = f"`{name}` is used here but defined only later in this cell; define it first"
        else:
            cell = binding.cell + 1
            message = f"`{name}` is used here but defined in cell {cell} below; move that cell up"
        yield context.finding(where, message, related=[(there, f"`{name}` is defined here")])
