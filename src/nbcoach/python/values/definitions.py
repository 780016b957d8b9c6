"""Where the value of a name comes from: every assignment that may have made it."""

import ast
import builtins
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from nbcoach.python.semantics.scopes import (
    COMPREHENSIONS,
    FUNCTIONS,
    Names,
    children,
    comprehension_targets,
    imported_name,
    names_of_body,
    outside_of,
    parameters,
)
from nbcoach.python.values.reaching import last_before

if TYPE_CHECKING:
    from nbcoach.notebook import Notebook
    from nbcoach.python.code import Code
    from nbcoach.python.semantics import Binding, Use

Kind = Literal["value", "part", "element", "context", "augmented", "import", "function", "class"]
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


class Definition(NamedTuple):
    """One way in which a name came to its value.

    `value` is, by `kind`: "value" the assigned expression; "part" the expression that is unpacked,
    with `path` the indexes to the name; "element" what a loop goes over, `path` as before;
    "context" what `with` enters; "augmented" the whole `x += …`; "import" the dotted name;
    "function" and "class" the definition itself. `node` is the name, or the whole statement of an
    import or definition.
    """

    kind: Kind
    cell: int
    node: ast.AST
    value: ast.AST | str
    path: tuple[int, ...] = ()


class Definitions:
    """The definitions of names in one notebook, in the order of reading."""

    def __init__(self, notebook: "Notebook") -> None:
        self._notebook = notebook
        self._semantics = notebook.as_read
        self._locals: dict[ast.AST, Names] = {}
        self._found: dict[ast.AST, tuple[Definition, ...]] = {}

    @cached_property
    def _cells(self) -> dict[int, int]:
        """The cell of each name node, by the node's identity."""
        return {
            id(name): cell.index
            for cell in self._notebook.code_cells
            if cell.code is not None
            for name in cell.code.nodes(ast.Name)
        }

    def cell_of(self, name: ast.Name) -> int:
        """The index of the cell in which a name stands."""
        return self._cells[id(name)]

    def code_of(self, name: ast.Name) -> "Code":
        """The code in which a name stands."""
        cell = self._notebook.cells[self.cell_of(name)]
        code: Code = cell.code  # type: ignore[attr-defined]
        return code

    def of(self, name: ast.Name) -> tuple[Definition, ...]:
        """Every way in which the value of this name may have come about; none if unknown."""
        known = self._found.get(name)
        if known is None:
            try:
                known = tuple(self._find(name))
            except _UnknownOriginError:
                known = ()
            self._found[name] = known
        return known

    def _find(self, name: ast.Name) -> Iterator[Definition]:
        if id(name) not in self._cells:
            raise _UnknownOriginError  # it stands in a magic, as in `%time x = f()`
        owner = self.owner_of(name)
        if owner is None:
            return self._of_notebook(name)
        return self._of_local(name, owner)

    def function_of(self, name: ast.Name) -> Function | None:
        """The innermost function whose body a name stands in."""
        inner: ast.AST = name
        for outer in self.code_of(name).ancestors(name):
            if isinstance(outer, FUNCTIONS) and _is_inside(inner, outer):
                return outer
            inner = outer
        return None

    def owner_of(self, name: ast.Name) -> ast.AST | None:
        """The function, class or comprehension that a name is local to; None for the notebook."""
        inner: ast.AST = name
        in_function = False
        for outer in self.code_of(name).ancestors(name):
            if isinstance(outer, COMPREHENSIONS):
                if name.id in comprehension_targets(outer):
                    return outer
            elif isinstance(outer, (*FUNCTIONS, ast.ClassDef)) and _is_inside(inner, outer):
                names = self._names_of(outer)
                if name.id in names.declared_global:
                    return None
                is_class = isinstance(outer, ast.ClassDef)
                if name.id in names.bound and not (is_class and in_function):
                    return outer
                in_function = in_function or not is_class
            inner = outer
        return None

    def _names_of(self, owner: ast.AST) -> Names:
        names = self._locals.get(owner)
        if names is None:
            names = names_of_body(_body_of(owner))
            if isinstance(owner, FUNCTIONS):
                names.bound.update(parameters(owner.args))
            self._locals[owner] = names
        return names

    # -- names of the notebook

    def _of_notebook(self, name: ast.Name) -> Iterator[Definition]:
        use = self._semantics.use_of(name)
        if use is None or use.slot is None:
            raise _UnknownOriginError
        for binding in self._reaching(name, use):
            if use.opened and self._may_be_hidden(binding, use):
                raise _UnknownOriginError
            yield self._from_binding(binding)

    def _reaching(self, name: ast.Name, use: "Use") -> "list[Binding]":
        """The bindings that a use may see, those of earlier turns of a loop around it included."""
        found = list(use.bindings)
        earlier = [b for b in self._of_earlier_turns(name, use) if b not in found]
        targets = [b.node for b in (*found, *earlier) if b.node is not None and b.cell == use.cell]
        last = last_before(self.code_of(name), name, targets) if earlier else None
        return [b for b in found if b.node is last] if last else found + earlier

    def _of_earlier_turns(self, name: ast.Name, use: "Use") -> Iterator["Binding"]:
        """What an earlier turn of a loop around a use may have left in the name."""
        loops = [n for n in self.code_of(name).ancestors(name) if isinstance(n, _LOOPS)]
        if loops:
            first, last = loops[-1].lineno, loops[-1].end_lineno or 0
            for binding in self._semantics.bindings_in(use.at):
                line = getattr(binding.node, "lineno", 0)
                if binding.name == name.id and first <= line <= last:
                    yield binding

    def _may_be_hidden(self, binding: "Binding", use: "Use") -> bool:
        """Whether something that binds unknown names stands between a binding and its use."""
        start = (binding.cell, getattr(binding.node, "lineno", 0))
        end = (use.at, getattr(use.node, "lineno", 0) if use.at == use.cell else 1 << 30)
        for unknown in self._semantics.unknowns:
            line: int | None = getattr(unknown.node, "lineno", None)
            if start <= (unknown.cell, line or 0) <= end:
                return True
            if line is None and unknown.cell in (binding.cell, use.at):
                return True  # a magic, which may stand anywhere in its cell
        return False

    def _from_binding(self, binding: "Binding") -> Definition:
        node = binding.node
        if binding.kind in ("import", "star") and isinstance(binding.value, str) and node:
            return Definition("import", binding.cell, node, binding.value)
        if isinstance(node, ast.ClassDef):
            return Definition("class", binding.cell, node, node)
        if isinstance(node, FUNCTIONS):
            return Definition("function", binding.cell, node, node)
        if isinstance(node, ast.Name) and id(node) in self._cells:
            return self._from_target(node)
        raise _UnknownOriginError

    # -- names of a function or comprehension

    def _of_local(self, name: ast.Name, owner: ast.AST) -> Iterator[Definition]:
        code = self.code_of(name)
        if isinstance(owner, ast.ClassDef):
            raise _UnknownOriginError
        if any(name.id in node.names for node in code.nodes(ast.Nonlocal)):
            raise _UnknownOriginError
        cell, stores = self.cell_of(name), list(_stores(name.id, owner))
        last = last_before(code, name, stores)
        if last is None and isinstance(owner, FUNCTIONS) and name.id in parameters(owner.args):
            raise _UnknownOriginError
        for node in stores if last is None else [last]:
            if isinstance(node, ast.Name):
                yield self._from_target(node)
            elif isinstance(node, ast.ClassDef):
                yield Definition("class", cell, node, node)
            elif isinstance(node, FUNCTIONS):
                yield Definition("function", cell, node, node)
            else:
                yield Definition("import", cell, node, _imported(node, name.id))

    # -- targets

    def _from_target(self, name: ast.Name) -> Definition:
        """The definition that an assigned name is the target of."""
        code, cell = self.code_of(name), self.cell_of(name)
        target: ast.AST = name
        path: tuple[int, ...] = ()
        holder = code.parent(target)
        while isinstance(holder, (ast.Tuple, ast.List)):
            place = holder.elts.index(target)  # type: ignore[arg-type]
            if any(isinstance(element, ast.Starred) for element in holder.elts[:place]):
                raise _UnknownOriginError
            path = (place, *path)
            target, holder = holder, code.parent(holder)
        match holder:
            case ast.Assign(value=ast.Constant(value=builtins.Ellipsis)):
                raise _UnknownOriginError  # what is left of `x = !ls` and `x = %magic`
            case ast.Assign(value=value) | ast.NamedExpr(value=value):
                return _unpacked(cell, name, value, path)
            case ast.AnnAssign(value=ast.expr() as value):
                return Definition("value", cell, name, value)
            case ast.AugAssign():
                return Definition("augmented", cell, name, holder)
            case ast.For(iter=value) | ast.AsyncFor(iter=value) | ast.comprehension(iter=value):
                return Definition("element", cell, name, value, path)
            case ast.withitem(context_expr=value) if not path:
                return Definition("context", cell, name, value)
        raise _UnknownOriginError


