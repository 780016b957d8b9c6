"""IPython's escapes masked at equal length, so that what stays is Python at its old place."""

import re
from typing import NamedTuple

from nbcoach.notebook import Span
from nbcoach.python.magics import AUTOMAGIC_NAMES, PYTHON_CELL_MAGICS, Kind, Magic


def mask(source: str) -> tuple[str, tuple[Magic, ...]]:
    """The source with every escape replaced by inert Python of equal length, and the escapes.

    It follows IPython 9.18: an escape begins a logical line or follows the first `=` of one; help
    ends one. Automagic counts everywhere, although a kernel takes it in one-line cells only, so
    that the other lines of the cell are understood.
    """
    masking = _Masking(source)
    position = masking.cell_magics()
    masking.prompts(position)
    masking.lines(position)
    return masking.finish()


class _Masking:
    """One run of `mask` over one cell."""

    __slots__ = ("body", "edits", "magics", "text")

    def __init__(self, source: str) -> None:
        self.text = source
        self.edits: list[tuple[int, int, str]] = []
        self.magics: list[Magic] = []
        self.body = 0

    def finish(self) -> tuple[str, tuple[Magic, ...]]:
        pieces: list[str] = []
        position = 0
        for start, end, cover in self.edits:
            pieces += (self.text[position:start], cover)
            position = end
        pieces.append(self.text[position:])
        return "".join(pieces), tuple(self.magics)

    def cell_magics(self) -> int:
        """Mask the cell magics at the top; where the body is not Python, mask all of it."""
        position = 0
        while found := _CELL_MAGIC.match(self.text, position):
            name, start, end = found["name"], found.start("escape"), found.end("line")
            python = name in PYTHON_CELL_MAGICS
            targets = _captured(found["arguments"]) if name == "capture" else ()
            self._add("cell", name, found.span("arguments"), (start, end), targets=targets)
            position = end if python else len(self.text)
            self._cover(start, position, "")
        self.body = position
        return position

    def prompts(self, position: int) -> None:
        """Blank the prompts of a pasted session, which IPython strips."""
        if ">>>" in self.text or "In [" in self.text:
            self.text = self.text[:position] + _without_prompts(self.text[position:])

    def lines(self, position: int) -> None:
        """Mask the escapes of all logical lines from here on."""
        while position < len(self.text):
            start = _BLANKS.match(self.text, position).end()  # type: ignore[union-attr]
            position = self._escape(start) or self._logical_line(start)

    def _escape(self, start: int) -> int | None:
        """Mask the escape that begins here and tell where the next line begins, if there is one."""
        found = _ESCAPE.match(self.text, start)
        if found is None:
            return None
        prefix, end = found[0], _end_of_continued_line(self.text, start)
        if self._help(start, end, end):
            return _next_line(self.text, end)
        if prefix in ",;/":
            if not _is_call(self.text[start:end]):
                return None
            self._mask("autocall", prefix, start + 1, start, end)
        elif prefix == "%":
            kind: Kind = "misplaced-cell" if self.text.startswith("%%", start) else "line"
            self._magic(kind, start, end)
        else:
            self._mask(_KINDS[prefix], "", start + len(prefix), start, end)
        return _next_line(self.text, end)

    def _magic(self, kind: Kind, start: int, end: int) -> None:
        found = _MAGIC.match(self.text, start, end)
        assert found is not None
        self._mask(kind, found[1], found.end(), start, end, works=kind != "misplaced-cell")

    def _logical_line(self, start: int) -> int:
        """Mask an escape of a logical line, if it has one, and tell where the next begins."""
        line = _scan(self.text, start)
        if line.assigned is not None:
            self._assignment(start, line.assigned)
            return _next_line(self.text, _end_of_continued_line(self.text, line.assigned))
        if not self._help(start, line.code_end, line.end):
            self._automagic(start, line.end)
        return _next_line(self.text, line.end)

    def _assignment(self, start: int, escape: int) -> None:
        end = _end_of_continued_line(self.text, escape)
        targets = _targets(self.text[start:escape])
        if self.text[escape] == "!":
            kind, name, arguments = "assign-shell", "", escape + 1
        else:
            found = _MAGIC.match(self.text, escape, end)
            assert found is not None
            kind, name, arguments = "assign-magic", found[1], found.end()
        self._mask(kind, name, arguments, escape, end, word="...", targets=targets)  # type: ignore[arg-type]

    def _help(self, start: int, code_end: int, end: int) -> bool:
        if self.text[code_end - 1 : code_end] != "?" or code_end != end:
            return False
        found = _HELP.search(self.text, start, end)
        if found is None:
            return False
        self._add("help", "", found.span(1), (start, end))
        self._cover(start, end, "pass")
        return True

    def _automagic(self, start: int, end: int) -> None:
        found = _FIRST_WORD.match(self.text, start, end)
        if found is None or found[1] not in AUTOMAGIC_NAMES or _parses(self.text[start:end]):
            return
        alone = not self.text[self.body : start].strip() and not self.text[end:].rstrip(" \t")
        self._mask("automagic", found[1], found.end(), start, end, works=alone)

    def _mask(
        self,
        kind: Kind,
        name: str,
        arguments: int,
        start: int,
        end: int,
        *,
        word: str = "pass",
        targets: tuple[str, ...] = (),
        works: bool = True,
    ) -> None:
        end = max(start + len(self.text[start:end].rstrip()), arguments)
        self._add(kind, name, (arguments, end), (start, end), targets=targets, works=works)
        self._cover(start, end, word)

    def _add(
        self,
        kind: Kind,
        name: str,
        arguments: tuple[int, int],
        span: tuple[int, int],
        *,
        targets: tuple[str, ...] = (),
        works: bool = True,
    ) -> None:
        text = self.text[slice(*arguments)]
        offset = arguments[0] + len(text) - len(text.lstrip())
        indented = self.text[span[0] - 1 : span[0]] in (" ", "\t") and kind != "cell"
        self.magics.append(
            Magic(kind, name, text.lstrip(), offset, Span(*span), targets, indented, works)
        )

    def _cover(self, start: int, end: int, word: str) -> None:
        first_line = _LINE.match(self.text, start, end)
        if first_line is None or len(first_line[0]) < len(word):
            word = "0"
        filler = re.sub(r"[^\r\n]", " ", self.text[start:end])
        self.edits.append((start, end, word + filler[len(word) :]))


