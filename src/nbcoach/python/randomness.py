"""Which random numbers a notebook draws, and which generators it seeds."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from nbcoach.python import known_randomness as known

if TYPE_CHECKING:
    from nbcoach.notebook import CodeCell, Notebook
    from nbcoach.python.code import Code

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SEED_CALL = re.compile(r"seed|(?:full|set)_determinism|TrainingArguments$", re.IGNORECASE)
_SEED_CONSTANT = re.compile(r"(?:\w+_)?(?:SEED|RANDOM_STATE)(?:_VALUE|_?\d+)?", re.IGNORECASE)
# The last parts of the names in the tables, so that most calls need no further look.
_LAST_PARTS = frozenset(
    name.rpartition(".")[2] for name in (*known.DRAWS, *known.SPLITS, *known.OWN_SEEDS)
)


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """A call that takes numbers from the global generator of `family`: "numpy", "torch", …

    `name` is the dotted name of what is called; `argument` the one that would give it a generator
    of its own, if there is one. `splits` tells that it splits data, `runs` that running the
    notebook comes here.
    """

    name: str
    family: str
    argument: str
    splits: bool
    cell: int
    node: ast.Call
    runs: bool


@dataclass(frozen=True, slots=True, eq=False)
class Seed:
    """A call that seeds the global generators of `families`; none for a generator of its own.

    `argument` is the seed as it is written, `helper` the function of the notebook around the call.
    """

    name: str
    families: frozenset[str]
    cell: int
    node: ast.Call
    argument: ast.expr | None
    helper: ast.FunctionDef | None


class Randomness:
    """The random draws and the seeds of a notebook, for its cells in the order of reading.

    An imported function that is named like a seed is taken to seed everything.
    """

    def __init__(self, notebook: "Notebook") -> None:
        self._notebook = notebook
        self._semantics = notebook.as_read

    @cached_property
    def draws(self) -> tuple[Draw, ...]:
        """What draws from global generators, in the order of the file."""
        return tuple(event for event in self._events if isinstance(event, Draw))

    @cached_property
    def seeds(self) -> tuple[Seed, ...]:
        """What sets seeds, in the order of the file; in functions, too, that nobody calls."""
        return tuple(event for event in self._events if isinstance(event, Seed))

    def seeded_before(self, family: str, node: ast.AST) -> bool:
        """Whether a seed of the family may have been set when the notebook comes to a call."""
        seeds = [seed for seed in self.seeds if family in seed.families]
        use = self._semantics.use_of(_root(node))
        if use is None or use.later:
            return bool(seeds)
        now = self._moments[use.node][0]
        return any(moment < now for seed in seeds for moment in self._times(seed))

    def seeded_afresh(self, draw: Draw) -> bool:
        """Whether the cell that draws sets a seed itself, and nothing else draws in between."""
        use = self._semantics.use_of(_root(draw.node))
        if use is None or use.later:
            return False
        now = self._moments[use.node][0]
        seeds = [seed for seed in self.seeds if draw.family in seed.families]
        latest = max((t for seed in seeds for t in self._times(seed) if t < now), default=None)
        if latest is None or self._semantics.uses[latest].at != use.at:
            return False
        others = [other for other in self.draws if other.family == draw.family]
        return not any(latest < t < now for other in others for t in self._times(other))

    def constant_above(self, cell: int, node: ast.AST) -> str | None:
        """A whole number that the notebook sets once, above a node, and names like a seed."""
        named = [b for b in self._semantics.bindings if _SEED_CONSTANT.fullmatch(b.name)]
        often = Counter(binding.name for binding in named)
        for binding in named:
            value = binding.value
            above = (binding.cell, _line(binding.node)) < (cell, _line(node))
            number = isinstance(value, ast.Constant) and type(value.value) is int
            if above and number and often[binding.name] == 1:
                return binding.name
        return None

    def _times(self, event: Draw | Seed) -> list[int]:
        """When the notebook comes to a call, counted in uses of names."""
        return self._moments.get(_root(event.node), [])

    @cached_property
    def _moments(self) -> dict[ast.AST, list[int]]:
        """The uses of each node by their place in the order; the first that surely comes first."""
        moments: dict[ast.AST, list[int]] = {}
        for moment, use in enumerate(self._semantics.uses):
            if not use.later:
                moments.setdefault(use.node, []).append(moment)
        for moment, use in enumerate(self._semantics.uses):
            if use.later:
                moments.setdefault(use.node, []).append(moment)
        return moments

    @cached_property
    def _events(self) -> tuple[Draw | Seed, ...]:
        cells = [cell for cell in self._notebook.code_cells if not cell.skipped]
        return tuple(event for cell in cells for event in self._events_in(cell))

    def _events_in(self, cell: "CodeCell") -> Iterator[Draw | Seed]:
        code = cell.code
        if code is None:
            return
        for call in code.nodes(ast.Call):
            function = call.func
            last = _last_part(function)
            named_like_a_seed = _SEED_CALL.search(last) is not None
            if not (named_like_a_seed or last in _LAST_PARTS or last in self._imported):
                continue
            name = self._semantics.qualified_name(function)
            if name is not None:
                yield from self._of_library(call, name, cell.index, code)
            elif named_like_a_seed and not self._is_own(function):
                families = known.EVERY if isinstance(function, ast.Name) else frozenset[str]()
                yield self._seed(call, last, families, cell.index, code)

    def _of_library(
        self, call: ast.Call, name: str, cell: int, code: "Code"
    ) -> Iterator[Draw | Seed]:
        """The event that the call of an imported function is."""
        if name in known.OWN_SEEDS:
            if call.args or call.keywords:
                yield self._seed(call, name, frozenset(), cell, code)
        elif _SEED_CALL.search(name.rpartition(".")[2]):
            yield self._seed(call, name, known.SEEDERS.get(name, known.EVERY), cell, code)
        elif name in known.DRAWS or name in known.SPLITS:
            family, argument = known.DRAWS.get(name) or known.SPLITS[name]
            if _draws(call, name, argument):
                runs, splits = self._runs(call, code), name in known.SPLITS
                yield Draw(name, family, argument, splits, cell, call, runs)

    def _seed(
        self, call: ast.Call, name: str, families: frozenset[str], cell: int, code: "Code"
    ) -> Seed:
        argument = call.args[0] if call.args else None
        if argument is None and call.keywords and call.keywords[0].arg is not None:
            argument = call.keywords[0].value
        outer = _outermost(call, code)
        helper = outer if isinstance(outer, ast.FunctionDef) else None
        return Seed(name, families, cell, call, argument, helper)

    def _is_own(self, function: ast.AST) -> bool:
        """Whether a name is surely a function or class of the notebook, whose body tells more."""
        use = self._semantics.use_of(function)
        return use is not None and any(b.kind in ("function", "class") for b in use.bindings)

    def _runs(self, call: ast.Call, code: "Code") -> bool:
        """Whether the cells run a call themselves, or at least use the definition it stands in."""
        use = self._semantics.use_of(_root(call))
        if use is not None and not use.later:
            return True
        outer = _outermost(call, code)
        return outer is not None and outer.name in self._names_in_use

    @cached_property
    def _names_in_use(self) -> frozenset[str]:
        return frozenset(use.name for use in self._semantics.uses if not use.later)

    @cached_property
    def _imported(self) -> frozenset[str]:
        """The names under which something was imported that the tables or its name tell about."""
        return frozenset(
            binding.name
            for binding in self._semantics.bindings
            if binding.kind in ("import", "star")
            and (last := str(binding.value).rpartition(".")[2])
            and (last in _LAST_PARTS or _SEED_CALL.search(last))
        )


def _draws(call: ast.Call, name: str, argument: str) -> bool:
    """Whether a call of a function from the tables surely draws from a global generator."""
    if _is_given(call, argument) or (name.endswith(".random_split") and len(call.args) > 2):
        return False
    if name not in known.SHUFFLES:
        return True
    shuffle = next((word.value for word in call.keywords if word.arg == "shuffle"), None)
    return known.SHUFFLES[name] if shuffle is None else _is_true(shuffle)


def _is_given(call: ast.Call, argument: str) -> bool:
    """Whether a call has an argument that is not None, or may have it."""
    for word in call.keywords:
        if word.arg is None or (word.arg == argument and argument and not _is_none(word.value)):
            return True
    return False


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_true(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _last_part(function: ast.AST) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _root(node: ast.AST) -> ast.AST:
    """What a chain of attributes and calls starts with."""
    while isinstance(node, (ast.Attribute, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node


def _outermost(
    node: ast.AST, code: "Code"
) -> ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | None:
    """The function or class at the top level that a node stands in."""
    found = None
    for around in code.ancestors(node):
        if isinstance(around, _DEFINITIONS):
            found = around
    return found


def _line(node: ast.AST | None) -> int:
    return int(getattr(node, "lineno", 0))
