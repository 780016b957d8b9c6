"""The parts of a notebook that is kept as text, whatever its format."""

from typing import Any, NamedTuple

from nbcoach.documents.front_matter import FrontMatter
from nbcoach.documents.source_lines import Line


class TextCell(NamedTuple):
    """A cell, which takes the text from `start`, its marker, to `end`, the next cell's.

    `form` says how its lines stand in the file: "code" with magics commented out, "comment",
    "quoted", "plain", or "head" for what stands above all cells. `magic` is a first line that
    stands for an option. `marker_end` is where the marker's line ends, -1 where there is none.
    """

    kind: str
    form: str
    metadata: dict[str, Any]
    magic: str
    lines: tuple[Line, ...]
    start: int
    marker_end: int
    end: int

    def source(self, text: str) -> str:
        """The source that jupytext gives the cell."""
        return self.magic + "\n".join([line.of(text) for line in self.lines])

    def position(self, text: str, offset: int) -> int:
        """Where a character of the source stands in the text; there must be a line."""
        body = self.source(text)[len(self.magic) :]
        offset = max(offset - len(self.magic), 0)
        number = body.count("\n", 0, offset)
        line = self.lines[number]
        return line.position(min(offset - body.rfind("\n", 0, offset) - 1, len(line.of(text))))


class TextFile(NamedTuple):
    """The head and the cells of a file; `format_name` is jupytext's name of its format."""

    head: FrontMatter
    cells: tuple[TextCell, ...]
    format_name: str
