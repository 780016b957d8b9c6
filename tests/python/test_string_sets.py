"""Which sets hold strings, and where they get an order."""

import ast

import pytest

from nbcoach.python.string_sets import is_set_of_strings, set_order
from tests.python.test_semantics import notebook


def last_value(*sources: str) -> tuple[bool, str | None]:
    """Whether the last expression is a set of strings, and what orders it if it is one."""
    made = notebook(*sources)
    cell = made.code_cells[-1]
    assert cell.code is not None
    assert cell.code.tree is not None
    statement = cell.code.tree.body[-1]
    assert isinstance(statement, ast.Expr)
    order = set_order(statement.value, cell.index, made)
    return is_set_of_strings(statement.value, made.values), order and ast.unparse(order.node)


@pytest.mark.parametrize(
    "sources",
    [
        ["set('text')"],
        ["{'a', 'b'}"],
        ["{*()} | {'a'}", "{'a'} | {*()}"],
        ["x = 'a b'", "set(x.split())"],
        ["x = open('f').read().split()", "s = set(x)", "s"],
        ["{part.lower() for part in ()}"],
        ["set(part.strip() for part in ())"],
        ["set([str(n) for n in range(3)])"],
        ["set(['a'] + other)"],
        ["set(all_words)"],
        ["set(frame.countries)"],
        ["vocab = set()\nvocab"],
        ["set('ab').union('c')"],
        ["frozenset('ab') - {'a'}"],
        ["def f(tokens):\n    return tokens\nset(f.tokens)"],
        ["set(list('ab'))"],
    ],
)
def test_sets_of_strings(sources: list[str]) -> None:
    assert last_value(*sources)[0]


@pytest.mark.parametrize(
    "source",
    [
        "{1, 2}",
        "set(range(3))",
        "set(numbers)",
        "set(word_counts)",
        "set()",
        "set(len(w) for w in ())",
        "{ord(c) for c in 'ab'}",
        "list('ab')",
        "'ab'",
        "words",
        "sorted(set('ab'))",
        "set([])",
        "import numpy as np\ntokens = np.arange(3)\nset(tokens)",
        "def set(x):\n    return x\nset('ab')",
    ],
)
def test_other_things(source: str) -> None:
    assert last_value(source) == (False, None)


@pytest.mark.parametrize(
    ("sources", "order"),
    [
        (["set('ab')"], "set('ab')"),
        (["list(set('ab'))"], "list(set('ab'))"),
        (["s = set('ab')", "tuple(s)"], "tuple(s)"),
        (["x = list(set('ab'))", "x"], "list(set('ab'))"),
        (["chars = list(set(unknown))", "chars"], "list(set(unknown))"),
        (["x = list(set(unknown))", "x"], None),
        (["x = list(set('ab'))", "x.sort()", "x"], None),
        (["x = sorted(set('ab'))", "x"], None),
        (["x = list(set('ab'))\nx = [1]", "x"], None),
    ],
)
def test_where_the_order_comes_from(sources: list[str], order: str | None) -> None:
    assert last_value(*sources)[1] == order
