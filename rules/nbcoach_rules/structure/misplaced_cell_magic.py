"""Cell magics below a cell's first line."""

from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, Severity, SourceEdit, Span, rule


@rule("NB915", CodeCell, severity=Severity.ERROR, default="on", fix=Safety.UNSAFE)
def misplaced_cell_magic(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A cell magic that is not on the first line, where IPython does not know it."""
    if cell.code is None or cell.raises:
        return
    for magic in cell.code.magics:
        if magic.kind == "misplaced-cell" and not _is_below_form(cell.source[: magic.span.start]):
            message = f"`%%{magic.name}` must be the first line; move it up or split the cell"
            fix = _to_the_top(cell, magic.span)
            yield context.finding(magic.span, message, fix)
            return


def _is_below_form(above: str) -> bool:
    """Whether only Colab's form comments stand above, which Colab takes away."""
    lines = [line for line in above.splitlines() if line.strip()]
    return bool(lines) and all(line.startswith(("#@", "# @")) for line in lines)


def _to_the_top(cell: CodeCell, span: Span) -> Fix | None:
    """The line moved above, where nothing but comments and blank lines precede it."""
    above = cell.source[: span.start]
    if any(line.strip() and not line.lstrip().startswith("#") for line in above.splitlines()):
        return None
    line = cell.source[span.start : span.end]
    rest = cell.source[span.end :].removeprefix("\n")
    edit = SourceEdit(cell.index, Span(0, len(cell.source)), f"{line}\n{above}{rest}")
    return Fix("Move the magic to the top", (edit,), Safety.UNSAFE)
