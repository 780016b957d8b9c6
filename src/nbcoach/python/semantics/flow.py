"""Events followed in order: what each name holds wherever it is used."""

import ast
from collections.abc import Sequence

from nbcoach.python.semantics import events as e
from nbcoach.python.semantics.binders import is_history
from nbcoach.python.semantics.bindings import Binding, Deletion, Mutation, Slot, Unknown, Use
from nbcoach.python.semantics.star_names import names_of_module
from nbcoach.python.semantics.state import State, merge, since

_MOST_STEPS = 400_000
_DEEPEST_CALL = 12


class Flow:
    """Follows the events of cells and keeps what it saw."""

    def __init__(self, initial: frozenset[str]) -> None:
        self.initial = initial
        self.state = State()
        self.uses: list[Use] = []
        self.bindings: list[Binding] = []
        self.mutations: list[Mutation] = []
        self.deletions: list[Deletion] = []
        self.unknowns: list[Unknown] = []
        self._cell = self._at = -1
        self._later = self._quiet = False
        self._loops: list[frozenset[str]] = []
        self._jumps: list[tuple[State, list[State]]] = []
        self._returns: list[tuple[State, list[State]]] = []
        self._raises = 0
        self._leaves = 0
        self._active: list[e.Body] = []
        self._seen: set[e.Body] = set()
        self._steps = 0
        self._bodies: list[tuple[int, e.Body]] = []
        self._body_cells: dict[e.Body, int] = {}
        self._global_binds: set[str] = set()

    # -- cells

    def cell(self, index: int, events: e.Events, bodies: Sequence[e.Body], tolerant: bool) -> None:
        """Run one cell; a `tolerant` one may stop anywhere, so its bindings are only possible."""
        self._cell = self._at = index
        for body in bodies:
            self._bodies.append((index, body))
            self._body_cells[body] = index
            self._global_binds |= body.binds
        self.state.certain = self.state.first = not tolerant
        inner = State(self.state, certain=not tolerant, first=not tolerant)
        was, self._quiet = self._quiet, tolerant
        try:
            self.run(events, inner)
        except RecursionError:
            self._give_up(inner)
        self._quiet = was
        inner.dead = False
        self.state.join([inner, State(self.state)] if tolerant else [inner])

    def finish(self) -> None:
        """Look at the functions that no cell called: they may be called after the last one."""
        self.state.certain = self.state.first = False
        for index, body in self._bodies:
            if body not in self._seen:
                self._cell = self._at = index
                try:
                    self._run_later(body, self.state)
                except RecursionError:
                    self._give_up(self.state)

    def _give_up(self, state: State) -> None:
        """Leave everything that was begun; any name may be bound from here on."""
        self._later = False
        self._loops, self._jumps, self._returns, self._active = [], [], [], []
        self._open("code that nests too deeply", None, state)

    # -- events

    def run(self, events: e.Events, state: State) -> None:
        """Follow events from a state, which changes with them."""
        for event in events:
            if state.dead:
                return
            self._steps += 1
            if self._steps > _MOST_STEPS:
                state.opened = True
                return
            _STEPS[event[0]](self, event, state)

    def _use(self, event: e.Event, state: State) -> None:
        slot = self._read(event, state)
        if slot is not None and len(slot.bindings) == 1:
            body = slot.bindings[0].value
            if isinstance(body, e.Body) and slot.bindings[0].kind == "function":
                self._run_later(body, state)

    def _read(self, event: e.Event, state: State) -> Slot | None:
        _, name, node = event
        slot = state.get(name)
        if name in self.initial and (slot is None or slot.is_unbound):
            return None  # a builtin is there again when the name that hid it is deleted
        if slot is None and is_history(name):
            slot = Slot((Binding(name, -1, None, "history", None),), True)
        unbound = slot is None or slot.is_unbound
        opened = state.opened or (unbound and not self._first_turn(name, state))
        certain = state.certain and not self._later
        use = Use(name, node, self._cell, self._at, slot, certain, self._later, self._quiet, opened)
        self.uses.append(use)
        if slot is None or not slot.certain:
            self._assume(name, slot, opened, state)
        return slot

    def _assume(self, name: str, slot: Slot | None, opened: bool, state: State) -> None:
        """Whoever comes past a use has seen the name bound."""
        if self._later:
            return
        bindings = slot.bindings if slot is not None else ()
        touched = slot.touched if slot is not None else ()
        if not bindings:
            kind = "unseen" if opened else "assumed"
            bindings = (Binding(name, self._at, None, kind, None),)
        state.names[name] = Slot(bindings, True, None, touched)

    def _first_turn(self, name: str, state: State) -> bool:
        """Whether no earlier turn of a loop around can have bound the name."""
        if not self._loops:
            return True
        if any(name in bound for bound in self._loops[:-1]):
            return False
        return state.first or name not in self._loops[-1]

    def _bind(self, event: e.Event, state: State) -> None:
        _, name, node, kind, value = event
        binding = Binding(name, self._at, node, kind, value)
        self.bindings.append(binding)
        if self._later:
            old = state.get(name)
            state.names[name] = merge([Slot((binding,), True), old])
        else:
            state.names[name] = Slot((binding,), True)

    def _delete(self, event: e.Event, state: State) -> None:
        _, name, node = event
        if not isinstance(node, ast.ExceptHandler):
            self._read((e.USE, name, node), state)
        deletion = Deletion(name, self._at, node)
        self.deletions.append(deletion)
        if self._later:
            old = state.get(name)
            if old is not None:
                state.names[name] = Slot(old.bindings, False, deletion, old.touched)
        else:
            state.names[name] = Slot((), False, deletion)

    def _clear(self, event: e.Event, state: State) -> None:
        names: set[str] = set()
        outer: State | None = state
        while outer is not None:
            names |= outer.names.keys()
            outer = outer.base
        for name in sorted(names):
            deletion = Deletion(name, self._at, event[1])
            state.names[name] = Slot((), False, deletion)
        state.opened = False

    def _mutate(self, event: e.Event, state: State) -> None:
        _, name, node = event
        mutation = Mutation(name, self._at, node)
        slot = state.get(name)
        if slot is None or any(b.kind in ("import", "history") for b in slot.bindings):
            return
        self.mutations.append(mutation)
        touched = (*slot.touched[-8:], mutation)
        state.names[name] = Slot(slot.bindings, slot.certain, slot.deleted, touched)

    def _branch(self, event: e.Event, state: State) -> None:
        left = self._leaves
        branches = []
        for events in event[1]:
            branch = State(state, certain=False, first=False)
            self.run(events, branch)
            branches.append(branch)
        state.join(branches)
        self._doubt(state, left)

    def _doubt(self, state: State, left: int) -> None:
        """Where something in between may have left, what follows is no longer sure to run."""
        if self._leaves != left:
            state.certain = state.first = False

    def _loop(self, event: e.Event, state: State) -> None:
        _, events, orelse, bound, certain, ends = event
        left, was = self._leaves, (state.certain, state.first)
        if self._global_binds and any(inner[0] == e.CALL for inner in events):
            bound = bound | self._global_binds
        body = State(state, certain=state.certain and certain, first=True)
        body.opened = body.opened or "*" in bound
        self._loops.append(bound)
        self._jumps.append((state, []))
        self.run(events, body)
        jumps = self._jumps.pop()[1]
        self._loops.pop()
        ways = [body, *jumps] if ends else jumps
        state.join(ways if certain else [*ways, State(state)])
        state.certain, state.first = was
        self._doubt(state, left)
        if not state.dead:
            self.run(orelse, state)

    def _try(self, event: e.Event, state: State) -> None:
        _, events, handlers, orelse, final = event
        left, was = self._leaves, (state.certain, state.first)
        body = State(state, state.certain, state.first)
        self.run(events, body)
        broken = State(state, certain=False, first=False)
        broken.opened = body.opened
        for name, slot in body.names.items():
            broken.names[name] = merge([slot, state.get(name)])
        if not body.dead:
            self.run(orelse, body)
        ways = [body]
        for handler in handlers:
            way = broken.copy()
            self.run(handler, way)
            ways.append(way)
        state.join(ways)
        if not any(way.dead for way in ways):
            state.certain, state.first = was
        self._doubt(state, left)
        ended, state.dead = state.dead, False
        self.run(final, state)
        state.dead = state.dead or ended

    def _exit(self, event: e.Event, state: State) -> None:
        kind = event[1]
        if kind in ("break", "continue"):
            if self._jumps:
                base, states = self._jumps[-1]
                states.append(since(state, base))
        else:
            self._leaves += 1
            if kind == "raise":
                self._raises += 1
            elif self._returns:
                base, states = self._returns[-1]
                states.append(since(state, base))
        state.dead = True

    def _call(self, event: e.Event, state: State) -> None:
        slot = state.get(event[1])
        if slot is None or not slot.bindings:
            return
        bodies = [b.value for b in slot.bindings if isinstance(b.value, e.Body)]
        if len(slot.bindings) == 1 and bodies and bodies[0].certain:
            self._run_now(bodies[0], state)
        else:
            for body in bodies:
                self._run_later(body, state)

    def _run_now(self, body: e.Body, state: State) -> None:
        if body in self._active or len(self._active) >= _DEEPEST_CALL:
            return
        raised, left, was = self._raises, self._leaves, (state.certain, state.first)
        inner = State(state, state.certain, state.first)
        returned = self._enter(body, inner, state)
        state.join([inner, *returned])
        state.certain, state.first = was
        if self._raises == raised:
            self._leaves = left
        self._doubt(state, left)

    def _run_later(self, body: e.Body, state: State) -> None:
        """Look at a body that runs now, later or never: it may bind names, and claims nothing."""
        if body in self._active or len(self._active) >= _DEEPEST_CALL:
            return
        inner = State(state, certain=False, first=False)
        raised, left = self._raises, self._leaves
        was, self._later = self._later, True
        self._enter(body, inner, state)
        self._later, self._raises, self._leaves = was, raised, left
        state.opened = state.opened or inner.opened
        for name in body.binds:
            slot = inner.names.get(name)
            if slot is not None:
                state.names[name] = merge([slot, state.get(name)])

    def _enter(self, body: e.Body, inner: State, state: State) -> list[State]:
        """Follow a body; what its `return` statements left behind."""
        outer = self._cell, self._jumps, self._loops
        self._cell = self._body_cells.get(body, self._cell)
        self._jumps = []
        self._seen.add(body)
        self._active.append(body)
        self._returns.append((state, []))
        self.run(body.events, inner)
        self._active.pop()
        self._cell, self._jumps, self._loops = outer
        return self._returns.pop()[1]

    def _defer(self, event: e.Event, state: State) -> None:
        self._run_later(event[1], state)

    def _star(self, event: e.Event, state: State) -> None:
        _, module, node = event
        names = names_of_module(module)
        if names is None:
            self._open(f"`from {module} import *`", node, state)
            return
        for name in names:
            binding = Binding(name, self._at, node, "star", f"{module}.{name}")
            state.names[name] = Slot((binding,), True)

    def _unknown(self, event: e.Event, state: State) -> None:
        self._open(event[1], event[2], state)

    def _open(self, reason: str, node: ast.AST | None, state: State) -> None:
        self.unknowns.append(Unknown(reason, self._at, node))
        state.opened = True

    def _guard(self, event: e.Event, state: State) -> None:
        slot = state.get(event[1])
        if slot is None or not slot.bindings:
            binding = Binding(event[1], self._at, None, "unseen", None)
            state.names[event[1]] = Slot((binding,), False)

    def _isolated(self, event: e.Event, state: State) -> None:
        inner, before = State(state, state.certain, state.first), len(self.bindings)
        self.run(event[1], inner)
        for name in event[2]:
            inner.names.pop(name, None)
        self.bindings[before:] = [b for b in self.bindings[before:] if b.name not in event[2]]
        state.join([inner])

    def _quiet_block(self, event: e.Event, state: State) -> None:
        was, self._quiet = self._quiet, True
        self.run(event[1], state)
        self._quiet = was


_STEPS = {
    e.USE: Flow._use,
    e.CALLEE: Flow._read,
    e.CALL: Flow._call,
    e.BIND: Flow._bind,
    e.DELETE: Flow._delete,
    e.MUTATE: Flow._mutate,
    e.BRANCH: Flow._branch,
    e.LOOP: Flow._loop,
    e.TRY: Flow._try,
    e.EXIT: Flow._exit,
    e.DEFER: Flow._defer,
    e.STAR: Flow._star,
    e.UNKNOWN: Flow._unknown,
    e.GUARD: Flow._guard,
    e.QUIET: Flow._quiet_block,
    e.CLEAR: Flow._clear,
    e.ISOLATED: Flow._isolated,
}
