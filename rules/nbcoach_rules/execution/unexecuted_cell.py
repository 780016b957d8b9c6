"""Cells that were passed over while cells below them ran."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from nbcoach.api import (
    CodeCell,
    Confidence,
    Context,
    Finding,
    Fix,
    Notebook,
    Safety,
    rule,
    shortened,
)


@dataclass(frozen=True)
class Options:
    """`tail`: whether to `report` cells below the last executed one, too, or to `ignore` them."""

    tail: Literal["ignore", "report"] = "ignore"


# What sets the machine up, which may have been done before.
_INSTALLS = re.compile(r"\b(?:pip3?|conda|mamba|apt|apt-get|uv)\b[^\n]*\binstall\b")
_ESCAPES_ONLY = re.compile(r"(?:\s*(?:[!%#].*)?(?:\n|$))+")


_RUN = Fix("Kernel > Restart Kernel and Run All Cells, then save", safety=Safety.MANUAL)
_DECIDE = Fix(
    "If it is not meant to run, delete it or tag it `skip-execution`", safety=Safety.MANUAL
)


@rule(
    "NB105",
    Notebook,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.MANUAL,
    options=Options(),
)
def unexecuted_cell(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A cell without a count above cells that have one."""
    log = notebook.log
    if log.state != "logged":
        return
    blocks = list(_blocks(notebook))
    needs = _needs(notebook) if blocks else {}
    for block in blocks:
        below = next(cell for cell in log.executed if cell.index > block[0].index)
        needed = [cell for cell in block if cell.index in needs]
        although, fix = f"cell {below.index + 1} below has", _DECIDE
        if needed:
            reader, name = needs[needed[0].index]
            although, fix = f"cell {reader + 1} needs its `{shortened(name, 20)}`", _RUN
        yield _finding(needed[0] if needed else block[0], block, although, fix, context)
    tail = [cell for cell in log.tail if not _may_be_left_out(cell)]
    if tail and context.options(Options).tail == "report":
        yield _finding(tail[0], tail, "other cells have", _DECIDE, context)


def _blocks(notebook: Notebook) -> Iterator[list[CodeCell]]:
    """The cells that were passed over, those between the same executed cells together."""
    passed_over = {cell.index for cell in notebook.log.passed_over if not _may_be_left_out(cell)}
    block: list[CodeCell] = []
    for cell in notebook.code_cells:
        if cell.index in passed_over:
            block.append(cell)
        elif cell.index in notebook.log.counts and block:
            yield block
            block = []


def _needs(notebook: Notebook) -> dict[int, tuple[int, str]]:
    """For each cell without a count an executed one that uses a name which only that cell binds."""
    counts = notebook.log.counts
    needs: dict[int, tuple[int, str]] = {}
    if notebook.language == "python":
        for use in notebook.as_read.uses:
            cells = {binding.cell for binding in use.bindings}
            if use.at in counts and use.certain and len(cells) == 1:
                needs.setdefault(cells.pop(), (use.at, use.name))
    return needs


def _finding(
    cell: CodeCell, block: Sequence[CodeCell], although: str, fix: Fix, context: Context
) -> Finding:
    others = [other for other in block if other is not cell]
    like = f", nor have {len(others)} more" if others[1:] else ""
    return context.finding(
        cell,
        f"Cell {cell.index + 1} has no count{like}, although {although}; run all",
        fix,
        related=[(other, "this cell has no count, either") for other in others],
    )


def _may_be_left_out(cell: CodeCell) -> bool:
    """Whether the cell sets up the machine, waits for a student's code, or is a mere note."""
    source = cell.source
    if cell.awaits_code or "raise NotImplementedError" in source or _INSTALLS.search(source):
        return True
    if _ESCAPES_ONLY.fullmatch(source.replace("\\\n", " ")):
        return True
    if cell.code is None:
        return False
    tree = cell.code.tree
    return tree is None or all(
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        for statement in tree.body
    )
