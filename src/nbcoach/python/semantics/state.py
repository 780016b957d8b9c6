"""What is known of all names at one point, and how ways come together."""

from collections.abc import Sequence

from nbcoach.python.semantics.bindings import Binding, Mutation, Slot


class State:
    """The names at one point, as changes to an outer state.

    `dead` tells that the point is never reached, `opened` that any name may be bound, `certain`
    that running the cell surely comes here, `first` the same for the innermost loop's first turn.
    """

    __slots__ = ("base", "certain", "dead", "first", "names", "opened")

    def __init__(
        self, base: "State | None" = None, certain: bool = True, first: bool = True
    ) -> None:
        self.base = base
        self.names: dict[str, Slot] = {}
        self.dead = False
        self.opened: bool = base is not None and base.opened
        self.certain = certain
        self.first = first

    def get(self, name: str) -> Slot | None:
        state: State | None = self
        while state is not None:
            slot = state.names.get(name)
            if slot is not None:
                return slot
            state = state.base
        return None

    def copy(self) -> "State":
        """This state, to go on from separately."""
        other = State(self.base, self.certain, self.first)
        other.names = dict(self.names)
        other.opened = self.opened
        other.dead = self.dead
        return other

    def join(self, branches: "Sequence[State]") -> None:
        """Go on from whichever of the branches, all made of this state, was taken."""
        live = [branch for branch in branches if not branch.dead]
        if not live:
            self.dead = True
            return
        if len(live) < len(branches):
            self.certain = self.first = False
        self.opened = any(branch.opened for branch in live)
        if len(live) == 1:
            self.names.update(live[0].names)
            return
        for name in {name: None for branch in live for name in branch.names}:
            outer = self.get(name)
            slots = [branch.names.get(name, outer) for branch in live]
            self.names[name] = merge(slots)


def merge(slots: "Sequence[Slot | None]") -> Slot:
    """What is known of a name that came by any of several ways."""
    first = slots[0]
    if first is not None and all(slot is first for slot in slots):
        return first
    bindings: dict[Binding, None] = {}
    touched: dict[Mutation, None] = {}
    certain = True
    deleted = None
    for slot in slots:
        if slot is None:
            certain = False
            continue
        bindings.update(dict.fromkeys(slot.bindings))
        touched.update(dict.fromkeys(slot.touched))
        certain = certain and slot.certain
        deleted = deleted or slot.deleted
    return Slot(tuple(bindings), certain, deleted, tuple(touched))


def since(state: State, base: State) -> State:
    """A state with all of its changes since `base` at hand, to be joined there."""
    layers = []
    outer: State | None = state
    while outer is not None and outer is not base:
        layers.append(outer.names)
        outer = outer.base
    flat = State(base, certain=False, first=False)
    flat.opened = state.opened
    for names in reversed(layers):
        flat.names.update(names)
    return flat
