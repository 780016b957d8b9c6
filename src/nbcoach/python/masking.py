"""IPython's escapes masked at equal length, so that what stays is Python at its old place."""

import re
from functools import cache
from typing import NamedTuple

from nbcoach.notebook import Span
from nbcoach.python.lexing import NEWLINE, logical_line
from nbcoach.python.magics import LINE_MAGICS, PYTHON_CELL_MAGICS, Kind, Magic
from nbcoach.python.margins import taken_away


class Masked(NamedTuple):
    """A masked source, its escapes, and how many characters IPython takes away of each line."""

    text: str
    magics: tuple[Magic, ...]
    taken: list[int]


def mask(source: str) -> Masked:
    """The source with every escape replaced by inert Python of equal length.

    As in IPython 9.18 an escape begins a logical line or follows the first `=` of one, and help
    ends one. Automagic is masked in every cell, although a kernel takes it in one-line cells only,
    so that the other lines of the cell are understood.
    """
    text, taken, body = source, taken_away(source), 0
    magics: list[Magic] = []
    while magic := _cell_magic(text, taken):
        magics.append(magic)
        body = magic.span.end if magic.name in PYTHON_CELL_MAGICS else len(text)
        text = text[: magic.span.start] + _blank(text[magic.span.start : body]) + text[body:]
        taken = taken_away(text, taken)
    lines = _Lines(_without_prompts(text, taken), body)
    while lines.position < len(text):
        lines.mask_next()
    return Masked(lines.masked(), (*magics, *lines.magics), taken)


def _cell_magic(text: str, taken: list[int]) -> Magic | None:
    """The cell magic on the first line that is not blank, as IPython leaves that line."""
    before = re.split(NEWLINE, text[: len(text) - len(text.lstrip())])
    start = sum(map(len, before[:-1])) + len(before) - 1 + taken[len(before) - 1]
    found = _compiled(r"%%(?!\w+\?)([^ \r\n]*)([^\r\n]*)").match(text, start)
    if found is None:
        return None
    name, arguments = found[1], found[2]
    targets = tuple(filter(str.isidentifier, arguments.split()))[:1] if name == "capture" else ()
    offset = found.end() - len(arguments.lstrip())
    return Magic("cell", name, arguments.strip(), offset, Span(*found.span()), targets)


