"""Cells that do too much at once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from nbcoach.api import CodeCell, Confidence, Context, Finding, Fix, Safety, Severity, rule

_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_LITERALS = (ast.List, ast.Dict, ast.Set, ast.Tuple, ast.Constant, ast.JoinedStr)


@dataclass(frozen=True)
class Options:
    """`limit`: how many lines of code a cell may have, not counting blank lines, comments and
    docstrings. `single_statements`: whether a cell counts that is one class, one function or one
    literal and nothing else.
    """

    limit: int = 45
    single_statements: bool = True


@rule(
    "NB901",
    CodeCell,
    severity=Severity.INFO,
    confidence=Confidence.CERTAIN,
    default="off",
    fix=Safety.MANUAL,
    options=Options(),
)
def long_cell(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A cell with more lines of code than the limit."""
    options = context.options(Options)
    code = cell.code
    if cell.source.count("\n") < options.limit or code is None or code.tree is None:
        return
    body = code.tree.body
    lines = _code_lines(cell)
    count = len(lines)
    if count <= options.limit or (not options.single_statements and _is_single(body)):
        return
    defined = sum(len(lines & _lines(node)) for node in body if isinstance(node, _DEFINITIONS))
    step = (
        "Move the functions and classes into a module beside the notebook and import them"
        if 2 * defined > count
        else "Split the cell where a step ends, and say in Markdown what the next one does"
    )
    message = f"Cell has {count} lines (limit {options.limit}); split it or move code to a module"
    yield context.finding(cell, message, Fix(step, safety=Safety.MANUAL))


def _code_lines(cell: CodeCell) -> set[int]:
    """The numbers, from 1, of the lines that hold code."""
    code = cell.code
    if code is None:
        return set()
    lines = {number for number, line in enumerate(cell.source.split("\n"), 1) if line.strip()}
    lines -= {comment.line + 1 for comment in code.comments if comment.alone_on_line}
    definitions: list[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef] = [
        *code.nodes(ast.ClassDef),
        *code.nodes(ast.FunctionDef),
        *code.nodes(ast.AsyncFunctionDef),
    ]
    for first in (definition.body[0] for definition in definitions):
        if isinstance(first, ast.Expr) and _is_text(first.value):
            lines -= _lines(first)
    return lines


def _lines(node: ast.stmt) -> set[int]:
    start = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", ()))])
    return set(range(start, (node.end_lineno or start) + 1))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_single(body: list[ast.stmt]) -> bool:
    if len(body) != 1:
        return False
    only = body[0]
    if isinstance(only, (ast.Assign, ast.AnnAssign, ast.Expr)):
        return isinstance(only.value, _LITERALS)
    return isinstance(only, _DEFINITIONS)
