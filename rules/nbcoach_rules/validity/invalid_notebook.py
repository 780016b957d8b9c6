"""Notebooks that break the schema of their format."""

from collections.abc import Iterator

from nbcoach.api import (
    Confidence,
    Context,
    FieldEdit,
    Finding,
    Fix,
    Safety,
    SchemaViolation,
    Severity,
    rule,
    shortened,
)

# What a missing field must hold to say that there is nothing in it.
_NOTHING: dict[str | int, object] = {"outputs": [], "metadata": {}, "execution_count": None}


@rule(
    "NB002",
    SchemaViolation,
    severity=Severity.ERROR,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.SAFE,
)
def invalid_notebook(violation: SchemaViolation, context: Context) -> Iterator[Finding]:
    """A field that is missing, or that holds what it must not."""
    path = violation.path
    version = ".".join(map(str, context.notebook.format))
    cells = context.notebook.cells
    cell = cells[path[1]] if path[0] == "cells" and isinstance(path[1], int) else None
    if cell and path[2:] == ("id",) and "not allowed" in violation.reason:
        # The same is said of every cell with an id; once is enough.
        if cell is next(other for other in cells if other.id):
            message = f"Cells have ids, which nbformat {version} lacks; set `nbformat_minor` to 5"
            edit = FieldEdit(("nbformat_minor",), 5)
            yield context.finding(None, message, Fix("Raise the version", (edit,)))
        return
    fix, problem = None, violation.reason
    if problem.endswith("is missing"):
        problem = "is missing"
        if path[-1] in _NOTHING:
            edit = FieldEdit(path, _NOTHING[path[-1]])
            fix = Fix(f"Add the empty field `{path[-1]}`", (edit,), Safety.SAFE)
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    what = shortened(f"`{place.removeprefix('.')}` {problem}", 60)
    yield context.finding(cell, f"nbformat {version} is broken: {what}; repair this field", fix)
