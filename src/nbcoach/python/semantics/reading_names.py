"""How names are used, bound, changed and deleted by expressions and simple statements."""

import ast
from typing import TYPE_CHECKING, Any

from nbcoach.python.semantics.binders import EXITS, MUTATING_METHODS, Reach, reach_of_call
from nbcoach.python.semantics.events import (
    BIND,
    CALL,
    CALLEE,
    DEFER,
    DELETE,
    EXIT,
    STAR,
    UNKNOWN,
    USE,
    Body,
)
from nbcoach.python.semantics.expressions import constant_truth, root_of
from nbcoach.python.semantics.scopes import (
    TYPE_ALIAS,
    Scope,
    children,
    imported_name,
    within_type_parameters,
)

if TYPE_CHECKING:
    from nbcoach.python.semantics.reading import Handler, Reader


def _name(reader: "Reader", node: ast.Name) -> None:
    name = node.id
    if not reader.scope.is_global(name):
        if name in reader.imports and isinstance(node.ctx, ast.Load):
            reader.local_imports[id(node)] = reader.imports[name]
    elif isinstance(node.ctx, ast.Load):
        reader.events.append((USE, name, node))
    elif isinstance(node.ctx, ast.Store):
        reader.events.append((BIND, name, node, "variable", None))
    else:
        reader.events.append((DELETE, name, node))


def _part(reader: "Reader", node: ast.Attribute | ast.Subscript) -> None:
    """`x[i] = …`, `x.a = …`, `del x[i]` change the object; the name stays."""
    reader.visit(node.value)
    if isinstance(node, ast.Subscript):
        reader.visit(node.slice)
    if isinstance(node.ctx, ast.Load):
        return
    root = root_of(node)
    if isinstance(root, ast.Name):
        reader.change(root.id, node)
        if root.id == "builtins":
            reader.events.append((UNKNOWN, "a name added to `builtins`", node))
    elif isinstance(root, ast.Call) and reach_of_call(root) is Reach.NAMESPACE:
        reader.events.append((UNKNOWN, "names written through `globals()`", node))


def _assign(reader: "Reader", node: ast.Assign) -> None:
    reader.visit(node.value)
    for target in node.targets:
        reader.target(target, node.value)


def _augmented(reader: "Reader", node: ast.AugAssign) -> None:
    if not isinstance(node.target, ast.Name):
        reader.visit(node.value)
        reader.visit(node.target)
        return
    name = node.target.id
    if reader.scope.is_global(name):
        reader.events.append((USE, name, node.target))
    reader.visit(node.value)
    reader.change(name, node)
    reader.bind(name, node.target, "augmented", node)


def _annotated(reader: "Reader", node: ast.AnnAssign) -> None:
    _annotation(reader, node.annotation)
    if node.value is not None:
        reader.visit(node.value)
        reader.target(node.target, node.value)
    elif not isinstance(node.target, ast.Name):
        reader.visit(node.target)


def _annotation(reader: "Reader", *annotations: ast.AST) -> None:
    """Annotations are evaluated at once, later or never, as the version of Python has it."""
    events = reader.block(annotations)
    if events:
        reader.events.append((DEFER, Body(annotations[0], events, False, frozenset())))


def _type_alias(reader: "Reader", node: Any) -> None:
    """`type X = …` binds at once, and evaluates its value when it is asked for."""
    outer = reader.scope
    reader.scope = within_type_parameters(node, outer)
    _annotation(reader, node.value)
    reader.scope = outer
    reader.visit(node.name)


def annotations_of(reader: "Reader", node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """Read the annotations of a function's parameters and result."""
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]
    written = [argument.annotation for argument in every if argument.annotation is not None]
    if node.returns is not None:
        written.append(node.returns)
    if written:
        _annotation(reader, *written)


def _walrus(reader: "Reader", node: ast.NamedExpr) -> None:
    reader.visit(node.value)
    scope: Scope = reader.scope
    while scope.kind == "comprehension" and scope.outer is not None:
        scope = scope.outer
    if scope.is_global(node.target.id):
        reader.events.append((BIND, node.target.id, node.target, "variable", node.value))


def _import(reader: "Reader", node: ast.Import) -> None:
    for alias in node.names:
        whole = alias.name if alias.asname else alias.name.partition(".")[0]
        _bind_import(reader, alias, node, whole)


def _import_from(reader: "Reader", node: ast.ImportFrom) -> None:
    module = "." * node.level + (node.module or "")
    for alias in node.names:
        if alias.name == "*":
            reader.events.append((STAR, module, node))
        else:
            _bind_import(reader, alias, node, f"{module}.{alias.name}")


def _bind_import(reader: "Reader", alias: ast.alias, node: ast.AST, qualified: str) -> None:
    name = imported_name(alias)
    if reader.scope.is_global(name):
        reader.events.append((BIND, name, node, "import", qualified))
    else:
        reader.imports[name] = qualified


def _delete(reader: "Reader", node: ast.Delete) -> None:
    for target in node.targets:
        reader.visit(target)


def _call(reader: "Reader", node: ast.Call) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    known = bool(name) and reader.scope.is_global(name)
    if known:
        reader.events.append((CALLEE, name, node.func))
    else:
        reader.visit(node.func)
    for part in (*node.args, *node.keywords):
        reader.visit(part)
    if known:
        reader.events.append((CALL, name, node))
    _effects(reader, node, name)


def _effects(reader: "Reader", node: ast.Call, name: str) -> None:
    """What a call does to names: it changes its receiver, writes the namespace, or leaves."""
    receiver = ""
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        receiver, name = node.func.value.id, node.func.attr
        if name in MUTATING_METHODS or _is_inplace(node):
            reader.change(receiver, node)
    if (receiver, name) in EXITS:
        reader.events.append((EXIT, "raise"))
    if reach_of_call(node) is Reach.UNKNOWN and not (name == "exec" and reader.scope.is_local):
        reader.events.append((UNKNOWN, f"`{ast.unparse(node.func)[:40]}()`", node))


def _is_inplace(node: ast.Call) -> bool:
    return any(word.arg == "inplace" and constant_truth(word.value) for word in node.keywords)


def _leave(reader: "Reader", node: ast.AST) -> None:
    for child in children(node):
        reader.visit(child)
    reader.events.append((EXIT, type(node).__name__.lower()))


def _nothing(reader: "Reader", node: Any) -> None:
    """Read a node that has no events."""


NAMES: dict[type, "Handler"] = {
    ast.Name: _name,
    ast.Attribute: _part,
    ast.Subscript: _part,
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.AnnAssign: _annotated,
    ast.NamedExpr: _walrus,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Delete: _delete,
    ast.Call: _call,
    **dict.fromkeys((ast.Return, ast.Raise, ast.Break, ast.Continue), _leave),
    **dict.fromkeys((ast.Constant, ast.Global, ast.Nonlocal, ast.Pass), _nothing),
}
if TYPE_ALIAS is not None:
    NAMES[TYPE_ALIAS] = _type_alias
