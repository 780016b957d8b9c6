"""Arguments are added where a person would write them."""

import ast

import pytest

from nbcoach.python.arguments import argument_added
from nbcoach.python.code import Code


def added(source: str) -> str:
    code = Code(source)
    span, text = argument_added(code, code.nodes(ast.Call)[0], "new=1")
    return source[: span.start] + text + source[span.end :]


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("f()", "f(new=1)"),
        ("f(  )", "f(new=1  )"),
        ("f(a)", "f(a, new=1)"),
        ("f(a,)", "f(a, new=1)"),
        ("f(a, )", "f(a, new=1 )"),
        ("f((a))", "f((a), new=1)"),
        ("f(g(a), b=(2))", "f(g(a), b=(2), new=1)"),
        ("f(a)(b)", "f(a)(b, new=1)"),
        ("é = f('ü', *b)", "é = f('ü', *b, new=1)"),
        ("f(\n    a\n)", "f(\n    a, new=1\n)"),
        ("f(\n    a,\n)", "f(\n    a,\n    new=1,\n)"),
        ("f(a,\n  b,\n)", "f(a,\n  b,\n  new=1,\n)"),
        ("f(\n\ta,  # why\n)", "f(\n\ta,  # why\n\tnew=1,\n)"),
        ("f(\r\n  a,\r\n)", "f(\r\n  a,\n  new=1,\r\n)"),
        ("f(\n    a  # why\n)", "f(\n    a, new=1  # why\n)"),
        ("f(  # why\n)", "f(new=1  # why\n)"),
        ("f('#', a  # it's, (\n)", "f('#', a, new=1  # it's, (\n)"),
    ],
)
def test_an_argument_comes_last(source: str, result: str) -> None:
    assert added(source) == result
    assert "new" in [word.arg for word in Code(result).nodes(ast.Call)[0].keywords]
