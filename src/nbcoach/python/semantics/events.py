"""One cell as the ordered events that matter between cells: uses, bindings, deletions, calls."""

import ast
from collections.abc import Callable
from typing import Any

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
