"""Notebooks in Markdown, R Markdown and Quarto: prose with fenced blocks of code.

Read as jupytext reads its formats `markdown` and `rmarkdown`; Quarto differs from the latter in
that magics are never commented out.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from nbcoach.documents.cell_options import is_active, title_and_fields
from nbcoach.documents.escapes import quoted_lines
from nbcoach.documents.front_matter import plain_front_matter
from nbcoach.documents.languages import magic_line, main_language, names_language
from nbcoach.documents.source_lines import FileLines, Line
from nbcoach.documents.text_file import TextCell, TextFile

_REGION: Final = re.compile(r"<!--\s*#(region|markdown|md|raw)(.*)-->\s*$")
_FENCE: Final = re.compile(r"```(`*)\s*(\S+)(.*)$")
_CHUNK: Final = re.compile(r"```\{(.*)\}\s*$")
_CHUNK_LANGUAGE: Final = re.compile(r"[^\s,]*")
_CLOSING: Final = re.compile(r"```\s*$")


class _Opening(NamedTuple):
    """The first line of a block of code; `closing` matches its last."""

    language: str
    metadata: dict[str, Any]
    closing: re.Pattern[str]


class _Extent(NamedTuple):
    """Where a cell's lines end, where the next cell may start, and whether a mark ends it."""

    end: int
    following: int
    marked: bool


def markdown_file(text: str, format_name: str = "markdown") -> TextFile:
    """The parts of a text in the format "markdown", "rmarkdown" or "quarto"."""
    lines = FileLines(text)
    head = plain_front_matter(lines.raw)
    stated = main_language(head.metadata or {})
    reader = _Reader(lines, format_name, stated, head.jupytext.get("split_at_heading") is True)
    found = list(reader.cells(head.end))
    main = stated or _most_used(found)
    cells = [_with_magic(cell, language, main) for cell, language in found]
    if head.other:
        source = "\n".join(("---", *head.other, "---"))
        end = lines.starts[head.end]
        cells.insert(0, TextCell("raw", "head", {}, source, (), 0, -1, end))
    return TextFile(head, tuple(cells), format_name)