class _UnknownOriginError(Exception):
    """Something that cannot be read may have made the value."""


def _unpacked(cell: int, name: ast.Name, value: ast.expr, path: tuple[int, ...]) -> Definition:
    """The part of a value that a name gets; of a written tuple the element itself."""
    while path and isinstance(value, (ast.Tuple, ast.List)) and path[0] < len(value.elts):
        if any(isinstance(element, ast.Starred) for element in value.elts):
            break
        value, path = value.elts[path[0]], path[1:]
    return Definition("part" if path else "value", cell, name, value, path)


def _is_inside(inner: ast.AST, outer: ast.AST) -> bool:
    """Whether a child of a function or class is part of its body, not evaluated around it."""
    if isinstance(outer, ast.Lambda):
        return inner is outer.body
    return isinstance(inner, ast.stmt) and inner in getattr(outer, "body", ())


def _body_of(owner: ast.AST) -> list[ast.AST]:
    body = getattr(owner, "body", [])
    return body if isinstance(body, list) else [body]


def _stores(identifier: str, owner: ast.AST) -> Iterator[ast.AST]:
    """The nodes that bind a name in the scope of a function or comprehension."""
    if isinstance(owner, COMPREHENSIONS):
        waiting: list[ast.AST] = [generator.target for generator in owner.generators]
    else:
        waiting = _body_of(owner)[:]
    while waiting:
        node = waiting.pop(0)
        match node:
            case ast.Name(id=name, ctx=ast.Store()) if name == identifier:
                yield node
            case ast.Import() | ast.ImportFrom():
                if any(imported_name(alias) == identifier for alias in node.names):
                    yield node
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                if node.name == identifier:
                    yield node
                waiting = outside_of(node) + waiting
            case ast.ExceptHandler(name=name) if name == identifier:
                raise _UnknownOriginError
            case ast.MatchAs(name=name) | ast.MatchStar(name=name) if name == identifier:
                raise _UnknownOriginError
            case ast.Lambda():
                continue
            case _ if isinstance(node, COMPREHENSIONS) and node is not owner:
                continue
            case _:
                waiting = children(node) + waiting


def _imported(statement: ast.AST, identifier: str) -> str:
    """The dotted name that an import statement gives to a name."""
    module = ""
    if isinstance(statement, ast.ImportFrom):
        module = "." * statement.level + (statement.module or "") + "."
    for alias in getattr(statement, "names", ()):
        if imported_name(alias) == identifier:
            return module + alias.name if alias.asname or module else identifier
    raise _UnknownOriginError
