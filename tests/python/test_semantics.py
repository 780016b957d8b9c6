"""What each construct of Python and IPython does to names."""

import ast
import symtable
import sys

import pytest

from nbcoach.notebook import CodeCell, Notebook
from nbcoach.python.semantics import Semantics
from nbcoach.python.semantics.scopes import Scope, names_of_body, parameters

Claim = tuple[int, str, str, bool]
BEFORE_INLINING = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="symtable lists the names of inlined comprehensions"
)


def notebook(*sources: str, **fields: object) -> Notebook:
    cells = []
    for index, source in enumerate(sources):
        language = "html" if source.startswith(("%%html", "%%bash", "%%sql", "%%b")) else "python"
        cells.append(CodeCell(index, None, source, {}, language=language))
    return Notebook("test.ipynb", (4, 5), "python", {**fields}, tuple(cells))


def as_read(*sources: str) -> Semantics:
    return notebook(*sources).as_read


def claims(*sources: str) -> list[Claim]:
    """Cell, name, kind and certainty of each name without a value."""
    undefined = as_read(*sources).undefined
    return [(u.use.at, u.use.name, u.kind, u.certain) for u in undefined]


@pytest.mark.parametrize(
    "sources",
    [
        ["x = 1", "x"],
        ["def f():\n    return x", "x = 1", "f()"],
        ["for i in []:\n    pass", "i"],
        ["chance = bool\nif chance():\n    x = 1", "x"],
        ["import os.path", "os.getcwd()"],
        ["class A:\n    x = 1\n    y = x\n    def m(self):\n        return self.x"],
        ["[y for y in range(3)]", "y = 1"],
        ["f = lambda n: f(n - 1) if n else 0", "f(3)"],
        ["try:\n    import torch\nexcept ImportError:\n    torch = None", "torch"],
        ["with open('f') as handle:\n    pass", "handle"],
        ["match 1:\n    case {'a': a, **r}:\n        a, r\n    case [_, *m]:\n        m"],
        ["def f(a, /, b, *args, c=1, **kw):\n    return a, b, args, c, kw"],
        ["def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += 1\n    g()"],
        ["def set_up():\n    global ready\n    ready = True", "set_up()", "ready"],
        ["import functools\n@functools.cache\ndef f(n):\n    return later", "later = 1", "f(1)"],
        ["%time x = 1", "x"],
        ["%%time\nx = 1", "x"],
        ["%%capture out\nprint(1)", "out.show()"],
        ["list = [1]\ndel list", "list()"],
        ["x = !ls", "x"],
        ["x = %who_ls", "x"],
        ["%%bash --out listing\nls", "listing"],
        ["%%sql frame <<\nselect 1", "frame"],
        ["%%bigquery frame\nselect 1", "frame"],
        ["%store -r big", "big"],
        ["%pylab inline", "plot(arange(3))"],
        ["from math import *", "sqrt(pi)"],
        ["!echo {missing} $missing"],
        ["missing?"],
        ["exec('x = 1')", "x"],
        ["globals()['x'] = 1", "x"],
        ["get_ipython().run_line_magic('run', 'setup.py')", "x"],
        ["import builtins\nbuiltins.x = 1", "x"],
        ["%run other.ipynb", "x"],
        ["%unknown_magic", "x"],
        ["this does not parse", "x"],
        ["if 'x' in globals():\n    x"],
        ["try:\n    x\nexcept NameError:\n    x = 1", "x"],
        ["import contextlib\nwith contextlib.suppress(NameError):\n    del x"],
        ["import sys\nif sys.version_info < (3,):\n    text = unicode('a')"],
        ["while True:\n    x = 1\n    break", "x"],
        ["def f(x: Later) -> Later:\n    return x", "class Later: ..."],
        ["# nbcoach: defines a, b", "a, b"],
        ["spark.sql('select 1')"],
        ["x = 1\ndel x\nx = 2", "x"],
        ["for x in (1, 2):\n    if x > 1:\n        print(y)\n    y = x"],
    ],
)
def test_silent(sources: list[str]) -> None:
    assert claims(*sources) == []


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["x", "x = 1"], (0, "x", "later", True)),
        (["x"], (0, "x", "never", True)),
        (["x = 1\ndel x", "x"], (1, "x", "deleted", True)),
        (["x = 1", "%reset -f", "x"], (2, "x", "deleted", True)),
        (["x = 1", "%xdel x", "x"], (2, "x", "deleted", True)),
        (["def f():\n    return x", "f()", "x = 1"], (1, "x", "later", True)),
        (["def f():\n    return g()", "f()", "def g(): ..."], (1, "g", "later", True)),
        (["class A:\n    def __init__(self):\n        x", "A()", "x = 1"], (1, "x", "later", True)),
        (["def f():\n    return x"], (0, "x", "never", False)),
        (["if input():\n    x", "x = 1"], (0, "x", "later", False)),
        (["x += 1", "x = 1"], (0, "x", "later", True)),
        (["x[0] = 1", "x = []"], (0, "x", "later", True)),
        (["[x for _ in range(3)]", "x = 1"], (0, "x", "later", False)),
        (["for x in xs:\n    pass", "xs = []"], (0, "xs", "later", True)),
        (["def f(a=x): ...", "x = 1"], (0, "x", "later", True)),
        (["@cache\ndef f(): ...", "from functools import cache"], (0, "cache", "later", True)),
        (["class B(A): ...", "class A: ..."], (0, "A", "later", True)),
        (["%time y = f(3)", "def f(n): ..."], (0, "f", "later", True)),
        (["%timeit z = 1", "z"], (1, "z", "never", True)),
        (["%%timeit z = 1\nz + 1", "z"], (1, "z", "never", True)),
        (
            ["try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    pass", "e"],
            (1, "e", "deleted", True),
        ),
        (["from math import *", "squareroot(2)"], (1, "squareroot", "never", True)),
        (["while True:\n    x\n    break", "x = 1"], (0, "x", "later", True)),
        (["for i in (1, 2):\n    x\n    x = i"], (0, "x", "later", True)),
        (["import sys\nif input():\n    sys.exit()\nx", "x = 1"], (0, "x", "later", False)),
        (["def f():\n    import numpy as np\nnp", "import numpy as np"], (0, "np", "later", True)),
    ],
)
def test_claims(sources: list[str], expected: Claim) -> None:
    assert expected in claims(*sources)


