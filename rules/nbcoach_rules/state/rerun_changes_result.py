"""Cells that give another result each time they run."""

import ast
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, Severity, rule

_GROWING_METHODS = {"append", "extend", "insert"}
_GROWING_CALLS = {"numpy.append", "numpy.concatenate", "numpy.vstack", "numpy.hstack"}
_CHANGING = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.FloorDiv)


_FIX = Fix(
    "Merge it with the cell that makes the value, or give the result another name",
    safety=Safety.MANUAL,
)


@rule("NB211", CodeCell, severity=Severity.INFO, fix=Safety.MANUAL)
def rerun_changes_result(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A cell that reads what it writes, so that running it twice changes the result."""
    if cell.skipped or "resumable" in cell.tags or cell.code is None or cell.code.tree is None:
        return
    for statement in cell.code.tree.body:
        owner = _changed(statement, context)
        given = context.notebook.as_read.given_above(owner) if owner is not None else ()
        plain = all(binding.kind in ("variable", "augmented") for binding in given)
        if owner is not None and given and plain:
            message = f"Running this cell twice changes `{owner.id}`; build it from its source here"
            yield context.finding(statement, message, _FIX)
            return


def _changed(statement: ast.stmt, context: Context) -> ast.Name | None:
    """The name whose value grows or shifts with each run of this statement."""
    match statement:
        case ast.AugAssign(op=operator) if isinstance(operator, _CHANGING):
            return _owner(statement.target)
        case ast.Assign(targets=[target], value=ast.BinOp(op=operator) as value):
            if isinstance(operator, _CHANGING) and _is_operand(target, value):
                return _owner(target, value)
        case ast.Assign(targets=[ast.Name() as target], value=ast.Call() as call):
            return _grown(target, call, context)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as owner) as function)):
            return owner if function.attr in _GROWING_METHODS else None
    return None


def _owner(target: ast.expr, inside: ast.AST | None = None) -> ast.Name | None:
    """The name that a target belongs to; where it is only written, its read in `inside`."""
    root: ast.AST = target
    while isinstance(root, (ast.Subscript, ast.Attribute)):
        root = root.value
    if not isinstance(root, ast.Name) or root.id == "self":
        return None
    if inside is None:
        return root
    reads = (node for node in ast.walk(inside) if isinstance(node, ast.Name))
    return next((node for node in reads if node.id == root.id), None)


def _is_operand(target: ast.expr, value: ast.BinOp) -> bool:
    """Whether the target's old value is one side of the operation."""
    sides = [side for side in (value.left, value.right) if type(side) is type(target)]
    return any(ast.unparse(side) == ast.unparse(target) for side in sides)


def _grown(target: ast.Name, call: ast.Call, context: Context) -> ast.Name | None:
    """The old value inside `x = np.append(x, …)`, `x = pd.concat([x, …])`, `x = x.append(…)`."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=name) as owner, attr="append") if name == target.id:
            return owner
    if context.qualified_name(call.func) not in _GROWING_CALLS | {"pandas.concat"}:
        return None
    first = call.args[0] if call.args else None
    parts = first.elts if isinstance(first, (ast.List, ast.Tuple)) else [first]
    names = (part for part in parts if isinstance(part, ast.Name))
    return next((part for part in names if part.id == target.id), None)