class _Lines:
    """The logical lines of a cell from `position` on, with the masks of those before it."""

    __slots__ = ("body", "magics", "masks", "position", "text")

    def __init__(self, text: str, body: int) -> None:
        self.text = text
        self.body = self.position = body
        self.magics: list[Magic] = []
        self.masks: list[tuple[int, int, str]] = []

    def masked(self) -> str:
        """The text under its masks."""
        pieces: list[str] = []
        position = 0
        for start, end, cover in self.masks:
            pieces += (self.text[position:start], cover)
            position = end
        return "".join((*pieces, self.text[position:]))

    def mask_next(self) -> None:
        """Mask the escape of the next logical line, if it has one, and step behind that line."""
        start = self._end(r"[ \t\f]*", self.position)
        escape = _compiled(_ESCAPE).match(self.text, start)
        end = self._escape(escape[0], start) if escape else None
        if end is None:
            end = self._logical_line(start)
        self.position = self._end(rf"{NEWLINE}|\Z", end)

    def _escape(self, prefix: str, start: int) -> int | None:
        """Mask the escape with this prefix and tell where it ends, unless it is none after all."""
        end, arguments = self._end(_CONTINUED_LINE, start), start + len(prefix)
        if self._help(start, end):
            return end
        if prefix in ",;/":
            if not _is_call(self.text[start:end]):
                return None
            self._mask("autocall", prefix, start, arguments, end)
        elif prefix.startswith("%"):
            arguments = self._end(r"%%?[^\s\\]*", start)
            name = self.text[start + len(prefix) : arguments]
            late = prefix == "%%"
            if late and name not in PYTHON_CELL_MAGICS:
                end = len(self.text)
            kind: Kind = "misplaced-cell" if late else "line"
            self._mask(kind, name, start, arguments, end, works=not late)
        else:
            self._mask(_KINDS[prefix], "", start, arguments, end)
        return end

    def _logical_line(self, start: int) -> int:
        """Mask what stands within this line, and tell where it ends."""
        line = logical_line(self.text, start)
        if line.assigned is not None:
            escape = _compiled(r"[ \t]*(?:!(?!=)|%[ \t]*[^\W\d])").match(self.text, line.assigned)
            if escape is not None:
                return self._assignment(start, self._end(r"[ \t]*", line.assigned))
        if not self._help(start, line.end):
            self._automagic(start, line.end)
        return line.end

    def _assignment(self, start: int, escape: int) -> int:
        end = self._end(_CONTINUED_LINE, escape)
        targets = _compiled(_TARGETS).search(self.text, start, escape)
        names = tuple(name.strip(" \t*") for name in targets[1].split(",")) if targets else ()
        if self.text[escape] == "!":
            self._mask("assign-shell", "", escape, escape + 1, end, targets=names)
        else:
            arguments = self._end(r"%[ \t]*[^\s\\]*", escape)
            name = self.text[escape + 1 : arguments].strip()
            self._mask("assign-magic", name, escape, arguments, end, targets=names)
        return end

    def _help(self, start: int, end: int) -> bool:
        if self.text[end - 1 : end] != "?":
            return False
        line, asked = logical_line(self.text, start), _compiled(_HELP).search(self.text, start, end)
        if asked is None or line.code_end != end:
            return False
        self._add("help", "", (start, end), asked[1], asked.start(1))
        self._cover(start, end, "pass")
        return True

    def _automagic(self, start: int, end: int) -> None:
        found = _compiled(r"([a-z_0-9]+)[ \t]+(?![ \t=,])").match(self.text, start, end)
        if found is None or found[1] not in LINE_MAGICS or _parses(self.text[start:end]):
            return
        alone = not self.text[self.body : start].strip() and self.text[end:] in ("", "\n", "\r\n")
        self._mask("automagic", found[1], start, found.end(), end, works=alone)

    def _mask(
        self,
        kind: Kind,
        name: str,
        start: int,
        arguments: int,
        end: int,
        *,
        targets: tuple[str, ...] = (),
        works: bool = True,
    ) -> None:
        """Mask from `start` to `end` and note the escape; its arguments begin at `arguments`."""
        stop = start + len(self.text[start:end].rstrip())
        text = self.text[arguments:stop].lstrip()
        self._add(kind, name, (start, stop), text, stop - len(text), targets=targets, works=works)
        self._cover(start, stop, "..." if kind.startswith("assign") else "pass")

    def _add(
        self,
        kind: Kind,
        name: str,
        span: tuple[int, int],
        arguments: str,
        offset: int,
        *,
        targets: tuple[str, ...] = (),
        works: bool = True,
    ) -> None:
        indented = self.text[self.position : self.position + 1] in (" ", "\t")
        self.magics.append(
            Magic(kind, name, arguments, offset, Span(*span), targets, indented, works)
        )

    def _cover(self, start: int, end: int, word: str) -> None:
        """Cover an escape with a statement or value, or with what there is room for."""
        room = min(self._end(r"[^\r\n]*", start), end) - start
        word = next(shorter for shorter in (word, "...", "0") if len(shorter) <= room)
        self.masks.append((start, end, word + _blank(self.text[start + len(word) : end])))

    def _end(self, pattern: str, start: int) -> int:
        """Where a pattern that matches here ends."""
        found = _compiled(pattern).match(self.text, start)
        return found.end() if found else start


_KINDS: dict[str, Kind] = {"!": "shell", "!!": "system", "?": "help", "??": "help"}
_ESCAPE = r"!!|!(?!=)|\?\??|%%?(?!=)|,|;|/(?![/=])"
_CONTINUED_LINE = rf"(?:[^\r\n]*\\(?:{NEWLINE}))*[^\r\n]*"
_HELP = r"(%{0,2}(?!\d)[\w*]+(?:\.(?!\d)[\w*]+|\[-?[0-9]+\])*)\?\??\Z"
_TARGETS = r"(?:^|;)[ \t]*((?:\*?[^\W\d]\w*[ \t]*,[ \t]*)*\*?[^\W\d]\w*)[ \t]*,?[ \t]*=[ \t]*\Z"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


def _without_prompts(text: str, taken: list[int]) -> str:
    """The text with blanks for the prompts that IPython takes away."""
    if not any(taken):
        return text
    pieces = re.split(f"({NEWLINE})", text)
    for index, count in enumerate(taken):
        line = pieces[2 * index]
        pieces[2 * index] = re.sub(r"\S", " ", line[:count]) + line[count:]
    return "".join(pieces)


def _is_call(text: str) -> bool:
    """Whether the call that IPython makes of an autocall line is Python."""
    name, _, rest = re.sub(rf"\s*\\(?:{NEWLINE})", " ", text[1:]).rstrip().partition(" ")
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
