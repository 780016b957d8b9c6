"""The policies of expressions, found through the names, calls and choices they are made of."""

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from nbcoach.python.devices.policies import (
    AGNOSTIC,
    CPU,
    UNKNOWN,
    Kind,
    Policy,
    is_number,
    joined,
    names_device,
    of_constant,
)
from nbcoach.python.devices.questions import Questions
from nbcoach.python.devices.sites import Place
from nbcoach.python.semantics.scopes import FUNCTIONS, children

if TYPE_CHECKING:
    from nbcoach.notebook import CodeCell, Notebook
    from nbcoach.python.values import Definition

# Functions that return the device there is, whoever defines them, and classes whose `device` is it.
_CHOOSING: Final = frozenset({"current_accelerator", "infer_device", "try_gpu", "xla_device"})
_CHOOSERS: Final = frozenset({"Accelerator", "PartialState"})


class Evaluation:
    """Finds the policies of the expressions of one notebook."""

    def __init__(
        self,
        notebook: "Notebook",
        questions: Questions,
        is_guarded: "Callable[[ast.AST, CodeCell], bool]",
    ) -> None:
        self._cells = {cell.index: cell for cell in notebook.code_cells}
        self._qualified_name = notebook.as_read.qualified_name
        self._definitions = notebook.values.definitions
        self._asks = questions.asks
        self._is_guarded = is_guarded
        self._found: dict[ast.AST, Policy] = {}

    def policy(self, node: ast.expr) -> Policy:
        """What decides the device that an expression, in the place of one, stands for."""
        known = self._found.get(node)
        if known is None:
            self._found[node] = UNKNOWN  # for names that are defined by themselves
            known = self._found[node] = self._find(node)
        return known

    def places(self, node: ast.expr, cell: "CodeCell") -> Iterator[Place]:
        """Where the devices that an expression stands for are written."""
        waiting, seen = [Place(cell, node)], set()
        while waiting:
            place = waiting.pop()
            if place.node in seen:
                continue
            seen.add(place.node)
            match place.node:
                case ast.Name() as name:
                    waiting += [
                        Place(self._cells[definition.cell], definition.value)
                        for definition in self._definitions(name)
                        if isinstance(definition.value, ast.expr)
                    ]
                case ast.Call(func=function, args=[written]) if self._is_device(function):
                    waiting.append(Place(place.cell, written))
                case _:
                    yield place

    def _is_device(self, function: ast.expr) -> bool:
        return self._qualified_name(function) == "torch.device"

    def _find(self, node: ast.expr) -> Policy:
        match node:
            case ast.Constant(value=value):
                return of_constant(value)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)):
                return CPU
            case ast.Name():
                return joined([self._of(d) for d in self._definitions(node)])
            case ast.NamedExpr(value=value) | ast.Attribute(value=value, attr="type"):
                return self.policy(value)
            case ast.Attribute(value=value, attr="device") if self._is_chooser(value):
                return AGNOSTIC
            case ast.Dict(values=values):
                return joined([self.policy(value) for value in values])
            case ast.Call():
                return self._of_call(node)
            case ast.Subscript():
                return self._of_item(node)
            case _:
                return self._of_choice(node)

    def _of(self, definition: "Definition") -> Policy:
        """The policy that a name has from one of its definitions."""
        if definition.kind != "value" or not isinstance(definition.value, ast.expr):
            return UNKNOWN
        cell = self._cells[definition.cell]
        if _is_setting(definition.node, cell):
            return AGNOSTIC
        policy = self.policy(definition.value)
        if policy.kind is Kind.HARD and self._is_guarded(definition.node, cell):
            return UNKNOWN if is_number(definition.value) else AGNOSTIC
        return policy

    def _of_choice(self, node: ast.expr) -> Policy:
        """The policy of what puts devices together: `"cuda" if … else "cpu"`."""
        match node:
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._between([body, orelse], test)
            case ast.BoolOp(values=values):
                return self._between(values, node)
            case ast.Subscript(value=ast.List(elts=parts) | ast.Tuple(elts=parts), slice=index):
                return self._between(parts, index)
            case ast.Subscript(value=ast.Dict(values=parts), slice=index):
                return self._between(parts, index)
            case ast.JoinedStr() | ast.BinOp() if self._asks(node) and names_device(node):
                return AGNOSTIC
            case _:
                return UNKNOWN

    def _between(self, parts: list[ast.expr], question: ast.expr) -> Policy:
        """The policy of one of several values, of which a question may tell the right one."""
        found = [self.policy(part) for part in parts]
        if all(map(is_number, parts)) and CPU not in found:
            return UNKNOWN
        if self._asks(question) and any(map(self._may_be_device, parts)):
            return AGNOSTIC
        return joined(found)

    def _may_be_device(self, node: ast.expr) -> bool:
        """Whether this is a device other than the processor, be its number unknown."""
        if isinstance(node, ast.Call) and node.args and self._is_device(node.func):
            node = node.args[0]
        if isinstance(node, (ast.JoinedStr, ast.BinOp)):
            return names_device(node)
        return self.policy(node).kind in (Kind.HARD, Kind.AGNOSTIC)

    def _of_item(self, item: ast.Subscript) -> Policy:
        """The policy of `jax.devices()[0]`, of `os.environ["DEVICE"]`, of one of two devices."""
        whole = item.value
        if isinstance(whole, ast.Call) and self._qualified_name(whole.func) == "jax.devices":
            return self.policy(whole.args[0]) if whole.args else AGNOSTIC
        return AGNOSTIC if self._qualified_name(whole) == "os.environ" else self._of_choice(item)

    def _is_chooser(self, node: ast.expr) -> bool:
        """Whether an object is there to know the device, such as an `Accelerator`."""
        if isinstance(node, ast.Name):
            values = [definition.value for definition in self._definitions(node)]
            return bool(values) and all(map(_makes_chooser, values))
        return _makes_chooser(node)

    def _of_call(self, call: ast.Call) -> Policy:
        match self._qualified_name(call.func):
            case "torch.device":
                return self._of_torch_device(call)
            case "torch.cuda.current_device":
                return Policy(Kind.HARD, "cuda")
            case "os.getenv" | "os.environ.get":
                return AGNOSTIC
        if _last_name(call.func) in _CHOOSING:
            return AGNOSTIC
        if isinstance(call.func, ast.Name):
            found = self._definitions(call.func)
            if call.func.id == "str" and len(call.args) == 1 and not found:
                return self.policy(call.args[0])
            if len(found) == 1 and isinstance(found[0].value, FUNCTIONS):
                return self._of_function(found[0].value)
        return UNKNOWN

    def _of_torch_device(self, call: ast.Call) -> Policy:
        parts = [*call.args, *(keyword.value for keyword in call.keywords)]
        if not parts:
            return UNKNOWN
        policy = self.policy(parts[0])
        if len(parts) == 1 or policy.kind is not Kind.HARD:
            return policy
        index = self.policy(parts[1])
        return Policy(Kind.HARD, policy.type, index.index) if index.kind is Kind.HARD else UNKNOWN

    def _of_function(self, function: ast.AST) -> Policy:
        """The policy of what a function returns."""
        returned = list(_returned(function))
        if self._asks(function) and any(map(self._may_be_device, returned)):
            return AGNOSTIC
        return joined([self.policy(value) for value in returned])


def _is_setting(node: ast.AST, cell: "CodeCell") -> bool:
    """Whether whoever runs the notebook sets this: a form's field, a cell of parameters."""
    if "parameters" in cell.tags:
        return True
    code = cell.code
    if code is None or "@param" not in cell.source:
        return False
    rest = cell.source[code.span(node).end :]
    return "@param" in rest.partition("\n")[0]


def _makes_chooser(value: object) -> bool:
    return isinstance(value, ast.Call) and _last_name(value.func) in _CHOOSERS


def _last_name(node: ast.AST) -> str:
    name: str = getattr(node, "attr", "") or getattr(node, "id", "")
    return name


def _returned(function: ast.AST) -> Iterator[ast.expr]:
    """The expressions that a function returns, without those of functions inside it."""
    if isinstance(function, ast.Lambda):
        yield function.body
        return
    waiting = list(getattr(function, "body", ()))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value
        elif not isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.expr)):
            waiting += children(node)
