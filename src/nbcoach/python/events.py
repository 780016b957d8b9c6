"""One cell as the ordered events that matter between cells: uses, bindings, deletions, calls."""

import ast
from collections.abc import Callable, Iterable
from typing import Any

from nbcoach.python.binders import EXITS, MUTATING_METHODS, Reach, reach_of_call
from nbcoach.python.expressions import (
    catches_name_error,
    constant_truth,
    guarded_names,
    root_of,
    runs_at_least_once,
    suppresses,
)
from nbcoach.python.scopes import (
    COMPREHENSIONS,
    Scope,
    children,
    comprehension_targets,
    imported_name,
    names_of_body,
    outside_of,
    parameters,
)

# An event is a tuple: its kind, then what it needs.
USE = 0  #     name, node
CALLEE = 1  #  name, node: the use of a name that is about to be called
CALL = 2  #    name, node
BIND = 3  #    name, node, kind of binding, value
DELETE = 4  #  name, node
MUTATE = 5  #  name, node: the object changes, the name does not
BRANCH = 6  #  alternatives, of which exactly one runs
LOOP = 7  #    body, orelse, names bound in it, whether it runs at least once, whether it ends
TRY = 8  #     body, handlers as (catches name errors, events), orelse, finally
EXIT = 9  #    "raise", "return", "break" or "continue"
DEFER = 10  #  body that runs later, if at all
STAR = 11  #   module, node: every public name of a module
UNKNOWN = 12  # reason, node: binds names that cannot be known
GUARD = 13  #  name: the program asks by itself whether this name exists
QUIET = 14  #  events in which a NameError is caught
CLEAR = 15  #  node: every name of the user goes
ISOLATED = 16  # events, names: these names do not outlive the events

Event = tuple[Any, ...]
Events = list[Event]
MagicsOf = Callable[[ast.stmt], Events]


class Body:
    """What runs when a function is called. `certain` is False where a call may run it later."""

    __slots__ = ("binds", "certain", "events", "node")

    def __init__(self, node: ast.AST, events: Events, certain: bool, binds: frozenset[str]) -> None:
        self.node = node
        self.events = events
        self.certain = certain
        self.binds = binds


def bound_in(events: Events) -> set[str]:
    """The names that events may bind, "*" for any."""
    names: set[str] = set()
    for event in events:
        kind = event[0]
        if kind == BIND:
            names.add(event[1])
        elif kind in (STAR, UNKNOWN):
            names.add("*")
        elif kind == BRANCH:
            names.update(*map(bound_in, event[1]))
        elif kind == LOOP:
            names |= event[3] | bound_in(event[2])
        elif kind == TRY:
            names.update(bound_in(event[1]), *map(bound_in, event[2]))
            names |= bound_in(event[3]) | bound_in(event[4])
        elif kind in (QUIET, ISOLATED):
            names |= bound_in(event[1])
        elif kind == DEFER:
            names |= event[1].binds
    return names


