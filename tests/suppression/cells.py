"""Notebooks made of a few cells, without any file."""

from typing import Any

from nbcoach.finding import Finding
from nbcoach.notebook import Cell, CodeCell, Location, MarkdownCell, Notebook, Span


def code(source: str, language: str = "python", **metadata: Any) -> CodeCell:
    """A code cell; its index is set by `notebook`."""
    return CodeCell(0, None, source, metadata, language=language)


def markdown(source: str) -> MarkdownCell:
    """A Markdown cell."""
    return MarkdownCell(0, None, source, {})


def notebook(*cells: Cell, **metadata: Any) -> Notebook:
    """A notebook of these cells."""
    for index, cell in enumerate(cells):
        object.__setattr__(cell, "index", index)
    return Notebook("a.ipynb", (4, 5), "python", metadata, cells)


def finding(rule: str, cell: int | None = None, start: int | None = None) -> Finding:
    """A finding of a rule at a character of a cell, at a whole cell or at the whole notebook."""
    span = None if start is None else Span(start, start + 1)
    return Finding(rule, f"rule-{rule.lower()}", "", Location(cell, span))