def test_one_claim_for_each_name_and_the_worst_of_its_uses() -> None:
    found = as_read("if input():\n    x", "x", "x", "x = 1").undefined
    assert [(claim.use.at, claim.certain) for claim in found] == [(1, True)]
    assert [use.at for use in found[0].others] == [0]


def test_a_name_of_a_skipped_cell_is_not_called_missing() -> None:
    cells = (
        CodeCell(0, None, "x = 1", {"tags": ["skip-execution"]}),
        CodeCell(1, None, "x", {}),
    )
    assert not Notebook("test.ipynb", (4, 5), "python", {}, cells).as_read.undefined


def test_the_run_order_sees_what_the_reading_order_cannot() -> None:
    cells = (
        CodeCell(0, None, "total = rate * 2", {}, execution_count=2),
        CodeCell(1, None, "rate = 1", {}, execution_count=1),
    )
    both = Notebook("test.ipynb", (4, 5), "python", {}, cells)
    assert [claim.use.name for claim in both.as_read.undefined] == ["rate"]
    assert not both.as_run.undefined
    assert [(d.source, d.target, d.name) for d in both.as_run.dependencies] == [(1, 0, "rate")]


def test_dependencies_name_the_cell_whose_value_arrives() -> None:
    read = as_read("x = 1", "x = 2", "def f():\n    return x", "f()")
    assert [(d.source, d.target, d.name, d.certain) for d in read.dependencies] == [
        (2, 3, "f", True),
        (1, 3, "x", True),
    ]


