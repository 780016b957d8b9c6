"""One cell's text as Python: verdicts, places, nodes and comments."""

import ast
import io
import tokenize
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

from nbcoach.notebook import Span
from nbcoach.python.code import Code
from nbcoach.python.magics import PYTHON_CELL_MAGICS


def text_at(code: Code, span: Span) -> str:
    return code.source[span.start : span.end]


@pytest.mark.parametrize(
    "source",
    [
        "await f()",
        "async for x in y:\n    pass",
        "async with x as y:\n    pass",
        "  x = 1\n  y = 2",
        "\tx = 1\n\n\tif x:\n\t\ty = 2",
        "pattern = '\\d'",
        "1if x else 2",
        "\n\n",
        "# only a comment",
        "   # an indented comment",
        "x = '\\\n'",
        "def f():\n    return 1\n    yield 2",
        "for x in y:\n    if x: break\n    else: continue",
        "while x:\n    try: break\n    finally: pass",
        "lambda: (yield)",
    ],
)
def test_what_a_kernel_takes_has_a_tree(source: str) -> None:
    code = Code(source)
    assert code.error is None
    assert isinstance(code.tree, ast.Module)
    assert code.text == source


@pytest.mark.parametrize(
    ("source", "words", "place"),
    [
        ("x = ", "invalid syntax", 4),
        ("x = 1\n  y = 2", "unexpected indent", 7),
        ("  x = 1\n# no margin", "unexpected indent", 1),
        ("é = (\n", "'(' was never closed", 4),
        ("  é = 1\n  print 2", "Missing parentheses", 10),
        (">>> x = 1\n>>> y z", "invalid syntax", 16),
        ("x\0", "null bytes", 0),
        ("x = '\ud800'", "surrogates", 0),
        ("\ufeffx", "non-printable character", 0),
        ("(" * 300, "too many nested parentheses", 200),
        ("return 1", "'return' outside function", 0),
        ("if x:\n    return 1", "'return' outside function", 10),
        ("class A:\n    return 1", "'return' outside function", 13),
        ("yield 1", "'yield' outside function", 0),
        ("x = yield", "'yield' outside function", 0),
        ("break", "'break' outside loop", 0),
        ("def f():\n    break", "'break' outside loop", 13),
        ("for x in y:\n    pass\nelse:\n    continue", "'continue' not properly", 31),
        ("for x in y:\n    def f():\n        continue", "'continue' not properly", 33),
        ("match x:\n    case 1:\n        break", "'break' outside loop", 29),
        ("try:\n    pass\nexcept E:\n    return", "'return' outside function", 28),
    ],
)
def test_what_a_kernel_refuses_says_why_and_where(source: str, words: str, place: int) -> None:
    code = Code(source)
    assert code.tree is None
    assert code.error is not None
    assert words in code.error.message
    assert code.error.span.start == place
    assert code.nodes(ast.Name) == []
    assert not code.is_inert


@pytest.mark.parametrize(
    "source",
    [
        "-" * 100_000 + "x",
        "x = " + "+".join("x" * 50_000),
        "x" + ".y" * 50_000,
        "[" * 150 + "]" * 150,
    ],
)
def test_depth_is_refused_or_understood_but_never_raised(source: str) -> None:
    code = Code(source)
    assert (code.tree is None) == (code.error is not None)
    assert all(text_at(code, code.span(name)) == "x" for name in code.nodes(ast.Name))


def test_many_branches_are_no_depth() -> None:
    source = "if x: pass\n" + "elif x: pass\n" * 300 + "else: return"
    error = Code(source).error
    assert error is not None
    assert error.message == "'return' outside function"


def test_no_warning_leaks() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Code("x = '\\d'\n!ls \\d\nls \\d").tree is not None


@pytest.mark.parametrize(
    ("source", "inert"),
    [("", True), ("  \n\n", True), ("# a", True), ("pass", False), ("!ls", False), ("x y", False)],
)
def test_inert_cells_have_nothing_to_run(source: str, inert: bool) -> None:
    assert Code(source).is_inert is inert


def test_nodes_come_by_exact_type_in_order() -> None:
    code = Code("a = b(c, *d, e=f)\ndef g(h=i): return {**j}, k\nglobal l")
    assert "".join(node.id for node in code.nodes(ast.Name)) == "abcdfijk"
    assert [node.name for node in code.nodes(ast.FunctionDef)] == ["g"]
    assert code.nodes(ast.stmt) == []
    assert code.nodes(ast.Name) is code.nodes(ast.Name)


