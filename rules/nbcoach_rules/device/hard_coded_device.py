"""Devices that a notebook names without asking."""

import ast
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    FixedDevice,
    Notebook,
    Safety,
    Severity,
    SourceEdit,
    Span,
    rule,
)

_QUESTIONS = {
    "cuda": "cuda.is_available()",
    "mps": "backends.mps.is_available()",
    "xpu": "xpu.is_available()",
}


@rule(
    "NB401",
    Notebook,
    mentions=("cuda", "mps", "xpu", "pipeline", "device_map"),
    severity=Severity.WARNING,
    default="on",
    fix=Safety.UNSAFE,
)
def hard_coded_device(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A device by its name, in a notebook that never asks which there is."""
    devices = notebook.devices
    if not devices.fixed or devices.asks or devices.gpu_required:
        return
    if devices.compares() or any(fixed.number > 0 for fixed in devices.fixed):
        return  # it compares a GPU with the processor, or shows how to use several
    first, *others = devices.fixed
    count = f" ({len(others) + 1} places)" if others else ""
    message = f"Device `{first.text}` is hard-coded{count}; choose it from availability"
    yield context.finding(
        context.at(first.cell, first.node),
        message,
        _fix(devices.fixed, context),
        related=[(context.at(fixed.cell, fixed.node), "Here, too") for fixed in others],
    )


def _fix(places: tuple[FixedDevice, ...], context: Context) -> Fix | None:
    """A question where the device is written; above all places where there are several."""
    question = _QUESTIONS.get(places[0].site.policy.type)
    imported = _import_of_torch(places[0], context)
    if question is None or imported is None or len({fixed.text for fixed in places}) > 1:
        return None
    cell, node, name = imported
    choice = f'"{places[0].text}" if {name}.{question} else "cpu"'
    node_of_first = places[0].node
    if len(places) == 1 and isinstance(node_of_first, ast.Constant):
        span = context.at(places[0].cell, node_of_first).span
        assert span is not None
        edit = SourceEdit(places[0].cell.index, span, choice)
        return Fix("Choose the device from availability", (edit,), Safety.UNSAFE)
    end = _end_of_line(cell, node, context)
    rewritten = [context.notebook.devices.rewritten(fixed, "device") for fixed in places]
    if end is None or not all(rewritten) or _is_taken("device", context.notebook):
        return None
    edits = (
        SourceEdit(cell.index, Span(end, end), f"\ndevice = {choice}"),
        *(
            SourceEdit(fixed.cell.index, span, text)
            for fixed, replacements in zip(places, rewritten, strict=True)
            for span, text in replacements
        ),
    )
    return Fix("Choose the device once, from availability", edits, Safety.UNSAFE)


def _import_of_torch(first: FixedDevice, context: Context) -> tuple[CodeCell, ast.AST, str] | None:
    """The first `import torch` above a place: its cell, itself and the name that it binds."""
    for binding in context.notebook.as_read.bindings:
        cell = context.notebook.cells[binding.cell]
        if binding.kind == "import" and binding.value == "torch" and isinstance(cell, CodeCell):
            line = getattr(binding.node, "lineno", 0)
            above = (cell.index, line) < (first.cell.index, first.node.lineno)
            return (cell, binding.node, binding.name) if above and binding.node else None
    return None


def _end_of_line(cell: CodeCell, statement: ast.AST, context: Context) -> int | None:
    """Where the line of a statement at the left margin ends, if it has the line for itself."""
    span = context.at(cell, statement).span
    if span is None or getattr(statement, "col_offset", 1) != 0:
        return None
    rest = cell.source[span.end :].partition("\n")[0]
    return span.end if not rest.strip() else None


def _is_taken(name: str, notebook: Notebook) -> bool:
    """Whether a notebook uses a name for something."""
    return any(
        cell.code is not None
        and (
            any(node.id == name for node in cell.code.nodes(ast.Name))
            or any(node.arg == name for node in cell.code.nodes(ast.arg))
        )
        for cell in notebook.code_cells
    )
