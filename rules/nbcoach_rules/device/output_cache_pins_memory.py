"""Models that the kernel's outputs keep alive."""

import ast
import re
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    Location,
    Safety,
    Severity,
    SourceEdit,
    Span,
    rule,
)

# What a module returns itself from.
_SELF = frozenset(
    """
    apply bfloat16 cpu cuda double eval float half requires_grad_ share_memory to train type
    """.split()
)
_MODELS = ("torch.nn.Module", "diffusers.DiffusionPipeline")
_FREEING = re.compile(r"\b(?:empty_cache|gc\.collect|ipc_collect)\(")
# What makes the kernel forget its outputs, or shows that the author knows of them.
_FORGETTING = re.compile(r"%(?:reset|xdel)\b|cache_size|displayhook|\bOut\b|\b_oh\b")


@rule(
    "NB432",
    CodeCell,
    mentions=("torch", "transformers", "diffusers"),
    severity=Severity.WARNING,
    default="on",
    fix=Safety.UNSAFE,
)
def output_cache_pins_memory(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A model or tensor that is shown as a result, and therefore outlives its deletion."""
    shown, text = _shown(cell), context.notebook.code_text
    name = shown.value if shown is not None else None
    while isinstance(name, ast.Call) and isinstance(name.func, ast.Attribute):
        is_own = f"def {name.func.attr}(" in text
        name = name.func.value if name.func.attr in _SELF and not is_own else None
    if shown is None or not isinstance(name, ast.Name):
        return
    if not _is_large(shown.value, name, context) or _FORGETTING.search(text):
        return
    freed, span = _freed(name.id, cell, context), context.locate(shown).span
    if freed is not None and span is not None:
        way, place = freed
        where = f"{way} in cell {(place.cell or 0) + 1}"
        message = f"`Out` keeps `{name.id}`, so {where} frees nothing; end with `;`"
        edit = SourceEdit(cell.index, Span(span.end, span.end), ";")
        fix = Fix("End with `;`", (edit,), Safety.UNSAFE)
        yield context.finding(shown, message, fix, related=[(place, "it is to be freed here")])


def _shown(cell: CodeCell) -> ast.Expr | None:
    """The last statement of a cell, if its value is shown and kept."""
    code = cell.code
    if cell.skipped or code is None or code.tree is None or not code.tree.body:
        return None
    last = code.tree.body[-1]
    if not isinstance(last, ast.Expr) or cell.source.lstrip().startswith("%%"):
        return None
    rest = code.text[code.span(last).end :].lstrip()
    return None if rest.startswith(";") else last


def _is_large(shown: ast.expr, name: ast.Name, context: Context) -> bool:
    """Whether something on a device is shown, or a model where somebody cares for the memory."""
    notebook = context.notebook
    kind = notebook.values.type_of(name)
    if kind not in ("torch.Tensor", *_MODELS) or (kind == "torch.Tensor" and shown is not name):
        return False  # the method of a tensor gives another tensor
    caring = kind in _MODELS and _FREEING.search(notebook.code_text) is not None
    return caring or notebook.placement.of(shown) == "dev"


def _freed(name: str, cell: CodeCell, context: Context) -> tuple[str, Location] | None:
    """How and where a later cell lets go of what the name holds, in order to free its memory."""
    semantics, cells = context.notebook.as_read, context.notebook.cells
    gone = [each for each in semantics.deletions if each.name == name and each.node]
    bound = [each for each in semantics.bindings if each.name == name]
    events: list[tuple[Location, object]] = [(context.place(each), "del") for each in gone]
    events += [(context.place(each), each.value) for each in bound]
    for place, value in sorted(events, key=lambda event: (event[0].cell, event[0].span or ())):
        if place.cell is None or place.cell <= cell.index:
            continue
        match value:
            case "del":
                return "the `del`", place
            case ast.Constant(value=None):
                return "the `None`", place
            case ast.expr() if any(_is(node, name) for node in ast.walk(value)):
                continue  # such as `model = model.eval()`
            case ast.expr():
                between = cells[cell.index + 1 : place.cell + 1]
                freeing = any(_FREEING.search(other.source) for other in between)
                return ("its new value", place) if freeing else None
        return None
    return None


def _is(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
