"""The first cells of a notebook, which only prepare: imports, installs, settings and helpers."""

import ast
from itertools import takewhile
from typing import NamedTuple

from nbcoach.notebook import CodeCell, Notebook, Span

Import = ast.Import | ast.ImportFrom
_PREPARING = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.If, ast.Try, ast.Pass)


class Preamble(NamedTuple):
    """The last of the first cells with imports, None where nothing is imported, and the rest.

    `below` are all code cells that come after the preparing ones and are meant to run.
    """

    import_cell: CodeCell | None
    below: tuple[CodeCell, ...]


def preamble(notebook: Notebook) -> Preamble:
    """Where a notebook's preparations end.

    They go from the first cell with imports on as far as cells import or do nothing but prepare.
    """
    cells = [cell for cell in notebook.code_cells if not (cell.skipped or cell.raises)]
    first = next((place for place, cell in enumerate(cells) if imports_of(cell)), None)
    if first is None:
        return Preamble(None, ())
    end = first + 1 + sum(1 for _ in takewhile(_belongs, cells[first + 1 :]))
    last = max(place for place in range(first, end) if imports_of(cells[place]))
    return Preamble(cells[last], tuple(cells[end:]))


def imports_of(cell: CodeCell) -> list[Import]:
    """The imports that a cell surely makes, without those from `__future__`."""
    body = cell.code.tree.body if cell.code is not None and cell.code.tree is not None else []
    return [
        node
        for node in body
        if isinstance(node, ast.Import)
        or (isinstance(node, ast.ImportFrom) and node.module != "__future__")
    ]


def own_lines(node: ast.stmt, cell: CodeCell) -> Span | None:
    """The lines that a statement has for itself, with the end of the last; None if it shares."""
    if cell.code is None:
        return None
    span, source = cell.code.span(node), cell.source
    start = source.rfind("\n", 0, span.start) + 1
    end = source.find("\n", span.end) + 1 or len(source)
    rest = source[span.end : end].strip()
    alone = not source[start : span.start].strip() and (not rest or rest.startswith("#"))
    return Span(start, end) if alone else None


def _belongs(cell: CodeCell) -> bool:
    tree = cell.code.tree if cell.code is not None else None
    if tree is None or imports_of(cell):
        return tree is not None
    return all(
        isinstance(node, _PREPARING)
        or (isinstance(node, ast.Expr) and isinstance(node.value, (ast.Call, ast.Constant)))
        or (isinstance(node, ast.Assign) and not isinstance(node.value, ast.Call))
        for node in tree.body
    )
