"""Command-line arguments read where there is no command line."""

import ast
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    Safety,
    Severity,
    SourceEdit,
    Span,
    rule,
)


@rule(
    "NB244",
    ast.Call,
    ast.Subscript,
    mentions=("parse_args", "sys.argv"),
    severity=Severity.ERROR,
    default="on",
    fix=Safety.UNSAFE,
)
def argv_in_notebook(node: ast.Call | ast.Subscript, context: Context) -> Iterator[Finding]:
    """Command-line arguments, which in a notebook are those of the kernel."""
    cell, notebook = context.cell, context.notebook
    if not isinstance(cell, CodeCell) or not notebook.path.endswith(".ipynb"):
        return
    if isinstance(node, ast.Call):
        if _parses_command_line(node, cell, context) and not _is_considered(node, cell, context):
            end = cell.code.span(node).end if cell.code else 0
            edit = SourceEdit(cell.index, Span(end - 1, end - 1), "[]")
            fix = Fix("Parse an empty list instead", (edit,), Safety.UNSAFE)
            message = "`parse_args()` reads the kernel's own arguments; pass a list"
            yield context.finding(node, message, fix)
    elif _is_argument(node, context) and not _is_considered(node, cell, context):
        message = f"`{ast.unparse(node)}` is an argument of the kernel; use a variable"
        yield context.finding(node, message)


def _is_considered(node: ast.AST, cell: CodeCell, context: Context) -> bool:
    """Whether the author thought of the kernel's arguments."""
    return _handles_arguments(context.notebook.code_text) or _is_guarded(node, cell)


def _handles_arguments(text: str) -> bool:
    """Whether the notebook sets `sys.argv`, or takes the kernel's own option `-f`."""
    compact = text.replace(" ", "").replace("'", '"')
    return "sys.argv=" in compact or 'add_argument("-f"' in compact


def _is_guarded(node: ast.AST, cell: CodeCell) -> bool:
    around = cell.code.ancestors(node) if cell.code else ()
    return any(
        isinstance(parent, ast.Try)
        or (isinstance(parent, ast.If) and "__name__" not in ast.unparse(parent.test))
        for parent in around
    )


def _parses_command_line(node: ast.Call, cell: CodeCell, context: Context) -> bool:
    function = node.func
    if not isinstance(function, ast.Attribute) or function.attr != "parse_args":
        return False
    if node.args or node.keywords:
        return False
    if not isinstance(function.value, ast.Name):
        return _is_reached_parser(function.value, context)
    use = context.notebook.as_read.use_of(function.value)
    if use is not None:
        values = [binding.value for binding in use.bindings]
        return not use.later and len(values) == 1 and _is_reached_parser(values[0], context)
    return any(
        _is_reached_parser(assignment.value, context)
        for assignment in (cell.code.nodes(ast.Assign) if cell.code else [])
        for target in assignment.targets
        if isinstance(target, ast.Name) and target.id == function.value.id
    )


def _is_reached_parser(value: object, context: Context) -> bool:
    """Whether a value is an argument parser that the notebook makes when it runs."""
    if not isinstance(value, ast.Call):
        return False
    made = context.qualified_name(value.func) == "argparse.ArgumentParser"
    return made and context.is_reached(value)


def _is_argument(node: ast.Subscript, context: Context) -> bool:
    if not isinstance(node.slice, ast.Constant) or not isinstance(node.ctx, ast.Load):
        return False
    if not isinstance(node.slice.value, int) or node.slice.value < 1:
        return False
    return context.qualified_name(node.value) == "sys.argv" and context.is_reached(node)
