"""Cells that work once and fail the second time."""

import ast
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, Severity, rule, shortened

_CREATORS = {"os.mkdir", "os.makedirs"}
_REMOVERS = {"os.remove", "os.unlink", "os.rmdir", "os.rename"}

_MERGE = Fix("Merge it with the cell that makes it, or change a copy", safety=Safety.MANUAL)
_LOOK = Fix("Or look whether it is there: `Path(…).exists()`", safety=Safety.MANUAL)


@rule("NB210", CodeCell, severity=Severity.WARNING, fix=Safety.MANUAL)
def rerun_raises(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A cell that removes something that it needs, so that running it twice fails."""
    if cell.skipped or cell.raises or cell.code is None or cell.code.tree is None:
        return
    for statement in cell.code.tree.body:
        found = next(_removals(statement, cell, context), None)
        if found is not None:
            node, problem = found
            called = context.qualified_name(node.func) if isinstance(node, ast.Call) else None
            fix = _LOOK if called in _CREATORS | _REMOVERS else _MERGE
            yield context.finding(node, f"Running this cell twice fails: {problem}", fix)
            return


def _removals(
    statement: ast.stmt, cell: CodeCell, context: Context
) -> Iterator[tuple[ast.AST, str]]:
    match statement:
        case ast.Delete(targets=[ast.Name(id=name) as node]) if _was_needed(node, cell, context):
            yield node, _lost(name)
        case ast.Delete(targets=[ast.Subscript(value=ast.Name() as owner, slice=key) as node]):
            removed = _literal(key)
            if removed and _comes_from_above(owner, cell, context):
                yield node, _lost(removed)
        case ast.Expr(value=ast.Call() as call):
            yield from _removed_by(call, None, cell, context)
        case ast.Assign(targets=[target], value=ast.Call() as call):
            yield from _removed_by(call, target, cell, context)


def _removed_by(
    call: ast.Call, target: ast.expr | None, cell: CodeCell, context: Context
) -> Iterator[tuple[ast.AST, str]]:
    """What a call takes away, a column, a key or a file; or a folder that it cannot make again."""
    function = call.func
    name = context.qualified_name(function)
    words = {word.arg: word.value for word in call.keywords}
    first = call.args[0] if call.args else None
    if name in _CREATORS | _REMOVERS and isinstance(first, ast.Constant):
        again = "exist_ok" in words or "rmtree" in cell.source or "exists" in cell.source
        if not again and name in _CREATORS:
            folder = shortened(str(first.value), 16)
            yield call, f"`{folder}` exists then; use `os.makedirs` with `exist_ok=True`"
        elif not again:
            yield call, _lost(str(first.value)[:30])
        return
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return
    owner = function.value
    kept = _is_true(words.get("inplace")) or (
        isinstance(target, ast.Name) and target.id == owner.id
    )
    removed: str | None = None
    if function.attr == "drop" and kept and "errors" not in words:
        columns = words.get("columns", first if _is_one(words.get("axis"), call) else None)
        removed = _literal(columns)
    elif function.attr == "set_index" and kept and "drop" not in words:
        removed = _literal(words.get("keys", first))
    elif function.attr == "pop" and len(call.args) == 1 and not words:
        removed = _literal(first)
    if removed and _comes_from_above(owner, cell, context):
        yield call, _lost(removed)


def _lost(item: str) -> str:
    return f"it removes `{item}` it needs; re-create it here"


def _literal(node: ast.AST | None) -> str | None:
    """The first text of a literal text or list of texts."""
    if isinstance(node, ast.List) and node.elts:
        node = node.elts[0]
    return (
        node.value[:30] if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
    )


def _is_true(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _is_one(axis: ast.AST | None, call: ast.Call) -> bool:
    axis = call.args[1] if axis is None and len(call.args) > 1 else axis
    return isinstance(axis, ast.Constant) and axis.value in (1, "columns")


def _comes_from_above(owner: ast.Name, cell: CodeCell, context: Context) -> bool:
    """Whether this cell surely works on what an earlier cell left, and does not make it anew."""
    semantics = context.notebook.as_read
    given = semantics.given_above(owner)
    # The last change may be the removal itself.
    changed = {mutation.name for mutation in semantics.mutations_in(cell.index)[:-1]}
    made = owner.id in changed or any(binding.kind == "import" for binding in given)
    return bool(given) and not made


def _was_needed(deleted: ast.Name, cell: CodeCell, context: Context) -> bool:
    """Whether the cell used a name of an earlier cell before it deletes it, and never binds it."""
    semantics = context.notebook.as_read
    if any(binding.name == deleted.id for binding in semantics.bindings_in(cell.index)):
        return False
    return any(
        use.name == deleted.id and use.node is not deleted and use.certain and use.bindings
        for use in semantics.uses_in(cell.index)
    )
