"""A notebook as values: cells, outputs and places in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from nbcoach.anchors import Anchors
    from nbcoach.execution_log import ExecutionLog
    from nbcoach.order_conflicts import Conflict
    from nbcoach.python.code import Code
    from nbcoach.python.devices import Devices
    from nbcoach.python.placement import Placement
    from nbcoach.python.randomness import Randomness
    from nbcoach.python.reordering import Reordering
    from nbcoach.python.row_sets import RowSets
    from nbcoach.python.semantics import Semantics
    from nbcoach.python.semantics.cell_events import CellEvents
    from nbcoach.python.values import Values


class Span(NamedTuple):
    """Half-open character offsets in one cell's source."""

    start: int
    end: int


class Location(NamedTuple):
    """A cell (counted from 0 over all cells) and a span of it; None means the whole."""

    cell: int | None = None
    span: Span | None = None


WHOLE_NOTEBOOK: Final = Location()


@dataclass(frozen=True, eq=False)
class Output:
    """One saved output. `kind` is nbformat's output_type; `name` a stream's or an error's name."""

    kind: str
    name: str
    text: str
    data: Mapping[str, Any]
    metadata: Mapping[str, Any]
    execution_count: int | None

    @cached_property
    def size(self) -> int:
        """How much text it holds, in characters: about what it takes in the file."""
        return size_of(self.data) if self.data else len(self.text)


@dataclass(frozen=True, eq=False)
class Cell:
    """What all cells have. `index` counts all cells from 0; people see it from 1."""

    index: int
    id: str | None
    source: str
    metadata: Mapping[str, Any]
    attachments: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The cell's tags, as far as they are text."""
        tags = self.metadata.get("tags")
        return tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()


class Heading(NamedTuple):
    """A heading; `mark` is the span of its `#` signs, None where it is written otherwise."""

    level: int
    text: str
    span: Span
    mark: Span | None


class Image(NamedTuple):
    """An image; `alt` is its alternative text, None where it has none; `attributes` are HTML's."""

    alt: str | None
    target: str
    attributes: Mapping[str, str]
    span: Span


class Link(NamedTuple):
    """What a link or an image leads to, as it is written; `span` is the place of that."""

    target: str
    span: Span


@dataclass(frozen=True, eq=False)
class MarkdownCell(Cell):
    """Prose."""

    @cached_property
    def prose(self) -> str:
        """The source with code, comments and mathematics blanked out, at equal length."""
        from nbcoach.markdown import prose

        return prose(self.source)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in the order of the source."""
        from nbcoach.markdown import HEADING_SIGNS, headings

        if not any(sign in self.source for sign in HEADING_SIGNS):
            return ()
        return tuple(headings(self.source, self.prose))

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """The images in the order of the source."""
        from nbcoach.markdown import IMAGE_SIGNS, images

        if not any(sign in self.source for sign in IMAGE_SIGNS):
            return ()
        return tuple(images(self.source, self.prose))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links, with those to images, in the order of the source."""
        from nbcoach.markdown import LINK_SIGNS, links

        if not any(sign in self.source for sign in LINK_SIGNS):
            return ()
        return tuple(links(self.prose))


@dataclass(frozen=True, eq=False)
class RawCell(Cell):
    """Text that no kernel runs and no reader renders."""


@dataclass(frozen=True, eq=False)
class CodeCell(Cell):
    """A cell for a kernel. `language` is "python" only where Python reads its body."""

    outputs: tuple[Output, ...] = ()
    execution_count: int | None = None
    language: str = "python"

    @cached_property
    def code(self) -> "Code | None":
        """The cell understood as Python, or None where it is in another language."""
        if self.language != "python":
            return None
        from nbcoach.python.code import Code

        return Code(self.source)

    @cached_property
    def events(self) -> "CellEvents":
        """What running this cell does to names."""
        from nbcoach.python.semantics.cell_events import events_of

        return events_of(self)

    @cached_property
    def awaits_code(self) -> bool:
        """Whether the cell says that a student is to write code here."""
        from nbcoach.exercises import awaits_code

        return awaits_code(self.source)

    @property
    def skipped(self) -> bool:
        """Whether the usual tools that run notebooks leave this cell out."""
        return not _SKIPPING_TAGS.isdisjoint(self.tags)

    @property
    def raises(self) -> bool:
        """Whether the author says that this cell is meant to raise."""
        return not _RAISING_TAGS.isdisjoint(self.tags)