SAMPLES = [
    "match x:\n    case {'a': [1, *b], **c}: pass\n    case K(d, e=f) | None: pass",
    "try:\n    import a as b\nexcept* (c, d) as e:\n    raise e from d\nelse: a\nfinally: b",
    "@a(b)\nclass C(D, metaclass=E):\n    x: int = 1\n    async def f(a, /, *b: c, d=1, **e): 1",
    "with a as (b, c), d: x = y if (z := 1) else [i for i in j if k for l in m]",
    "f'{a!r:>{b}}' + f'''{\nc}''' ; del d[e:f:g], h.i ; assert j, k",
    "lambda a, *b, c=1, **d: (yield)",
    "async def f():\n    await x; return {a: b for a in c}, {*d}, (e for e in g)",
    "a < b <= c; not d; -e ** 2; x[1:2, ...] += y @ z; nonlocal_ = global_ = 1",
]


@pytest.mark.parametrize("source", SAMPLES)
def test_nodes_are_those_of_the_tree(source: str) -> None:
    code = Code(source)
    assert code.tree is not None
    skipped = ast.expr_context | ast.operator | ast.boolop | ast.unaryop | ast.cmpop
    walked = [node for node in ast.walk(code.tree) if not isinstance(node, skipped)]
    indexed = [node for kind in {type(node) for node in walked} for node in code.nodes(kind)]
    assert {id(node) for node in indexed} == {id(node) for node in walked}
    assert len(indexed) == len(walked)


@pytest.mark.parametrize("source", SAMPLES)
def test_parents_hold_their_children(source: str) -> None:
    code = Code(source)
    assert code.tree is not None
    assert code.parent(code.tree) is None
    for name in code.nodes(ast.Name):
        parent = code.parent(name)
        assert parent is not None
        assert any(child is name for child in ast.iter_child_nodes(parent))


@pytest.mark.parametrize("source", SAMPLES)
def test_every_node_has_a_span_within_the_cell(source: str) -> None:
    code = Code(source)
    assert code.tree is not None
    for node in ast.walk(code.tree):
        span = code.span(node)
        assert 0 <= span.start <= span.end <= len(source)


def test_a_node_without_a_place_spans_what_it_holds() -> None:
    code = Code("def f(a, b=c): pass\nwith d as e: pass\n[x for y in z]")
    (arguments,) = [node.args for node in code.nodes(ast.FunctionDef)]
    assert text_at(code, code.span(arguments)) == "a, b=c"
    assert [text_at(code, code.span(node)) for node in code.nodes(ast.withitem)] == ["d as e"]
    assert [text_at(code, code.span(node)) for node in code.nodes(ast.comprehension)] == ["y in z"]
    (load,) = {id(node.ctx): node.ctx for node in code.nodes(ast.Name) if node.id == "c"}.values()
    assert code.span(load) == Span(0, len(code.source))
    assert code.span(ast.Name("made", lineno=1, col_offset=4)) == Span(4, 4)
    assert code.span(ast.Name("made", lineno=99, col_offset=99)).end <= len(code.source)


def test_positions_count_lines_and_columns_from_zero() -> None:
    code = Code("é\r\nb\rcd\n")
    assert [code.position(offset) for offset in (0, 1, 3, 5, 6, 7, 8)] == [
        (0, 0), (0, 1), (1, 0), (2, 0), (2, 1), (2, 2), (3, 0),
    ]  # fmt: skip
    assert code.starts == [0, 3, 5, 8]


def test_comments_know_their_line() -> None:
    source = "x = 1  # one\n  # two\ns = '# no' #three\n!ls # no\n'''\n# no\n'''"
    comments = Code(source).comments
    assert [(c.text, c.line, c.alone_on_line) for c in comments] == [
        ("# one", 0, False),
        ("# two", 1, True),
        ("#three", 2, False),
    ]
    assert [source[c.span.start : c.span.end] for c in comments] == [c.text for c in comments]
    assert Code("x = 1").comments == ()


def test_comments_of_a_broken_cell_are_found() -> None:
    assert [c.text for c in Code("print 'it\\'s' # a\nx = 'open\n# b").comments] == ["# a", "# b"]


