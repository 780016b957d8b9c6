"""Pairs of files that jupytext keeps for one notebook, and that are no longer the same."""

import shlex
from collections.abc import Iterator
from os.path import dirname, join, normpath

from nbcoach.api import Confidence, Context, Drift, Finding, Fix, Location, Safety, rule, shortened


@rule("NB621", Drift, confidence=Confidence.CERTAIN, fix=Safety.MANUAL)
def paired_file_drift(drift: Drift, context: Context) -> Iterator[Finding]:
    """A notebook and its text for jupytext that hold different cells."""
    number = drift.cell + 1
    message = (
        f"Paired `{shortened(drift.file, 30)}` differs from cell {number} on; "
        "update the side that is out of date"
    )
    there = drift.cell < len(context.notebook.cells)
    related = [(Location(drift.cell), "the first cell that differs")] if there else []
    yield context.finding(None, message, _fix(context.notebook.path, drift), related=related)


def _fix(path: str, drift: Drift) -> Fix:
    """How to see the difference and to keep one side: not `--sync`, which goes by time stamps."""
    other = normpath(join(dirname(path), drift.file)).replace("\\", "/")
    notebook, text = map(shlex.quote, (path, other) if path.endswith(".ipynb") else (other, path))
    return Fix(
        f"Look with `nbcoach diff {notebook} {text}`; then keep the text with `jupytext --update "
        f"--output {notebook} {text}`, or the notebook with `jupytext --to {drift.format} "
        f"--output {text} {notebook}`",
        safety=Safety.MANUAL,
    )