_SKIPPING_TAGS = frozenset({"skip-execution", "nbval-skip", "nbmake-skip"})
_RAISING_TAGS = frozenset({"raises-exception", "nbval-raises-exception"})


@dataclass(frozen=True, eq=False)
class Notebook:
    """A notebook as it was read. `format` is (major, minor); `language` is the kernel's.

    `size` is the length of the file's text, in characters.
    """

    path: str
    format: tuple[int, int]
    language: str
    metadata: Mapping[str, Any]
    cells: tuple[Cell, ...]
    size: int = 0

    def forget(self) -> None:
        """Let go of all analyses: they point back here, and would stay until rubbish is sought."""
        fields = self.__dataclass_fields__
        for name in [name for name in self.__dict__ if name not in fields]:
            del self.__dict__[name]

    @cached_property
    def is_python_2(self) -> bool:
        """Whether the notebook's kernel is for Python 2."""
        info, kernel = self.metadata.get("language_info"), self.metadata.get("kernelspec")
        version = str(info.get("version", "")) if isinstance(info, dict) else ""
        name = str(kernel.get("name", "")) if isinstance(kernel, dict) else ""
        return version.startswith("2") or name.startswith("python2")

    @cached_property
    def anchors(self) -> "Anchors":
        """The places in the notebook that a link can name."""
        from nbcoach.anchors import Anchors

        return Anchors(self)

    @cached_property
    def code_cells(self) -> tuple[CodeCell, ...]:
        """The code cells in the order of the file."""
        return tuple(cell for cell in self.cells if isinstance(cell, CodeCell))

    @cached_property
    def code_text(self) -> str:
        """The sources of all code cells, for quick searches."""
        return "\n".join(cell.source for cell in self.code_cells)

    @cached_property
    def as_read(self) -> "Semantics":
        """What restart-and-run-all will do: the cells from top to bottom."""
        from nbcoach.python.semantics import analyse

        return analyse(self, [cell for cell in self.code_cells if not cell.skipped])

    @cached_property
    def as_run(self) -> "Semantics":
        """What the saved outputs came from: the counted cells by execution count."""
        from nbcoach.python.semantics import analyse

        counted = [cell for cell in self.code_cells if cell.execution_count is not None]
        return analyse(self, sorted(counted, key=lambda cell: cell.execution_count or 0))

    @cached_property
    def reordering(self) -> "Reordering":
        """How the cells would have to stand so that names are defined where they are used."""
        from nbcoach.python.reordering import Reordering

        return Reordering(self)

    @cached_property
    def randomness(self) -> "Randomness":
        """What draws random numbers and what seeds them, in the order of reading."""
        from nbcoach.python.randomness import Randomness

        return Randomness(self)

    @cached_property
    def values(self) -> "Values":
        """Where values come from, and of which types they are, in the order of reading."""
        from nbcoach.python.values import Values

        return Values(self)

    @cached_property
    def devices(self) -> "Devices":
        """Which devices the notebook chooses, and where it asks what there is."""
        from nbcoach.python.devices import Devices

        return Devices(self)

    @cached_property
    def row_sets(self) -> "RowSets":
        """Which rows of the data meet which fits and scores, in the order of reading."""
        from nbcoach.python.row_sets import RowSets

        return RowSets(self)

    @cached_property
    def placement(self) -> "Placement":
        """Where the tensors and modules of torch are, in the order of reading."""
        from nbcoach.python.placement import Placement

        return Placement(self)

    @cached_property
    def log(self) -> "ExecutionLog":
        """What the execution counts tell of the runs that the saved outputs came from."""
        from nbcoach.execution_log import ExecutionLog

        return ExecutionLog(self)

    @cached_property
    def conflicts(self) -> "tuple[Conflict, ...]":
        """Where the order of the runs gave a cell another value than the order of the file."""
        from nbcoach.order_conflicts import find

        return tuple(find(self)) if self.log.steps_back else ()


def size_of(value: object) -> int:
    """The length of all text in a JSON value, in characters."""
    size = 0
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                size += len(text)
            case list() as parts:
                waiting += parts
            case dict() as fields:
                waiting += fields
                waiting += fields.values()
    return size
