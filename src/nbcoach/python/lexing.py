"""Comments and logical lines found without parsing, so that they are found in broken cells too."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

NEWLINE: Final = r"\r\n|\r|\n"
# Possessive, so that text without an end is given up in one pass; a triple quote without an end
# reaches to the end of the text, as for Python's tokenizer. A prefix such as `rb` changes
# nothing about where a string ends. Quotes nested in an f-string (Python 3.12) count as its end.
_STRING: Final = rf"""
    \"{{3}}(?:[^"\\]++|\\.|"(?!""))*+(?:\"{{3}}|\Z)
    | '{{3}}(?:[^'\\]++|\\.|'(?!''))*+(?:'{{3}}|\Z)
    | "(?:[^"\\\r\n]++|\\(?:{NEWLINE}|.))*+"
    | '(?:[^'\\\r\n]++|\\(?:{NEWLINE}|.))*+'
"""
_COMMENT: Final = rf"""
    (?: [^\#"']++ | {_STRING} | ["'] )*+ (\#[^\r\n]*)
"""
_TOKEN: Final = rf"""
    (?P<comment>\#[^\r\n]*)
    | (?P<string>{_STRING})
    | (?P<open>[(\[{{])
    | (?P<close>[)\]}}])
    | \\(?:{NEWLINE})
    | (?P<newline>{NEWLINE})
    | [-+*/%@&|^<>=!:]=
    | (?P<assign>=)
"""


class LogicalLine(NamedTuple):
    """Where a logical line ends, where its code does, and what follows its first `=`."""

    end: int
    code_end: int
    assigned: int | None


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where the comments of a text begin and end."""
    match = _compiled(_COMMENT).match
    found = match(text)
    while found:
        yield found.span(1)
        found = match(text, found.end())


def logical_line(text: str, start: int) -> LogicalLine:
    """The logical line that begins here: it ends outside of brackets and strings."""
    end = code_end = len(text.removesuffix("\n"))
    depth, assigned = 0, None
    for token in _compiled(_TOKEN).finditer(text, start):
        kind = token.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(depth - 1, 0)
        elif kind in ("comment", "string") and token.end() >= end:
            code_end = token.start()
        elif depth == 0:
            if kind in ("newline", "comment"):
                end = token.start() if kind == "newline" else token.end()
                return LogicalLine(end, token.start(), assigned)
            if kind == "assign" and assigned is None:
                assigned = token.end()
    return LogicalLine(end, code_end, assigned)


def strings(text: str) -> Iterator[tuple[int, int]]:
    """Where the strings of a text begin and end."""
    for token in _compiled(_TOKEN).finditer(text):
        if token.lastgroup == "string":
            yield token.span()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled on first use: most runs need few of these."""
    return re.compile(pattern, re.VERBOSE | re.DOTALL)
