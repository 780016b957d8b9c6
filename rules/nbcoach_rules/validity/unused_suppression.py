"""Suppressions that nothing needs any more."""

from collections.abc import Iterator

from nbcoach.api import (
    REMOVED,
    Cell,
    Confidence,
    Context,
    Edit,
    FieldEdit,
    Finding,
    Fix,
    Safety,
    SourceEdit,
    Span,
    UnusedSuppression,
    rule,
    shortened,
)


@rule(
    "NB011",
    UnusedSuppression,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.SAFE,
)
def unused_suppression(unused: UnusedSuppression, context: Context) -> Iterator[Finding]:
    """A suppression that silences nothing."""
    codes = ", ".join(f"`{shortened(code, 15)}`" for code in unused.codes[:2]) or "everything"
    more = f" and {len(unused.codes) - 2} more" if unused.codes[2:] else ""
    fix = Fix("Remove the suppression", (_removal(unused, context),), Safety.SAFE)
    message = f"Suppression of {codes}{more} silences nothing; remove it"
    yield context.finding(unused.suppression.location, message, fix)


def _removal(unused: UnusedSuppression, context: Context) -> Edit:
    suppression = unused.suppression
    kept = [code for code in suppression.codes if code not in unused.codes]
    cell = None if suppression.cell is None else context.notebook.cells[suppression.cell]
    place = ("cells", cell.index, "metadata") if cell else ("metadata",)
    if suppression.form == "metadata":
        return FieldEdit((*place, "nbcoach", "ignore"), kept or REMOVED)
    assert cell is not None  # only metadata can be about a whole notebook
    if suppression.form == "tag":
        gone = "-".join(("nbcoach-ignore", *suppression.codes))
        return FieldEdit((*place, "tags"), [tag for tag in cell.tags if tag != gone] or REMOVED)
    if unused.removal is not None and not kept:
        return SourceEdit(cell.index, unused.removal, "")
    return _shortened(cell, suppression.location.span or Span(0, 0), kept)


def _shortened(cell: Cell, span: Span, kept: list[str]) -> SourceEdit:
    """The edit that leaves only some codes between a comment's brackets."""
    start = cell.source.index("[", span.start) + 1
    return SourceEdit(cell.index, Span(start, cell.source.index("]", start)), ", ".join(kept))
