"""What names mean between cells, for one order of running them."""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from nbcoach.python.semantics import events as e
from nbcoach.python.semantics.binders import initial_names
from nbcoach.python.semantics.bindings import Binding, Deletion, Mutation, Unknown, Use
from nbcoach.python.semantics.flow import Flow

if TYPE_CHECKING:
    from nbcoach.notebook import CodeCell, Notebook

__all__ = [
    "Binding",
    "Deletion",
    "Dependency",
    "Mutation",
    "Semantics",
    "Undefined",
    "Unknown",
    "Use",
]


@dataclass(frozen=True, slots=True, eq=False)
class Undefined:
    """A name without a value where it is used: the worst use of it in this order.

    `kind` is "later" where a cell further down binds it (`binding`), "deleted" after a deletion
    that nothing undid, "never" where nothing binds it at all. `certain` tells that running the
    cell surely raises NameError; otherwise it does if this use is reached. `others` are further
    uses of the same name with the same fate.
    """

    use: Use
    kind: Literal["later", "deleted", "never"]
    certain: bool
    binding: Binding | None = None
    deletion: Deletion | None = None
    others: tuple[Use, ...] = ()


class Dependency(NamedTuple):
    """Cell `target` reads `name` as cell `source` left it; `certain` if no other can have."""

    source: int
    target: int
    name: str
    certain: bool


