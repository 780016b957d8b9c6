"""Notebooks as text, in the formats of jupytext that nbcoach reads."""

from functools import cached_property
from typing import Final

from nbcoach.documents import Splice
from nbcoach.documents.languages import cell_language, kernel_language, language_named
from nbcoach.documents.regions import Region, region_between
from nbcoach.documents.text_file import TextCell, TextFile
from nbcoach.documents.text_formats import TextFormat, format_of
from nbcoach.documents.unreadable import BOM, not_utf8, unfit
from nbcoach.finding import Edit
from nbcoach.notebook import Cell, CodeCell, Location, MarkdownCell, Notebook, RawCell
from nbcoach.subjects import SchemaViolation, Unreadable

# Text has no place for ids, so cells are those of the last version without them.
_FORMAT: Final = (4, 4)


class TextDocument:
    """A notebook as text. Cells have neither ids nor outputs nor counts."""

    def __init__(
        self, path: str, text: str, mark: bytes, file: TextFile, written: TextFormat
    ) -> None:
        self.path = path
        self.text = text
        self._mark = mark
        self._file = file
        self._written = written

    @cached_property
    def notebook(self) -> Notebook:
        """The notebook that jupytext reads from the text."""
        metadata = self._file.head.metadata or {}
        language = kernel_language(metadata)
        cells = tuple(
            _cell(index, cell, self.text, language) for index, cell in enumerate(self._file.cells)
        )
        return Notebook(self.path, _FORMAT, language, metadata, cells, len(self.text))

    def encode(self, text: str) -> bytes:
        """The bytes of the file if its text were `text`."""
        return self._mark + text.encode()

    def violations(self) -> tuple[SchemaViolation, ...]:
        """Nothing: the format has no schema."""
        return ()

    def splices(self, *edits: Edit) -> tuple[Splice, ...]:
        """The changes of the text that carry out the edits; raises EditRefused where none can."""
        from nbcoach.documents.text_edits import lower

        return lower(self.text, self._file, edits, self._written)

    def region(self, location: Location) -> Region:
        """Where `location` stands in the file; of a whole cell or notebook only its first line."""
        cells = self._file.cells
        if location.cell is None or not 0 <= location.cell < len(cells):
            return Region(1)
        cell = cells[location.cell]
        if location.span is None or not cell.lines:
            return Region(self.text.count("\n", 0, cell.start) + 1)
        start, end = (cell.position(self.text, offset) for offset in location.span)
        return region_between(self.text, start, max(start, end))


def read_text(path: str, data: bytes, max_size: int) -> TextDocument | Unreadable:
    """Read a notebook that is kept as text, or say why the file is none."""
    unreadable = unfit(data, max_size)
    if unreadable is not None:
        return unreadable
    mark = BOM if data.startswith(BOM) else b""
    try:
        text = data[len(mark) :].decode()
    except UnicodeDecodeError as error:
        return not_utf8(data, error)
    written = format_of(path, text)
    file = written.read(text)
    problem = _problem(file, text, written)
    if problem:
        return Unreadable("not-notebook", problem)
    return TextDocument(path, text, mark, file, written)


def _problem(file: TextFile, text: str, written: TextFormat) -> str:
    """What keeps a file from being a notebook that we read."""
    if not written.is_notebook(file, text):
        return written.lacks
    name = file.head.format_name
    if name and name not in written.names:
        return f"it is in jupytext's `{name}` format; save it as {written.instead}"
    return file.head.problem


def _cell(index: int, cell: TextCell, text: str, kernel: str) -> Cell:
    source = cell.source(text)
    if cell.kind == "markdown":
        return MarkdownCell(index, None, source, cell.metadata)
    if cell.kind == "raw":
        return RawCell(index, None, source, cell.metadata)
    language = language_named(cell.metadata.get("language")) or kernel
    language = cell_language(source, cell.metadata, language)
    return CodeCell(index, None, source, cell.metadata, language=language)
