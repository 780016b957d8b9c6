"""Locations turned into places for people: cell numbers, lines and columns."""

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from nbcoach.finding import Finding
from nbcoach.notebook import Cell, Location
from nbcoach.report import Place, PlacedFinding
from nbcoach.subjects import Unreadable

if TYPE_CHECKING:
    from nbcoach.documents import Document

_LINE_END = re.compile(r"\r\n?|\n")


def place(
    findings: tuple[Finding, ...], document: "Document | Unreadable", *, raw_lines: bool = False
) -> tuple[PlacedFinding, ...]:
    """The findings with their places; `raw_lines` asks for the lines in the file as well."""
    places = _Places(document, raw_lines=raw_lines)
    return tuple(
        PlacedFinding(
            finding,
            places.of(finding.location),
            tuple([places.of(related.location) for related in finding.related]),
        )
        for finding in findings
    )


class _Places:
    """The places in one document; remembers where the lines of its cells start."""

    def __init__(self, document: "Document | Unreadable", *, raw_lines: bool = False) -> None:
        self._document = document
        self._raw_lines = raw_lines
        self._starts: dict[int, list[int]] = {}

    def of(self, location: Location) -> Place:
        """The place of one location; a whole cell has no line, a whole notebook no cell."""
        if isinstance(self._document, Unreadable):
            return Place(raw_line=self._document.line)
        place = self._within(location, self._document.notebook.cells)
        if not self._raw_lines:
            return place
        line, column, end_line, end_column = self._document.region(location)
        return place._replace(
            raw_line=line, raw_column=column, raw_end_line=end_line, raw_end_column=end_column
        )

    def _within(self, location: Location, cells: tuple[Cell, ...]) -> Place:
        if location.cell is None or not 0 <= location.cell < len(cells):
            return Place()
        cell = cells[location.cell]
        starts = self._starts_of(cell)
        if location.span is None:
            return Place(cell.index + 1, cell.id or "", source=_line(cell.source, starts, 0))
        line = bisect_right(starts, location.span.start)
        end_line = bisect_right(starts, location.span.end)
        return Place(
            cell=cell.index + 1,
            cell_id=cell.id or "",
            line=line,
            column=location.span.start - starts[line - 1] + 1,
            end_line=end_line,
            end_column=location.span.end - starts[end_line - 1] + 1,
            source=_line(cell.source, starts, line - 1),
        )

    def _starts_of(self, cell: Cell) -> list[int]:
        starts = self._starts.get(cell.index)
        if starts is None:
            starts = [0, *(match.end() for match in _LINE_END.finditer(cell.source))]
            self._starts[cell.index] = starts
        return starts


def _line(source: str, starts: list[int], index: int) -> str:
    end = starts[index + 1] if index + 1 < len(starts) else len(source)
    return source[starts[index] : end].rstrip("\r\n")