def test_changes_of_an_object_arrive_with_its_name() -> None:
    read = as_read("rows = []", "rows.append(1)\nrows[0] = 2", "rows")
    assert [mutation.cell for mutation in read.mutations] == [1, 1]
    (use,) = [use for use in read.uses if use.at == 2]
    assert use.slot is not None
    assert [mutation.cell for mutation in use.slot.touched] == [1, 1]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import numpy as np\nnp.random.rand", "numpy.random.rand"),
        ("from torch import nn as layers\nlayers.Linear", "torch.nn.Linear"),
        ("import os.path\nos.path.join", "os.path.join"),
        ("def f():\n    import pandas as pd\n    pd.read_csv", "pandas.read_csv"),
        ("from math import *\nsqrt", "math.sqrt"),
        ("import numpy as np\nnp = 3\nnp.pi", None),
        ("def np(): ...\nnp.pi", None),
        ("np.pi", None),
        ("f().pi", None),
    ],
)
def test_qualified_names(source: str, expected: str | None) -> None:
    read = notebook(source)
    code = read.code_cells[0].code
    assert code is not None
    assert code.tree is not None
    last = [node for node in ast.walk(code.tree) if isinstance(node, ast.Expr)][-1].value
    assert read.as_read.qualified_name(last) == expected


def test_code_that_nests_absurdly_only_ends_the_claims() -> None:
    deep = "x = " + "-" * 3000 + "1"
    assert claims(deep, "undefined_name") in ([], [(1, "undefined_name", "never", True)])


@pytest.mark.parametrize(
    "source",
    [
        "a = 1; b: int = 2; c += 1",
        "for i, (j, k) in x: pass\nelse: m = 1",
        "with a as (b, c), d as e[0]: pass",
        "import a.b, c as d\nfrom e import f, g as h",
        "def g(): inner = 1\nclass C(metaclass=(w := type)): attribute = 1",
        pytest.param("[u for u in x]; {p: q for p in x for q in p}", marks=BEFORE_INLINING),
        pytest.param("[n for n in x if (found := n)]", marks=BEFORE_INLINING),
        "try: pass\nexcept E as error: pass",
        "match m:\n    case [first, *rest, {'k': v, **others}] | C(x=first) as whole: pass",
        "global g1, g2; g1 = 1; local = g2",
        "lambda q=(w2 := 1): (inside := q)",
        "del deleted",
        "async def co(): pass\nawait_ = 1",
        "x[i] = y.z = 1",
    ],
)
def test_local_names_agree_with_symtable(source: str) -> None:
    text = "def function(parameter):\n" + "\n".join("    " + line for line in source.split("\n"))
    table = symtable.symtable(text, "<test>", "exec").get_children()[0]
    expected = {s.get_name() for s in table.get_symbols() if s.is_local()}
    (function,) = ast.parse(text).body
    assert isinstance(function, ast.FunctionDef)
    names = names_of_body(function.body)
    names.bound.update(parameters(function.args))
    assert names.scope("function", Scope("module")).names == expected


@pytest.mark.parametrize(
    "source",
    [
        "%sc =x",
        "%sql <<",
        "%store -r -z",
        "%reset",
        "%xdel",
        "%aimport -x",
        "%time",
        "%timeit -n",
        "%%timeit",
        "%R -o",
        "%",
        "!",
        "%%sql <<",
        "%%bash --out",
        "%%bigquery",
        "%%capture",
        "%%bash --out 1",
    ],
)
def test_odd_magics_are_no_trouble(source: str) -> None:
    assert as_read(source, "1").order == (0, 1)


def test_a_name_in_a_magic_stands_where_it_is_written() -> None:
    both = notebook("é = 1\n%time é + müßig")
    (claim,) = both.as_read.undefined
    code = both.code_cells[0].code
    assert code is not None
    span = code.span(claim.use.node)
    assert code.source[span.start : span.end] == "müßig"


@pytest.mark.skipif(
    sys.version_info < (3, 12), reason="older Python does not parse type parameters"
)
@pytest.mark.parametrize(
    "sources",
    [
        ["type A = int", "A"],
        ["type L[T] = list[T]", "L"],
        ["type P = Later", "class Later: ..."],
        ["def f[T](x: T) -> T:\n    return x", "f(1)"],
        ["class B[T](list[T]):\n    x: T\n    def m(self, y: T): ...", "B()"],
        ["def g():\n    type Q = int\n    return Q", "g()"],
    ],
)
def test_types_and_their_parameters_are_bound(sources: list[str]) -> None:
    assert claims(*sources) == []
    assert claims("T", *sources)[0] == (0, "T", "never", True)
