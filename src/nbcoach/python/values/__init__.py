"""What names and expressions may hold, found out without running anything."""

import ast
from typing import TYPE_CHECKING, Final

from nbcoach.python.values.definitions import Definition, Definitions, Function
from nbcoach.python.values.inference import Inference

if TYPE_CHECKING:
    from nbcoach.notebook import Notebook

__all__ = ["UNKNOWN", "Definition", "Values"]


class _Unknown:
    """The type of `UNKNOWN`, which is no literal."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()


class Values:
    """Answers about the values of one notebook, for its cells in the order of reading."""

    UNKNOWN = UNKNOWN

    def __init__(self, notebook: "Notebook") -> None:
        self._semantics = notebook.as_read
        self._definitions = Definitions(notebook)
        self._inference = Inference(self._semantics, self._definitions)

    def definitions(self, name: ast.Name) -> tuple[Definition, ...]:
        """Every way in which the value of this name may have come about; none if unknown."""
        return self._definitions.of(name)

    def type_of(self, node: ast.AST) -> str | None:
        """The dotted name of the type that an expression surely has, such as `torch.Tensor`.

        A subclass goes by the name that `known_types` has for its kind: every module of torch is
        a `torch.nn.Module`. None where the type depends, or is unknown.
        """
        return self._inference.type_of(node)

    def constant(self, node: ast.AST) -> object:
        """The literal behind an expression, through names with one definition; else `UNKNOWN`."""
        for _ in range(8):
            match node:
                case ast.Constant(value=value):
                    return value
                case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as n)):
                    return -n
                case ast.Name():
                    found = self._definitions.of(node)
                    if len(found) != 1 or found[0].kind != "value":
                        return UNKNOWN
                    assert isinstance(found[0].value, ast.AST)
                    node = found[0].value
                case _:
                    return UNKNOWN
        return UNKNOWN

    def cell_of(self, name: ast.Name) -> int:
        """The index of the cell in which a name stands."""
        return self._definitions.cell_of(name)

    def function_of(self, name: ast.Name) -> Function | None:
        """The innermost function, or lambda, whose body a name stands in."""
        return self._definitions.function_of(name)

    def is_local(self, name: ast.Name) -> bool:
        """Whether a name belongs to a function, a class or a comprehension."""
        return self._definitions.owner_of(name) is not None
