"""Where the tensors and modules of torch are: on the processor, on a device, or nobody knows."""

import ast
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from nbcoach.python import known_types as known
from nbcoach.python.devices import Kind
from nbcoach.python.placement import tables

if TYPE_CHECKING:
    from nbcoach.notebook import Notebook
    from nbcoach.python.values import Definition

Place = Literal["cpu", "dev", "any"]

_TENSOR: Final = "torch.Tensor"
_MODULE: Final = "torch.nn.Module"
_PLACES: Final[dict[Kind, Place]] = {Kind.CPU: "cpu", Kind.HARD: "dev", Kind.AGNOSTIC: "dev"}


class Placement:
    """Answers about the tensors and modules of one notebook, for its cells in order of reading."""

    def __init__(self, notebook: "Notebook") -> None:
        self._notebook = notebook
        self._values = notebook.values
        self._qualified_name = notebook.as_read.qualified_name
        self._fresh: Place = "any" if tables.UNSEEN.search(notebook.code_text) else "cpu"
        self._found: dict[ast.AST, Place | None] = {}
        self._asked: set[ast.AST] = set()
        self._cycles = 0

    def of(self, node: ast.expr) -> Place:
        """Where the tensor or module behind an expression surely is.

        "dev" is a device that the notebook chose, be it that it finds none in the end; "any" is
        all that is unknown, and what is neither a tensor nor a module.
        """
        self._cycles = 0
        try:
            return self._of(node) or "any"
        except RecursionError:
            self._asked.clear()
            return "any"

    def _of(self, node: ast.AST) -> Place | None:
        """The place of a value, None for numbers and for what is defined by itself."""
        if node in self._found:
            return self._found[node]
        if node in self._asked:
            self._cycles += 1
            return None
        cycles = self._cycles
        self._asked.add(node)
        found = self._find(node)
        self._asked.discard(node)
        if cycles == self._cycles or not self._asked:
            self._found[node] = found
        return found

    def _find(self, node: ast.AST) -> Place | None:
        match node:
            case ast.Constant(value=bool() | int() | float()):
                return None
            case ast.Name():
                return self._of_name(node)
            case ast.Call():
                return self._of_call(node)
            case ast.Attribute(value=value, attr=attribute) if attribute in tables.PARTS:
                return self._of(value)
            case ast.Subscript(value=value) | ast.NamedExpr(value=value):
                return self._of(value)
            case ast.UnaryOp(op=ast.USub() | ast.Invert(), operand=value):
                return self._of(value)
            case ast.BinOp(left=left, right=right):
                return self._together([left, right])
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                about = isinstance(op, (ast.In, ast.NotIn, ast.Is, ast.IsNot))
                return "any" if about else self._together([left, right])
            case ast.IfExp(body=body, orelse=orelse):
                return _agreed([self._of(body), self._of(orelse)])
            case _:
                return "any"

    def _together(self, nodes: Iterable[ast.AST]) -> Place | None:
        """The place of what an operation makes: torch refuses tensors from different places."""
        places = {self._of(node) for node in _flat(nodes)} - {None}
        return "dev" if "dev" in places else places.pop() if len(places) == 1 else "any"

    # -- names

    def _of_name(self, name: ast.Name) -> Place | None:
        definitions = self._values.definitions(name)
        if not definitions:
            return "any"
        if self._values.type_of(name) == _MODULE:
            made = max(_order(each.cell, each.node) for each in definitions)
            if moves := self._moves_since(made, name):
                there = all(place == "dev" for _, place in moves)
                before = any(self._is_before(moved, name) for moved, _ in moves)
                return "dev" if there and before else "any"
        return _agreed([self._of_definition(definition) for definition in definitions])

    def _of_definition(self, definition: "Definition") -> Place | None:
        value = definition.value
        if isinstance(value, str):
            return "any"
        match definition.kind:
            case "value" | "part":
                return self._of(value)
            case "element":
                return self._of_element(value, definition.path)
            case "augmented":
                assert isinstance(value, ast.AugAssign)
                return self._of(value.value)
            case _:
                return "any"

    def _of_element(self, iterable: ast.AST, path: tuple[int, ...]) -> Place | None:
        """The place of what a loop goes over."""
        match iterable:
            case ast.Call(func=ast.Name(id="zip"), args=parts) if path and path[0] < len(parts):
                return self._of_element(parts[path[0]], path[1:])
            case ast.Call(func=ast.Name(id="enumerate"), args=[whole, *_]) if path:
                return None if path[0] == 0 else self._of_element(whole, path[1:])
        if self._values.type_of(iterable) == "torch.utils.data.DataLoader":
            return self._fresh
        return self._of(iterable)

    def _moves_since(self, made: tuple[int, ...], name: ast.Name) -> list[tuple[ast.Name, Place]]:
        """Where the module that a name holds is moved in place after it was made, and where to."""
        calls = [
            (moved, call)
            for moved, call in self._moves.get(name.id, ())
            if self._scope(moved) is self._scope(name)
            and _order(self._values.cell_of(moved), moved) > made
        ]
        return [(moved, place) for moved, call in calls if (place := self._target(call))]

    @cached_property
    def _moves(self) -> dict[str, list[tuple[ast.Name, ast.Call]]]:
        """The calls that move what a name holds, by name."""
        found: dict[str, list[tuple[ast.Name, ast.Call]]] = {}
        for cell in self._notebook.code_cells:
            for call in cell.code.nodes(ast.Call) if cell.code is not None else ():
                match call.func:
                    case ast.Attribute(value=ast.Name() as name, attr="to" | "cuda" | "cpu"):
                        found.setdefault(name.id, []).append((name, call))
        return found

    def _scope(self, name: ast.Name) -> ast.AST | None:
        return self._values.function_of(name) if self._values.is_local(name) else None

    def _is_before(self, first: ast.Name, second: ast.Name) -> bool:
        """Whether one place comes before another, or is at the top where the other is not."""
        if self._values.function_of(first) is not self._values.function_of(second):
            return self._values.function_of(first) is None
        cell_of = self._values.cell_of
        return _order(cell_of(first), first) < _order(cell_of(second), second)

    # -- calls

    def _of_call(self, call: ast.Call) -> Place | None:
        function = call.func
        name = self._qualified_name(function)
        if name is not None:
            return self._of_library(name, call)
        if isinstance(function, ast.Attribute):
            if function.attr in ("to", "cuda", "cpu"):
                place = self._target(call)
                return self._of(function.value) if place is None else place
            if self._stays(function):
                return self._of(function.value)
        return self._of_own(call)

    def _target(self, call: ast.Call) -> Place | None:
        """Where `x.to(…)`, `x.cuda()` or `x.cpu()` moves; None where they only change the type."""
        assert isinstance(call.func, ast.Attribute)
        if call.func.attr != "to":
            return "cpu" if call.func.attr == "cpu" else "dev"
        words = {word.arg: word.value for word in call.keywords}
        given = call.args[0] if call.args else words.get("device", words.get("other"))
        if given is None:
            return None if words and None not in words else "any"
        place = _PLACES.get(self._notebook.devices.policy(given).kind)
        if place is not None:
            return place
        match given:
            case ast.Attribute(
                value=ast.Call(
                    func=ast.Name(id="next"),
                    args=[ast.Call(func=ast.Attribute(value=owner, attr="parameters"))],
                ),
                attr="device",
            ):
                return self._of(owner) or "any"
            case ast.Attribute(value=owner, attr="device"):
                return self._of(owner) or "any"
        is_type = (self._qualified_name(given) or "").startswith("torch.")
        return None if is_type else self._of(given) or "any"

    def _stays(self, method: ast.Attribute) -> bool:
        """Whether a method gives a tensor where its object is, or its object."""
        if method.attr in tables.SELECTIONS or known.METHODS.get((_TENSOR, method.attr)) == _TENSOR:
            return True
        own = known.METHODS.get((_MODULE, method.attr)) == _MODULE
        return own and self._values.type_of(method.value) == _MODULE

    def _of_library(self, name: str, call: ast.Call) -> Place | None:
        words = {word.arg: word.value for word in call.keywords}
        first = call.args[0] if call.args else None
        kind = known.returned_by(name)
        if "device" in words and kind in (_TENSOR, _MODULE):
            return _PLACES.get(self._notebook.devices.policy(words["device"]).kind, "any")
        if name in tables.WRAPPERS and first is not None:
            return self._of(first)
        if name in known.FACTORIES and not name.endswith("_like"):
            given = self._of(first) if first is not None else None
            return "dev" if given == "dev" else self._fresh
        if kind == _TENSOR or known.PARTS.get(name, ("",))[0] == _TENSOR:
            return self._together(call.args)
        if kind == _MODULE and words.keys().isdisjoint((None, "device_map", "quantization_config")):
            return self._fresh
        return "any"

    def _of_own(self, call: ast.Call) -> Place | None:
        """What a module, a class or a function of the notebook gives when it is called."""
        function = call.func
        if self._values.type_of(function) == _MODULE:
            inputs = [*call.args, *(word.value for word in call.keywords)]
            away = any(self._of(node) == "dev" for node in (function, *inputs))
            return "dev" if away and not _brings_back(self._class_of(function)) else "any"
        match self._defined(function):
            case ast.FunctionDef() as defined:
                return self._returned(defined)
            case ast.ClassDef() as made if self._values.type_of(call) == _MODULE:
                return "any" if tables.MOVING.search(ast.unparse(made)) else self._fresh
            case _:
                return "any"

    def _defined(self, node: ast.AST) -> ast.AST | str | None:
        """The one value that a name has."""
        definitions = self._values.definitions(node) if isinstance(node, ast.Name) else ()
        return definitions[0].value if len(definitions) == 1 else None

    def _class_of(self, node: ast.AST) -> ast.AST | str | None:
        """The class of the notebook that the object behind a name is of."""
        made = self._defined(node)
        while isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute):
            made = made.func.value
        return self._defined(made.func) if isinstance(made, ast.Call) else None

    def _returned(self, function: ast.FunctionDef) -> Place | None:
        """What all `return` statements of a function agree on."""
        names = [self._qualified_name(_callee(node)) or "" for node in function.decorator_list]
        nodes = list(ast.walk(function))
        if any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in nodes):
            return "any"
        values = [node.value for node in nodes if isinstance(node, ast.Return) and node.value]
        known_ways = all(name.startswith("torch.") for name in names)
        return _agreed([self._of(value) for value in values]) if known_ways and values else "any"


def _brings_back(made: ast.AST | str | None) -> bool:
    """Whether a class may give what it computed as something else than a tensor on its device."""
    return isinstance(made, ast.ClassDef) and tables.RETURNING.search(ast.unparse(made)) is not None


def _order(cell: int, node: ast.AST) -> tuple[int, ...]:
    """A place in the order of the file."""
    return cell, getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _callee(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def _flat(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The nodes, and the elements of those that are displays, as `torch.cat` takes them."""
    for node in nodes:
        yield from node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]


def _agreed(places: list[Place | None]) -> Place | None:
    """The place that all ways agree on."""
    found = set(places) - {None}
    return found.pop() if len(found) == 1 else "any" if found else None
