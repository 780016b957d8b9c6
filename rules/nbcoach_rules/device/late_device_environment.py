"""Variables of the environment that nobody reads any more."""

import ast
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    LateSetting,
    Notebook,
    Safety,
    Severity,
    SourceEdit,
    Span,
    late_settings,
    rule,
)


@rule(
    "NB451",
    Notebook,
    mentions=(
        "CUDA_DEVICE_ORDER",
        "CUDA_VISIBLE_DEVICES",
        "JAX_ENABLE_X64",
        "JAX_NUM_CPU_DEVICES",
        "JAX_PLATFORMS",
        "JAX_PLATFORM_NAME",
        "KERAS_BACKEND",
        "PYTORCH_ENABLE_MPS_FALLBACK",
        "TF_CPP_MIN_LOG_LEVEL",
        "XLA_CLIENT_MEM_FRACTION",
        "XLA_FLAGS",
        "XLA_PYTHON_CLIENT_ALLOCATOR",
        "XLA_PYTHON_CLIENT_MEM_FRACTION",
        "XLA_PYTHON_CLIENT_PREALLOCATE",
    ),
    severity=Severity.ERROR,
    fix=Safety.UNSAFE,
)
def late_device_environment(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A variable for a device or framework, set after it was read for the last time."""
    for setting in late_settings(notebook):
        event = setting.event if " " in setting.event else f"{setting.event}()"
        message = f"`{setting.variable}` is set after `{event}` and has no effect; set it first"
        # Messages that nobody asked for do no harm.
        quiet = setting.variable == "TF_CPP_MIN_LOG_LEVEL"
        yield context.finding(
            context.at(setting.cell, setting.span),
            message,
            _fix(setting, context),
            severity=Severity.INFO if quiet else None,
            related=[(context.at(setting.event_cell, setting.event_node), "Read here")],
        )


def _fix(setting: LateSetting, context: Context) -> Fix | None:
    """Move the statement above the first import of the notebook."""
    cell, statement, first = setting.cell, setting.statement, _first_import(context.notebook)
    if statement is None or first is None or not _is_independent(statement):
        return None
    first_cell, start = first
    line = _whole_lines(cell.source, setting.span)
    if line is None or (first_cell is cell and line.start <= start):
        return None
    text = cell.source[setting.span.start : setting.span.end]
    edits = (
        SourceEdit(first_cell.index, Span(start, start), f"import os\n\n{text}\n"),
        SourceEdit(cell.index, line, ""),
    )
    return Fix("Set it above the first import", edits, Safety.UNSAFE)


def _first_import(notebook: Notebook) -> tuple[CodeCell, int] | None:
    """The first import at the left margin: its cell, and where it starts."""
    for cell in notebook.code_cells:
        for statement in cell.code.tree.body if cell.code and cell.code.tree else ():
            if isinstance(statement, (ast.Import, ast.ImportFrom)) and cell.code is not None:
                return cell, cell.code.span(statement).start
    return None


def _is_independent(statement: ast.stmt) -> bool:
    """Whether a statement needs no name but that of `os`."""
    names = [part.id for part in ast.walk(statement) if isinstance(part, ast.Name)]
    return statement.col_offset == 0 and names == ["os"]


def _whole_lines(source: str, span: Span) -> Span | None:
    """The lines of a statement with their end, unless something else stands there, too."""
    before, after = source[: span.start], source[span.end :]
    rest = after.partition("\n")[0]
    if rest.strip() or (before and not before.endswith("\n")):
        return None
    end = span.end + len(rest) + 1
    return Span(span.start, min(end, len(source)))
