"""What an expression says about the device that it stands for."""

import ast
import re
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Kind(Enum):
    """How a device was decided: by the text alone, by asking what is there, or nobody knows how."""

    CPU = "cpu"
    HARD = "hard"
    AGNOSTIC = "agnostic"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Policy:
    """The device behind an expression. `type` and `index` are those of a HARD one: `cuda`, 1."""

    kind: Kind
    type: str = ""
    index: int | None = None

    @property
    def text(self) -> str:
        """The device as torch writes it: `cuda`, `cuda:1`."""
        return self.type if self.index is None else f"{self.type}:{self.index}"


CPU: Final = Policy(Kind.CPU)
AGNOSTIC: Final = Policy(Kind.AGNOSTIC)
UNKNOWN: Final = Policy(Kind.UNKNOWN)

_NAME: Final = re.compile(r"(cpu|cuda|gpu|mps|xpu|hip)(?::(\d+))?", re.IGNORECASE)
_TENSORFLOW: Final = re.compile(r"/(?:device:)?(cpu|gpu):(\d+)", re.IGNORECASE)


def of_text(text: str) -> Policy:
    """The policy of a device's name: `cuda:1`, `/GPU:0`."""
    found = _NAME.fullmatch(text) or _TENSORFLOW.fullmatch(text)
    if found is None:
        # A `device_map` of this value takes what there is.
        return AGNOSTIC if text == "auto" else UNKNOWN
    kind = found[1].lower()
    index = None if found[2] is None else int(found[2])
    return CPU if kind == "cpu" else Policy(Kind.HARD, kind, index)


def of_number(number: int) -> Policy:
    """The policy of a device's number: that of a GPU, or -1 for none."""
    return CPU if number == -1 else Policy(Kind.HARD, "cuda", number)


def of_constant(value: object) -> Policy:
    """The policy of a literal in the place of a device."""
    if isinstance(value, str):
        return of_text(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= -1:
        return of_number(value)
    return UNKNOWN


def joined(policies: list[Policy]) -> Policy:
    """The policy of a value that came by one of several ways: theirs, where they agree.

    Where one of them is a choice, the notebook as a whole makes one.
    """
    if AGNOSTIC in policies and UNKNOWN not in policies:
        return AGNOSTIC
    return policies[0] if len(set(policies)) == 1 else UNKNOWN


def names_device(node: ast.AST) -> bool:
    """Whether a device stands in a text that is put together, as in `f"cuda:{i}"`."""
    return any(
        isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and (_NAME.fullmatch(part.value.rstrip(":")) or part.value.startswith("cuda:"))
        for part in ast.walk(node)
    )


def is_number(node: ast.AST) -> bool:
    """Whether an expression is a plain number, which may as well be a size or a count."""
    operand = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(operand, ast.Constant) and not isinstance(operand.value, str)
