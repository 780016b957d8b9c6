"""What ruff is shown of a notebook: its Python, without anything that is none."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nbcoach.notebook import CodeCell, Notebook
from nbcoach.python.code import Code


@dataclass(frozen=True, eq=False)
class Shown:
    """The cells that ruff sees, in the order in which it counts them.

    Left out are cells in other languages and those that do not parse: one of them would silence
    ruff for all others. Escapes are masked, at equal length, so that every place stays.
    """

    notebook: Notebook
    cells: tuple[CodeCell, ...]

    def contents(self) -> bytes:
        """A notebook of these sources and nothing else; whatever its kernel was called."""
        cells: list[dict[str, Any]] = [
            {
                "cell_type": "code",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": _encodable(text_of(cell).text),
            }
            for cell in self.cells
        ]
        root = {
            "cells": cells,
            "metadata": {"language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 4,
        }
        return json.dumps(root).encode()

    @cached_property
    def unseen(self) -> str:
        """All that may use names and that ruff does not see: other cells, and escapes."""
        seen = {cell.index for cell in self.cells}
        hidden = (cell.source for cell in self.notebook.code_cells if cell.index not in seen)
        return "\n".join((*hidden, *_escapes(self.cells)))


def shown(notebook: Notebook) -> Shown:
    """What ruff can be shown of a notebook."""
    return Shown(notebook, tuple(cell for cell in notebook.code_cells if _is_plain(cell)))


def text_of(cell: CodeCell) -> Code:
    """The code of a cell that ruff was shown."""
    assert cell.code is not None
    return cell.code


def _is_plain(cell: CodeCell) -> bool:
    """Whether the masked source is Python as it stands, and there is any."""
    if cell.code is None or cell.code.error is not None or not cell.source.strip():
        return False
    # IPython takes a common margin away, and ruff does not.
    return not cell.code.text.lstrip("\r\n\f").startswith((" ", "\t")) or cell.code.is_inert


def _escapes(cells: Iterable[CodeCell]) -> Iterator[str]:
    for cell in cells:
        for magic in text_of(cell).magics:
            yield cell.source[magic.span.start : magic.span.end]


def _encodable(text: str) -> str:
    """The text with a question mark for every half of a character, which no UTF-8 can hold."""
    return text if text.isascii() else text.encode(errors="replace").decode()
