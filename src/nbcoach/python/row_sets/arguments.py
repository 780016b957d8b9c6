"""One call with its arguments worked out."""

import ast
from typing import NamedTuple

from nbcoach.python.row_sets.state import Scope, State
from nbcoach.python.row_sets.values import Known, Table, Value


class Call(NamedTuple):
    """A call of a library's function, or of a method whose owner's value is `owner`.

    `name` is the function's dotted name, or that of the method.
    """

    node: ast.Call
    name: str
    arguments: tuple[Value, ...]
    keywords: dict[str, Value]
    scope: Scope
    owner: Value | None = None

    @property
    def state(self) -> State:
        """What all scopes share."""
        return self.scope.state

    def argument(self, position: int, *names: str) -> Value | None:
        """The argument at a position or under one of these names."""
        for name in names:
            if name in self.keywords:
                return self.keywords[name]
        if any(isinstance(given, ast.Starred) for given in self.node.args[: position + 1]):
            return None
        return self.arguments[position] if position < len(self.arguments) else None

    def table(self, position: int, *names: str) -> Table | None:
        """The same, where it is a table."""
        value = self.argument(position, *names)
        return value if isinstance(value, Table) else None

    def constant(self, position: int, *names: str) -> object:
        """The same, where it is a constant; else None."""
        value = self.argument(position, *names)
        return value.value if isinstance(value, Known) else None

    @property
    def along_rows(self) -> bool:
        """Whether a statistic is taken of each row by itself."""
        axis = self.constant(0 if self.owner is not None else 1, "axis")
        return axis in (1, -1, "columns") or (isinstance(axis, tuple) and 0 not in axis)
