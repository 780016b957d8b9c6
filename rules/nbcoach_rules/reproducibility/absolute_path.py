"""Paths that exist on one machine only."""

import ast
import re
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, Severity, rule

# A whole literal that is a path into somebody's home folder or onto a disk. The homes left out are
# those of images and platforms, where everyone has them.
_HOME = re.compile(
    r"""
    (?: /home/(?!(?:jovyan|jupyter|user)\b)[\w.-]+ | /Users/(?!Shared\b)[\w. -]+
      | [A-Za-z]:[\\/]+(?:Users|Documents)[\\/]+[\w. -]+
      | /Volumes/[\w. -]+ )
    [\\/]
    [^\n*?"<>|{}]+ \Z
    """,
    re.VERBOSE,
)
_ROOTS = ("/home/", "/Users/", ":\\", ":/", "/Volumes/")
# What never opens the path it is given.
_TEXT_CALLS = {"print", "compile", "match", "sub", "search", "findall", "replace", "split", "route"}


_FIX = Fix(
    'Write `DATA = Path("data")` into the first cell, and here `DATA / "file.csv"`',
    safety=Safety.MANUAL,
)


@rule(
    "NB341",
    ast.Constant,
    mentions=_ROOTS,
    severity=Severity.WARNING,
    default="on",
    fix=Safety.MANUAL,
)
def absolute_path(constant: ast.Constant, context: Context) -> Iterator[Finding]:
    """A literal path into somebody's home folder."""
    text, cell = constant.value, context.cell
    if not isinstance(text, str) or not _HOME.match(text) or not isinstance(cell, CodeCell):
        return
    if _is_only_text(constant, cell) or _is_tried(constant, cell):
        return
    if "@param" in cell.source.split("\n")[constant.lineno - 1]:  # a form's field
        return
    shown = text if len(text) <= 34 else f"{text[:31]}…"
    message = f"`{shown}` exists on one machine only; use a relative path or a parameter"
    yield context.finding(constant, message, _FIX)


def _is_only_text(constant: ast.Constant, cell: CodeCell) -> bool:
    """Whether the literal is prose, part of an f-string, or handed to what only reads text."""
    parent = cell.code.parent(constant) if cell.code else None
    if isinstance(parent, (ast.Expr, ast.JoinedStr, ast.Compare)):
        return True
    if isinstance(parent, ast.Call):
        function = parent.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        return name in _TEXT_CALLS
    return False


def _is_tried(constant: ast.Constant, cell: CodeCell) -> bool:
    """Whether the literal is one of several that a loop tries."""
    for outer in cell.code.ancestors(constant) if cell.code else ():
        if not isinstance(outer, (ast.Call, ast.List, ast.Tuple)):
            return isinstance(outer, (ast.For, ast.comprehension))
    return False
