"""What the analysis keeps of a name: its bindings, uses and changes."""

import ast
from dataclasses import dataclass


class Binding:
    """One place that gives a name its value.

    `kind` is "import", "function", "class", "variable", "augmented", "star", "magic" or
    "history"; "unseen" where something must have bound it, "assumed" where nothing has and a use
    was passed all the same. `value` is the assigned expression, the qualified name of an import,
    or a `Body`.
    """

    __slots__ = ("cell", "kind", "name", "node", "value")

    def __init__(
        self, name: str, cell: int, node: ast.AST | None, kind: str, value: object
    ) -> None:
        self.name = name
        self.cell = cell
        self.node = node
        self.kind = kind
        self.value = value

    def __repr__(self) -> str:
        return f"Binding({self.name!r}, cell={self.cell}, kind={self.kind!r})"


class Slot:
    """What is known of a name at one point.

    `bindings` are those that may reach the point; `certain` is False where it may be unbound all
    the same; `deleted` is the event that unbound it; `touched` are later changes of its object.
    """

    __slots__ = ("bindings", "certain", "deleted", "touched")

    def __init__(
        self,
        bindings: tuple[Binding, ...],
        certain: bool,
        deleted: "Deletion | None" = None,
        touched: "tuple[Mutation, ...]" = (),
    ) -> None:
        self.bindings = bindings
        self.certain = certain
        self.deleted = deleted
        self.touched = touched

    @property
    def is_unbound(self) -> bool:
        """Whether every way here left the name without a value, or ended before."""
        return not self.certain and all(binding.kind == "assumed" for binding in self.bindings)


@dataclass(frozen=True, slots=True, eq=False)
class Deletion:
    """A `del`, or a magic that empties the namespace."""

    name: str
    cell: int
    node: ast.AST | None


@dataclass(frozen=True, slots=True, eq=False)
class Mutation:
    """A change of the object that a name holds: `x.append(1)`, `x[0] = 1`."""

    name: str
    cell: int
    node: ast.AST


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """A point after which any name may be bound."""

    reason: str
    cell: int
    node: ast.AST | None


class Use:
    """One read of a name.

    `cell` is where the node stands, `at` the cell that runs it (a function's body runs where it is
    called). `slot` is None where the name was never bound before; `certain` tells that running the
    cell surely comes here; `later` that nobody knows when it runs, so that the notebook's end
    decides; `quiet` that a NameError is caught; `opened` that any name may be bound.
    """

    __slots__ = ("at", "cell", "certain", "later", "name", "node", "opened", "quiet", "slot")

    def __init__(
        self,
        name: str,
        node: ast.AST,
        cell: int,
        at: int,
        slot: Slot | None,
        certain: bool,
        later: bool,
        quiet: bool,
        opened: bool,
    ) -> None:
        self.name = name
        self.node = node
        self.cell = cell
        self.at = at
        self.slot = slot
        self.certain = certain
        self.later = later
        self.quiet = quiet
        self.opened = opened

    @property
    def unbound(self) -> bool:
        """Whether the name surely has no value here."""
        return not self.opened and (self.slot is None or self.slot.is_unbound)

    @property
    def bindings(self) -> tuple[Binding, ...]:
        """The bindings that may reach this use."""
        return () if self.slot is None else self.slot.bindings

    def __repr__(self) -> str:
        return f"Use({self.name!r}, cell={self.cell}, at={self.at}, unbound={self.unbound})"
