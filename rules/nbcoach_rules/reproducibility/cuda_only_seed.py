"""Seeds for the GPU alone."""

import ast
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    Notebook,
    Safety,
    Seed,
    Severity,
    SourceEdit,
    Span,
    rule,
)

_ENDINGS = (".cuda.manual_seed_all", ".cuda.manual_seed")


@rule(
    "NB304",
    Notebook,
    mentions=("manual_seed", "manual_seed_all"),
    severity=Severity.ERROR,
    default="on",
    fix=Safety.UNSAFE,
)
def cuda_only_seed(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Seeds for the generators of the GPU, while PyTorch draws on the CPU as well."""
    randomness = notebook.randomness
    cuda = [seed for seed in randomness.seeds if seed.families == {"cuda"}]
    if not cuda or any("torch" in seed.families for seed in randomness.seeds):
        return
    if notebook.as_read.unknowns or all(draw.family != "torch" for draw in randomness.draws):
        return
    first = cuda[0]
    cell = notebook.cells[first.cell]
    assert isinstance(cell, CodeCell)
    value = "42" if first.argument is None else ast.unparse(first.argument)
    value = value if len(value) < 30 else "…"
    message = f"Only CUDA generators are seeded; add `torch.manual_seed({value})`"
    yield context.finding(context.at(cell, first.node), message, _fix(first, cell))


def _fix(seed: Seed, cell: CodeCell) -> Fix | None:
    """The same call without `.cuda`, above the statement and whatever condition it is under."""
    code = cell.code
    assert code is not None
    written = ast.unparse(seed.node.func)
    ending = next((ending for ending in _ENDINGS if written.endswith(ending)), None)
    if ending is None or not isinstance(seed.argument, (ast.Constant, ast.Name)):
        return None
    statement: ast.AST = seed.node
    for around in code.ancestors(seed.node):
        if isinstance(around, (ast.FunctionDef, ast.Module)):
            break
        statement = around
    start = code.span(statement).start
    margin = code.text[code.starts[code.position(start)[0]] : start]
    if margin.strip():
        return None
    call = f"{written.removesuffix(ending)}.manual_seed({ast.unparse(seed.argument)})"
    edit = SourceEdit(cell.index, Span(start, start), f"{call}\n{margin}")
    return Fix(f"Add `{call}`", (edit,), Safety.UNSAFE)
