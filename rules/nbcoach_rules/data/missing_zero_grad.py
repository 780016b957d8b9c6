"""Training loops that never clear their gradients."""

import ast
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, Severity, rule

# Whoever writes one of these clears gradients somehow, or leaves it to a library.
_CLEARING = ("zero_grad", ".grad", "Trainer", "accelerator", "closure")


@rule("NB822", ast.For, mentions=("backward",), severity=Severity.ERROR, fix=Safety.MANUAL)
def missing_zero_grad(loop: ast.For, context: Context) -> Iterator[Finding]:
    """A training loop in which the gradients of all steps add up."""
    cell, notebook = context.cell, context.notebook
    if not isinstance(cell, CodeCell) or cell.code is None:
        return
    if any(isinstance(around, (ast.For, ast.While)) for around in cell.code.ancestors(loop)):
        return
    if any(word in notebook.code_text for word in _CLEARING):
        return
    calls = [node for node in ast.walk(loop) if isinstance(node, ast.Call)]
    backward = next((call for call in calls if _method(call) == "backward"), None)
    steps = [call for call in calls if _method(call) == "step" and not call.args]
    for step in steps:
        name = _optimizer(step, context)
        if backward is not None and name:
            message = f"Gradients of `{name}` pile up; call `{name}.zero_grad()` in the loop"
            how = "Put it on a line of its own above this one, so that each step starts from zero"
            related = [(step, "the step is made here")]
            yield context.finding(
                backward, message, Fix(how, safety=Safety.MANUAL), related=related
            )
            return


def _method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _optimizer(step: ast.Call, context: Context) -> str:
    """The name of the torch optimizer that makes a step, empty for anything else."""
    owner = step.func.value if isinstance(step.func, ast.Attribute) else None
    use = context.notebook.as_read.use_of(owner) if isinstance(owner, ast.Name) else None
    if use is None or len(use.bindings) != 1:
        return ""
    value = use.bindings[0].value
    made = context.qualified_name(value.func) if isinstance(value, ast.Call) else None
    return use.name if made is not None and made.startswith("torch.optim.") else ""
