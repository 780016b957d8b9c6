"""Imports that stand in the middle of a notebook."""

import ast
import re
import sys
from collections.abc import Iterator
from itertools import takewhile

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    MarkdownCell,
    Notebook,
    Safety,
    Severity,
    SourceEdit,
    Span,
    imports_of,
    installs,
    own_lines,
    preamble,
    rule,
    shortened,
)

Import = ast.Import | ast.ImportFrom
# What makes modules, or changes where they are looked for.
_MAKING = re.compile(r"sys\.path|git clone|%%writefile|chdir|^\s*%cd\b|%run\b|\bunzip\b", re.M)


@rule(
    "NB904",
    Notebook,
    mentions=("import",),
    severity=Severity.INFO,
    default="off",
    fix=Safety.UNSAFE,
)
def late_import(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """An import below the first cells of imports, installs and settings."""
    home, below = preamble(notebook)
    late = [
        (cell, node)
        for cell in below
        for node in imports_of(cell)
        if not (_has_reason(node, cell, notebook) or _is_introduced(node, cell, notebook))
    ]
    if home is None or not late:
        return
    fix = _fix(home, late, context)
    for cell, node in late:
        module = shortened(_module(node), 40)
        message = f"`{module}` is imported in cell {cell.index + 1}; move it to the import cell"
        place = context.at(cell, node)
        yield context.finding(place, message, fix, related=[(home, "the import cell")])
        fix = None  # the first one moves them all


def _module(node: Import) -> str:
    return getattr(node, "module", node.names[0].name) or ""


def _has_reason(node: Import, cell: CodeCell, notebook: Notebook) -> bool:
    """Whether an import needs what stands beside it, or a module that the notebook makes."""
    above = [other for other in notebook.code_cells if other.index <= cell.index]
    for other in above[-2:]:
        if _MAKING.search(other.source) or any(installs(other)) or "load_ext" in other.source:
            return True
    root = _module(node).partition(".")[0]
    if root in sys.stdlib_module_names:
        return False
    return not root or any(_MAKING.search(other.source) for other in above)


def _is_introduced(node: Import, cell: CodeCell, notebook: Notebook) -> bool:
    """Whether the text directly above is about what is imported."""
    words = {part for alias in node.names for part in alias.name.split(".")}
    words |= {*_module(node).split("."), *(alias.asname or "" for alias in node.names)} - {""}
    above = takewhile(
        lambda other: isinstance(other, MarkdownCell), reversed(notebook.cells[: cell.index])
    )
    text = "\n".join(other.source for other in above)
    return any(re.search(rf"(?i)(?<!\w){re.escape(word)}(?!\w)", text) for word in words)


def _fix(home: CodeCell, late: list[tuple[CodeCell, Import]], context: Context) -> Fix | None:
    """All late imports that may move, below the last one of the import cell."""
    known = {ast.dump(node) for node in imports_of(home)}
    lines: dict[str, None] = {}
    edits: list[SourceEdit] = []
    for cell, node in late:
        span = own_lines(node, cell)
        if span is not None and _means_the_same_everywhere(node, context):
            start = span.start
            if edits and (edits[-1].cell, edits[-1].span.end) == (cell.index, start):
                start = edits.pop().span.start
            edits.append(SourceEdit(cell.index, Span(start, span.end), ""))
            if ast.dump(node) not in known:
                lines[cell.source[slice(*span)].strip()] = None
    last = own_lines(imports_of(home)[-1], home)
    if not edits or last is None:
        return None
    if lines:
        # Where the import is the last line of its cell, that has no end yet.
        ended = home.source[: last.end].endswith("\n")
        text = "\n".join([*lines, ""] if ended else ["", *lines])
        edits.append(SourceEdit(home.index, Span(last.end, last.end), text))
    return Fix(f"Move the late imports to cell {home.index + 1}", tuple(edits), Safety.UNSAFE)


def _means_the_same_everywhere(node: Import, context: Context) -> bool:
    """Whether nothing else in the notebook binds the names of an import."""
    names = {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    bound = [other for other in context.notebook.as_read.bindings if other.name in names]
    values = {(other.name, other.value if other.kind == "import" else None) for other in bound}
    return len(values) == len(names) and all(value for _, value in values)
