"""Every session that can have saved a notebook: its cells run in the order of their counts."""

import ast
import contextlib
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

# What each cell showed when it ran last, by its index.
Shown = dict[int, str]


def top_to_bottom(sources: Sequence[str]) -> Shown:
    """What the cells show when they run in the order of the file."""
    return shown(sources, range(len(sources)))


def possible(sources: Sequence[str], counts: Mapping[int, int]) -> Iterator[Shown]:
    """What the cells may have shown when they got their counts.

    A count that no cell has is that of an earlier run of any cell whose last run came after it, or
    of a cell that is gone and did nothing.
    """
    cells = {count: cell for cell, count in counts.items()}
    ways: list[list[int | None]] = []
    for count in range(1, max(cells, default=0) + 1):
        again = [cell for cell, last in counts.items() if last > count]
        ways.append([cells[count]] if count in cells else [None, *again])
    for order in product(*ways):
        yield shown(sources, [cell for cell in order if cell is not None])


def shown(sources: Sequence[str], order: Sequence[int]) -> Shown:
    """What the cells show when they run in this order; the name of the error if there is one."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    namespace["get_ipython"] = lambda: _Shell(namespace)
    return {cell: _run(_MANAGER.transform_cell(sources[cell]), namespace) for cell in order}


def _run(source: str, namespace: dict[str, Any]) -> str:
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(ast.Module(body, []), "<cell>", "exec"), namespace)
            if last is not None:
                result = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)
                if result is not None:
                    printed.write(repr(result))
        except Exception as error:
            printed.write(type(error).__name__)
    return printed.getvalue()


_MANAGER = TransformerManager()


class _Shell:
    """The magics of the cases: those that run what they are given, and those that do nothing."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace

    def run_cell_magic(self, name: str, arguments: str, body: str) -> None:
        if name == "time":
            sys.stdout.write(_run(_MANAGER.transform_cell(body), self._namespace))

    def run_line_magic(self, name: str, arguments: str) -> None:
        if name == "time":
            sys.stdout.write(_run(arguments, self._namespace))

    def system(self, command: str) -> None:
        """Nothing is run."""
