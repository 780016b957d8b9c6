"""Notebook files that are too heavy for their readers and their repository."""

from collections.abc import Iterator
from dataclasses import dataclass

from nbcoach.api import (
    Cell,
    CodeCell,
    Confidence,
    Context,
    Finding,
    Fix,
    Notebook,
    Safety,
    rule,
    size_of,
    size_text,
)


@dataclass(frozen=True)
class Options:
    """`limit`: how long the text of a notebook file may be, in characters."""

    limit: int = 2_000_000


# What NB604 reports, unless its own limit is set.
_LARGE_OUTPUT = 600_000
_HOW = {
    "outputs": "Show less in the largest cells, save figures to files, then run all and save",
    "attachments": "Save the images beside the notebook and link them: `![words](image.png)`",
    "sources": "Move long literals into data files and long functions into a module",
    "metadata": "Untick Settings > Save Widget State Automatically in JupyterLab; save again",
}


@rule(
    "NB605",
    Notebook,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.MANUAL,
    options=Options(),
)
def large_notebook(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A notebook file that takes more room than the limit."""
    limit = context.options(Options).limit
    if notebook.size <= limit or _is_told_of_its_cell(notebook, limit, context):
        return
    parts = {
        "outputs": sum(map(_outputs, notebook.cells)),
        "attachments": sum(size_of(cell.attachments) for cell in notebook.cells),
        "sources": sum(len(cell.source) for cell in notebook.cells),
        "metadata": size_of(notebook.metadata),
    }
    most = max(parts, key=lambda part: parts[part])
    largest = sorted(notebook.cells, key=_size, reverse=True)[:3]
    yield context.finding(
        None,
        f"File takes {size_text(notebook.size)}, mostly {most}; move data and images out",
        Fix(_HOW[most], safety=Safety.MANUAL),
        related=[(cell, size_text(_size(cell))) for cell in largest],
    )


def _is_told_of_its_cell(notebook: Notebook, limit: int, context: Context) -> bool:
    """Whether one large output is all there is to it, of which NB604 tells."""
    large = [size for size in map(_outputs, notebook.cells) if size > _LARGE_OUTPUT]
    return "NB604" in context.active and len(large) == 1 and notebook.size - large[0] <= limit


def _outputs(cell: Cell) -> int:
    return sum(output.size for output in cell.outputs) if isinstance(cell, CodeCell) else 0


def _size(cell: Cell) -> int:
    return _outputs(cell) + size_of(cell.attachments) + len(cell.source)
