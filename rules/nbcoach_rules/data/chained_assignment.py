"""Assignments to what was picked out of a data frame."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    Safety,
    Severity,
    SourceEdit,
    is_before,
    rule,
    shortened,
)

_BY = ("loc", "at", "iloc", "iat")
# Attributes that a part of a frame has for itself, whatever the columns are called.
_OWN = frozenset({"attrs", "columns", "flags", "index", "name"})


class _Chain(NamedTuple):
    """`frame[first][second]` and the indexers in use; `second` is a str if it is an attribute."""

    frame: ast.Name
    first: ast.expr
    by: str
    second: ast.expr | str
    then_by: str


@rule(
    "NB831",
    ast.Assign,
    ast.AugAssign,
    mentions=("pandas",),
    severity=Severity.ERROR,
    default="on",
    fix=Safety.UNSAFE,
)
def chained_assignment(node: ast.Assign | ast.AugAssign, context: Context) -> Iterator[Finding]:
    """An assignment in two steps, which changes a copy of a part of a data frame."""
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        chain = _chain(target)
        if chain is None or context.notebook.values.type_of(chain.frame) != "pandas.DataFrame":
            continue
        kind = _kind(chain.first, context)
        if isinstance(chain.second, str) and not chain.by and kind != "mask":
            continue  # an attribute of what may be a column
        shown = f"`{shortened(ast.unparse(target), 30)}`"
        fix = _fix(chain, kind, target, context)
        # Before pandas 3 a column or what a label gives could share the memory of the frame.
        old = kind != "mask" and is_before(context.notebook, "pandas", 3)
        says = "may change a copy, and will in pandas 3" if old else "changes a copy, not the frame"
        message = f"{shown} {says}; use `.loc[rows, column]`"
        severity = Severity.WARNING if old else Severity.ERROR
        yield context.finding(target, message, fix, severity=severity)


def _chain(target: ast.expr) -> _Chain | None:
    last = _step(target)
    first = _step(last[0]) if last else None
    if first is None or last is None:
        return None
    frame, index, by = first
    # Two at once may be a cell, and in it an object that can be changed.
    is_pair = by and isinstance(index, ast.Tuple)
    if is_pair or not isinstance(frame, ast.Name) or isinstance(index, str):
        return None
    return _Chain(frame, index, by, *last[1:])


def _step(node: ast.expr) -> tuple[ast.expr, ast.expr | str, str] | None:
    """What something is taken out of, which part, and the indexer that is used."""
    match node:
        case ast.Subscript(value=ast.Attribute(value=whole, attr=by), slice=index) if by in _BY:
            return whole, index, by
        case ast.Subscript(value=whole, slice=index):
            return whole, index, ""
        case ast.Attribute(value=whole, attr=name) if name not in _OWN:
            return whole, name, ""
    return None


def _kind(index: ast.expr | str, context: Context) -> str:
    """What an index surely is: "mask", "column", or empty."""
    if isinstance(index, ast.Compare):
        return "mask"
    kind = "str" if isinstance(index, str) else context.notebook.values.type_of(index)
    return {"pandas.Series": "mask", "str": "column"}.get(kind or "", "")


def _fix(chain: _Chain, kind: str, target: ast.expr, context: Context) -> Fix | None:
    """One step in place of two, where it is sure which picks the rows and which the column."""
    cell, first, second = context.cell, chain.first, chain.second
    if not isinstance(cell, CodeCell) or cell.code is None or isinstance(second, ast.Tuple):
        return None
    last = _kind(second, context)
    rows_first = chain.by == "loc" or (kind == "mask" and not chain.by)
    if rows_first:
        sure = last == "column" and not chain.then_by
    else:
        # Without an indexer a slice counts rows, with `.loc` it names them.
        slices = isinstance(second, ast.Slice)
        named = chain.then_by in (("loc", "at") if slices else ("loc", "at", ""))
        sure = named and not chain.by and kind == "column" and last != "column"
    if not sure:
        return None
    one, two = (
        f'"{part}"' if isinstance(part, str) else cell.source[slice(*cell.code.span(part))]
        for part in (first, second)
    )
    pair = f"{one}, {two}" if rows_first else f"{two}, {one}"
    written = f"{chain.frame.id}.{'at' if chain.then_by == 'at' else 'loc'}[{pair}]"
    edit = SourceEdit(cell.index, cell.code.span(target), written)
    return Fix(f"Write `{shortened(written, 40)}`", (edit,), Safety.UNSAFE)