NAMES = st.sampled_from(["x", "é", "名前", "ﬁx", "λ_1"])
VALUES = st.sampled_from(
    [
        "1",
        "'# é'",
        '"\'\\""',
        "r'\\\\'",
        "'''\n# 名\n'''",
        '"""a"b""c\\""""',
        "f'{x}'",
        "b'#'",
        "[\n# c\n]",
    ]
)
STATEMENTS = st.one_of(
    st.tuples(NAMES, NAMES, VALUES).map(lambda t: f"{t[0]} = {t[1]}, {t[2]}, {t[1]}"),
    st.tuples(NAMES, VALUES).map(lambda t: f"if {t[0]}: {t[0]}({t[1]}) # é'\""),
    st.tuples(NAMES, NAMES).map(lambda t: f"'é'; {t[0]} = {t[1]} #"),
    NAMES.map(lambda name: f"f({name},\n  'ü', {name}) \\\n + {name}"),
    st.just("# 'it\"s"),
    st.just(""),
)
ESCAPES = st.sampled_from(["!échö '", "%time é = 1", "é?", "x = !ls é", "%cd 名"])


@given(st.lists(STATEMENTS | ESCAPES).map("\n".join), st.sampled_from(["", "  ", "%%time\n"]))
def test_every_name_stands_where_its_span_says(source: str, before: str) -> None:
    code = Code(before + source)
    for name in code.nodes(ast.Name):
        found = text_at(code, code.span(name))
        assert found == code.text[code.span(name).start : code.span(name).end]
        assert found.replace("ﬁ", "fi") == name.id


@given(st.lists(STATEMENTS).map("\n".join))
def test_comments_are_those_of_tokenize(source: str) -> None:
    expected = [
        (token.string, token.start)
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    ]
    code = Code(source)
    assert code.error is None
    found = [(comment.text, code.position(comment.span.start)) for comment in code.comments]
    assert [(text, (line - 1, column)) for text, (line, column) in expected] == found


@given(st.text() | st.text("!%?,;/\\'\"#()[]{}=:.>@ \t\n\r\f\0\ufeff\ud800éxls1"))
def test_no_text_raises(source: str) -> None:
    code = Code(source)
    assert len(code.text) == len(source)
    assert (code.tree is None) == (code.error is not None)
    assert all(comment.text.startswith("#") for comment in code.comments)
    for node in ast.walk(code.tree) if code.tree else ():
        assert code.span(node).end <= len(source)


LINES = st.sampled_from(
    [
        "x = 1",
        "!ls",
        "%time f()",
        "x?",
        "x? ",
        "?x",
        "x = !ls \\",
        "  -l",
        "y = %pwd",
        "if x:",
        "    x",
        "    !ls",
        "\tx",
        "(",
        ")",
        "'''",
        "%%time",
        "%%capture out",
        "# c?",
        "",
        " ",
        "f(a=1); b = !l",
        "print x",
        "'",
        "  x",
        "  y = 2",
        ",f a",
        ";f",
        "/f 1 2",
        "/ f",
        "//",
        "!=",
        "%= 1",
        "x =!l",
        "x = %%time",
        "what is it?",
        "for i in x: y = !ls",
        "a \\",
        "return",
        "def f():",
        "break",
        "1 + 1",
        "2",
    ]
)


def taken_by_ipython(source: str) -> bool:
    """Whether IPython's transformation of the cell is Python."""
    manager = TransformerManager()
    lines = source.splitlines(keepends=True)
    for transform in manager.cleanup_transforms:
        lines = transform(lines)
    if lines and lines[0].startswith("%%"):
        name = lines[0][2:].split(" ")[0].strip()
        if name in PYTHON_CELL_MAGICS:
            return taken_by_ipython("".join(lines[1:]))
    try:
        tree = ast.parse(manager.transform_cell(source))
        for statement in tree.body:
            module = ast.Module([statement], [])
            compile(module, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError:
        return False
    return True


SESSIONS = st.sampled_from(
    [
        ">>> x",
        ">>> if x:",
        "...     y",
        "...",
        "In [1]: x",
        "   ...: y",
        "1",
        "",
        "  x",
        "%%time",
        "!ls",
    ]
)


@given((st.lists(LINES, max_size=6) | st.lists(SESSIONS, max_size=6)).map("\n".join))
def test_the_verdict_is_that_of_ipython(source: str) -> None:
    assert (Code(source).tree is not None) == taken_by_ipython(source)
