"""The types of expressions, as far as the libraries in use leave no doubt."""

import ast
from typing import TYPE_CHECKING, Final

from nbcoach.python import known_types as known
from nbcoach.python.semantics.scopes import children
from nbcoach.python.values.batches import is_of_tensors
from nbcoach.python.values.definitions import Definition, Definitions
from nbcoach.python.values.readers import gives_one_frame

if TYPE_CHECKING:
    from nbcoach.python.semantics import Semantics

_DISPLAYS: Final = {
    ast.JoinedStr: "str",
    ast.List: "list",
    ast.ListComp: "list",
    ast.Tuple: "tuple",
    ast.Dict: "dict",
    ast.DictComp: "dict",
    ast.Set: "set",
    ast.SetComp: "set",
}
_TENSOR: Final = "torch.Tensor"
_NUMBERS: Final = ("bool", "int", "float", "complex")
# The stand-in for a name that is asked for while its own type is being found out: `x = x + 1`.
_SELF: Final = "…"
_MOST_STEPS: Final = 400
_LOGICAL: Final = (ast.BitAnd, ast.BitOr, ast.BitXor)


class Inference:
    """Types by tables of what library functions return; all ways must agree, else unknown."""

    def __init__(self, semantics: "Semantics", definitions: Definitions) -> None:
        self._semantics = semantics
        self._definitions = definitions
        self._types: dict[ast.AST, str | None] = {}
        self._asked: set[ast.AST] = set()
        self._met_self = 0
        self._steps = 0

    def type_of(self, node: ast.AST) -> str | None:
        """The dotted name of the type that an expression surely has, else None."""
        self._steps = 0
        try:
            found = self._of(node)
        except RecursionError:
            self._asked.clear()
            return None
        return None if found == _SELF else found

    def _of(self, node: ast.AST) -> str | None:
        if node in self._types:
            return self._types[node]
        if node in self._asked:
            self._met_self += 1
            return _SELF
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return None
        met = self._met_self
        self._asked.add(node)
        found = self._find(node)
        self._asked.discard(node)
        if met == self._met_self or not self._asked:
            self._types[node] = None if found == _SELF else found
        return found

    def _find(self, node: ast.AST) -> str | None:
        match node:
            case ast.Constant(value=value):
                return type(value).__name__
            case ast.Name():
                return self._of_name(node)
            case ast.Call():
                return self._of_call(node)
            case ast.Attribute(value=value, attr=attribute):
                kind = self._of(value)
                return known.ATTRIBUTES.get((kind, attribute)) if kind else None
            case ast.Subscript(value=value, slice=index):
                return self._of_item(self._of(value), index)
            case ast.BinOp(left=left, op=op, right=right):
                return self._of_operation(left, op, right)
            case ast.UnaryOp(op=op, operand=operand):
                kind = self._of(operand)
                return "bool" if isinstance(op, ast.Not) else kind
            case ast.Compare():
                return self._of_comparison(node)
            case ast.IfExp(body=body, orelse=orelse):
                return _joined([self._of(body), self._of(orelse)])
            case ast.BoolOp(values=values):
                return _joined([self._of(value) for value in values])
            case ast.NamedExpr(value=value):
                return self._of(value)
            case _:
                return _DISPLAYS.get(type(node))

    def _of_name(self, name: ast.Name) -> str | None:
        definitions = self._definitions.of(name)
        return _joined([self._of_definition(d) for d in definitions]) if definitions else None

    def _of_definition(self, definition: Definition) -> str | None:
        value = definition.value
        if isinstance(value, str):
            return known.VALUES.get(value)
        match definition.kind:
            case "value":
                return self._of(value)
            case "part":
                return self._of_part(value, definition.path)
            case "element":
                return self._of_element(value, definition.path)
            case "augmented":
                assert isinstance(value, ast.AugAssign)
                return self._of_operation(value.target, value.op, value.value)
            case _:
                return None

    def _of_part(self, value: ast.AST, path: tuple[int, ...]) -> str | None:
        if isinstance(value, ast.Call) and len(path) == 1:
            name = self._semantics.qualified_name(value.func)
            parts = known.PARTS.get(name or "", ())
            return parts[path[0]] if path[0] < len(parts) else None
        return None

    def _of_element(self, iterable: ast.AST, path: tuple[int, ...]) -> str | None:
        """The type of what a loop over an expression gives, or of a part of it."""
        if isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Name):
            called = iterable.func.id if self._is_builtin(iterable.func) else ""
            if called == "range":
                return "int"
            if called == "enumerate" and iterable.args and path:
                return "int" if path[0] == 0 else self._of_element(iterable.args[0], path[1:])
            if called == "zip" and path and path[0] < len(iterable.args):
                return self._of_element(iterable.args[path[0]], path[1:])
        kind = self._of(iterable)
        if kind == "torch.utils.data.DataLoader" and len(path) == 1:
            names = self._semantics.qualified_name
            return _TENSOR if is_of_tensors(iterable, names, self._definitions.of) else None
        return known.ELEMENTS.get(kind) if kind and not path else None

    # -- calls

    def _of_call(self, call: ast.Call) -> str | None:
        function = call.func
        name = self._semantics.qualified_name(function)
        if name is not None:
            return known.returned_by(name) if gives_one_frame(name, call) else None
        if isinstance(function, ast.Name):
            if self._is_builtin(function):
                return known.BUILTINS.get(function.id)
            return self._of_own(function)
        if isinstance(function, ast.Attribute):
            kind = self._of(function.value)
            if kind is not None:
                return self._of_method(kind, function.attr, call)
        return self._of_called_object(function)

    def _of_method(self, kind: str, method: str, call: ast.Call) -> str | None:
        returned = known.METHODS.get((kind, method))
        if any(word.arg == "inplace" and _is_true(word.value) for word in call.keywords):
            return "NoneType" if kind.startswith("pandas.") else returned
        return returned

    def _is_builtin(self, name: ast.Name) -> bool:
        unbound = self._semantics.use_of(name) is None
        return unbound and self._definitions.owner_of(name) is None

    def _of_own(self, function: ast.Name) -> str | None:
        """What a class or a function of the notebook gives; an object that is called, too."""
        definitions = self._definitions.of(function)
        if len(definitions) != 1:
            return None
        match definitions[0].value:
            case ast.ClassDef() as made:
                return self._of_instance(made)
            case ast.FunctionDef() as called:
                return self._of_function(called)
            case _:
                return self._of_called_object(function)

    def _of_instance(self, made: ast.ClassDef) -> str | None:
        """The known kind that a class of the notebook derives from."""
        for parent in made.bases:
            name = self._semantics.qualified_name(parent)
            kind = known.returned_by(name) if name else None
            if kind is None and isinstance(parent, ast.Name):
                kind = self._of_own(parent)
            if kind in known.KINDS_OF_CLASSES:
                return kind
        return None

    def _of_function(self, function: ast.FunctionDef) -> str | None:
        """What all `return` statements of a plain function of the notebook agree on."""
        if function.decorator_list:
            return None
        returned: list[str | None] = []
        waiting: list[ast.AST] = [*function.body]
        while waiting:
            node = waiting.pop()
            match node:
                case ast.Return(value=value):
                    returned.append(self._of(value) if value is not None else "NoneType")
                case ast.Yield() | ast.YieldFrom():
                    return None
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Lambda():
                    continue
                case _:
                    waiting += children(node)
        return _joined(returned) if returned else "NoneType"

    def _of_called_object(self, function: ast.AST) -> str | None:
        """What a module gives when it is called: built-in layers and losses give one tensor."""
        if self._of(function) != "torch.nn.Module":
            return None
        makers = [function]
        if isinstance(function, ast.Name):
            makers = [d.value for d in self._definitions.of(function) if d.kind == "value"]  # type: ignore[misc]
        names = [
            self._semantics.qualified_name(maker.func) if isinstance(maker, ast.Call) else None
            for maker in makers
        ]
        one = names and all(name is not None and known.gives_one_tensor(name) for name in names)
        return "torch.Tensor" if one else None

    # -- operators

    def _of_operation(self, left: ast.AST, op: ast.operator, right: ast.AST) -> str | None:
        kinds = self._of(left), self._of(right)
        first, second = (kind if kind != _SELF else None for kind in kinds)
        if _SELF in kinds:
            return _SELF if (first or second) in _NUMBERS else first or second
        if first is None or second is None:
            return "pandas.DataFrame" if "pandas.DataFrame" in kinds else None
        if first == "str" and isinstance(op, ast.Mod):
            return "str"
        if first in _NUMBERS and second in _NUMBERS:
            return _of_numbers(first, op, second)
        for kind in known.ABSORBING:
            if kind in kinds and {first, second} <= {kind, *_NUMBERS, *known.ABSORBED[kind]}:
                return kind
        same = first == second and first in ("str", "list", "tuple", "set", "dict")
        return first if same and isinstance(op, (ast.Add, ast.Sub, *_LOGICAL)) else None

    def _of_comparison(self, node: ast.Compare) -> str | None:
        if isinstance(node.ops[0], (ast.In, ast.NotIn, ast.Is, ast.IsNot)):
            return "bool"
        kinds = {self._of(part) for part in (node.left, *node.comparators)}
        for kind in known.ABSORBING[:2] if None in kinds else known.ABSORBING[:4]:
            if kind in kinds:
                return kind
        return "bool" if kinds <= {*_NUMBERS, "str"} else None

    def _of_item(self, kind: str | None, index: ast.AST) -> str | None:
        if kind in ("str", "list", "tuple") and isinstance(index, ast.Slice):
            return kind
        if kind in ("str", "torch.Tensor"):
            return kind
        if kind == "numpy.ndarray":
            return kind if isinstance(index, ast.Slice) else None
        if kind is not None and kind.startswith("pandas."):
            return self._of_selection(kind, index)
        return None

    def _of_selection(self, kind: str, index: ast.AST) -> str | None:
        """What `frame[…]` and `frame.loc[…]` give."""
        rows, columns = index, None
        if kind.endswith(("loc", "iloc")) and isinstance(index, ast.Tuple) and len(index.elts) == 2:
            rows, columns = index.elts
        many = isinstance(rows, (ast.Slice, ast.List)) or self._of(rows) in (
            "list",
            "numpy.ndarray",
            "pandas.Series",
        )
        if kind in ("pandas.DataFrame.loc", "pandas.DataFrame.iloc"):
            if not many or (columns is not None and not isinstance(columns, ast.Constant)):
                wide = isinstance(columns, (ast.Slice, ast.List))
                return "pandas.DataFrame" if many and wide else None
            return "pandas.DataFrame" if columns is None else "pandas.Series"
        if kind == "pandas.DataFrame":
            one = isinstance(index, ast.Constant) and isinstance(index.value, str)
            return "pandas.Series" if one else ("pandas.DataFrame" if many else None)
        return "pandas.Series" if kind == "pandas.Series" and many else None


def _joined(kinds: list[str | None]) -> str | None:
    """The type that all ways agree on; those that lead back to the question say nothing."""
    found = {kind for kind in kinds if kind != _SELF}
    if not found:
        return _SELF if kinds else None
    return found.pop() if len(found) == 1 else None


def _of_numbers(first: str, op: ast.operator, second: str) -> str | None:
    if isinstance(op, ast.Pow):
        return "float" if "float" in (first, second) else None
    if isinstance(op, ast.Div) and "complex" not in (first, second):
        return "float"
    order = max(first, second, key=_NUMBERS.index)
    return "int" if order == "bool" else order


def _is_true(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is True
