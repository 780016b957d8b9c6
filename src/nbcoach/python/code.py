"""One cell's text understood as Python: tree, escapes, comments, nodes by type and places."""

import ast
import warnings
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from typing import Final, NamedTuple, TypeVar

from nbcoach.notebook import Span
from nbcoach.python.compilation import misplaced
from nbcoach.python.magics import Magic

Node = TypeVar("Node", bound=ast.AST)


class SyntaxProblem(NamedTuple):
    """Why a kernel refuses a cell, and where."""

    message: str
    span: Span


class Comment(NamedTuple):
    """A comment from its `#` to its line's end; `line` counts from 0."""

    text: str
    span: Span
    line: int
    alone_on_line: bool


class Code:
    """A cell's source as a kernel with IPython 9.18 would read it.

    `text` is as long as `source`, with escapes masked; all places are offsets into either.
    `tree` is None exactly where `error` says why the cell is not Python.
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
        self._refuse_misplaced()

    def _read_masked(self) -> None:
        """Parsing comes first because most cells have no escape, and masking costs more."""
        from nbcoach.python.masking import mask

        self.text, self.magics, taken = mask(self.source)
        try:
            self.tree = self._parse_without(taken) if any(taken) else _parse(self.text)
        except _REFUSALS as error:
            self.error = self._problem(error, taken)

    def _parse_without(self, taken: list[int]) -> ast.Module:
        """Parse the lines without what IPython takes away at their start; move the nodes back."""
        bounds = zip(self.starts, taken, [*self.starts[1:], len(self.text)], strict=True)
        tree = _parse("".join(self.text[start + count : end] for start, count, end in bounds))
        for node in ast.walk(tree):
            place = vars(node)
            if "lineno" in place:
                place["col_offset"] += taken[place["lineno"] - 1]
                place["end_col_offset"] += taken[place["end_lineno"] - 1]
        return tree

    def _refuse_misplaced(self) -> None:
        if self.tree is not None and (found := misplaced(self.tree, self.text)):
            reason, node = found
            self.error = SyntaxProblem(reason, self.span(node))
            self.tree = None

    def _problem(self, error: Exception, taken: list[int]) -> SyntaxProblem:
        length = len(self.text)
        if not isinstance(error, SyntaxError) or error.lineno is None:
            return SyntaxProblem(str(error) or type(error).__name__, Span(0, length))
        line = min(max(error.lineno, 1), len(self.starts)) - 1
        column = max((error.offset or 1) - 1, 0) + taken[line]
        start = min(self.starts[line] + column, length)
        return SyntaxProblem(error.msg, Span(start, min(start + 1, length)))

    @property
    def is_inert(self) -> bool:
        """Whether there is nothing to run."""
        return self.tree is not None and not self.tree.body and not self.magics

    @property
    def starts(self) -> list[int]:
        """The offset of each line's first character."""
        if self._starts is None:
            lines = self.text.replace("\r\n", " \n").replace("\r", "\n").split("\n")
            self._starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
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
        from nbcoach.python.lexing import comments

        found = []
        for start, end in comments(self.text):
            line, column = self.position(start)
            alone = not self.text[start - column : start].strip()
            found.append(Comment(self.text[start:end], Span(start, end), line, alone))
        return found

    def nodes(self, kind: type[Node]) -> list[Node]:
        """The nodes of exactly this type, in the order of the tree; none for operators."""
        if self._nodes is None:
            self._nodes = _nodes_by_type(self.tree)
        return self._nodes.get(kind, [])  # type: ignore[return-value]

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node that holds this one, None for the tree itself."""
        if self._parents is None:
            self._parents = _holders(self.tree)
        return self._parents.get(node)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around this one, from the inside out."""
        parent = self.parent(node)
        while parent is not None:
            yield parent
            parent = self.parent(parent)

    def span(self, node: ast.AST) -> Span:
        """Where a node stands; for one without a place, such as `arguments`, what it holds does."""
        place = vars(node)
        if "lineno" in place:
            start = self._offset(place["lineno"], place["col_offset"])
            end_line, end_column = place.get("end_lineno"), place.get("end_col_offset")
            if end_line is None or end_column is None:
                return Span(start, start)
            return Span(start, self._offset(end_line, end_column))
        inner = [self.span(child) for child in ast.iter_child_nodes(node)]
        if not inner:
            return Span(0, len(self.text))
        return Span(min(span.start for span in inner), max(span.end for span in inner))

    def _offset(self, line: int, column: int) -> int:
        """The offset of a place whose column counts UTF-8 bytes, as those of `ast` do."""
        start = self.starts[min(line, len(self.starts)) - 1]
        if not self.text.isascii():
            column = len(
                self.text[start : start + column].encode()[:column].decode(errors="ignore")
            )
        return min(start + column, len(self.text))


_FLAGS: Final = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_REFUSALS: Final = (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError)


def _parse(text: str) -> ast.Module:
    tree: ast.Module = compile(text, "<cell>", "exec", _FLAGS, dont_inherit=True)
    return tree


class _Fields(dict[type, tuple[str, ...]]):
    """The fields of a type in which nodes may be, last first."""

    # Names of fields that never hold a node, so that the walk does not look there.
    _PLAIN = frozenset(
        "arg asname attr conversion ctx id is_async kind level module op ops simple type_comment "
        "type_ignores".split()
    )

    def __missing__(self, kind: type) -> tuple[str, ...]:
        names: tuple[str, ...] = getattr(kind, "_fields", ())
        fields = tuple(name for name in reversed(names) if name not in self._PLAIN)
        self[kind] = fields if kind is not ast.Constant else ()
        return self[kind]


_FIELDS: Final = _Fields()


def _nodes_by_type(tree: ast.Module | None) -> dict[type[ast.AST], list[ast.AST]]:
    """All nodes in the order of the tree; some plain values come along under their own type."""
    index: defaultdict[type[ast.AST], list[ast.AST]] = defaultdict(list)
    stack: list[ast.AST] = [tree] if tree else []
    pop, push = stack.pop, stack.append
    while stack:
        node = pop()
        kind = type(node)
        index[kind].append(node)
        for name in _FIELDS[kind]:
            value = getattr(node, name)
            if value.__class__ is list:
                stack += value[::-1]
            elif value is not None:
                push(value)
    return index


def _holders(tree: ast.Module | None) -> dict[ast.AST, ast.AST]:
    """Each node with the one that holds it; some plain values come along."""
    holders: dict[ast.AST, ast.AST] = {}
    stack: list[ast.AST] = [tree] if tree else []
    while stack:
        node = stack.pop()
        for name in _FIELDS[type(node)]:
            value = getattr(node, name)
            held = value if value.__class__ is list else (value,)
            holders.update(dict.fromkeys(held, node))
            stack += held
    return holders
