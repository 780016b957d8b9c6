"""Code that asks where its file is."""

from collections.abc import Iterator

from nbcoach.api import Context, Finding, Fix, Notebook, Safety, Severity, rule

_FIX = Fix(
    "Write `HERE = Path.cwd()` into the first cell, and `HERE` for the file's folder",
    safety=Safety.MANUAL,
)


@rule(
    "NB242",
    Notebook,
    mentions=("__file__",),
    severity=Severity.ERROR,
    default="on",
    fix=Safety.MANUAL,
)
def file_dunder(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """`__file__`, which a script has and a notebook has not."""
    if not notebook.path.endswith(".ipynb"):
        return
    for claim in notebook.as_read.undefined:
        if claim.use.name == "__file__" and not claim.use.later:
            message = "`__file__` does not exist in a kernel; use `Path.cwd()` or a parameter"
            yield context.finding(context.place(claim.use), message, _FIX)
