"""Tensors on a device that are taken for arrays."""

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
    rule,
    shortened,
)

# What makes arrays of its first argument, and what draws all of its arguments.
_ARRAYS = frozenset("numpy.array numpy.asarray pandas.DataFrame pandas.Series".split())
_DRAWING = frozenset(
    "matplotlib.pyplot." + name
    for name in """
    axhline axvline bar barh boxplot contour contourf errorbar fill_between hexbin hist hist2d
    imshow loglog matshow pcolor pcolormesh plot scatter semilogx semilogy stem step violinplot
    """.split()
)
# Methods and attributes whose tensors have no graph, and blocks in which none is made.
_DETACHING = frozenset("argmax argmin argsort bool byte data detach int long".split())
_NO_GRAPH = re.compile(r"no_grad|inference_mode")


@rule(
    "NB424",
    ast.Call,
    mentions=("torch",),
    severity=Severity.ERROR,
    default="on",
    fix=Safety.SAFE,
)
def device_tensor_to_numpy(call: ast.Call, context: Context) -> Iterator[Finding]:
    """A tensor on a GPU where an array is wanted, which it cannot become there."""
    cell = context.cell
    code = cell.code if isinstance(cell, CodeCell) and not cell.raises else None
    if not isinstance(cell, CodeCell) or code is None:
        return
    for tensor in _taken_for_arrays(call, context):
        if context.notebook.placement.of(tensor) != "dev":
            continue
        tried = any(isinstance(node, ast.Try) and node.handlers for node in code.ancestors(call))
        if not tried and not context.notebook.devices.is_guarded(call, cell):
            copy = ".detach().cpu()" if _may_have_graph(tensor, context) else ".cpu()"
            text = shortened(ast.unparse(tensor), 50)
            message = f"`{text}` cannot become an array on a GPU; insert `{copy}`"
            edits = tuple(_edits(tensor, copy, cell))
            yield context.finding(tensor, message, Fix(f"Insert `{copy}`", edits, Safety.SAFE))


def _taken_for_arrays(call: ast.Call, context: Context) -> Iterator[ast.expr]:
    """What a call makes an array of."""
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr == "numpy":
        if not call.args and not call.keywords:
            yield function.value
        return
    name = context.qualified_name(function) or ""
    if name in _ARRAYS:
        for argument in call.args[:1]:
            yield from argument.values if isinstance(argument, ast.Dict) else [argument]
    elif name in _DRAWING or (name.startswith("sklearn.") and name.rpartition(".")[2].islower()):
        yield from call.args


def _may_have_graph(tensor: ast.expr, context: Context) -> bool:
    """Whether a tensor may have to be detached from a graph before it can be an array."""
    code = context.cell.code if isinstance(context.cell, CodeCell) else None
    holders = code.ancestors(tensor) if code is not None else ()
    blocks = [item for node in holders if isinstance(node, ast.With) for item in node.items]
    inner: ast.expr = tensor
    while isinstance(inner, (ast.Attribute, ast.Call, ast.Subscript)):
        if isinstance(inner, ast.Attribute) and inner.attr in _DETACHING:
            return False
        inner = inner.func if isinstance(inner, ast.Call) else inner.value
    quiet = isinstance(inner, ast.Compare) or any(_NO_GRAPH.search(ast.unparse(b)) for b in blocks)
    return not quiet and _comes_from_module(tensor, context.notebook.values, 3)


def _comes_from_module(value: ast.AST, values: Values, depth: int) -> bool:
    """Whether a module had a part in a value, as far back as `depth` names."""
    for node in ast.walk(value):
        if isinstance(node, ast.Call) and values.type_of(node.func) == "torch.nn.Module":
            return True
        if isinstance(node, ast.keyword) and node.arg == "requires_grad":
            return True
        if isinstance(node, ast.Name) and depth > 0:
            sources = [each.value for each in values.definitions(node)]
            trees = [source for source in sources if isinstance(source, ast.expr)]
            if any(_comes_from_module(tree, values, depth - 1) for tree in trees):
                return True
    return False


def _edits(tensor: ast.expr, copy: str, cell: CodeCell) -> Iterator[SourceEdit]:
    """The copy to the processor, behind the tensor."""
    assert cell.code is not None
    span, parent = cell.code.span(tensor), cell.code.parent(tensor)
    if isinstance(parent, ast.Attribute):
        end = cell.code.text.rindex(".", span.end, cell.code.span(parent).end)
        yield SourceEdit(cell.index, Span(end, end), copy)
    elif isinstance(tensor, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
        yield SourceEdit(cell.index, Span(span.end, span.end), copy)
    else:
        yield SourceEdit(cell.index, Span(span.start, span.start), "(")
        yield SourceEdit(cell.index, Span(span.end, span.end), f"){copy}")
