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
    default="on",
    fix=Safety.UNSAFE,
)
def late_device_environment(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A variable for a device or framework, set after it was read for the last time."""
    for setting in late_settings(notebook):
        event = setting.event if " " in setting.event else f"{setting.event}()"
        message = f"`{setting.variable}` has no effect after `{event}`; set it first"
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
    """Move the statement below `import os`, or above the first import of the notebook."""
    cell, statement = setting.cell, setting.statement
    line = _whole_lines(cell.source, setting.span)
    place = _place(setting, context.notebook)
    if statement is None or line is None or place is None or not _is_independent(statement):
        return None
    text = cell.source[setting.span.start : setting.span.end]
    target, offset, template = place
    edits = (
        SourceEdit(target.index, Span(offset, offset), template.format(text)),
        SourceEdit(cell.index, line, ""),
    )
    return Fix("Set it among the first imports", edits, Safety.UNSAFE)


def _place(setting: LateSetting, notebook: Notebook) -> tuple[CodeCell, int, str] | None:
    """Where to set a variable in time: the cell, the offset, and the text around the statement."""
    first: tuple[CodeCell, int, str] | None = None
    event = (setting.event_cell.index, getattr(setting.event_node, "lineno", 0))
    for cell, statement, span in _imports(notebook):
        if (cell.index, statement.lineno) > event:
            break
        first = first or (cell, span.start, "import os\n\n{}\n")
        alone = not cell.source[span.end :].partition("\n")[0].strip()
        if alone and any(alias.name == "os" and not alias.asname for alias in statement.names):
            return cell, span.end, "\n\n{}"
    return first


def _imports(notebook: Notebook) -> Iterator[tuple[CodeCell, ast.Import | ast.ImportFrom, Span]]:
    """The imports that stand for themselves, in the order of the file."""
    for cell in notebook.code_cells:
        code = cell.code
        for statement in code.tree.body if code is not None and code.tree is not None else ():
            if isinstance(statement, (ast.Import, ast.ImportFrom)) and code is not None:
                yield cell, statement, code.span(statement)


def _is_independent(statement: ast.stmt) -> bool:
    """Whether a statement needs no name but that of `os`."""
    names = [part.id for part in ast.walk(statement) if isinstance(part, ast.Name)]
    return statement.col_offset == 0 and names == ["os"]


def _whole_lines(source: str, span: Span) -> Span | None:
    """The lines of a statement with their end, unless something else stands there, too.

    At the end of a cell the blank lines above go with them.
    """
    before, after = source[: span.start], source[span.end :]
    rest = after.partition("\n")[0]
    if rest.strip() or (before and not before.endswith("\n")):
        return None
    end = min(span.end + len(rest) + 1, len(source))
    start = span.start if source[end:].strip() else len(before.rstrip())
    return Span(start, end)
