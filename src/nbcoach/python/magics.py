"""IPython's escapes as values: which there are, what they use and what Python they carry."""

import re
from typing import Final, Literal, NamedTuple

from nbcoach.notebook import Span

PYTHON_CELL_MAGICS: Final = frozenset(
    """
    autoflake8 capture code_wrap debug flake8 fil filprofile heat ipytest lprun manim memit mprun
    nbtutor notify prun pycodestyle pyinstrument run_pytest scalene snakeviz time timeit viztracer
    wandb
    """.split()
)
"""Cell magics whose body is Python that runs in the notebook's own process."""

LINE_MAGICS: Final = frozenset(
    """
    alias alias_magic autoawait autocall automagic autosave bookmark cat cd clear code_wrap colors
    conda config connect_info cp debug dhist dirs doctest_mode ed edit env gui hist history
    killbgscripts ldir less lf lk ll load load_ext loadpy logoff logon logstart logstate logstop ls
    lsmagic lx macro magic mamba man matplotlib micromamba mkdir more mv notebook page pastebin pdb
    pdef pdoc pfile pinfo pinfo2 pip popd pprint precision prun psearch psource pushd pwd pycat
    pylab qtconsole quickref recall rehashx reload_ext rep rerun reset reset_selective rm rmdir run
    save sc set_env subshell sx system tb time timeit unalias unload_ext uv who who_ls whos xdel
    xmode
    """.split()
)
"""The line magics and aliases of IPython 9.18 with ipykernel on Linux, as `%lsmagic` tells them.

Each works without `%` where a cell is this one line and the name is not bound: automagic.
"""

CELL_MAGICS: Final = frozenset(
    """
    ! HTML SVG bash capture code_wrap debug file html javascript js latex markdown perl prun pypy
    python python2 python3 ruby script sh svg sx system time timeit writefile
    """.split()
)
"""The cell magics of IPython 9.18, as `%lsmagic` tells them."""

Kind = Literal[
    "line",
    "cell",
    "misplaced-cell",
    "shell",
    "system",
    "help",
    "assign-shell",
    "assign-magic",
    "automagic",
    "autocall",
]


class Magic(NamedTuple):
    """One escape of a cell, for example `%time f(x)` or `files = !ls`.

    `span` covers the escape with its prefix, without the target of an assignment. `name` is empty
    for a shell command and for help, and an autocall's prefix. `arguments` is the raw text after
    the name, which starts at `offset`; for help, what it asks about. `targets` are the plain names
    that an assignment or `%%capture` binds. `works` is False where a kernel refuses the escape:
    automagic beside other lines (SyntaxError in IPython 9.18, where alone in its cell it works),
    and a cell magic below other lines, comments included ("misplaced-cell", a UsageError).
    """

    kind: Kind
    name: str
    arguments: str
    offset: int
    span: Span
    targets: tuple[str, ...] = ()
    indented: bool = False
    works: bool = True


def escape_uses(magic: Magic) -> tuple[tuple[str, Span], ...]:
    """The Python expressions that IPython evaluates inside an escape, each with its place.

    These are `{expression}` and `$name` in shell and magic lines, what a help request asks about,
    what autocall calls and the functions that `%lprun -f` names. An undefined name in a shell or
    magic line does not raise: IPython 9.18 then leaves the whole text as it is (`var_expand`).
    """
    if magic.kind == "help":
        return _uses(magic, r"%*([^\W\d]\w*)")[:1]
    if magic.kind == "autocall":
        names = _uses(magic, r"([^\W\d]\w*)")
        return names if magic.name == "/" else names[:1]
    if magic.name in _STATEMENT_OPTIONS:
        return _uses(magic, r"(?<!\S)-f[ \t]*([^\W\d][\w.]*)")
    return _expansions(magic)


def statement_of(magic: Magic) -> tuple[str, int] | None:
    """The Python that `%time`, `%timeit` and their like run on their line, and its cell offset.

    Only `%time` runs it in the notebook's namespace, so only there do its assignments last.
    """
    options = _STATEMENT_OPTIONS.get(magic.name)
    if options is None:
        return None
    valued = "".join(re.findall("(.):", options)) or "-"
    plain = re.sub("(.):", "", options) or "-"
    option = rf"(?:-[{plain}]*[{valued}][ \t]*\S+|-[{plain}]+|--[a-z][\w-]*)(?!\S)"
    found = re.match(rf"(?:{option}\s*)*", magic.arguments)
    start = found.end() if found else 0
    statement = magic.arguments[start:]
    return (statement, magic.offset + start) if statement else None


# Their options as for `getopt`: a letter before a colon takes a value.
_STATEMENT_OPTIONS: Final = {
    "time": "",
    "timeit": "n:r:tcp:qov:",
    "prun": "D:l:rs:T:q",
    "debug": "b:",
    "memit": "r:t:i:coh",
    "mprun": "rf:T:c",
    "lprun": "rszf:m:D:T:u:",
    "snakeviz": "tf:",
    "pyinstrument": "",
}


def _uses(magic: Magic, pattern: str) -> tuple[tuple[str, Span], ...]:
    """The first group of every match in the arguments."""
    return tuple(_use(magic, found) for found in re.finditer(pattern, magic.arguments))


def _use(magic: Magic, found: re.Match[str]) -> tuple[str, Span]:
    return found[1], Span(magic.offset + found.start(1), magic.offset + found.end(1))


def _expansions(magic: Magic) -> tuple[tuple[str, Span], ...]:
    """What `var_expand` evaluates; nothing where one part is not Python, since then all fails."""
    text, position = magic.arguments, 0
    uses: list[tuple[str, Span]] = []
    for brace in re.finditer(r"\{\{|\}\}|\{([^{}]*?)(?:![rsa])?\}|[{}]", text):
        uses += _dollars(magic, position, brace.start())
        position = brace.end()
        if brace[1] is not None and _is_expression(brace[1]):
            uses.append(_use(magic, brace))
        elif brace[0] not in ("{{", "}}"):
            return ()
    return (*uses, *_dollars(magic, position, len(text)))


def _dollars(magic: Magic, start: int, end: int) -> list[tuple[str, Span]]:
    """The names after `$`, without those in single quotes, after which an odd number follows."""
    text = magic.arguments
    return [
        _use(magic, found)
        for found in re.compile(r"\$(?:\$[\w.]+|([^\W\d]\w*))").finditer(text, start, end)
        if found[1] and text.count("'", found.end(), end) % 2 == 0
    ]


def _is_expression(text: str) -> bool:
    import ast

    try:
        ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True
