"""Results that hang on the order of a set of strings."""

import ast
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    Location,
    Notebook,
    Safety,
    SetOrder,
    Severity,
    SourceEdit,
    Span,
    rule,
    set_order,
)


@rule("NB321", Notebook, mentions=("set", "frozenset", "enumerate", "zip"), fix=Safety.UNSAFE)
def set_order_dependence(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Numbers, pairs or parts by the order of a set of strings, which a restart changes."""
    found: dict[ast.AST, list[tuple[SetOrder, Severity, Location]]] = {}
    for cell in notebook.code_cells:
        for node, ordered, severity in _ordered(cell):
            order = set_order(ordered, cell.index, notebook)
            if order is not None:
                use = order, severity, context.at(cell, node)
                found.setdefault(order.origin, []).append(use)
    for uses in found.values():
        first = uses[0][0]
        yield context.finding(
            context.at(notebook.cells[first.cell], first.node),
            "Set order changes at each kernel start; wrap it in `sorted()`",
            _fix([order for order, _, _ in uses], notebook),
            severity=max(severity for _, severity, _ in uses),
            related=[(place, "the order counts here") for _, _, place in uses],
        )


def _ordered(cell: CodeCell) -> Iterator[tuple[ast.AST, ast.expr, Severity]]:
    """What takes things in their order, these things, and how bad another order is."""
    if cell.code is None:
        return
    for call in cell.code.nodes(ast.Call):
        match call:
            case ast.Call(func=ast.Name(id="enumerate"), args=[ordered, *_]):
                if _keeps_numbers(call, cell):
                    yield call, ordered, Severity.ERROR
            case ast.Call(func=ast.Name(id="zip"), args=[ordered, other]):
                if _counts(other):
                    yield call, ordered, Severity.ERROR
            case ast.Call(func=ast.Attribute(value=ordered, attr="index"), args=[_]):
                yield call, ordered, Severity.ERROR
            case ast.Call(func=function, args=[ordered, *_]):
                if _last_part(function) == "train_test_split":
                    yield call, ordered, Severity.WARNING
    for item in cell.code.nodes(ast.Subscript):
        kept = isinstance(cell.code.parent(item), (ast.Assign, ast.For, ast.comprehension))
        if kept and isinstance(item.slice, ast.Slice) and isinstance(item.ctx, ast.Load):
            yield item, item.value, Severity.WARNING


def _counts(node: ast.AST) -> bool:
    """Whether an expression gives 0, 1, 2, …"""
    match node:
        case ast.Call(func=ast.Name(id="list"), args=[inner]):
            return _counts(inner)
        case ast.Call(func=function):
            return _last_part(function) in ("range", "count", "arange")
        case _:
            return False


def _keeps_numbers(call: ast.Call, cell: CodeCell) -> bool:
    """Whether the numbers that `enumerate` gives go into a mapping."""
    assert cell.code is not None
    around = list(cell.code.ancestors(call))[:3]
    match around:
        case [ast.comprehension(), ast.DictComp(), *_] | [ast.Call(func=ast.Name(id="dict")), *_]:
            return True
        case [ast.comprehension(), _, ast.Call(func=ast.Name(id="dict"))]:
            return True
        case [ast.For(target=ast.Tuple(elts=[ast.Name(id=number), _]), body=body), *_]:
            return any(_stores(statement, number) for statement in body)
        case _:
            return False


def _stores(statement: ast.stmt, number: str) -> bool:
    """Whether a statement is `mapping[…] = number` or `mapping[number] = …`."""
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Subscript):
        return number in (ast.unparse(statement.targets[0].slice), ast.unparse(statement.value))
    return False


def _last_part(function: ast.AST) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _fix(orders: list[SetOrder], notebook: Notebook) -> Fix:
    """`sorted` in the place of `list`, or around the set, wherever its order counts."""
    edits: dict[SourceEdit, None] = {}
    for order in orders:
        home = notebook.cells[order.cell]
        assert isinstance(home, CodeCell)
        assert home.code is not None
        start, end = home.code.span(order.node)
        if home.code.text.startswith("list(", start):
            edits[SourceEdit(home.index, Span(start, start + len("list")), "sorted")] = None
        else:
            start, end = home.code.span(order.set)
            edits[SourceEdit(home.index, Span(start, start), "sorted(")] = None
            edits[SourceEdit(home.index, Span(end, end), ")")] = None
    return Fix("Sort the set", tuple(edits), Safety.UNSAFE)
