"""What the compiler refuses although the parser accepts it: statements in the wrong place."""

import ast
from collections.abc import Iterator, Sequence

# Statements, whether a function is around them, and whether a loop is.
Block = tuple[Sequence[ast.AST], bool, bool]

# The fields of other statements that hold statements, or hold what holds them.
_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {
    ast.If: ("body", "orelse"),
    ast.With: ("body",),
    ast.AsyncWith: ("body",),
    ast.Try: ("body", "handlers", "orelse", "finalbody"),
    ast.TryStar: ("body", "handlers", "orelse", "finalbody"),
    ast.ExceptHandler: ("body",),
    ast.Match: ("cases",),
    ast.match_case: ("body",),
}


def misplaced(tree: ast.Module, text: str) -> tuple[str, ast.AST] | None:
    """A statement that needs a function or a loop around it, after Python's words for that."""
    in_loops = "break" in text or "continue" in text
    if not in_loops and "return" not in text and "yield" not in text:
        return None
    blocks: list[Block] = [(tree.body, False, False)]
    while blocks:
        statements, function, loop = blocks.pop()
        # Most code stands in functions, where everything but a loop's words is in place.
        if function and not in_loops:
            continue
        for statement in statements:
            if reason := _refusal(statement, function, loop):
                return reason, statement
            blocks += _blocks(statement, function, loop)
    return None


def _refusal(statement: ast.AST, function: bool, loop: bool) -> str:
    kind = type(statement)
    if kind is ast.Return and not function:
        return "'return' outside function"
    if kind is ast.Break and not loop:
        return "'break' outside loop"
    if kind is ast.Continue and not loop:
        return "'continue' not properly in loop"
    if not function and type(getattr(statement, "value", None)) in (ast.Yield, ast.YieldFrom):
        return "'yield' outside function"
    return ""


def _blocks(statement: ast.AST, function: bool, loop: bool) -> Iterator[Block]:
    match statement:
        case ast.Expr() | ast.Assign():
            return
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield statement.body, True, False
        case ast.ClassDef():
            yield statement.body, False, False
        case ast.For() | ast.While() | ast.AsyncFor():
            yield statement.body, function, True
            yield statement.orelse, function, loop
        case _:
            for field in _FIELDS.get(type(statement), ()):
                yield getattr(statement, field), function, loop
