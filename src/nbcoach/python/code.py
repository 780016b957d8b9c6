"""One cell's text understood as Python: tree, escapes, comments, nodes by type and places."""

import ast
import re
import warnings
from bisect import bisect_right
from dataclasses import dataclass
from typing import TypeVar

from nbcoach.notebook import Span
from nbcoach.python.magics import Magic

Node = TypeVar("Node", bound=ast.AST)


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why a kernel refuses a cell, and where."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from its `#` to its line's end; `line` counts from 0."""

    text: str
    span: Span
    line: int
    alone_on_line: bool


class Code:
    """A cell's source as a kernel with IPython 9.18 would read it.

    `text` is as long as `source`, with escapes masked; all places are offsets into either.
    `tree` is None exactly where `error` says why the cell is no Python.
    """

    __slots__ = (
        "_comments",
        "_nodes",
        "_parents",
        "_starts",
        "error",
        "magics",
        "source",
        "text",
        "tree",
    )

    def __init__(self, source: str) -> None:
        self.source = self.text = source
        self.magics: tuple[Magic, ...] = ()
        self.tree: ast.Module | None = None
        self.error: SyntaxProblem | None = None
        self._comments: tuple[Comment, ...] | None = None
        self._nodes: dict[type[ast.AST], list[ast.AST]] | None = None
        self._parents: dict[ast.AST, ast.AST] | None = None
        self._starts: list[int] | None = None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                self.tree = _parse(source)
            except _REFUSALS:
                self._read_masked()

    def _read_masked(self) -> None:
        from nbcoach.python.masking import mask

        self.text, self.magics = mask(self.source)
        try:
            self.tree = _parse(self.text)
        except IndentationError as error:
            self._read_indented(error)
        except _REFUSALS as error:
            self.error = self._problem(error)

    def _read_indented(self, cause: SyntaxError) -> None:
        if not _has_margin(self.text):
            self.error = self._problem(cause)
            return
        try:
            tree = _parse("if 1:\n" + self.text)
        except _REFUSALS as error:
            self.error = self._problem(error, lines_before=1)
            return
        (block,) = tree.body
        assert isinstance(block, ast.If)
        self.tree = ast.increment_lineno(ast.Module(block.body, []), -1)

    def _problem(self, error: Exception, lines_before: int = 0) -> SyntaxProblem:
        if not isinstance(error, SyntaxError) or error.lineno is None:
            return SyntaxProblem(str(error) or type(error).__name__, Span(0, len(self.source)))
        line = min(max(error.lineno - lines_before, 1), len(self.starts)) - 1
        start = min(self.starts[line] + max((error.offset or 1) - 1, 0), len(self.source))
        return SyntaxProblem(error.msg, Span(start, min(start + 1, len(self.source))))

    @property
    def is_inert(self) -> bool:
        """Whether there is nothing to run."""
        return self.tree is not None and not self.tree.body and not self.magics

    @property
    def starts(self) -> list[int]:
        """The offset of each line's first character."""
        if self._starts is None:
            self._starts = [0, *(found.end() for found in _NEWLINE.finditer(self.text))]
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of a character, both from 0."""
        line = bisect_right(self.starts, offset) - 1
        return line, offset - self.starts[line]

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The comments in order."""
        if self._comments is None:
            self._comments = tuple(self._find_comments()) if "#" in self.text else ()
        return self._comments

    def _find_comments(self) -> list[Comment]:
        comments = []
        for found in _COMMENT_OR_STRING.finditer(self.text):
            if found["comment"]:
                line, column = self.position(found.start())
                alone = not self.source[found.start() - column : found.start()].strip()
                comments.append(Comment(found[0], Span(*found.span()), line, alone))
        return comments

    def nodes(self, kind: type[Node]) -> list[Node]:
        """The nodes of exactly this type, in the order of the tree."""
        if self._nodes is None:
            self._nodes = _index(self.tree)
        return self._nodes.get(kind, [])  # type: ignore[return-value]

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node that holds this one, None for the tree itself."""
        if self._parents is None:
            self._parents = {}
            for holder in ast.walk(self.tree) if self.tree else ():
                for child in ast.iter_child_nodes(holder):
                    self._parents[child] = holder
        return self._parents.get(node)

    def span(self, node: ast.AST) -> Span:
        """Where a node stands; the whole cell for a node without a place."""
        line, column = getattr(node, "lineno", 0), getattr(node, "col_offset", 0)
        if not line:
            return Span(0, len(self.source))
        end_line, end_column = getattr(node, "end_lineno", None), getattr(node, "end_col_offset", 0)
        start = self._offset(line, column)
        return Span(start, self._offset(end_line, end_column) if end_line else start)

    def _offset(self, line: int, column: int) -> int:
        """The offset of a place in a line that counts UTF-8 bytes, as `ast` does."""
        start = self.starts[line - 1]
        if self.text.isascii():
            return start + column
        return start + len(self.text[start : start + column].encode()[:column].decode())


_FLAGS = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_REFUSALS = (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError)
_NEWLINE = re.compile(r"\r\n|\r|\n")
_INDENTATION = re.compile(r"^[ \t]*(?=\S)", re.MULTILINE)
_COMMENT_OR_STRING = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
    | \"{3}(?:[^"\\]++|\\.|"(?!""))*+\"{3}
    | '{3}(?:[^'\\]++|\\.|'(?!''))*+'{3}
    | "(?:[^"\\\r\n]++|\\(?:\r\n|.))*+"
    | '(?:[^'\\\r\n]++|\\(?:\r\n|.))*+'
    """,
    re.VERBOSE | re.DOTALL,
)


def _parse(text: str) -> ast.Module:
    tree: ast.Module = compile(text, "<cell>", "exec", _FLAGS, True)
    return tree


def _has_margin(text: str) -> bool:
    """Whether all lines share an indentation, which IPython then takes away."""
    margins = {found[0][:1] for found in _INDENTATION.finditer(text)}
    return margins in ({" "}, {"\t"})


def _index(tree: ast.Module | None) -> dict[type[ast.AST], list[ast.AST]]:
    index: dict[type[ast.AST], list[ast.AST]] = {}
    stack: list[ast.AST] = [tree] if tree else []
    while stack:
        node = stack.pop()
        index.setdefault(type(node), []).append(node)
        stack += reversed(list(ast.iter_child_nodes(node)))
    return index
