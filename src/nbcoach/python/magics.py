"""IPython's escapes as values: which there are, what they use and what Python they carry."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from nbcoach.notebook import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PYTHON_CELL_MAGICS: Final = _words(
    """
    autoflake8 capture code_wrap debug flake8 fil filprofile heat ipytest lprun manim memit mprun
    nbtutor notify prun pycodestyle pyinstrument run_pytest scalene skip snakeviz time timeit tutor
    viztracer wandb
    """
)
"""Cell magics whose body is Python that runs in the notebook's own namespace."""

LINE_MAGICS: Final = _words(
    """
    alias alias_magic autoawait autocall automagic autosave bookmark cat cd clear code_wrap colors
    conda config connect_info cp debug dhist dirs doctest_mode ed edit env gui hist history
    killbgscripts ldir less lf lk ll load load_ext loadpy logoff logon logstart logstate logstop ls
    lsmagic lx macro magic mamba man matplotlib micromamba mkdir more mv notebook page pastebin pdb
    pdef pdoc pfile pinfo pinfo2 pip popd pprint precision prun psearch psource pushd pwd pycat
    pylab qtconsole quickref recall rehashx reload_ext rep rerun reset reset_selective rm rmdir run
    save sc set_env subshell sx system tb time timeit unalias unload_ext uv who who_ls whos xdel
    xmode
    """
)
"""The line magics and aliases of IPython 9.18 with ipykernel on Linux, as `%lsmagic` tells them."""

AUTOMAGIC_NAMES: Final = LINE_MAGICS
"""What works as a magic without `%`, where a cell is this one line and the name is not bound."""

CELL_MAGICS: Final = _words(
    """
    ! HTML SVG bash capture code_wrap debug file html javascript js latex markdown perl prun pypy
    python python2 python3 ruby script sh svg sx system time timeit writefile
    """
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


@dataclass(frozen=True, slots=True)
class Magic:
    """One escape of a cell, for example `%time f(x)` or `files = !ls`.

    `span` covers the escape with its prefix, without the target of an assignment; `arguments` is
    the raw text after the name, which starts at `offset`. A help request's argument is what it asks
    about. `targets` are the plain names that an assignment or `%%capture` binds.
    `works` is False where a kernel refuses the escape: automagic beside other lines, and a cell
    magic below a cell's first line (both seen in IPython 9.18: SyntaxError and UsageError).
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
    what autocall calls and the functions that `%lprun -f` names. None of them raises when
    undefined: IPython then leaves the whole text as it is (IPython 9.18, `var_expand`).
    """
    if magic.kind == "help":
        found = _ROOT.match(magic.arguments)
        return (_use(magic, found),) if found else ()
    if magic.kind == "autocall":
        return tuple(_use(magic, word) for word in _called(magic))
    if magic.name in _UNEXPANDED:
        return tuple(_use(magic, word, 1) for word in _FUNCTION_OPTION.finditer(magic.arguments))
    return _expansions(magic)


def statement_of(magic: Magic) -> tuple[str, int] | None:
    """The Python that `%time`, `%timeit` and their like run on their line, and its cell offset.

    Only `%time` runs it in the notebook's namespace, so only there do its assignments last.
    """
    options = _STATEMENT_OPTIONS.get(magic.name)
    if options is None or magic.kind in ("shell", "system", "assign-shell", "help", "autocall"):
        return None
    start = options.match(magic.arguments).end()  # type: ignore[union-attr]
    statement = magic.arguments[start:]
    return (statement, magic.offset + start) if statement.strip() else None


_ROOT = re.compile(r"[^\W\d]\w*")
_NAME = re.compile(r"\$(?:\$[\w.]+|([^\W\d]\w*))")
_FUNCTION_OPTION = re.compile(r"(?<!\S)-f[ \t]*([^\W\d][\w.]*)")
# The options of these magics come first; a letter in the brackets takes a value.
_STATEMENT_OPTIONS = {
    name: re.compile(
        rf"(?:\s*(?:-[{valued}][ \t]*\S+|-(?![{valued}])[A-Za-z]+|--[\w-]+)(?!\S))*\s*"
    )
    for name, valued in {
        "time": "_",
        "timeit": "nrot",
        "prun": "DlsT",
        "memit": "rti",
        "mprun": "fT",
        "lprun": "fmDTsu",
        "snakeviz": "fm",
        "pyinstrument": "_",
        "debug": "b",
    }.items()
}
_UNEXPANDED = frozenset(_STATEMENT_OPTIONS)


def _use(magic: Magic, found: re.Match[str], group: int = 0) -> tuple[str, Span]:
    start, end = found.span(group)
    return found[group], Span(magic.offset + start, magic.offset + end)


def _called(magic: Magic) -> list[re.Match[str]]:
    words = list(re.finditer(r"[^\W\d]\w*", magic.arguments))
    return words if magic.name == "/" else words[:1]


def _expansions(magic: Magic) -> tuple[tuple[str, Span], ...]:
    """What `var_expand` evaluates; nothing where one part is no Python, since then all fails."""
    text, uses, position = magic.arguments, [], 0
    for brace in re.finditer(r"\{\{|\}\}|\{([^{}]*)\}|[{}]", text):
        uses += _names(magic, position, brace.start())
        position = brace.end()
        if brace[1] is None:
            if len(brace[0]) == 1:
                return ()
            continue
        expression = re.sub(r"![rsa](?=:|$)", "", brace[1])
        if not _is_expression(expression):
            return ()
        start = magic.offset + brace.start(1)
        uses.append((expression, Span(start, start + len(expression))))
    return (*uses, *_names(magic, position, len(text)))


def _names(magic: Magic, start: int, end: int) -> list[tuple[str, Span]]:
    """The names after `$`, unless an odd number of single quotes follows: then they are quoted."""
    return [
        _use(magic, found, 1)
        for found in _NAME.finditer(magic.arguments, start, end)
        if found[1] and magic.arguments.count("'", found.end(), end) % 2 == 0
    ]


def _is_expression(text: str) -> bool:
    import ast

    try:
        ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True
