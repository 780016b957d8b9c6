"""Python files in jupytext's percent format: their cells, read as jupytext reads them."""

import re
from typing import Any, Final

from nbcoach.documents.cell_options import cell_options, is_active
from nbcoach.documents.escapes import quoted_lines
from nbcoach.documents.front_matter import front_matter, uncommented
from nbcoach.documents.languages import magic_line
from nbcoach.documents.source_lines import FileLines, Line
from nbcoach.documents.text_file import TextCell, TextFile

_MARKER: Final = re.compile(r"\s*#\s*%%%*\s(.*)$")
_BARE_MARKER: Final = re.compile(r"\s*#\s*(?:%%|<codecell>|In\[[0-9 ]*\]:?)\s*$")
_CODE_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})(.*)$")


def percent_file(text: str) -> TextFile:
    """The parts of a text in percent format."""
    reader = _Reader(FileLines(text))
    return TextFile(reader.head, tuple(reader.cells()), "percent")


def is_percent(file: TextFile, text: str) -> bool:
    """Whether a file says that it is a notebook, by a header for Jupyter or by a `# %%`."""
    marked = [cell for cell in file.cells if cell.marker_end >= 0]
    return file.head.metadata is not None or any(
        text.find("%%", cell.start, cell.marker_end) >= 0 for cell in marked
    )


class _Reader:
    def __init__(self, lines: FileLines) -> None:
        self._lines = lines
        self.head = front_matter(lines.raw)
        default = self.head.format_name != "hydrogen"
        self._marks_magics = self.head.jupytext.get("comment_magics", default) is not False

    def cells(self) -> list[TextCell]:
        cells = [self._head_cell()] if self.head.other else []
        number = self.head.end
        while number < len(self._lines.raw):
            cell, number = self._cell(number)
            cells.append(cell)
        return cells

    def _head_cell(self) -> TextCell:
        """What the head holds that is not for Jupyter: jupytext makes it a raw cell."""
        source = "\n".join(("---", *self.head.other, "---"))
        end = self._lines.starts[self.head.end]
        return TextCell("raw", "head", {}, source, (), 0, -1, end)

    def _cell(self, first: int) -> tuple[TextCell, int]:
        raw = self._lines.raw[first]
        marker = _MARKER.match(raw)
        has_marker = marker is not None or _BARE_MARKER.match(raw) is not None
        stated, metadata = cell_options(marker[1]) if marker else ("", {})
        language = metadata.pop("language", None)
        kind = stated or ("code" if is_active("ipynb", metadata) else "raw")
        runs_as_script = kind == "raw" and not stated and is_active("py", metadata)
        following = self._next_marker(first, kind, commented=not runs_as_script)
        begin = first + has_marker
        numbers = range(begin, max(begin, self._content_end(first, following)))
        foreign = language not in (None, "python") and "active" not in metadata
        form, lines = self._content(numbers, kind, metadata, foreign, runs_as_script)
        cell = TextCell(
            kind,
            form,
            metadata,
            "" if language in (None, "python") else magic_line(metadata, language),
            tuple(lines),
            self._lines.starts[first],
            self._lines.end(first) if has_marker else -1,
            self._lines.starts[following],
        )
        return cell, following

    def _content(
        self, numbers: range, kind: str, metadata: dict[str, Any], foreign: bool, plain: bool
    ) -> tuple[str, list[Line]]:
        """The form of a cell and its lines; `plain` are raw cells that run as a script."""
        lines = self._lines
        if not is_active("py", metadata, kind == "code"):
            quoted = lines.in_quotes(numbers)
            if quoted is not None:
                return "quoted", quoted
        if foreign or not is_active("py", metadata):
            return "comment", lines.uncommented(numbers)
        marked = self._marks_magics
        found = lines.without_magic_marks(numbers) if marked else lines.plain(numbers)
        if kind == "code":
            return "code", lines.without_cell_start_marks(found)
        return ("code", found) if plain else ("comment", lines.without_comment_marks(found))

    def _next_marker(self, first: int, kind: str, *, commented: bool) -> int:
        """The line of the next marker that stands neither in a string nor in a fenced block."""
        raw = self._lines.raw
        rest = (raw[number] for number in range(first, len(raw)))
        fence = ""
        for number, quoted in enumerate(quoted_lines(rest), first):
            if quoted:
                continue
            if kind != "code":
                if fence:
                    fence = "" if self._closes(number, fence, commented) else fence
                    continue
                fence = self._opened_fence(number, commented)
                if fence:
                    continue
            if number > first and (_MARKER.match(raw[number]) or _BARE_MARKER.match(raw[number])):
                return number
        return len(raw)

    def _opened_fence(self, first: int, commented: bool) -> str:
        """The fence of the block of code that a line of prose opens, if a later one closes it."""
        found = self._fence(first, commented)
        if found is None or (found[1][0] == "`" and "`" in found[2]):
            return ""
        later = range(first + 1, len(self._lines.raw))
        closed = any(self._closes(number, found[1], commented) for number in later)
        return found[1] if closed else ""

    def _closes(self, number: int, fence: str, commented: bool) -> bool:
        found = self._fence(number, commented)
        return found is not None and found[1].startswith(fence) and not found[2].strip()

    def _fence(self, number: int, commented: bool) -> re.Match[str] | None:
        line = self._lines.raw[number]
        return _CODE_FENCE.match(uncommented(line) if commented else line)

    def _content_end(self, first: int, following: int) -> int:
        """Where a cell ends before the one or two blank lines in front of the next marker."""
        last = self._lines.raw[max(first, following - 3) : following]
        if [line.strip() != "" for line in last] == [True, False, False]:
            return following - 2
        return following - 1 if last[-1] == "" else following
