"""Python files in jupytext's percent format: their cells, read as jupytext reads them."""

import re
from dataclasses import dataclass
from typing import Any, Final

from nbcoach.documents.cell_options import cell_options, is_active
from nbcoach.documents.escapes import quoted_lines
from nbcoach.documents.front_matter import FrontMatter, front_matter, uncommented
from nbcoach.documents.source_lines import FileLines, Line

_MARKER: Final = re.compile(r"\s*#\s*%%%*\s(.*)$")
_BARE_MARKER: Final = re.compile(r"\s*#\s*(?:%%|<codecell>|In\[[0-9 ]*\]:?)\s*$")
_CODE_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})(.*)$")
# The languages that a cell may name; jupytext turns the name into a cell magic.
_MAGIC_LANGUAGES: Final = frozenset(
    """
    R bash c# c++ clojure coconut cs csharp cython f# fs fsharp gnuplot go groovy haskell html idl
    java javascript jenner js julia latex logtalk lua markdown matlab maxima ocaml octave perl
    powershell pypy python python2 python3 q robotframework ruby rust sage sas scala scheme script
    sh sos spark sql stata svg tcl typescript xonsh
    """.split()
) | {"wolfram language"}


@dataclass(frozen=True, slots=True)
class PercentCell:
    """A cell, which takes the text from `start`, its marker, to `end`, the next cell's.

    `form` says how its lines stand in the file: "code", "comment", "quoted" or "head". `magic` is
    a first line that stands for an option. `marker_end` is where the marker's line ends, -1 where
    there is none.
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


@dataclass(frozen=True, slots=True)
class PercentFile:
    """The head and the cells of a file."""

    head: FrontMatter
    cells: tuple[PercentCell, ...]

    def is_notebook(self, text: str) -> bool:
        """Whether the file says that it is one, by a header for Jupyter or by a `# %%`."""
        marked = [cell for cell in self.cells if cell.marker_end >= 0]
        return self.head.metadata is not None or any(
            text.find("%%", cell.start, cell.marker_end) >= 0 for cell in marked
        )


def percent_file(text: str) -> PercentFile:
    """The parts of a text in percent format."""
    reader = _Reader(FileLines(text))
    return PercentFile(reader.head, tuple(reader.cells()))


class _Reader:
    def __init__(self, lines: FileLines) -> None:
        self._lines = lines
        self.head = front_matter(lines.raw)
        default = self.head.format_name != "hydrogen"
        self._marks_magics = self.head.jupytext.get("comment_magics", default) is not False

    def cells(self) -> list[PercentCell]:
        cells = [self._head_cell()] if self.head.other else []
        number = self.head.end
        while number < len(self._lines.raw):
            cell, number = self._cell(number)
            cells.append(cell)
        return cells

    def _head_cell(self) -> PercentCell:
        """What the head holds that is not for Jupyter: jupytext makes it a raw cell."""
        source = "\n".join(("---", *self.head.other, "---"))
        end = self._lines.starts[self.head.end]
        return PercentCell("raw", "head", {}, source, (), 0, -1, end)

    def _cell(self, first: int) -> tuple[PercentCell, int]:
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
        cell = PercentCell(
            kind,
            form,
            metadata,
            _magic(metadata, language),
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


def _magic(metadata: dict[str, Any], language: Any) -> str:
    """The first line that names another language, as jupytext adds it."""
    if language in (None, "python"):
        return ""
    if not isinstance(language, str) or language not in _MAGIC_LANGUAGES:
        metadata["language"] = language
        return ""
    arguments = metadata.pop("magic_args", None)
    return f"%%{language}\n" if arguments is None else f"%%{language} {arguments}\n"