class Semantics:
    """The names of a notebook in one order of its cells; cells are given by their index."""

    def __init__(
        self,
        flow: Flow,
        order: tuple[int, ...],
        elsewhere: frozenset[str],
        local_imports: dict[int, str],
    ) -> None:
        self.order = order
        self.uses: Sequence[Use] = flow.uses
        self.bindings: Sequence[Binding] = flow.bindings
        self.mutations: Sequence[Mutation] = flow.mutations
        self.deletions: Sequence[Deletion] = flow.deletions
        self.unknowns: Sequence[Unknown] = flow.unknowns
        self._elsewhere = elsewhere
        self._local_imports = local_imports

    @cached_property
    def undefined(self) -> tuple[Undefined, ...]:
        """The names that are used without a value, each once, in the order of their uses."""
        claims: dict[str, list[Undefined]] = {}
        for use in self.uses:
            if use.slot is None or not use.slot.certain:
                claim = self._claim(use)
                if claim is not None:
                    claims.setdefault(use.name, []).append(claim)
        return tuple(map(_worst, claims.values()))

    def _claim(self, use: Use) -> Undefined | None:
        if use.quiet or use.name in self._elsewhere:
            return None
        if use.later:
            free = not self.unknowns and use.name not in self._bound
            return Undefined(use, "never", False) if free and use.slot is None else None
        if not use.unbound:
            return None
        if use.slot is not None and use.slot.deleted is not None:
            return Undefined(use, "deleted", use.certain, deletion=use.slot.deleted)
        binding = self._bound.get(use.name)
        if binding is not None:
            return Undefined(use, "later", use.certain, binding=binding)
        return None if self.unknowns else Undefined(use, "never", use.certain)

    @cached_property
    def _bound(self) -> dict[str, Binding]:
        """The first binding of each name."""
        return {binding.name: binding for binding in reversed(self.bindings)}

    @cached_property
    def silenced(self) -> tuple[Use, ...]:
        """The uses that look undefined, but come where an unknown may have bound any name."""
        return tuple(u for u in self.uses if u.slot is None and u.opened and not u.quiet)

    @cached_property
    def dependencies(self) -> tuple[Dependency, ...]:
        """Which cell reads what from which, without repetitions."""
        found: dict[Dependency, None] = {}
        for use in self.uses:
            for binding in use.bindings:
                if binding.cell not in (-1, use.at) and binding.kind not in ("unseen", "assumed"):
                    certain = len(use.bindings) == 1 and not use.opened
                    found[Dependency(binding.cell, use.at, use.name, certain)] = None
        return tuple(found)

    def uses_in(self, cell: int) -> Sequence[Use]:
        """What running a cell reads."""
        return self._by_cell[0].get(cell, ())

    def bindings_in(self, cell: int) -> Sequence[Binding]:
        """What running a cell binds."""
        return self._by_cell[1].get(cell, ())

    def mutations_in(self, cell: int) -> Sequence[Mutation]:
        """Whose objects running a cell changes."""
        return self._by_cell[2].get(cell, ())

    @cached_property
    def _by_cell(
        self,
    ) -> tuple[dict[int, list[Use]], dict[int, list[Binding]], dict[int, list[Mutation]]]:
        uses: dict[int, list[Use]] = {}
        bindings: dict[int, list[Binding]] = {}
        mutations: dict[int, list[Mutation]] = {}
        for use in self.uses:
            uses.setdefault(use.at, []).append(use)
        for binding in self.bindings:
            bindings.setdefault(binding.cell, []).append(binding)
        for mutation in self.mutations:
            mutations.setdefault(mutation.cell, []).append(mutation)
        return uses, bindings, mutations

    @cached_property
    def _use_of_node(self) -> dict[int, Use]:
        backwards = self.uses[::-1]
        found = {id(use.node): use for use in backwards}
        return found | {id(use.node): use for use in backwards if not use.later}

    def use_of(self, node: ast.AST) -> Use | None:
        """The first use that this name node stands for, if possible one that surely comes.

        None for builtins and local names.
        """
        return self._use_of_node.get(id(node))

    def given_above(self, name: ast.Name) -> tuple[Binding, ...]:
        """The bindings that a use surely takes from other cells.

        Empty where its own cell, the kernel or a call at an unknown time may have made the value.
        """
        use = self.use_of(name)
        if use is None or use.later or use.cell != use.at:
            return ()
        foreign = all(binding.cell not in (use.at, -1) for binding in use.bindings)
        return use.bindings if foreign else ()

    def name_of_module(self, module: str) -> str | None:
        """The name that stands for an imported module and for nothing else: `np` for `numpy`."""
        bound: dict[str, set[object]] = {}
        for binding in self.bindings:
            bound.setdefault(binding.name, set()).add(binding.value)
        return next((name for name, values in bound.items() if values == {module}), None)

    def qualified_name(self, node: ast.AST) -> str | None:
        """The dotted name behind a node, aliases resolved: `pandas.read_csv` for `pd.read_csv`.

        None for anything that is not surely a name from an import, or a builtin.
        """
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        root = self._local_imports.get(id(node)) or self._root_name(node)
        return ".".join([root, *reversed(parts)]) if root else None

    def _root_name(self, node: ast.Name) -> str | None:
        use = self.use_of(node)
        if use is None:
            return None
        names = {binding.value for binding in use.bindings if binding.kind in ("import", "star")}
        if len(names) != 1 or len(use.bindings) != sum(
            binding.kind in ("import", "star") for binding in use.bindings
        ):
            return None
        return str(names.pop())


def _worst(claims: list[Undefined]) -> Undefined:
    """Of several claims about one name, the one to report, with the rest beside it."""
    rank = {"deleted": 0, "later": 1, "never": 1}
    worst = min(claims, key=lambda claim: (not claim.certain, claim.use.later, rank[claim.kind]))
    others = tuple(claim.use for claim in claims if claim is not worst)
    return Undefined(worst.use, worst.kind, worst.certain, worst.binding, worst.deletion, others)


def analyse(notebook: "Notebook", cells: Iterable["CodeCell"]) -> Semantics:
    """The semantics of a notebook whose cells run in this order."""
    flow = Flow(initial_names(notebook))
    order = []
    local_imports: dict[int, str] = {}
    for cell in cells:
        order.append(cell.index)
        parts = cell.events
        local_imports.update(parts.local_imports)
        flow.cell(cell.index, parts.events, parts.bodies, tolerant=cell.raises)
    flow.finish()
    left_out = [cell for cell in notebook.code_cells if cell.index not in set(order)]
    elsewhere = frozenset[str]().union(*(e.bound_in(cell.events.events) for cell in left_out))
    return Semantics(flow, tuple(order), elsewhere, local_imports)
