"""Headings that leave a level out."""

from collections.abc import Iterator, Sequence

from nbcoach.api import (
    Cell,
    Confidence,
    Context,
    Finding,
    Fix,
    Heading,
    Location,
    MarkdownCell,
    Notebook,
    Safety,
    Severity,
    SourceEdit,
    rule,
)


@rule(
    "NB503",
    Notebook,
    severity=Severity.INFO,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.UNSAFE,
)
def skipped_heading_level(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A heading more than one level below the heading before it."""
    headings = [
        (cell, heading)
        for cell in notebook.cells
        if isinstance(cell, MarkdownCell)
        for heading in cell.headings
        if heading.text
    ]
    for number in range(1, len(headings)):
        above = headings[number - 1][1].level
        cell, heading = headings[number]
        if heading.level > above + 1 and not _is_glued(cell, heading):
            yield context.finding(
                Location(cell.index, heading.span),
                f"Heading jumps from level {above} to {heading.level}; use level {above + 1}",
                _raised(headings[number:], heading.level - above - 1),
            )


def _is_glued(cell: Cell, heading: Heading) -> bool:
    """Whether no space follows its marks: then it shows as text, and other advice is due."""
    return heading.mark is not None and not cell.source[heading.mark.end].isspace()


def _raised(headings: Sequence[tuple[Cell, Heading]], by: int) -> Fix | None:
    """The fix that moves the first heading, its siblings and all below them up some levels."""
    edits = []
    for cell, heading in headings:
        if heading.level < headings[0][1].level:
            break
        if heading.mark is None:
            return None
        edits.append(SourceEdit(cell.index, heading.mark, "#" * (heading.level - by)))
    return Fix("Raise the heading and its section", tuple(edits))
