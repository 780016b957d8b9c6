"""Comparisons of `torch.device` objects with text."""

import ast
from collections.abc import Iterator

from nbcoach.api import Context, Finding, Fix, Safety, Severity, SourceEdit, Span, rule

_OPERATORS = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)


@rule(
    "NB406",
    ast.Compare,
    mentions=("device", "current_accelerator"),
    severity=Severity.ERROR,
    default="on",
    fix=Safety.UNSAFE,
)
def device_string_comparison(compare: ast.Compare, context: Context) -> Iterator[Finding]:
    """A `torch.device` compared with text, to which it is never equal."""
    sides = [compare.left, *compare.comparators]
    for left, operator, right in zip(sides, compare.ops, sides[1:], strict=False):
        if not isinstance(operator, _OPERATORS):
            continue
        found = _device_and_texts(left, right, context)
        if found is None and isinstance(operator, (ast.Eq, ast.NotEq)):
            found = _device_and_texts(right, left, context)
        if found is None:
            continue
        device, texts = found
        numbered = any(":" in text for text in texts)
        written = ast.unparse(device)
        name = written if len(written) <= 30 else "the device"
        remedy = f"`str({name})`" if numbered else f"`{name}.type`"
        message = f"A `torch.device` never equals `{texts[0]}`; compare {remedy}"
        yield context.finding(compare, message, None if numbered else _fix(device, context))


def _device_and_texts(
    device: ast.expr, other: ast.expr, context: Context
) -> tuple[ast.expr, list[str]] | None:
    """The two sides, if the first surely is a `torch.device` and the second is text only."""
    elements = other.elts if isinstance(other, (ast.Tuple, ast.List, ast.Set)) else [other]
    texts = [
        element.value
        for element in elements
        if isinstance(element, ast.Constant) and isinstance(element.value, str)
    ]
    if not texts or len(texts) < len(elements):
        return None
    if context.notebook.values.type_of(device) != "torch.device":
        return None
    return device, texts


def _fix(device: ast.expr, context: Context) -> Fix | None:
    location = context.locate(device)
    if location.cell is None or location.span is None:
        return None
    end = location.span.end
    edit = SourceEdit(location.cell, Span(end, end), ".type")
    return Fix("Compare the type", (edit,), Safety.UNSAFE)
