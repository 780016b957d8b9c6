"""Secrets printed into outputs."""

from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    FieldEdit,
    Finding,
    Fix,
    Output,
    Safety,
    Severity,
    find_secrets,
    rule,
)


@rule("NB702", Output, severity=Severity.ERROR, default="on", fix=Safety.UNSAFE)
def secret_in_output(output: Output, context: Context) -> Iterator[Finding]:
    """A key, token or password in a saved output."""
    cell = context.cell
    if not isinstance(cell, CodeCell):
        return
    html = output.data.get("text/html", "")
    texts = [output.text, "".join(html) if isinstance(html, list) else html]
    kinds = [s.kind for text in texts if isinstance(text, str) for s in find_secrets(text)]
    if kinds:
        edit = FieldEdit(("cells", cell.index, "outputs"), [])
        fix = Fix("Clear the outputs of the cell", (edit,), Safety.UNSAFE)
        message = f"Output shows a {kinds[0]}; revoke it and clear the output"
        yield context.finding(cell, message, fix)
