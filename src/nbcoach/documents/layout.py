"""Where the parts of one JSON notebook stand in its text."""

from functools import cached_property
from typing import Any, TypeGuard

from nbcoach.documents.cells import Steps, heading_prefix, raw_cells, source_field
from nbcoach.documents.regions import Region, region_between
from nbcoach.documents.source import Source
from nbcoach.documents.spans import Item, after_gap, items, part
from nbcoach.documents.style import Style, style_of
from nbcoach.notebook import Location


class Layout:
    """The places of a parsed notebook's cells and fields in `text`, looked up when asked for."""

    def __init__(self, text: str, root: dict[str, Any]) -> None:
        self.text = text
        self.root = root
        self.paths = tuple(path for path, _ in raw_cells(root))
        self._sources: dict[int, Source | None] = {}

    @cached_property
    def style(self) -> Style:
        """How the file is written."""
        return style_of(self.text)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids in use."""
        cells = [self.value(path) for path in self.paths]
        ids = [cell.get("id") for cell in cells if isinstance(cell, dict)]
        return frozenset(identity for identity in ids if isinstance(identity, str))

    @cached_property
    def whole(self) -> Item:
        """The notebook itself."""
        start = after_gap(self.text, 0)
        return Item(None, start, start, len(self.text.rstrip(" \t\n\r")))

    @cached_property
    def cells(self) -> tuple[Item, ...]:
        """Every cell, over all worksheets."""
        return tuple(
            cell for place in self._lists.values() for cell in items(self.text, place.value)
        )

    @cached_property
    def _lines(self) -> tuple[int, ...]:
        """The line, from 1, that each cell starts in."""
        lines, line, position = [], 1, 0
        for cell in self.cells:
            line += self.text.count("\n", position, cell.start)
            position = cell.start
            lines.append(line)
        return tuple(lines)

    def field(self, path: Steps) -> Item | None:
        """The value at a path from the root; None where there is none."""
        for length in (2, 4):
            if path[:length] in self._indices:
                cell = self.cells[self._indices[path[:length]]]
                return self._descend(path[length:], cell)
        return self._lists.get(path) or self._descend(path)

    def value(self, path: Steps) -> Any:
        """The parsed value at a path that exists."""
        value: Any = self.root
        for step in path:
            value = value[step]
        return value

    def source(self, index: int) -> Source | None:
        """The source of a cell; None where the cell has none that is text."""
        if index not in self._sources:
            self._sources[index] = self._find_source(index)
        return self._sources[index]

    def _find_source(self, index: int) -> Source | None:
        raw = self.value(self.paths[index])
        stored = raw.get(source_field(raw)) if isinstance(raw, dict) else None
        if not _is_text(stored):
            return None
        place = part(self.text, self.cells[index].value, source_field(raw))
        return Source(self.text, place.value, place.end, stored) if place else None

    def shift(self, index: int) -> int:
        """How many characters of a cell's source are not in the file: those of its heading."""
        raw = self.value(self.paths[index])
        return len(heading_prefix(raw)) if isinstance(raw, dict) else 0

    def region(self, location: Location) -> Region:
        """Where a location stands in the file; of a whole cell or notebook only its first line."""
        index = location.cell
        if index is None or not 0 <= index < len(self.cells):
            return Region(1)
        source = self.source(index) if location.span else None
        if source is None or location.span is None:
            return Region(self._lines[index])
        shift, length = self.shift(index), len(source.source)
        first, behind = (min(max(offset - shift, 0), length) for offset in location.span)
        start = source.position(first)
        end = max(start, source.end(behind))
        begin = self.cells[index].start
        return region_between(self.text, start, end, begin=begin, line=self._lines[index])

    @cached_property
    def _lists(self) -> dict[Steps, Item]:
        """The lists that hold cells."""
        places = {path: self._descend(path) for path in dict.fromkeys(p[:-1] for p in self.paths)}
        return {path: place for path, place in places.items() if place is not None}

    @cached_property
    def _indices(self) -> dict[Steps, int]:
        return {path: index for index, path in enumerate(self.paths)}

    def _descend(self, path: Steps, place: Item | None = None) -> Item | None:
        place = place or self.whole
        for step in path:
            place = part(self.text, place.value, step)
            if place is None:
                return None
        return place


def _is_text(value: object) -> TypeGuard[str | list[str]]:
    if isinstance(value, list):
        return all(isinstance(line, str) for line in value)
    return isinstance(value, str)