class _Reader:
    """Finds cells line by line; a cell's own lines are counted from its first, as jupytext does."""

    def __init__(
        self, lines: FileLines, format_name: str, language: str, split_at_heading: bool
    ) -> None:
        self._lines = lines
        self._chunks = format_name != "markdown"
        # The language in which magics are commented out.
        self._marked = (language or "python") if format_name == "rmarkdown" else ""
        self._split_at_heading = split_at_heading

    def cells(self, number: int) -> Iterator[tuple[TextCell, str]]:
        """The cells from a line on, each with the language that its fence names."""
        raw = self._lines.raw
        while number < len(raw):
            cell, language, number = self._cell(number)
            yield cell, language

    def _cell(self, first: int) -> tuple[TextCell, str, int]:
        raw = self._lines.raw
        region, opening = _REGION.match(raw[first]), self._opening(raw[first], at_start=True)
        kind, language, metadata, form = "markdown", "", dict[str, Any](), "plain"
        begin = first + 1
        if region is not None:
            title, metadata = title_and_fields(region[2].strip())
            metadata |= {"title": title} if title else {}
            kind = "raw" if region[1] == "raw" else "markdown"
            extent = self._region(first, region[1])
        elif opening is not None:
            language, metadata = opening.language, opening.metadata
            kind = "code" if is_active("ipynb", metadata) else "raw"
            extent = self._block(first, opening)
            marked = language.lower() == self._marked and is_active("Rmd", metadata)
            form = "code" if marked else "plain"
        else:
            begin = first
            extent = self._prose(first)
        following = self._behind_blank_lines(extent)
        lines = self._content(range(begin, extent.end), form if kind == "code" else "plain")
        starts = self._lines.starts
        marker_end = self._lines.end(first) if begin > first else -1
        cell = TextCell(
            kind, form, metadata, "", tuple(lines), starts[first], marker_end, starts[following]
        )
        return cell, language, following

    def _content(self, numbers: range, form: str) -> list[Line]:
        if form == "code":
            return self._lines.without_magic_marks(numbers)
        return self._lines.plain(numbers)

    def _opening(self, line: str, *, at_start: bool = False) -> _Opening | None:
        """The block of code to run that a line opens, if it opens one.

        Chunks of R Markdown in any language are cells, but only known ones end the prose before.
        """
        if not line.startswith("```"):
            return None
        if self._chunks:
            found = _CHUNK.match(line)
            name = _CHUNK_LANGUAGE.match(found[1]) if found else None
            if found is None or name is None:
                return None
            language = "R" if name[0] == "r" else name[0]
            known = at_start or names_language(language)
            return _Opening(language, {}, _CLOSING) if known else None
        found = _FENCE.match(line)
        if found is None or not names_language(found[2]):
            return None
        _, metadata = title_and_fields(f"{found[2]}{found[3]}")
        if ".noeval" in metadata:
            return None
        return _Opening(found[2], metadata, re.compile("```" + found[1]))

    def _region(self, first: int, name: str) -> _Extent:
        closing = re.compile(rf"<!--\s*#end{name}\s*-->\s*$")
        for number in range(first, len(self._lines.raw)):
            if closing.match(self._lines.raw[number]):
                return _Extent(number, number + 1, True)
        return self._rest()

    def _block(self, first: int, opening: _Opening) -> _Extent:
        """Where a block of code ends; a fence in a triple-quoted string does not end it."""
        body = self._lines.raw[first + 1 :]
        for number, (line, quoted) in enumerate(
            zip(body, quoted_lines(body), strict=True), first + 1
        ):
            inside = quoted and opening.language != "R"
            if not inside and opening.closing.match(line):
                return _Extent(number, number + 1, True)
        return self._rest()

    def _prose(self, first: int) -> _Extent:
        """Where prose ends: before code, a region, or behind two blank lines in a row."""
        raw = self._lines.raw
        blanks, closing, indented = 0, None, False
        for number in range(first, len(raw)):
            line = raw[number]
            is_blank = not line.strip()
            if closing is not None:
                if closing.match(line):
                    closing = None
                continue
            if blanks and line.startswith("    ") and not is_blank:
                indented, blanks = True, 0
                continue
            indented = indented and (is_blank or line.startswith("    "))
            if indented:
                continue
            if _REGION.match(line) or self._opening(line):
                end = number - 1 if number - first > 1 and blanks else number
                return _Extent(end, number, False)
            if line.startswith("```"):
                if blanks >= 2 and not line.startswith("```{"):
                    return _Extent(number - 2, number, True)
                closing, blanks = self._closing(line), 0
                continue
            if self._split_at_heading and line.startswith("#") and blanks:
                return _Extent(number - 1, number, False)
            if is_blank:
                blanks += 1
            elif blanks >= 2:
                return _Extent(number - 2, number, True)
            else:
                blanks = 0
        return self._rest()

    def _closing(self, line: str) -> re.Pattern[str]:
        """What ends a block of code that is part of the prose."""
        found = None if self._chunks else _FENCE.match(line)
        named = found is not None and names_language(found[2])
        return re.compile("```" + found[1]) if found is not None and named else _CLOSING

    def _rest(self) -> _Extent:
        return _Extent(len(self._lines.raw), len(self._lines.raw), False)

    def _behind_blank_lines(self, extent: _Extent) -> int:
        """Where the next cell starts: one blank line, or two behind a mark, belong to none."""
        ahead = self._lines.raw[extent.following : extent.following + 3]
        blank = [not line.strip() for line in ahead]
        if blank[:2] == [True, False]:
            return extent.following + 1
        if extent.marked and blank == [True, True, False]:
            return extent.following + 2
        return extent.following


def _most_used(found: list[tuple[TextCell, str]]) -> str:
    counts = {"python": 0.5}
    for _, language in found:
        if language:
            name = language.lower()
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name])


def _with_magic(cell: TextCell, language: str, main: str) -> TextCell:
    """The cell with the first line that names its language, if that is not the notebook's."""
    if not language or language.lower() == main:
        return cell
    return cell._replace(magic=magic_line(cell.metadata, language))