class _LogicalLine(NamedTuple):
    end: int
    code_end: int
    assigned: int | None


_KINDS: dict[str, Kind] = {"!": "shell", "!!": "system", "?": "help", "??": "help"}
_BLANKS = re.compile(r"[ \t\f]*")
_LINE = re.compile(r"[^\r\n]*")
_NEWLINE = re.compile(r"\r\n|\r|\n|\Z")
_CONTINUED_LINE = re.compile(r"(?:[^\r\n]*\\(?:\r\n|\r|\n))*[^\r\n]*")
_ESCAPE = re.compile(r"!!|!(?!=)|\?\??|%(?!=)|,|;|/(?![/=])")
_MAGIC = re.compile(r"%{1,2}([^\s\\]*)")
_CELL_MAGIC = re.compile(
    r"\s*(?:^|(?<=[\r\n])|(?<=[ \t]))(?P<escape>%%)(?!\w+\?)"
    r"(?P<line>(?P<name>[^ \r\n]*)(?P<arguments>[^\r\n]*))"
)
_HELP = re.compile(r"(%{0,2}(?!\d)[\w*]+(?:\.(?!\d)[\w*]+|\[-?[0-9]+\])*)\?\??\Z")
_FIRST_WORD = re.compile(r"([a-z_0-9]+)[ \t]+(?![ \t=,])")
_ASSIGNED = re.compile(r"[ \t]*(?=!|%[ \t]*[^\W\d])")
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
    | \"{3}(?:[^"\\]++|\\.|"(?!""))*+(?:\"{3}|\Z)
    | '{3}(?:[^'\\]++|\\.|'(?!''))*+(?:'{3}|\Z)
    | "(?:[^"\\\r\n]++|\\(?:\r\n|.))*+"
    | '(?:[^'\\\r\n]++|\\(?:\r\n|.))*+'
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | \\(?:\r\n|\r|\n)
    | (?P<newline>\r\n|\r|\n)
    | [-+*/%@&|^<>=!:]=
    | (?P<assign>=)
    """,
    re.VERBOSE | re.DOTALL,
)


def _scan(text: str, start: int) -> _LogicalLine:
    """Where the logical line ends, where its code does, and the escape after its first `=`."""
    depth, unassigned = 0, True
    for token in _TOKEN.finditer(text, start):
        kind = token.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(depth - 1, 0)
        elif kind == "newline" and depth == 0:
            return _LogicalLine(token.start(), token.start(), None)
        elif kind == "comment" and depth == 0:
            return _LogicalLine(token.end(), token.start(), None)
        elif kind == "assign" and depth == 0 and unassigned:
            unassigned = False
            if found := _ASSIGNED.match(text, token.end()):
                return _LogicalLine(found.end(), found.end(), found.end())
    return _LogicalLine(len(text), len(text), None)


def _end_of_continued_line(text: str, start: int) -> int:
    return _CONTINUED_LINE.match(text, start).end()  # type: ignore[union-attr]


def _next_line(text: str, position: int) -> int:
    return _NEWLINE.match(text, position).end()  # type: ignore[union-attr]


def _captured(arguments: str) -> tuple[str, ...]:
    return tuple(word for word in arguments.split() if word.isidentifier())[:1]


def _targets(text: str) -> tuple[str, ...]:
    names = text.rstrip(" \t=").strip("()[] \t").replace("*", "").split(",")
    plain = tuple(name.strip() for name in names if name.strip())
    return plain if all(name.isidentifier() for name in plain) else ()


def _is_call(text: str) -> bool:
    """Whether the call that IPython makes of an autocall line is Python."""
    name, _, rest = re.sub(r"\s*\\\s*\n", " ", text[1:]).rstrip().partition(" ")
    if text[0] == "/":
        return bool(name) and _parses(f"{name}({', '.join(rest.split())})")
    arguments = '", "'.join(rest.split()) if text[0] == "," else rest
    return _parses(f'{name}("{arguments}")')


def _parses(text: str) -> bool:
    import ast
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            return False
    return True


_PROMPT = re.compile(r"^[ \t]*>>>", re.MULTILINE)


def _without_prompts(text: str) -> str:
    if _PROMPT.search(text):
        pattern = r"^([ \t]*(?:>>>|\.\.\.)[ \t]?)"
    elif re.match(r"\s*In \[\d+\]: ", text):
        pattern = r"^(In \[\d+\]: |[ \t]*\.{3,}: ?)"
    else:
        return text
    return re.sub(pattern, lambda found: " " * len(found[0]), text, flags=re.MULTILINE)
