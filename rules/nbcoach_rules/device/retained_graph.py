"""Losses that are collected together with their graphs."""

import ast
import re
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    Safety,
    Severity,
    SourceEdit,
    Span,
    Values,
    backward_calls,
    is_same_value,
    rule,
    shortened,
    unscaled,
)

# What has a `backward` of its own that needs no argument, with other graphs.
_OTHERS = re.compile(
    r"\b(?:mxnet|paddle|tinygrad|jittor|mindspore)\b|def backward\(self\s*(?:\)|,[^)]*=)"
)
_NO_GRAPH = re.compile(r"no_grad|inference_mode|set_grad_enabled\(False")
# What keeps the very object that is stored in it; an array of numpy does not.
_STORES = ("dict", "list", "torch.Tensor", "collections.defaultdict", "collections.OrderedDict")


@rule(
    "NB431",
    CodeCell,
    mentions=("backward", "manual_backward"),
    severity=Severity.WARNING,
    default="on",
    fix=Safety.SAFE,
)
def retained_graph(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A loop that collects losses, and with each of them the graph it came from."""
    code, text, values = cell.code, context.notebook.code_text, context.notebook.values
    if code is None or "backward" not in code.text or "torch" not in text:
        return
    for backward in backward_calls(code):
        if backward.loop is None or backward.keeps_graph:
            continue
        if _OTHERS.search(text) and values.type_of(backward.loss) != "torch.Tensor":
            continue
        for added, holder in _collected(backward.loop, values):
            for kept in unscaled(added):
                same = is_same_value(code, kept, backward.loss)
                if same and _grows(holder, kept, backward.loop, cell):
                    yield _finding(kept, holder, cell, context)


def _finding(kept: ast.expr, holder: ast.expr, cell: CodeCell, context: Context) -> Finding:
    """The finding at a loss, which may be the same for several calls of `backward`."""
    span = context.locate(kept).span
    assert span is not None
    fix = Fix(
        "Add `.detach()`",
        (SourceEdit(cell.index, Span(span.end, span.end), ".detach()"),),
        Safety.SAFE,
    )
    name = shortened(ast.unparse(holder), 40)
    return context.finding(kept, f"`{name}` keeps every step's graph alive; add `.detach()`", fix)


def _collected(loop: ast.AST, values: Values) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What a loop adds, and to what, as far as this keeps the very object that is added."""
    for node in ast.walk(loop):
        match node:
            case ast.AugAssign(ast.Subscript(base) as holder, ast.Add(), added):
                if values.type_of(base) in _STORES:
                    yield added, holder
            case ast.AugAssign(holder, ast.Add(), added):
                yield added, holder
            case ast.Assign([holder], ast.BinOp(left, ast.Add(), added)):
                if ast.unparse(left) == ast.unparse(holder):
                    yield added, holder
            case ast.Assign([ast.Subscript(holder, key)], added):
                if values.type_of(holder) in _STORES and _turns(key, loop):
                    yield added, holder
            case ast.Call(ast.Attribute(holder, "append"), [added]):
                known = isinstance(holder, ast.Name) and values.definitions(holder)
                if not known or values.type_of(holder) == "list":
                    yield added, holder


def _turns(key: ast.expr, loop: ast.AST) -> bool:
    """Whether the loop gives a name in a key a new value in each turn."""
    names = [node for node in ast.walk(loop) if isinstance(node, ast.Name)]
    bound = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    return any(isinstance(node, ast.Name) and node.id in bound for node in ast.walk(key))


def _grows(holder: ast.expr, kept: ast.expr, loop: ast.For | ast.While, cell: CodeCell) -> bool:
    """Whether the holder still has what was put there when the next turn begins."""
    code, name = cell.code, ast.unparse(holder)
    assert code is not None
    mention = rf"(?<![\w.]){re.escape(name)}(?!\w)"
    if re.search(mention + r"\.(?:pop|popleft|clear)\(", code.text):
        return False
    # Whoever goes back from the holder needs all the graphs.
    if any(re.search(mention, ast.unparse(other.call)) for other in backward_calls(code)):
        return False
    around = [*code.ancestors(kept)]
    managers = [item for node in around if isinstance(node, ast.With) for item in node.items]
    if any(_NO_GRAPH.search(ast.unparse(item)) for item in managers):
        return False
    fresh = [node for node in loop.body if isinstance(node, ast.Assign) and node not in around]
    made = [part for node in fresh for target in node.targets for part in ast.walk(target)]
    return not any(re.match(rf"{re.escape(ast.unparse(part))}(?!\w)", name) for part in made)