class Reader:
    """Turns statements into events; `aliases` maps nodes to qualified names of local imports."""

    def __init__(self, magics: MagicsOf | None = None) -> None:
        self.events: Events = []
        self.scope = Scope("module")
        self.bodies: list[Body] = []
        self.local_imports: dict[int, str] = {}
        self._imports: dict[str, str] = {}
        self._magics = magics

    # -- statements

    def statements(self, body: Iterable[ast.AST]) -> None:
        """Read statements in order."""
        for statement in body:
            if self._magics is not None and isinstance(statement, ast.stmt):
                self.events += self._magics(statement)
            self.visit(statement)

    def block(self, body: Iterable[ast.AST]) -> Events:
        """The events of statements or expressions, apart from the current ones."""
        outer, self.events = self.events, []
        self.statements(body)
        inner, self.events = self.events, outer
        return inner

    def visit(self, node: ast.AST) -> None:
        """Read one node."""
        handler = _HANDLERS.get(type(node))
        if handler is not None:
            handler(self, node)
        else:
            for child in children(node):
                self.visit(child)

    @property
    def _in_function(self) -> bool:
        scope: Scope | None = self.scope
        while scope is not None and scope.kind not in ("function", "module"):
            scope = scope.outer
        return scope is not None and scope.kind == "function"

    def maybe(self, *nodes: ast.AST) -> None:
        """Read nodes that may not be evaluated at all."""
        events = self.block(nodes)
        if events:
            self.events.append((BRANCH, (events, [])))

    def _guards(self, test: ast.AST) -> None:
        self.events += [(GUARD, name) for name in guarded_names(test)]

    # -- names

    def name(self, node: Any) -> None:
        identifier = node.id
        if not self.scope.is_global(identifier):
            if identifier in self._imports and isinstance(node.ctx, ast.Load):
                self.local_imports[id(node)] = self._imports[identifier]
            return
        if isinstance(node.ctx, ast.Load):
            self.events.append((USE, identifier, node))
        elif isinstance(node.ctx, ast.Store):
            self.events.append((BIND, identifier, node, "variable", None))
        else:
            self.events.append((DELETE, identifier, node))

    def bind(self, name: str, node: ast.AST, kind: str, value: object = None) -> None:
        if self.scope.is_global(name):
            self.events.append((BIND, name, node, kind, value))

    def target(self, node: ast.AST, value: ast.expr | None) -> None:
        """Read the target of an assignment; a plain name remembers its value."""
        if isinstance(node, ast.Name) and value is not None:
            self.bind(node.id, node, "variable", value)
        elif isinstance(node, (ast.Subscript, ast.Attribute)):
            self.visit(node)
        elif isinstance(node, (ast.Tuple, ast.List)):
            for element in node.elts:
                self.target(element, None)
        else:
            self.visit(node)

    def stored(self, node: Any) -> None:
        """`x[i] = …`, `x.a = …`, `del x[i]`: the object changes, the name stays."""
        for child in children(node):
            self.visit(child)
        if isinstance(node.ctx, ast.Load):
            return
        root = root_of(node)
        if isinstance(root, ast.Name):
            if self.scope.is_global(root.id):
                self.events.append((MUTATE, root.id, node))
            if root.id == "builtins":
                self.events.append((UNKNOWN, "a name added to `builtins`", node))
        elif isinstance(root, ast.Call) and reach_of_call(root) is Reach.NAMESPACE:
            self.events.append((UNKNOWN, "names written through `globals()`", node))

    # -- assignments

    def assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self.target(target, node.value)

    def augmented(self, node: ast.AugAssign) -> None:
        if not isinstance(node.target, ast.Name):
            self.visit(node.value)
            self.visit(node.target)
            return
        name = node.target.id
        known = self.scope.is_global(name)
        if known:
            self.events.append((USE, name, node.target))
        self.visit(node.value)
        if known:
            self.events.append((MUTATE, name, node))
            self.events.append((BIND, name, node.target, "augmented", node))

    def annotated(self, node: ast.AnnAssign) -> None:
        self.later(node.annotation)
        if node.value is not None:
            self.visit(node.value)
            self.target(node.target, node.value)
        elif not isinstance(node.target, ast.Name):
            self.visit(node.target)

    def walrus(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        scope = self.scope
        while scope.kind == "comprehension" and scope.outer is not None:
            scope = scope.outer
        if scope.is_global(node.target.id):
            self.events.append((BIND, node.target.id, node.target, "variable", node.value))

    # -- imports

    def imports(self, node: ast.Import) -> None:
        for alias in node.names:
            whole = alias.name if alias.asname else alias.name.partition(".")[0]
            self._import(alias, node, whole)

    def imports_from(self, node: ast.ImportFrom) -> None:
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            if alias.name == "*":
                self.events.append((STAR, module, node))
            else:
                self._import(alias, node, f"{module}.{alias.name}")

    def _import(self, alias: ast.alias, node: ast.AST, qualified: str) -> None:
        name = imported_name(alias)
        if self.scope.is_global(name):
            self.events.append((BIND, name, node, "import", qualified))
        else:
            self._imports[name] = qualified

    # -- functions and classes

    def function(self, node: Any) -> None:
        for part in outside_of(node):
            self.visit(part)
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        every += [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]
        self.later(
            *[a.annotation for a in every if a.annotation],
            *([node.returns] if node.returns else []),
        )
        body = self.body_of(node, node.body)
        certain = isinstance(node, ast.FunctionDef) and not node.decorator_list and body.certain
        body.certain = certain
        if self.scope.kind == "module" or node.name in self.scope.declared_global:
            self.bind(node.name, node, "function", body)
        else:
            self.events.append((DEFER, body))

    def lambda_(self, node: ast.Lambda) -> None:
        for part in outside_of(node):
            self.visit(part)
        self.events.append((DEFER, self.body_of(node, [node.body])))

    def body_of(self, node: Any, statements: Iterable[ast.AST]) -> Body:
        """The body of a function or lambda, read in its own scope."""
        statements = list(statements)
        names = names_of_body(statements)
        names.bound.update(parameters(node.args))
        names.bound.update(parameter.name for parameter in getattr(node, "type_params", ()))
        outer, outer_imports, self._imports = self.scope, self._imports, dict(self._imports)
        self.scope = names.scope("function", outer)
        body = Body(
            node, self.block(statements), not names.yields, frozenset(names.declared_global)
        )
        self.scope, self._imports = outer, outer_imports
        self.bodies.append(body)
        return body

    def class_(self, node: ast.ClassDef) -> None:
        for part in outside_of(node):
            self.visit(part)
        outer = self.scope
        names = names_of_body(node.body)
        self.scope = names.scope("class", outer)
        start = len(self.bodies)
        self.statements(node.body)
        self.scope = outer
        makers = [
            body
            for body in self.bodies[start:]
            if body.node in node.body and getattr(body.node, "name", "") == "__init__"
        ]
        plain = not node.decorator_list and not node.keywords
        self.bind(node.name, node, "class", makers[-1] if makers and plain else None)

    def later(self, *nodes: ast.AST) -> None:
        """Read expressions that may be evaluated now, later or never: annotations."""
        events = self.block(nodes)
        if events:
            self.events.append((DEFER, Body(nodes[0], events, False, frozenset())))

    # -- branches

    def if_(self, node: ast.If) -> None:
        self._guards(node.test)
        self.visit(node.test)
        match constant_truth(node.test):
            case True:
                self.statements(node.body)
            case False:
                self.statements(node.orelse)
            case None:
                branches = (self.block(node.body), self.block(node.orelse))
                self.events.append((BRANCH, branches))

    def if_expression(self, node: ast.IfExp) -> None:
        self._guards(node.test)
        self.visit(node.test)
        self.events.append((BRANCH, (self.block([node.body]), self.block([node.orelse]))))

    def boolean(self, node: ast.BoolOp) -> None:
        self._guards(node)
        self.visit(node.values[0])
        self.maybe(*node.values[1:])

    def compare(self, node: ast.Compare) -> None:
        self.visit(node.left)
        self.visit(node.comparators[0])
        self.maybe(*node.comparators[1:])

    def assert_(self, node: ast.Assert) -> None:
        self.visit(node.test)
        if node.msg is not None:
            self.maybe(node.msg)

    def match_(self, node: ast.Match) -> None:
        self.visit(node.subject)
        branches = []
        exhaustive = False
        for case in node.cases:
            parts = [case.pattern, *([case.guard] if case.guard else [])]
            branches.append(self.block([*parts, *case.body]))
            wildcard = isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
            exhaustive = exhaustive or (wildcard and case.guard is None)
        if not exhaustive:
            branches.append([])
        self.events.append((BRANCH, tuple(branches)))

    def pattern(self, node: Any) -> None:
        for child in children(node):
            self.visit(child)
        name = node.rest if isinstance(node, ast.MatchMapping) else node.name
        if name is not None:
            self.bind(name, node, "variable")

    # -- loops

    def for_(self, node: Any) -> None:
        self.visit(node.iter)
        outer, self.events = self.events, []
        self.target(node.target, None)
        self.statements(node.body)
        body, self.events = self.events, outer
        self._loop(node, body, runs_at_least_once(node.iter), ends=True)

    def while_(self, node: ast.While) -> None:
        truth = constant_truth(node.test)
        if truth is False:
            self.statements(node.orelse)
            return
        self.visit(node.test)
        self._loop(node, self.block([*node.body, node.test]), truth is True, ends=truth is not True)

    def _loop(self, node: Any, body: Events, certain: bool, ends: bool) -> None:
        bound = frozenset(bound_in(body))
        self.events.append((LOOP, body, self.block(node.orelse), bound, certain, ends))

    def comprehension(self, node: Any) -> None:
        self.visit(node.generators[0].iter)
        outer = self.scope
        self.scope = Scope("comprehension", comprehension_targets(node), (), outer)
        rest: list[ast.AST] = [*node.generators[0].ifs]
        for generator in node.generators[1:]:
            rest += [generator.iter, *generator.ifs]
        rest += [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        events = self.block(rest)
        self.scope = outer
        if not events:
            return
        if isinstance(node, ast.GeneratorExp):
            self.events.append((DEFER, Body(node, events, False, frozenset())))
        else:
            self.events.append((LOOP, events, [], frozenset(bound_in(events)), False, True))

    # -- the rest

    def try_(self, node: Any) -> None:
        caught = any(catches_name_error(handler.type) for handler in node.handlers)
        body = self.block(node.body)
        handlers = []
        for handler in node.handlers:
            outer, self.events = self.events, []
            if handler.type is not None:
                self.visit(handler.type)
            if handler.name:
                self.bind(handler.name, handler, "variable")
            self.statements(handler.body)
            if handler.name and self.scope.is_global(handler.name):
                self.events.append((DELETE, handler.name, handler))
            events, self.events = self.events, outer
            handlers.append(events)
        body = [(QUIET, body)] if caught else body
        parts = (self.block(node.orelse), self.block(node.finalbody))
        self.events.append((TRY, body, tuple(handlers), *parts))

    def with_(self, node: Any) -> None:
        quiet = False
        for item in node.items:
            self.visit(item.context_expr)
            quiet = quiet or suppresses(item.context_expr)
            if item.optional_vars is not None:
                self.target(item.optional_vars, None)
        if quiet:
            body = self.block(node.body)
            self.events.append((TRY, [(QUIET, body)], ([],), [], []))
        else:
            self.statements(node.body)

    def call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        known = bool(name) and self.scope.is_global(name)
        if known:
            self.events.append((CALLEE, name, node.func))
        else:
            self.visit(node.func)
        for part in (*node.args, *node.keywords):
            self.visit(part)
        if known:
            self.events.append((CALL, name, node))
        self._effects(node, name)

    def _effects(self, node: ast.Call, name: str) -> None:
        """What a call does to names: mutation of its receiver, writing the namespace, leaving."""
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            receiver = node.func.value.id
            inplace = any(
                keyword.arg == "inplace" and constant_truth(keyword.value)
                for keyword in node.keywords
            )
            mutating = node.func.attr in MUTATING_METHODS or inplace
            if mutating and self.scope.is_global(receiver):
                self.events.append((MUTATE, receiver, node))
            if (receiver, node.func.attr) in EXITS:
                self.events.append((EXIT, "raise"))
        elif ("", name) in EXITS:
            self.events.append((EXIT, "raise"))
        if reach_of_call(node) is Reach.UNKNOWN and not (name == "exec" and self._in_function):
            self.events.append((UNKNOWN, f"`{ast.unparse(node.func)[:40]}()`", node))

    def delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self.visit(target)

    def leave(self, node: Any) -> None:
        for child in children(node):
            self.visit(child)
        self.events.append((EXIT, type(node).__name__.lower()))

    def nothing(self, node: ast.AST) -> None:
        """Nodes without events."""


_HANDLERS: dict[type, Callable[[Reader, Any], None]] = {
    ast.Name: Reader.name,
    ast.Constant: Reader.nothing,
    ast.Global: Reader.nothing,
    ast.Nonlocal: Reader.nothing,
    ast.Pass: Reader.nothing,
    ast.Subscript: Reader.stored,
    ast.Attribute: Reader.stored,
    ast.Assign: Reader.assign,
    ast.AugAssign: Reader.augmented,
    ast.AnnAssign: Reader.annotated,
    ast.NamedExpr: Reader.walrus,
    ast.Import: Reader.imports,
    ast.ImportFrom: Reader.imports_from,
    ast.FunctionDef: Reader.function,
    ast.AsyncFunctionDef: Reader.function,
    ast.Lambda: Reader.lambda_,
    ast.ClassDef: Reader.class_,
    ast.If: Reader.if_,
    ast.IfExp: Reader.if_expression,
    ast.BoolOp: Reader.boolean,
    ast.Compare: Reader.compare,
    ast.Assert: Reader.assert_,
    ast.Match: Reader.match_,
    ast.MatchAs: Reader.pattern,
    ast.MatchStar: Reader.pattern,
    ast.MatchMapping: Reader.pattern,
    ast.For: Reader.for_,
    ast.AsyncFor: Reader.for_,
    ast.While: Reader.while_,
    ast.Try: Reader.try_,
    ast.TryStar: Reader.try_,
    ast.With: Reader.with_,
    ast.AsyncWith: Reader.with_,
    ast.Call: Reader.call,
    ast.Delete: Reader.delete,
    ast.Return: Reader.leave,
    ast.Raise: Reader.leave,
    ast.Break: Reader.leave,
    ast.Continue: Reader.leave,
    **dict.fromkeys(COMPREHENSIONS, Reader.comprehension),
}
