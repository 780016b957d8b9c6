"""One code cell as events, with what its magics and its language do to names."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nbcoach.python.magics import LINE_MAGICS, Magic, escape_uses, statement_of
from nbcoach.python.semantics import events as e
from nbcoach.python.semantics.binders import HARMLESS_CELL_MAGICS, HARMLESS_MAGICS
from nbcoach.python.semantics.reading import Reader

if TYPE_CHECKING:
    from nbcoach.notebook import CodeCell
    from nbcoach.python.code import Code


@dataclass(frozen=True, slots=True, eq=False)
class CellEvents:
    """The events of one cell, the bodies it defines, and qualified names of local imports."""

    events: e.Events
    bodies: tuple[e.Body, ...] = ()
    local_imports: Mapping[int, str] = field(default_factory=dict)


def events_of(cell: "CodeCell") -> CellEvents:
    """What running this cell does to names; an unknown where that cannot be told."""
    hinted = list(_hints(cell.source))
    if cell.awaits_code:
        hinted.append((e.UNKNOWN, "an exercise to be filled in", None))
    code = cell.code
    if code is None:
        return CellEvents([*hinted, *_foreign(cell.source)])
    if code.tree is None:
        return CellEvents([*hinted, (e.UNKNOWN, "a cell that does not parse", None)])
    reader = Reader(_magics_by_statement(code) if code.magics else None)
    try:
        reader.statements(code.tree.body)
    except RecursionError:
        return CellEvents([*hinted, (e.UNKNOWN, "a cell that nests too deeply", None)])
    events = reader.events
    for magic in reversed(code.magics):
        if magic.kind == "cell":
            events = _under_cell_magic(magic, events)
    if _may_be_automagic(cell.source.strip()):
        events = [(e.QUIET, events)]
    return CellEvents([*hinted, *events], tuple(reader.bodies), reader.local_imports)


def _may_be_automagic(source: str) -> bool:
    """Whether this is Python to read, but a magic to IPython where the name is not bound."""
    if source in LINE_MAGICS:
        return True
    return " -" in source and re.fullmatch(r"[^\W\d]\w* --?\w[\w -]*", source) is not None


_HINT = re.compile(r"#\s*nbcoach:\s*defines\s+([\w, ]+)")


def _hints(source: str) -> Iterator[e.Event]:
    """`# nbcoach: defines a, b` names what this cell binds invisibly."""
    if "nbcoach:" in source:
        for hint in _HINT.finditer(source):
            for name in hint[1].replace(",", " ").split():
                yield (e.BIND, name, None, "magic", None)


def _foreign(source: str) -> Iterator[e.Event]:
    """What a cell in another language binds: `%%bash --out v`, `%%bigquery frame`."""
    first = source.lstrip().partition("\n")[0]
    if not first.startswith("%%"):
        return
    name, _, arguments = first[2:].partition(" ")
    yield from ((e.BIND, n, None, "magic", None) for n in _OUTPUTS.findall(arguments))
    words = [word for word in arguments.split() if not word.startswith("-")]
    if name == "bigquery" and words and words[0].isidentifier():
        yield (e.BIND, words[0], None, "magic", None)
    elif name == "sql" or "<<" in arguments:
        yield from _target(arguments.partition("<<")[0] if "<<" in arguments else "")
    elif name not in HARMLESS_CELL_MAGICS:
        yield (e.UNKNOWN, f"`%%{name}`", None)


# What `%pylab` imports besides all of pylab.
_PYLAB = ("numpy", "matplotlib", "matplotlib.mlab", "matplotlib.pylab", "matplotlib.pyplot")

_OUTPUTS = re.compile(r"(?:--out|--err|--output|-o)[ =]([^\W\d]\w*)")


def _under_cell_magic(magic: Magic, events: e.Events) -> e.Events:
    bound: e.Events = [(e.BIND, target, None, "magic", None) for target in magic.targets]
    if magic.name == "timeit":
        names = frozenset(e.bound_in(events)) - {"*"}
        setup = _python(magic.arguments)
        hidden = [(e.BIND, name, None, "magic", None) for name in (*names, *e.bound_in(setup))]
        return [(e.ISOLATED, [*setup, *events], tuple(event[1] for event in hidden))]
    if magic.name in ("time", "capture", "prun"):
        return [*events, *bound]
    return [(e.BRANCH, (events, [])), *bound]


def _magics_by_statement(code: "Code") -> "e.MagicsOf":
    by_line = {code.position(m.span.start)[0] + 1: m for m in code.magics if m.kind != "cell"}

    def magics_of(statement: ast.stmt) -> e.Events:
        magic = by_line.pop(statement.lineno, None)
        return list(_of_line(magic, code)) if magic is not None else []

    return magics_of


def _of_line(magic: Magic, code: "Code") -> Iterator[e.Event]:
    """The events of one escape; IPython never raises for an undefined name in its text."""
    for expression, _ in escape_uses(magic):
        yield (e.QUIET, _python(expression))
    statement = statement_of(magic)
    if statement is not None:
        text, offset = statement
        events = _python(text, code.position(offset))
        if magic.name == "time":
            yield from events
        else:
            yield (e.ISOLATED, events, tuple(e.bound_in(events) - {"*"}))
    elif magic.kind in ("line", "automagic", "assign-magic"):
        yield from _of_line_magic(magic)


def _of_line_magic(magic: Magic) -> Iterator[e.Event]:
    words = magic.arguments.split()
    plain = [word for word in words if not word.startswith("-") and word.isidentifier()]
    match magic.name:
        case "store" if "-r" in words:
            if plain:
                yield from ((e.BIND, name, None, "magic", None) for name in plain)
            else:
                yield (e.UNKNOWN, "`%store -r`", None)
        case "store" | "matplotlib":
            return
        case "aimport":
            yield from ((e.BIND, name, None, "import", name) for name in plain)
        case "sc" if "=" in magic.arguments:
            yield from _target(magic.arguments.partition("=")[0])
        case "sql" if "<<" in magic.arguments:
            yield from _target(magic.arguments.partition("<<")[0])
        case "R" | "bigquery":
            for name in (*_OUTPUTS.findall(magic.arguments), *plain[:1]):
                yield (e.BIND, name, None, "magic", None)
        case "pylab":
            yield (e.STAR, "pylab", None)
            yield from ((e.BIND, name.split(".")[-1], None, "import", name) for name in _PYLAB)
        case "reset" if not {"in", "out", "dhist", "array"} & set(words):
            yield (e.CLEAR, None)
        case "xdel" if plain:
            yield (e.DELETE, plain[-1], ast.Name(plain[-1], ast.Del()))
        case name if name not in HARMLESS_MAGICS:
            yield (e.UNKNOWN, f"`%{name}`", None)


def _target(text: str) -> Iterator[e.Event]:
    """The name that ends a text, bound by the magic that the text is for."""
    words = text.split()
    if words and words[-1].isidentifier():
        yield (e.BIND, words[-1], None, "magic", None)


def _python(text: str, place: tuple[int, int] | None = None) -> e.Events:
    """The events of Python inside an escape, its nodes moved to where it stands in the cell."""
    try:
        text = text.strip()
        tree = ast.parse(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return []
    if place is not None:
        _move(tree, text, *place)
    reader = Reader()
    reader.statements(tree.body)
    return reader.events


def _move(tree: ast.Module, text: str, line: int, column: int) -> None:
    """Give nodes the place they have in a cell where their text starts at this line and column.

    Columns become characters, not bytes: the escape is masked there, by as many plain ones.
    """
    first = text.partition("\n")[0].encode()
    for node in ast.walk(tree):
        if isinstance(node, (ast.stmt, ast.expr)):
            if node.lineno == 1:
                node.col_offset = column + len(first[: node.col_offset].decode())
            if node.end_lineno == 1:
                node.end_col_offset = column + len(first[: node.end_col_offset].decode())
    ast.increment_lineno(tree, line)
