"""The cells of a notebook and of its text compared, and in doubt as jupytext sees them."""

from collections.abc import Sequence
from typing import Any, Final

from nbcoach.documents import read
from nbcoach.notebook import Cell, CodeCell, MarkdownCell, Notebook
from nbcoach.subjects import Unreadable

Inputs = list[tuple[str, str]]

# Reading or writing these starts other programs.
_BY_OTHERS: Final = frozenset({"pandoc", "quarto", "marimo"})


def first_difference(notebook: Notebook, path: str, data: bytes, written: str) -> int | None:
    """The first cell, from 0, in which a notebook and its text are not the same; None for none.

    `written` is the format of the text. A text may hold less than the notebook: what counts is
    whether it holds what jupytext would write today. None also where that cannot be told.
    """
    if {written.rpartition(":")[2], written} & _BY_OTHERS or written.startswith("qmd"):
        return None
    document = read(path, data)
    if not isinstance(document, Unreadable):
        mine, theirs = _inputs(notebook.cells), _inputs(document.notebook.cells)
        if mine == theirs:
            return None
    try:
        mine, theirs = _as_jupytext_reads(notebook, data.decode(), written)
    except Exception:  # it raises whatever it likes over files that are none of its own
        return None
    return None if mine == theirs else _first(mine, theirs)


def _first(mine: Inputs, theirs: Inputs) -> int:
    pairs = enumerate(zip(mine, theirs, strict=False))
    shorter = min(len(mine), len(theirs))
    return next((number for number, (one, other) in pairs if one != other), shorter)


def _inputs(cells: Sequence[Cell]) -> Inputs:
    return [(_kind(cell), cell.source.rstrip()) for cell in cells]


def _kind(cell: Cell) -> str:
    if isinstance(cell, CodeCell):
        return "code"
    return "markdown" if isinstance(cell, MarkdownCell) else "raw"


def _as_jupytext_reads(notebook: Notebook, text: str, written: str) -> tuple[Inputs, Inputs]:
    """The cells of the text that jupytext would write, and of the text as it is."""
    import jupytext
    from nbformat import from_dict

    content = {
        "nbformat": 4,
        "nbformat_minor": 4,
        "metadata": dict(notebook.metadata),
        "cells": [_cell(cell) for cell in notebook.cells],
    }
    node: Any = from_dict(content)  # type: ignore[no-untyped-call]
    would_be = jupytext.writes(node, written)
    mine, theirs = (jupytext.reads(one, written).cells for one in (would_be, text))
    return _plain(mine), _plain(theirs)


def _cell(cell: Cell) -> dict[str, Any]:
    plain = {"cell_type": _kind(cell), "source": cell.source, "metadata": dict(cell.metadata)}
    if isinstance(cell, CodeCell):
        return {**plain, "outputs": [], "execution_count": None}
    return plain


def _plain(cells: Sequence[Any]) -> Inputs:
    return [(cell.cell_type, cell.source.rstrip()) for cell in cells]
