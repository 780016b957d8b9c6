"""IPython's escapes: how they are found, masked, and what they use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.python.code import Code
from nbcoach.python.magics import Magic, escape_uses, statement_of


def only_magic(source: str) -> Magic:
    """The one escape of a cell that parses."""
    code = Code(source)
    assert code.error is None
    (magic,) = code.magics
    return magic


def covered(source: str, magic: Magic) -> str:
    return source[magic.span.start : magic.span.end]


@pytest.mark.parametrize(
    ("source", "kind", "name", "arguments"),
    [
        ("%matplotlib inline", "line", "matplotlib", "inline"),
        ("%time x = f(1)", "line", "time", "x = f(1)"),
        ("% time", "line", "", "time"),
        ("!l", "shell", "", "l"),
        ("!", "shell", "", ""),
        ("! pip install x", "shell", "", "pip install x"),
        ("!ls # why?", "shell", "", "ls # why?"),
        ("!!ls", "system", "", "ls"),
        ("?x", "help", "", "x"),
        ("??x", "help", "", "x"),
        ("x?", "help", "", "x"),
        ("frame.head??", "help", "", "frame.head"),
        ("%time?", "help", "", "%time"),
        ("%%time?", "help", "", "%%time"),
        ("!ls x?", "help", "", "x"),
        ("What is this?", "help", "", "this"),
        (",f a b", "autocall", ",", "f a b"),
        (";f a b", "autocall", ";", "f a b"),
        ("/f a b", "autocall", "/", "f a b"),
        ("ls *.py", "automagic", "ls", "*.py"),
        ("cd ..", "automagic", "cd", ".."),
        ("pip install x", "automagic", "pip", "install x"),
        ("conda install x", "automagic", "conda", "install x"),
        ("%%time", "cell", "time", ""),
        ("%%timeit -n 3 a = 1\na", "cell", "timeit", "-n 3 a = 1"),
    ],
)
def test_every_kind_of_escape_is_found(source: str, kind: str, name: str, arguments: str) -> None:
    magic = only_magic(source)
    assert (magic.kind, magic.name, magic.arguments) == (kind, name, arguments)
    assert source[magic.offset :].startswith(arguments)
    assert covered(source, magic) == source.partition("\na")[0]
    assert magic.works


@pytest.mark.parametrize(
    ("source", "escape", "targets"),
    [
        ("files = !ls", "!ls", ("files",)),
        ("files = !{sys.executable} -V", "!{sys.executable} -V", ("files",)),
        ("a, b = !ls", "!ls", ("a", "b")),
        ("here = %pwd", "%pwd", ("here",)),
        ("x = 1; y = 2", "", ()),
        ("for i in x: y = !ls", "!ls", ()),
        ("x.y = !ls", "!ls", ()),
        ("f(a=1); x = !ls", "!ls", ("x",)),
        ("x =!ls", "!ls", ("x",)),
        ("x = !", "!", ("x",)),
    ],
)
def test_an_assignment_keeps_its_target(source: str, escape: str, targets: tuple[str, ...]) -> None:
    code = Code(source)
    assert code.error is None
    assert [covered(source, magic) for magic in code.magics] == ([escape] if escape else [])
    assert [magic.targets for magic in code.magics] == ([targets] if escape else [])
    assert code.text.startswith(source.partition("!")[0].partition("%")[0])


def test_capture_binds_its_output() -> None:
    code = Code("%%capture out --no-stderr\n%%time\nx = 1")
    assert [magic.targets for magic in code.magics] == [("out",), ()]
    assert code.tree is not None
    assert len(code.tree.body) == 1


@pytest.mark.parametrize(
    "source",
    [
        "if COLAB:\n    !pip install x\nelse:\n    %cd ..",
        "if COLAB:\n\t!l\n\nx = 1",
        "with f():\n    x = %pwd",
        "!pip install a \\\n   b \\\n   c\nx = 1",
        "files = !ls \\\n  -l\nx = 1",
        "%timeit \\\n  f()\nx = 1",
        "!echo '''\nx = 1",
        "!echo (\nx = 1",
        "x = 'a' # ?\n!ls",
        "    !ls\n    x = 1",
        "%%time\n\n    x = 1\n    !ls",
        "\n\n  %%time\n  x = 1",
        "%%time\n%%capture\nls *.py",
        ">>> x = 1\n>>> !ls\n>>> for i in x:\n...     i\n1",
        "In [3]: x = 1\n   ...: y = 2\n",
        "f(a,\n   .....: b)",
        "def f():\n    '''\n    >>> f()\n    '''\n!ls",
    ],
)
def test_escapes_leave_the_code_around_them(source: str) -> None:
    code = Code(source)
    assert code.error is None
    assert len(code.text) == len(source)
    assert all(magic.works for magic in code.magics)


@pytest.mark.parametrize(
    "source",
    [
        "text = '''\n!ls\n%time\nx?\n'''",
        'text = f"""\n%%time\n{x}\n"""',
        "x = (1\n%2)",
        "x = [\n  y,\n  # what?\n]",
        "x = 'why?'",
        "print(x) # why?",
        "ls = 3",
        "ls",
        "time.time()",
        "",
    ],
)
def test_what_only_looks_like_an_escape_is_none(source: str) -> None:
    code = Code(source)
    assert code.error is None
    assert code.magics == ()
    assert code.text == source


def test_strings_beside_an_escape_stay() -> None:
    source = "text = '''\n!ls\nx?\n'''\n!ls"
    code = Code(source)
    assert [covered(source, magic) for magic in code.magics] == ["!ls"]
    assert code.text == source[:-3] + "..."


@pytest.mark.parametrize(
    "source", ["df? ", "if x: !ls", "x = !=", "print x", "a\\\n!ls", "df? # what", "f(\n?x", "(x?)"]
)
def test_what_ipython_refuses_is_refused(source: str) -> None:
    assert Code(source).error is not None


@pytest.mark.parametrize(
    ("source", "works"),
    [
        ("ls *.py", True),
        ("\n\nls *.py\n", True),
        ("%%time\nls *.py", True),
        ("ls *.py\n\n", False),
        ("# a comment\nls *.py", False),
        ("import os\nls *.py", False),
        ("%%time\nimport os\nls *.py", False),
    ],
)
def test_automagic_works_alone_only(source: str, works: bool) -> None:
    code = Code(source)
    magic = code.magics[-1]
    assert (magic.kind, magic.works, code.error) == ("automagic", works, None)
    assert covered(source, magic) == "ls *.py"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("# note\n%%time\nx = 1", "time"),
        ("x = 1\n%%bash\nls -l | wc", "bash"),
        ("x = 1\n%% html\n<br>", ""),
        ("%%time\nx = 1\n%%capture out\ny = 1", "capture"),
    ],
)
def test_a_late_cell_magic_is_told(source: str, name: str) -> None:
    code = Code(source)
    magic = code.magics[-1]
    assert (magic.kind, magic.name, magic.works) == ("misplaced-cell", name, False)
    assert code.error is None


def test_another_language_is_masked_whole() -> None:
    code = Code("%%time\n%%bash\nls -l | wc")
    assert [magic.name for magic in code.magics] == ["time", "bash"]
    assert code.text.strip() == ""
    assert code.error is None


def test_an_escape_knows_whether_it_is_indented() -> None:
    code = Code("if x:\n    !ls\nx = !ls\n!ls")
    assert [magic.indented for magic in code.magics] == [True, False, False]


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("!echo {n} $m", ["n", "m"]),
        ("!{sys.executable} -m pip", ["sys.executable"]),
        ("!echo {a['k'][1:]}{n!r}", ["a['k'][1:]", "n"]),
        ("!echo $$n {{n}} '$n'", []),
        ("!echo {n}'$n'{m}", ["n", "m"]),
        ("!echo $1 ${HOME}", ["HOME"]),
        ("!awk '{print $1}' {path}", []),
        ("!echo {n", []),
        ("!echo {} {n}", []),
        ("x = !ls $folder", ["folder"]),
        ("%run script.py $x", ["x"]),
        ("frame.head?", ["frame"]),
        ("?np.sin", ["np"]),
        ("%%time?", ["time"]),
        (",f a b", ["f"]),
        ("/f a b", ["f", "a", "b"]),
        ("%lprun -f g -f h.k m({1})", ["g", "h.k"]),
        ("%timeit {n}", []),
    ],
)
def test_expressions_inside_an_escape_are_uses(source: str, uses: list[str]) -> None:
    found = escape_uses(only_magic(source))
    assert [expression for expression, _ in found] == uses
    assert [source[span.start : span.end] for _, span in found] == uses


@pytest.mark.parametrize(
    ("source", "statement"),
    [
        ("%time x = f(1)", "x = f(1)"),
        ("%time --no-raise-error f()", "f()"),
        ("%timeit -n 10 -r3 -qo f(-1)", "f(-1)"),
        ("result = %timeit -o f()", "f()"),
        ("%prun -s cumulative f()", "f()"),
        ("%lprun -f g f()", "f()"),
        ("%memit f()", "f()"),
        ("%%timeit -r 2 a = 1\na", "a = 1"),
        ("if x:\n    %time f()", "f()"),
    ],
)
def test_python_on_a_magic_line_is_told(source: str, statement: str) -> None:
    found = statement_of(only_magic(source))
    assert found == (statement, source.index(statement))


@pytest.mark.parametrize("source", ["%time", "%timeit -n 3", "%matplotlib inline", "!time ls"])
def test_other_lines_hold_no_statement(source: str) -> None:
    assert statement_of(only_magic(source)) is None


ESCAPES = st.sampled_from(
    """!ls|%time f()|x?|?x|x = !ls -l|y = %pwd|ls *.py|%%time|%%bash|!a \\|if x:|    !ls|  x = 1
    |'''|(|)|# why?|text = "%time"|é = 'ß'|,f a|print(x, \\|\t%cd ..""".split("|")
)


@given(st.lists(ESCAPES).map("\n".join))
def test_masks_are_of_equal_length_and_keep_lines(source: str) -> None:
    code = Code(source)
    assert len(code.text) == len(source)
    assert [i for i, c in enumerate(source) if c == "\n"] == [
        i for i, c in enumerate(code.text) if c == "\n"
    ]
    for magic in code.magics:
        assert source[magic.offset :].startswith(magic.arguments)
        assert 0 <= magic.span.start < magic.span.end <= len(source)
        assert all(source[s.start : s.end] == text for text, s in escape_uses(magic))
    spans = [(magic.span.start, magic.span.end) for magic in code.magics]
    assert spans == sorted(spans)
