"""Which names a function, a class or a comprehension keeps to itself."""

import ast
from collections.abc import Iterable, Iterator

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class _Fields(dict[type, tuple[str, ...]]):
    """For each type of node the fields that can hold nodes, found out when first asked."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        fields = tuple(name for name in kind._fields if name not in _NO_NODES)
        self[kind] = fields
        return fields


_NO_NODES = frozenset(
    """
    arg asname attr conversion ctx id is_async kind kwd_attrs level module name op ops rest simple
    tag type_comment
    """.split()
)
_FIELDS = _Fields(
    dict.fromkeys((ast.Constant, ast.Global, ast.Nonlocal, ast.MatchSingleton, ast.alias), ())
)
# `type X = …` of Python 3.12: the one node whose field `name` is a node. No older Python has it.
TYPE_ALIAS: type | None = getattr(ast, "TypeAlias", None)
if TYPE_ALIAS is not None:
    _FIELDS[TYPE_ALIAS] = ("name", "value")


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes directly below a node, in the order of its fields; no contexts, no operators."""
    found: list[ast.AST] = []
    for name in _FIELDS[type(node)]:
        value = getattr(node, name, None)
        if type(value) is list:
            found += [item for item in value if item is not None] if None in value else value
        elif value is not None:
            found.append(value)
    return found


class Scope:
    """One scope: its kind ("module", "function" or "class") and the names bound in it.

    A name declared `global` belongs to the module, one declared `nonlocal` to a function around;
    a class's names are not seen by the functions in it.
    """

    __slots__ = ("declared_global", "kind", "names", "outer")

    def __init__(
        self,
        kind: str,
        names: Iterable[str] = (),
        declared_global: Iterable[str] = (),
        outer: "Scope | None" = None,
    ) -> None:
        self.kind = kind
        self.names = frozenset(names)
        self.declared_global = frozenset(declared_global)
        self.outer = outer

    @property
    def is_local(self) -> bool:
        """Whether code here runs inside a function."""
        scope: Scope | None = self
        while scope is not None:
            if scope.kind == "function":
                return True
            scope = scope.outer
        return False

    def is_global(self, name: str) -> bool:
        """Whether `name`, used here, means the notebook's own name."""
        scope: Scope | None = self
        while scope is not None and scope.kind != "module":
            if name in scope.declared_global:
                return True
            if name in scope.names and (scope is self or scope.kind != "class"):
                return False
            scope = scope.outer
        return True


class Names:
    """What one pass over a body finds: names bound, declarations, and whether it yields."""

    __slots__ = ("bound", "declared_global", "declared_nonlocal", "yields")

    def __init__(self) -> None:
        self.bound: set[str] = set()
        self.declared_global: set[str] = set()
        self.declared_nonlocal: set[str] = set()
        self.yields = False

    def scope(self, kind: str, outer: Scope) -> Scope:
        """The scope of a body with these names."""
        kept = self.bound - self.declared_global - self.declared_nonlocal
        return Scope(kind, kept, self.declared_global, outer)


def names_of_body(body: Iterable[ast.AST]) -> Names:
    """The names that statements bind in their own scope, as Python's `symtable` decides it."""
    names = Names()
    stack = list(body)
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind is ast.Name:
            if not isinstance(node.ctx, ast.Load):  # type: ignore[attr-defined]
                names.bound.add(node.id)  # type: ignore[attr-defined]
            continue
        if kind in _BINDERS:
            _bind(node, names)
        if kind in (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda):
            stack.extend(outside_of(node))
        elif kind in COMPREHENSIONS:
            stack.extend(_outside_of_comprehension(node))
        else:
            stack.extend(children(node))
    return names


_BINDERS = {
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Import,
    ast.ImportFrom,
    ast.ExceptHandler,
    ast.MatchAs,
    ast.MatchStar,
    ast.MatchMapping,
    ast.Global,
    ast.Nonlocal,
    ast.Yield,
    ast.YieldFrom,
}


def _bind(node: ast.AST, names: Names) -> None:
    match node:
        case ast.Import() | ast.ImportFrom():
            names.bound.update(imported_name(alias) for alias in node.names if alias.name != "*")
        case ast.Global():
            names.declared_global.update(node.names)
        case ast.Nonlocal():
            names.declared_nonlocal.update(node.names)
        case ast.Yield() | ast.YieldFrom():
            names.yields = True
        case ast.MatchMapping(rest=str(name)):
            names.bound.add(name)
        case _ if isinstance(bound := getattr(node, "name", None), str):
            names.bound.add(bound)


def imported_name(alias: ast.alias) -> str:
    """The name that an import binds: `import os.path` binds `os`."""
    return alias.asname or alias.name.partition(".")[0]


def within_type_parameters(node: ast.AST, outer: Scope) -> Scope:
    """The scope of what a definition says with its type parameters in sight: `[T]` (PEP 695)."""
    names = [parameter.name for parameter in getattr(node, "type_params", ())]
    return Scope("comprehension", names, (), outer) if names else outer


def parameters(arguments: ast.arguments) -> list[str]:
    """The names of all parameters."""
    every = arguments.posonlyargs + arguments.args + arguments.kwonlyargs
    every += [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]
    return [argument.arg for argument in every]


def outside_of(node: ast.AST) -> list[ast.AST]:
    """What of a function or class is evaluated where it is defined, annotations apart."""
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *node.keywords]
    if not isinstance(node, FUNCTIONS):
        raise TypeError(f"{type(node).__name__} is neither a function nor a class")
    defaults = [default for default in node.args.kw_defaults if default is not None]
    return [*getattr(node, "decorator_list", ()), *node.args.defaults, *defaults]


def _outside_of_comprehension(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a comprehension that bind outside of it: walrus targets and its first source."""
    if not isinstance(node, COMPREHENSIONS):
        return
    yield node.generators[0].iter
    stack = children(node)
    while stack:
        part = stack.pop()
        if type(part) is ast.NamedExpr:
            yield part.target
        stack += children(part)


def comprehension_targets(node: ast.AST) -> set[str]:
    """The names that a comprehension's `for` clauses bind, for itself alone."""
    if not isinstance(node, COMPREHENSIONS):
        return set()
    return {
        part.id
        for generator in node.generators
        for part in ast.walk(generator.target)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }
