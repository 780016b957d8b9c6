"""Preparation that is learned anew from the test rows."""

import ast
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    Leak,
    Notebook,
    Safety,
    Severity,
    SourceEdit,
    Span,
    rule,
)

_LEARNING = ("fit", "fit_transform", "mean", "median", "std", "fit_predict", "scale")


@rule("NB802", Notebook, mentions=_LEARNING, severity=Severity.ERROR, fix=Safety.UNSAFE)
def fit_on_test_rows(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A transformation that is fitted to the test rows, after one was to the training rows."""
    text = notebook.code_text
    if "predict" not in text and "score" not in text and "evaluate" not in text:
        return
    said: set[ast.Call] = set()
    for leak in notebook.row_sets.fitted_on_test:
        reduction, before = leak.reduction, leak.before
        if reduction.node in said or before is None:
            continue
        said.add(reduction.node)
        fitted = context.at(notebook.cells[before.cell], before.node)
        yield context.finding(
            context.at(notebook.cells[reduction.cell], reduction.node),
            _message(leak),
            _fix(leak, notebook),
            related=[(fitted, "the training rows had their own here")],
        )


def _message(leak: Leak) -> str:
    name = leak.reduction.name
    if name.islower():
        return f"`{name}()` is taken of the test set; use that of the training set"
    call = leak.reduction.node.func
    method = call.attr if isinstance(call, ast.Attribute) else "fit"
    remedy = "predict" if method == "fit_predict" else "transform"
    return f"`{name}.{method}` learns from the test set; use `{remedy}`"


def _fix(leak: Leak, notebook: Notebook) -> Fix | None:
    """`transform` in place of `fit_transform`, where the same object was fitted before."""
    reduction, before = leak.reduction, leak.before
    cell, function = notebook.cells[reduction.cell], reduction.node.func
    code = cell.code if isinstance(cell, CodeCell) else None
    same = before is not None and before.owner == reduction.owner
    if code is None or not same or not isinstance(function, ast.Attribute):
        return None
    if function.attr != "fit_transform" or len(reduction.node.args) != 1 or reduction.node.keywords:
        return None
    end = code.span(function).end
    edit = SourceEdit(cell.index, Span(end - len("fit_transform"), end), "transform")
    return Fix("Use what was learned from the training rows", (edit,), Safety.UNSAFE)
