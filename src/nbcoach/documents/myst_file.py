"""Notebooks in MyST Markdown: `{code-cell}` and `{raw-cell}` blocks, and prose between `+++`."""

import json
from typing import TYPE_CHECKING, Any, Final

from nbcoach.documents.front_matter import FrontMatter
from nbcoach.documents.source_lines import FileLines, Line
from nbcoach.documents.text_file import TextCell, TextFile

if TYPE_CHECKING:
    from markdown_it.token import Token

_DIRECTIVES: Final = {"{code-cell}": "code", "{raw-cell}": "raw"}


def myst_file(text: str) -> TextFile:
    """The parts of a text in MyST Markdown."""
    reader = _Reader(FileLines(text))
    tokens = _tokens(text)
    head = FrontMatter(0)
    if tokens and tokens[0].type == "front_matter":
        token = tokens.pop(0)
        head = _head(token.content, token.map[1] if token.map else 0)
    return TextFile(head, tuple(reader.cells(tokens, head.end)), "myst")


def _tokens(text: str) -> "list[Token]":
    """The blocks of the text, as jupytext asks for them."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.front_matter import front_matter_plugin
    from mdit_py_plugins.myst_blocks import myst_block_plugin

    parser = MarkdownIt("commonmark").enable("table")
    parser.use(front_matter_plugin).use(myst_block_plugin).disable("inline", True)
    return parser.parse(f"{text}\n")


def _head(content: str, end: int) -> FrontMatter:
    metadata = _yaml(content)
    if metadata is None:
        return FrontMatter(end, {}, (), "its header is not valid YAML")
    inner = metadata.pop("jupyter", None)
    return FrontMatter(end, {**(inner if isinstance(inner, dict) else {}), **metadata})


def _yaml(text: str) -> dict[str, Any] | None:
    """The mapping that a text holds, None where it is no YAML."""
    import yaml  # type: ignore[import-untyped]

    try:
        content = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else {}


class _Reader:
    def __init__(self, lines: FileLines) -> None:
        self._lines = lines
        self._cells: list[TextCell] = []

    def cells(self, tokens: "list[Token]", first: int) -> list[TextCell]:
        """The cells between the ends of blocks; what is nested in others is prose."""
        start, metadata, depth = first, dict[str, Any](), 0
        mark = -1
        for token in tokens:
            depth += token.nesting
            if depth or token.map is None:
                continue
            kind = _kind(token)
            if kind:
                self._prose(start, token.map[0], metadata, mark)
                self._block(token, kind)
                start, metadata, mark = token.map[1], {}, -1
            elif token.type == "myst_block_break":
                self._prose(start, token.map[0], metadata, mark)
                start, metadata, mark = token.map[1], _json(token.content), token.map[0]
        self._prose(start, len(self._lines.raw), metadata, mark)
        return self._joined()

    def _prose(self, first: int, end: int, metadata: dict[str, Any], mark: int) -> None:
        raw = self._lines.raw
        last = min(end, len(raw))
        while last > first and not raw[last - 1].strip():
            last -= 1
        while first < last and not raw[first]:
            first += 1
        if first < last:
            lines = self._lines.plain(range(first, last))
            begin = self._lines.starts[last - 1]
            lines[-1] = Line(begin, begin + len(raw[last - 1].rstrip()))
            self._add("markdown", metadata, lines, first if mark < 0 else mark, mark)

    def _block(self, token: "Token", kind: str) -> None:
        assert token.map is not None
        first, end = token.map
        closed = end <= len(self._lines.raw) and self._is_closed(first, end)
        body = range(first + 1, end - 1 if closed else min(end, len(self._lines.raw)))
        options, skipped = _options([self._lines.raw[number] for number in body])
        self._add(kind, options, self._lines.plain(body[skipped:]), first, body.start + skipped - 1)

    def _is_closed(self, first: int, end: int) -> bool:
        mark = self._lines.raw[first].strip()[:3]
        last = self._lines.raw[end - 1].strip()
        return end - 1 > first and last.startswith(mark) and not last.strip(mark[0])

    def _add(
        self, kind: str, metadata: dict[str, Any], lines: list[Line], first: int, mark: int
    ) -> None:
        marker_end = self._lines.end(mark) if mark >= 0 else -1
        start = self._lines.starts[first]
        cell = TextCell(kind, "plain", metadata, "", tuple(lines), start, marker_end, start)
        self._cells.append(cell)

    def _joined(self) -> list[TextCell]:
        """The cells, each up to the next one."""
        ends = [*(cell.start for cell in self._cells), len(self._lines.text)][1:]
        return [cell._replace(end=end) for cell, end in zip(self._cells, ends, strict=True)]


def _kind(token: "Token") -> str:
    if token.type != "fence":
        return ""
    return next((kind for name, kind in _DIRECTIVES.items() if token.info.startswith(name)), "")


def _json(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text.strip() or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _options(lines: list[str]) -> tuple[dict[str, Any], int]:
    """The options of a block, and how many of its lines they take with the blank one behind."""
    taken, text = 0, ""
    if lines and lines[0].startswith("---"):
        end = next((n for n, line in enumerate(lines[1:], 1) if line.startswith("---")), len(lines))
        text, taken = "\n".join(lines[1:end]), min(end + 1, len(lines))
    else:
        while taken < len(lines) and lines[taken].lstrip().startswith(":"):
            text += lines[taken].lstrip()[1:] + "\n"
            taken += 1
    if taken < len(lines) and not lines[taken].strip():
        taken += 1
    return (_yaml(text) or {}) if text else {}, taken
