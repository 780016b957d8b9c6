"""Cells that Python cannot read."""

import re
import sys
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Severity, rule, shortened

_CONFLICT = re.compile(r"^<{7} .*^>{7} ", re.MULTILINE | re.DOTALL)
_R_ASSIGNMENT = re.compile(r"^\s*[\w.$]+ *<- *[\w({]", re.MULTILINE)


@rule("NB004", CodeCell, severity=Severity.ERROR, default="on")
def syntax_error(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A cell that is not valid Python, so that it never runs."""
    code = cell.code
    if code is None or code.error is None or cell.raises or context.notebook.is_python_2:
        return
    if any(not magic.works for magic in code.magics) or cell.awaits_code or _has_run(cell):
        return
    line = cell.source[: code.error.span.end].rpartition("\n")[2]
    if _CONFLICT.search(cell.source):  # NB601 says so, and what to do
        return
    if _is_newer_python(code.error.message, line) or _is_r(context.notebook.code_text):
        return
    if _is_said_above(code.error.message, cell, context):
        return
    detail = shortened(code.error.message, 34)
    message = f"Cell is not valid Python ({detail}); fix it or tag it `raises-exception`"
    yield context.finding(code.error.span, message)


def _has_run(cell: CodeCell) -> bool:
    """Whether saved outputs show that the cell's kernel could read it."""
    return bool(cell.outputs) and all(output.kind != "error" for output in cell.outputs)


def _is_newer_python(detail: str, line: str) -> bool:
    """Whether a newer Python than the one that runs nbcoach may accept the cell (PEP 695, 701)."""
    newer = detail.startswith("f-string") or line.lstrip().startswith("type ")
    return newer and sys.version_info < (3, 12)


def _is_r(text: str) -> bool:
    """Whether a notebook that names no language is written in R."""
    return len(_R_ASSIGNMENT.findall(text)) > 2


def _is_said_above(detail: str, cell: CodeCell, context: Context) -> bool:
    """Whether this is one more print statement of Python 2."""
    return detail.startswith("Missing parentheses") and any(
        other.index < cell.index
        and other.code
        and other.code.error
        and other.code.error.message == detail
        for other in context.notebook.code_cells
    )
