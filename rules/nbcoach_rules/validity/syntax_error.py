"""Cells that Python cannot read."""

from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Severity, rule


@rule("NB004", CodeCell, severity=Severity.ERROR, default="on")
def syntax_error(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A cell that is not valid Python, so that it never runs."""
    code = cell.code
    if code is None or code.error is None or cell.raises or _is_python_2(context):
        return
    if any(not magic.works for magic in code.magics) or _has_run(cell):
        return
    detail = code.error.message[:40]
    message = f"Cell is not valid Python ({detail}); fix it or tag it `raises-exception`"
    yield context.finding(code.error.span, message)


def _is_python_2(context: Context) -> bool:
    info = context.notebook.metadata.get("language_info")
    kernel = context.notebook.metadata.get("kernelspec")
    version = str(info.get("version", "")) if isinstance(info, dict) else ""
    name = str(kernel.get("name", "")) if isinstance(kernel, dict) else ""
    return version.startswith("2") or name.startswith("python2")


def _has_run(cell: CodeCell) -> bool:
    """Whether saved results show that the cell's kernel could read it."""
    return any(output.kind == "execute_result" for output in cell.outputs)
