"""Python statements as events: the reader, and which function reads which kind of node."""

import ast
from collections.abc import Callable, Iterable
from typing import Any

from nbcoach.python.semantics.events import BIND, BRANCH, MUTATE, Body, Events, MagicsOf
from nbcoach.python.semantics.reading_blocks import BLOCKS
from nbcoach.python.semantics.reading_names import NAMES
from nbcoach.python.semantics.scopes import Scope, children

Handler = Callable[["Reader", Any], None]


class Reader:
    """Turns statements into events, in the order in which Python evaluates them.

    `bodies` are the functions met on the way; `local_imports` maps the nodes of names that are
    imported inside functions to their qualified names.
    """

    def __init__(self, magics_of: MagicsOf | None = None) -> None:
        self.events: Events = []
        self.scope = Scope("module")
        self.bodies: list[Body] = []
        self.local_imports: dict[int, str] = {}
        self.imports: dict[str, str] = {}
        self._magics_of = magics_of

    def statements(self, body: Iterable[ast.AST]) -> None:
        """Read statements, or expressions, one after the other."""
        for statement in body:
            if self._magics_of is not None and isinstance(statement, ast.stmt):
                self.events += self._magics_of(statement)
            self.visit(statement)

    def block(self, body: Iterable[ast.AST]) -> Events:
        """The events of statements or expressions, apart from the current ones."""
        outer, self.events = self.events, []
        self.statements(body)
        inner, self.events = self.events, outer
        return inner

    def visit(self, node: ast.AST) -> None:
        """Read one node."""
        handler = HANDLERS.get(type(node))
        if handler is not None:
            handler(self, node)
            return
        for child in children(node):
            if type(child) is not ast.Constant:
                self.visit(child)

    def maybe(self, *nodes: ast.AST) -> None:
        """Read nodes that may not be evaluated at all."""
        events = self.block(nodes)
        if events:
            self.events.append((BRANCH, (events, [])))

    def bind(self, name: str, node: ast.AST, kind: str, value: object = None) -> None:
        """Give a name a value, if it is the notebook's own and not a local one."""
        if self.scope.is_global(name):
            self.events.append((BIND, name, node, kind, value))

    def change(self, name: str, node: ast.AST) -> None:
        """Change the object that a name holds, if it is the notebook's own."""
        if self.scope.is_global(name):
            self.events.append((MUTATE, name, node))

    def target(self, node: ast.AST, value: ast.expr | None = None) -> None:
        """Read the target of an assignment; a plain name remembers its value."""
        if isinstance(node, ast.Name):
            self.bind(node.id, node, "variable", value)
        elif isinstance(node, (ast.Tuple, ast.List)):
            for element in node.elts:
                self.target(element)
        else:
            self.visit(node)


HANDLERS: dict[type, Handler] = {**NAMES, **BLOCKS}
