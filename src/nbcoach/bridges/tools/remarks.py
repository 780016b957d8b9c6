"""The lines that tools print through nbqa, as findings at places of cells."""

import os
import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from nbcoach.finding import Finding, Severity
from nbcoach.notebook import WHOLE_NOTEBOOK, CodeCell, Location, Notebook, Span

# nbqa numbers code cells from 1; where it cannot tell the cell it leaves the line of its own file.
_LINE: Final = re.compile(
    r"(?P<path>.+?):(?:cell_(?P<cell>\d+):)?(?P<line>\d+)(?::(?P<column>\d+))?(?::\d+)*:?\s+"
    r"(?P<text>\S.*)"
)
_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
_LEVEL: Final = re.compile(r"(error|warning|note): *")
_CODE_FIRST: Final = re.compile(r"([A-Z]+\d+):? +(?=\S)")
_CODE_LAST: Final = re.compile(r"(?<=\S) +\[([\w-]+)\]$")
_NAME_LAST: Final = re.compile(r"(?<=\S) +\(([a-z-]+)\)$")
_SEVERITIES: Final = {"error": Severity.ERROR, "note": Severity.INFO}
_COUNTS_COLUMNS_FROM_0: Final = frozenset({"pylint"})


class Remark(NamedTuple):
    """One line that a tool printed; `cell` counts code cells from 1, 0 is the whole notebook."""

    tool: str
    cell: int
    line: int
    column: int | None
    text: str


def key_of(path: str) -> str:
    """What a path is known by, however it is spelt; nbqa resolves links to folders."""
    return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))


def plain(text: str) -> str:
    """Text without colours."""
    return _COLOUR.sub("", text)


def remarks(tool: str, output: str, keys: Collection[str]) -> Iterator[tuple[str, Remark]]:
    """The remarks in a tool's output, with the keys of the notebooks that they are about."""
    for line in output.splitlines():
        found = _LINE.fullmatch(line)
        if found is None or (key := key_of(found["path"])) not in keys:
            continue
        column = None if found["column"] is None else int(found["column"])
        yield key, Remark(tool, int(found["cell"] or 0), int(found["line"]), column, found["text"])


def finding(remark: Remark, notebook: Notebook) -> Finding | None:
    """The remark as a finding; None where it is about what stood in place of an escape."""
    location = _location(remark, notebook)
    if location is None:
        return None
    level = _LEVEL.match(remark.text)
    code, name, text = _parts(remark.text[level.end() :] if level else remark.text)
    return Finding(
        # A code is known together with its tool: two tools may mean different things by one.
        code=f"{remark.tool}:{code or 'finding'}",
        name=name or code or remark.tool,
        message=" ".join(text.split()).removesuffix("."),
        location=location,
        severity=_SEVERITIES.get(level[1], Severity.WARNING) if level else Severity.WARNING,
    )


def _parts(text: str) -> tuple[str, str, str]:
    """The code, the name and the message in what a tool said, empty where it has none."""
    if first := _CODE_FIRST.match(text):
        text = text[first.end() :]
        name = _NAME_LAST.search(text)
        return (first[1], name[1], text[: name.start()]) if name else (first[1], "", text)
    if last := _CODE_LAST.search(text):
        return last[1], "", text[: last.start()]
    return "", "", text


def _location(remark: Remark, notebook: Notebook) -> Location | None:
    cells = notebook.code_cells
    if not (0 < remark.cell <= len(cells) and remark.line > 0):
        return WHOLE_NOTEBOOK
    cell = cells[remark.cell - 1]
    lines = cell.source.split("\n")
    if remark.line > len(lines):
        return Location(cell.index)
    line = lines[remark.line - 1].rstrip("\r")
    start = sum(len(text) + 1 for text in lines[: remark.line - 1])
    if _is_escape(cell, start, start + len(line)):
        return None
    indent = len(line) - len(line.lstrip())
    column = indent if remark.column is None else remark.column - _first_column(remark.tool)
    return Location(cell.index, Span(start + min(max(column, 0), len(line)), start + len(line)))


def _first_column(tool: str) -> int:
    return 0 if tool in _COUNTS_COLUMNS_FROM_0 else 1


def _is_escape(cell: CodeCell, start: int, end: int) -> bool:
    if cell.code is None:
        return False
    return any(magic.span.start < end and start < magic.span.end for magic in cell.code.magics)
