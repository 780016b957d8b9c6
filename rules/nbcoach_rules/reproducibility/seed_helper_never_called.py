"""Functions for seeding that are only defined."""

import ast
import re
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    Notebook,
    Safety,
    Severity,
    SourceEdit,
    Span,
    rule,
)

_NAMED_FOR_SEEDING = re.compile(
    r"(?!.*worker).*(?:seed|determinis|reproduc|(?:set|fix|init)\w*_random)", re.IGNORECASE
)


@rule(
    "NB303",
    Notebook,
    mentions=("seed", "manual_seed", "set_seed", "set_random_seed", "seed_everything"),
    severity=Severity.ERROR,
    default="on",
    fix=Safety.UNSAFE,
)
def seed_helper_never_called(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A function that sets seeds and that nothing in the notebook calls."""
    randomness = notebook.randomness
    helpers = {seed.helper: seed.cell for seed in randomness.seeds if seed.helper is not None}
    if not helpers or not randomness.draws:
        return
    if any(cell.awaits_code for cell in notebook.code_cells):
        return
    for helper, index in helpers.items():
        cell = notebook.cells[index]
        assert isinstance(cell, CodeCell)
        if _NAMED_FOR_SEEDING.match(helper.name) and _mentions(helper.name, notebook) == 1:
            message = f"`{helper.name}()` sets the seeds but is never called; call it"
            yield context.finding(context.at(cell, helper), message, _fix(helper, cell, context))


def _mentions(name: str, notebook: Notebook) -> int:
    """How often a name occurs in the code, whatever it is there for; comments do not count."""
    count = 0
    word = re.compile(rf"(?<![.\w]){name}\b")
    for cell in notebook.code_cells:
        comments = cell.code.comments if cell.code is not None else ()
        count += len(word.findall(cell.source))
        count -= sum(len(word.findall(comment.text)) for comment in comments)
    return count


def _fix(helper: ast.FunctionDef, cell: CodeCell, context: Context) -> Fix | None:
    """A call behind the definition; what it must be given is taken to be the seed."""
    code, parameters = cell.code, helper.args
    assert code is not None
    needed = [*parameters.posonlyargs, *parameters.args]
    needed = needed[: len(needed) - len(parameters.defaults)]
    if len(needed) > 1 or None in parameters.kw_defaults or helper.decorator_list:
        return None
    if not isinstance(code.parent(helper), ast.Module):
        return None
    constant = context.notebook.randomness.constant_above(cell.index, helper)
    call = f"{helper.name}({(constant or '42') if needed else ''})"
    end = code.span(helper).end
    edit = SourceEdit(cell.index, Span(end, end), f"\n\n\n{call}")
    return Fix(f"Call `{call}`", (edit,), Safety.UNSAFE)
