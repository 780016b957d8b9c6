"""What the compiler refuses although the parser accepts it: statements in the wrong place."""

import ast
from collections.abc import Iterator, Sequence

# Statements, whether a function is around them, and whether a loop is.
Block = tuple[Sequence[ast.AST], bool, bool]

_WORDS = ("return", "yield", "break", "continue")


def misplaced(tree: ast.Module, text: str) -> tuple[str, ast.AST] | None:
    """A statement that needs a function or a loop around it, after Python's words for that."""
    if not any(word in text for word in _WORDS):
        return None
    blocks: list[Block] = [(tree.body, False, False)]
    while blocks:
        statements, function, loop = blocks.pop()
        for statement in statements:
            if reason := _refusal(statement, function, loop):
                return reason, statement
            blocks += _blocks(statement, function, loop)
    return None


def _refusal(statement: ast.AST, function: bool, loop: bool) -> str:
    match statement:
        case ast.Return() if not function:
            return "'return' outside function"
        case (
            ast.Expr(value=ast.Yield() | ast.YieldFrom())
            | ast.Assign(value=ast.Yield() | ast.YieldFrom())
        ) if not function:
            return "'yield' outside function"
        case ast.Break() if not loop:
            return "'break' outside loop"
        case ast.Continue() if not loop:
            return "'continue' not properly in loop"
    return ""


def _blocks(statement: ast.AST, function: bool, loop: bool) -> Iterator[Block]:
    match statement:
        case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body):
            yield body, True, False
        case ast.ClassDef(body=body):
            yield body, False, False
        case ast.For(body=body) | ast.AsyncFor(body=body) | ast.While(body=body):
            yield body, function, True
            yield statement.orelse, function, loop
        case ast.stmt() | ast.excepthandler() | ast.match_case():
            for field in ("body", "handlers", "cases", "orelse", "finalbody"):
                if inner := getattr(statement, field, None):
                    yield inner, function, loop
