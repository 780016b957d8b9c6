"""Names that nothing in the notebook defines."""

import ast
import builtins
import keyword
import re
import sys
from collections.abc import Iterator
from pathlib import PurePath

from nbcoach.api import (
    Cell,
    CodeCell,
    Context,
    Finding,
    Fix,
    Notebook,
    Safety,
    Severity,
    meant,
    rule,
    shortened,
)

# Names of notebooks that are handed out for others to complete.
_HANDED_OUT = re.compile(r"starter|unsolved|exercise|(?:^|[-_ ])(?:empty|not[-_ ]?filled)\b", re.I)
_PLACEHOLDER = re.compile("[xX]{2,}")

# What everyone calls them.
_IMPORTS = {
    "Path": "from pathlib import Path",
    "nn": "from torch import nn",
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "px": "import plotly.express as px",
    "sns": "import seaborn as sns",
    "tf": "import tensorflow as tf",
    "tqdm": "from tqdm.auto import tqdm",
    "xr": "import xarray as xr",
}
_MODULES = sys.stdlib_module_names | {"matplotlib", "numpy", "pandas", "scipy", "sklearn", "torch"}


@rule("NB202", Notebook, severity=Severity.ERROR, default="on", fix=Safety.MANUAL)
def undefined_name(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A name that no cell defines, though it may have existed in the author's kernel."""
    if _HANDED_OUT.search(PurePath(notebook.path).stem):
        return
    for claim in notebook.as_read.undefined:
        name = claim.use.name
        if claim.kind != "never" or name == "__file__" or _PLACEHOLDER.fullmatch(name):
            continue
        if claim.certain and _ran_well(notebook.cells[claim.use.at]):
            message = (
                f"`{name}` existed when this cell ran, but no cell defines it; restore its cell"
            )
        else:
            message = f"`{name}` is never defined in this notebook; restore its cell or import it"
        how = _how(name, claim.use.node, notebook.cells[claim.use.cell], notebook)
        yield context.finding(context.place(claim.use), message, Fix(how, safety=Safety.MANUAL))


def _how(name: str, node: ast.AST, cell: Cell, notebook: Notebook) -> str:
    """What to do about a name: what was surely meant, else where to look."""
    code = cell.code if isinstance(cell, CodeCell) else None
    around = (node, *code.ancestors(node)) if code is not None else (node,)
    if len(around) > 1 and isinstance(around[1], ast.Attribute):
        statement = _IMPORTS.get(name, f"import {name}" if name in _MODULES else "")
        if statement:
            return f"Write `{statement}` into the first code cell"
    near = meant(name, _known(around, notebook))
    if near:
        return f"Write `{shortened(near, 32)}`, if that is the name that was meant"
    return f"Look for its cell in older versions of the file: `git log -p -S{shortened(name, 16)}`"


def _known(around: tuple[ast.AST, ...], notebook: Notebook) -> set[str]:
    """The names that a node could stand for, those of the functions around it among them."""
    known = {binding.name for binding in notebook.as_read.bindings}
    known.update(keyword.kwlist, dir(builtins))
    for outer in around:
        if isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            for part in ast.walk(outer):
                if isinstance(part, ast.arg):
                    known.add(part.arg)
                elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                    known.add(part.id)
    return known


def _ran_well(cell: Cell) -> bool:
    """Whether a saved count, and no saved error, shows that the kernel had all names."""
    if not isinstance(cell, CodeCell) or cell.execution_count is None:
        return False
    return not any(output.kind == "error" for output in cell.outputs)
