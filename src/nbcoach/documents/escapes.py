"""How percent-format files comment out what is no Python: magics, and lines like cell starts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_SHELL_COMMANDS: Final = "cat|cd|cp|mv|rm|rmdir|mkdir|copy|ddir|echo|ls|ldir|ren"
_FORCED: Final = re.compile(r"\s*(?:# |#)*%{1,3}[a-zA-Z].*#\s*escape")
_EXEMPT: Final = re.compile(r"\s*(?:# |#)*%{1,3}[a-zA-Z].*#\s*noescape")
_MAGIC: Final = re.compile(
    rf"""
    \s* (?:\#\ |\#)* %{{1,3}} [a-zA-Z]                                # %time, %%bash
    | \s* (?: (?:\#\ |\#)+ \s* )? [?!] \s* [A-Za-z.~$\\/{{}}]         # !ls, ?print
    | (?:\#\ |\#)* \s* [a-zA-Z_][a-zA-Z_$0-9]* \s* = \s* (?:%{{1,3}}|!)[a-zA-Z]   # files = !ls
    | \s* (?:\#\ )* \S* \? \s* $                                      # print?
    | (?:\#\ |\#)* (?:{_SHELL_COMMANDS}) (?:$|\s$|\s[^=,])            # ls *.py
    """,
    re.VERBOSE,
)
_CONTINUED: Final = re.compile(r".*\\\s*$")
_CELL_START: Final = re.compile(r"(?:# |#)+\+")
_QUOTE_OR_COMMENT: Final = re.compile(r"[\"'#]")


def quoted_lines(lines: Iterable[str]) -> Iterator[bool]:
    """For each line, whether it starts inside of a triple-quoted string."""
    quote = ""
    for line in lines:
        yield quote != ""
        quote = _quote_behind(line, quote)


def magic_lines(lines: Sequence[str]) -> Iterator[bool]:
    """For each line, whether it is a magic, commented out or not, or the continuation of one."""
    continued = False
    for line, quoted in zip(lines, quoted_lines(lines), strict=True):
        is_magic = not quoted and (continued or _is_magic(line))
        if not quoted:
            continued = is_magic and _CONTINUED.match(line) is not None
        yield is_magic


def comment_length(line: str) -> int:
    """The length of the comment mark that the line starts with, with one space."""
    return 2 if line.startswith("# ") else 1 if line.startswith("#") else 0


def is_escaped_cell_start(line: str) -> bool:
    """Whether a line of code looks like an old cell start, with a comment mark before it."""
    return (
        _CELL_START.match(line) is not None
        and _CELL_START.match(line[comment_length(line) :]) is not None
    )


def looks_escaped(line: str) -> bool:
    """Whether a line of code outside of strings gets a comment mark in the file."""
    return _is_magic(line) or _CELL_START.match(line) is not None


def _is_magic(line: str) -> bool:
    if _FORCED.match(line):
        return True
    return not _EXEMPT.match(line) and _MAGIC.match(line) is not None


def _quote_behind(line: str, quote: str) -> str:
    """The triple quote that is open behind a line, given the one open before it."""
    if not quote and line.lstrip().startswith("#"):
        return ""
    single, last = "", -1
    for found in _QUOTE_OR_COMMENT.finditer(line):
        mark, place = found.group(), found.start()
        if mark == "#":
            if not single and not quote:
                break
        elif place and line[place - 1] == "\\":
            continue
        elif single:
            single = "" if single == mark else single
        elif place >= last + 3 and place >= 2 and line[place - 2 : place + 1] == 3 * mark:
            if quote in ("", mark):
                quote, last = ("" if quote else mark), place
        elif not quote:
            single = mark
    return quote
