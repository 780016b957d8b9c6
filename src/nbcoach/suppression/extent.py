"""The lines that a comment in a Python cell speaks for."""

import ast
from collections.abc import Iterator, Sequence

from nbcoach.python.code import Code

Lines = tuple[int, int]


def lines_beside(code: Code, line: int) -> Lines:
    """The lines of the innermost statements that a line belongs to, all counted from 0.

    Of a compound statement that is its header; a line of no statement, or of a cell that does not
    parse, stands for itself.
    """
    for magic in code.magics:
        first, last = code.position(magic.span.start)[0], code.position(magic.span.end)[0]
        if first <= line <= last:
            return first, last
    covered = list(_covered(code.tree.body, line + 1)) if code.tree else []
    if not covered:
        return line, line
    return min(first for first, _ in covered) - 1, max(last for _, last in covered) - 1


def lines_below(code: Code, line: int) -> Lines:
    """The lines of the first statement, or escape, that starts below a line."""
    starts = [code.position(magic.span.start)[0] for magic in code.magics]
    if code.tree:
        starts += [_first_line(node) - 1 for node in _statements(code.tree.body)]
    below = [start for start in starts if start > line]
    return lines_beside(code, min(below)) if below else (line, line)


def stands_before_code(code: Code, line: int) -> bool:
    """Whether nothing but blank lines, comments and a cell magic comes before a line."""
    if code.tree and code.tree.body:
        return line < _first_line(code.tree.body[0]) - 1
    before = code.text[: code.starts[line]].splitlines()
    return not any(text.strip() and not text.lstrip().startswith("#") for text in before)


def _covered(block: Sequence[ast.AST], line: int) -> Iterator[Lines]:
    for node in block:
        first, last = _first_line(node), _last_line(node)
        if not first <= line <= last:
            continue
        blocks = _blocks(node)
        inner = [found for one in blocks for found in _covered(one, line)]
        if inner:
            yield from inner
        elif not blocks:
            yield first, last
        elif line < _first_line(blocks[0][0]):
            yield first, _first_line(blocks[0][0]) - 1
        else:
            yield line, line


def _statements(block: Sequence[ast.AST]) -> Iterator[ast.AST]:
    for node in block:
        yield node
        for inner in _blocks(node):
            yield from _statements(inner)


def _blocks(node: ast.AST) -> list[list[ast.AST]]:
    """The blocks of statements, handlers or cases that a compound statement holds."""
    blocks = (getattr(node, name, None) for name in _BLOCK_FIELDS)
    return [block for block in blocks if isinstance(block, list) and block]


_BLOCK_FIELDS = ("body", "handlers", "cases", "orelse", "finalbody")


def _first_line(node: ast.AST) -> int:
    if isinstance(node, ast.match_case):
        return node.pattern.lineno
    decorators = getattr(node, "decorator_list", ())
    line: int = min([node.lineno, *(one.lineno for one in decorators)])  # type: ignore[attr-defined]
    return line


def _last_line(node: ast.AST) -> int:
    if isinstance(node, ast.match_case):
        return _last_line(node.body[-1])
    line: int = node.end_lineno  # type: ignore[attr-defined]
    return line
