"""Generators of NumPy that the seed does not reach."""

import ast
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, Seed, SourceEdit, Span, rule

_MAKERS = ("MT19937", "PCG64", "PCG64DXSM", "Philox", "RandomState", "SFC64", "default_rng")


@rule(
    "NB305",
    ast.Call,
    mentions=("MT19937", "PCG64", "PCG64DXSM", "Philox", "RandomState", "SFC64", "default_rng"),
    default="on",
    fix=Safety.UNSAFE,
)
def unseeded_generator(call: ast.Call, context: Context) -> Iterator[Finding]:
    """A generator of NumPy made without a seed, although the notebook sets one."""
    cell, notebook = context.cell, context.notebook
    if call.args or call.keywords or not isinstance(cell, CodeCell) or cell.code is None:
        return
    module, _, maker = (context.qualified_name(call.func) or "").rpartition(".")
    if module != "numpy.random" or maker not in _MAKERS or "entropy" in notebook.code_text:
        return
    seeds = notebook.randomness.seeds
    seed = next((seed for seed in seeds if "numpy" in seed.families), None)
    if seed is None:
        return
    value = _value(seed, call, context)
    end = cell.code.span(call).end - 1
    edit = SourceEdit(cell.index, Span(end, end), value)
    yield context.finding(
        call,
        f"`{maker}()` ignores `{ast.unparse(seed.node.func)}`; pass it the seed",
        Fix(f"Pass {value}", (edit,), Safety.UNSAFE),
        related=[(context.at(notebook.cells[seed.cell], seed.node), "the seed is set here")],
    )


def _value(seed: Seed, call: ast.Call, context: Context) -> str:
    """The seed that the notebook uses already, as it may be written here."""
    if isinstance(seed.argument, ast.Constant) and type(seed.argument.value) is int:
        return str(seed.argument.value)
    assert context.cell is not None
    return context.notebook.randomness.constant_above(context.cell.index, call) or "42"
