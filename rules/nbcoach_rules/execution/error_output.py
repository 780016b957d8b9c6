"""Errors among the saved outputs."""

import re
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Confidence,
    Context,
    FieldEdit,
    Finding,
    Fix,
    MarkdownCell,
    Output,
    Safety,
    Severity,
    rule,
    shortened,
)

_ANNOUNCED = re.compile(
    r"""
    \b(?:rais|throw|fail|crash|break|broke|complain|forbid|refus)\w* | exception | traceback
    | \b[A-Z]\w+Error\b | \b(?:an?|this|following|see|get)\ (?:\w+\ )?error\b
    | \bnot\ (?:\w+\ )?(?:work|possible|allowed|(?:well-)?defined|valid) | illegal | invalid
    | \bwrong | \bcan(?:not|'t) | \bwon't | \bdoesn't
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CAUSES = (
    ("out of memory", "NB431"),
    ("to be on the same device", "NB422"),
    ("convert cuda", "NB424"),
)


@rule("NB110", CodeCell, confidence=Confidence.CERTAIN, default="on", fix=Safety.UNSAFE)
def error_output(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A cell that was saved with the error it raised."""
    errors = [output for output in cell.outputs if output.kind == "error"]
    if not errors or cell.raises or cell.awaits_code or _announced(cell, context):
        return
    error = errors[-1]
    remedy = f"fix the cell{_cause(error)} or tag it `raises-exception`"
    if error.name == "KeyboardInterrupt":
        remedy = "run the cell to its end"
    yield context.finding(
        cell,
        f"Saved output is {_name(error)}; {remedy}",
        Fix(
            "Clear the cell's outputs",
            (FieldEdit(("cells", cell.index, "outputs"), []),),
            Safety.UNSAFE,
        ),
        severity=Severity.INFO if _is_settled(cell, error, context) else None,
    )


def _announced(cell: CodeCell, context: Context) -> bool:
    """Whether the prose above, or a comment in the cell, says that it goes wrong."""
    above = context.notebook.cells[cell.index - 1] if cell.index else None
    if isinstance(above, MarkdownCell) and _ANNOUNCED.search(above.source):
        return True
    comments = cell.code.comments if cell.code is not None else ()
    return any(_ANNOUNCED.search(comment.text) for comment in comments)


def _name(error: Output) -> str:
    return f"`{shortened(error.name, 26)}`" if error.name else "an error"


def _cause(error: Output) -> str:
    """The rule that finds the usual cause, for messages that tell it."""
    for message, code in _CAUSES:
        if message in error.text:
            return f" (see {code})"
    return ""


def _is_settled(cell: CodeCell, error: Output, context: Context) -> bool:
    """Whether the author stopped the last cell, or ran a repaired copy of this one below it."""
    below = [other for other in context.notebook.code_cells if other.index > cell.index]
    if not below:
        return error.name == "KeyboardInterrupt"
    repaired = below[0]
    if repaired.execution_count is None or any(o.kind == "error" for o in repaired.outputs):
        return False
    lines = {line.strip() for line in cell.source.splitlines()} - {""}
    kept = lines & {line.strip() for line in repaired.source.splitlines()}
    return len(lines) > 1 and 2 * len(kept) > len(lines)
