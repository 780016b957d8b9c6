"""Splits that come out differently each time."""

import ast
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Draw,
    Finding,
    Fix,
    Notebook,
    Safety,
    Severity,
    SourceEdit,
    argument_added,
    rule,
)

_LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@rule(
    "NB311",
    Notebook,
    mentions=(
        "GroupKFold",
        "GroupShuffleSplit",
        "KFold",
        "RepeatedKFold",
        "RepeatedStratifiedKFold",
        "ShuffleSplit",
        "StratifiedGroupKFold",
        "StratifiedKFold",
        "StratifiedShuffleSplit",
        "random_split",
        "train_test_split",
    ),
    default="on",
    fix=Safety.UNSAFE,
)
def unseeded_split(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A random split of the data into parts that are others in every run."""
    for draw in notebook.randomness.draws:
        cell = notebook.cells[draw.cell]
        if not draw.splits or not isinstance(cell, CodeCell) or cell.code is None:
            continue
        called = draw.name.rpartition(".")[2]
        message, severity = f"`{called}` splits differently on every run", Severity.WARNING
        if notebook.randomness.seeded_before(draw.family, draw.node):
            if notebook.randomness.seeded_afresh(draw):
                continue
            message, severity = f"`{called}` depends on all draws since the seed", Severity.INFO
        repeated = any(isinstance(around, _LOOPS) for around in cell.code.ancestors(draw.node))
        yield context.finding(
            context.at(cell, draw.node),
            f"{message}; pass `{draw.argument}`",
            None if repeated else _fix(draw, cell, notebook),
            severity=severity,
        )


def _fix(draw: Draw, cell: CodeCell, notebook: Notebook) -> Fix | None:
    """Give the call its argument, with a constant that is named like a seed if there is one."""
    assert cell.code is not None
    constant = notebook.randomness.constant_above(draw.cell, draw.node)
    value = constant or "42"
    title = f"Pass `{constant}`" if constant else "Pass 42, or the seed that you prefer"
    if draw.argument == "generator":
        torch = notebook.as_read.name_of_module("torch")
        if torch is None:
            return None
        value = f"{torch}.Generator().manual_seed({value})"
    for word in draw.node.keywords:
        if word.arg == draw.argument:
            edit = SourceEdit(cell.index, cell.code.span(word.value), value)
            return Fix(title, (edit,), Safety.UNSAFE)
    added = argument_added(cell.code, draw.node, f"{draw.argument}={value}")
    return Fix(title, (SourceEdit(cell.index, *added),), Safety.UNSAFE)
