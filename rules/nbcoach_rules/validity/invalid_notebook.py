"""Notebooks that break the schema of their format."""

from collections.abc import Iterator

from nbcoach.api import (
    Cell,
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

_Path = tuple[str | int, ...]

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
    fix, problem = None, violation.reason
    places = [path for path in (violation.path, *violation.others) if not _lacks_id(path, context)]
    if not places:
        return
    path = places[0]
    version = shortened(".".join(map(str, context.notebook.format)), 6)
    if path[-1] == "id" and "not allowed" in problem:
        message = f"Cells have ids, which nbformat {version} lacks; set `nbformat_minor` to 5"
        edit = FieldEdit(("nbformat_minor",), 5)
        yield context.finding(None, message, Fix("Raise the version", (edit,)))
        return
    if problem.endswith("is missing") and path[-1] in _NOTHING:
        edits = tuple(FieldEdit(place, _NOTHING[path[-1]]) for place in places)
        fix = Fix(f"Add the empty field `{path[-1]}`", edits, Safety.SAFE)
    if problem.startswith("`"):
        # It starts with the field's name, with which the place ends too.
        problem = problem.rpartition("` ")[2]
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    more = f" (and {len(places) - 1} more)" if places[1:] else ""
    what = shortened(f"`{name.removeprefix('.')}` {problem}{more}", 54)
    message = f"nbformat {version} is broken: {what}; repair this field"
    yield context.finding(_cell(path, context), message, fix)


def _lacks_id(path: _Path, context: Context) -> bool:
    """Whether this is about an id that counts as missing, of which NB611 speaks."""
    cell = _cell(path, context)
    return path[2:] == ("id",) and cell is not None and not cell.id


def _cell(path: _Path, context: Context) -> Cell | None:
    match path:
        case ("cells", int(index), *_):
            return context.notebook.cells[index]
        case _:
            return None
