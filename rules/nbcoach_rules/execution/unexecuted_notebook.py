"""Notebooks that were never run."""

from collections.abc import Iterator

from nbcoach.api import Confidence, Context, Finding, Fix, Notebook, Safety, Severity, is_live, rule

_FIX = Fix(
    "In a shell: `jupyter nbconvert --to notebook --execute --inplace` and its path",
    safety=Safety.MANUAL,
)


@rule(
    "NB107",
    Notebook,
    severity=Severity.INFO,
    confidence=Confidence.CERTAIN,
    default="off",
    fix=Safety.MANUAL,
)
def unexecuted_notebook(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A notebook without any count or output, where the output policy is to keep them."""
    if notebook.path.endswith(".py"):  # a text notebook has nowhere to keep outputs
        return
    if notebook.log.state == "stripped" and any(map(is_live, notebook.code_cells)):
        yield context.finding(None, "No cell has been run; run all and save", _FIX)
