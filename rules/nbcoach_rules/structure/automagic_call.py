"""Magics called without their percent sign."""

from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, Severity, SourceEdit, Span, rule


@rule("NB914", CodeCell, severity=Severity.WARNING, default="on", fix=Safety.SAFE)
def automagic_call(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A line that only IPython's automagic understands, and only where nothing else stands."""
    if cell.code is None or cell.raises:
        return
    for magic in cell.code.magics:
        if magic.kind != "automagic":
            continue
        start = magic.span.start
        edit = SourceEdit(cell.index, Span(start, start), "%")
        fix = Fix(f"Write `%{magic.name}`", (edit,), Safety.SAFE)
        word = magic.name
        if magic.works:
            message = f"`{word}` works only as automagic; write `%{word}`"
            yield context.finding(magic.span, message, fix)
        else:
            message = f"`{word}` fails beside other lines, where automagic is off; write `%{word}`"
            yield context.finding(magic.span, message, fix, severity=Severity.ERROR)
