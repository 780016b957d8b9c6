"""Pairs of files that jupytext keeps for one notebook, and that are no longer the same."""

import shlex
from collections.abc import Iterator
from os.path import dirname, join, normpath

from nbcoach.api import Confidence, Context, Drift, Finding, Fix, Location, Safety, rule, shortened

# Formats without marks between cells, which only jupytext reads.
_UNREAD = frozenset({"py", "py:light", "py:nomarker", "py:bare", "py:sphinx"})


@rule("NB621", Drift, confidence=Confidence.CERTAIN, default="on", fix=Safety.MANUAL)
def paired_file_drift(drift: Drift, context: Context) -> Iterator[Finding]:
    """A notebook and its text for jupytext that hold different cells."""
    message = (
        f"Paired `{shortened(drift.file, 30)}` differs from cell {drift.cell + 1} on; "
        "update the side that is out of date"
    )
    path = context.notebook.path
    other = normpath(join(dirname(path), drift.file)).replace("\\", "/")
    notebook, text = map(shlex.quote, (path, other) if path.endswith(".ipynb") else (other, path))
    # Not `--sync`, which goes by time stamps.
    related: list[tuple[Location | None, str]] = [
        (None, f"`jupytext --update --output {notebook} {text}` keeps the text"),
        (None, f"`jupytext --to {drift.format} --output {text} {notebook}` keeps the notebook"),
    ]
    if drift.cell < len(context.notebook.cells):
        related.insert(0, (Location(drift.cell), "the first cell that differs"))
    look = f"See `nbcoach diff {notebook} {text}`; k" if drift.format not in _UNREAD else "K"
    fix = Fix(f"{look}eep one side", safety=Safety.MANUAL)
    yield context.finding(None, message, fix, related=related)
