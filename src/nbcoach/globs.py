"""Patterns for paths, as in a `.gitignore`, without its negations."""

import os
import re
from collections.abc import Iterable
from functools import cached_property

_SPECIAL = re.compile(r"\*\*/|/\*\*$|\*|\?|\[!?\]?[^\]/]*\]")
_SPECIAL_IN_CLASS = re.compile(r"[\\\[\]^&~|]")


class Globs:
    """Patterns relative to one folder.

    A pattern without `/` fits a file or folder of that name at any depth, one with `/` starts at
    the folder. `*` and `?` stay within one name, `**` crosses folders, and a pattern that fits a
    folder fits all that lies in it.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        plain = [p.rstrip("/") for p in self.patterns if not _is_glob(p)]
        self._names = frozenset(plain)

    def matches(self, relative: str) -> bool:
        """Whether a path fits, or a folder it lies in; `relative` is spelt with `/`."""
        if not self._names.isdisjoint(relative.split("/")):
            return True
        return self._expression is not None and self._expression.match(relative) is not None

    def matches_entry(self, folder: str, name: str) -> bool:
        """Whether a path fits by itself; `folder` ends with `/` unless it is empty."""
        if name in self._names:
            return True
        return self._expression is not None and bool(self._expression.fullmatch(folder + name))

    @cached_property
    def _expression(self) -> re.Pattern[str] | None:
        globs = [translate(pattern) for pattern in self.patterns if _is_glob(pattern)]
        return re.compile("|".join(globs)) if globs else None


def translate(pattern: str) -> str:
    """The regular expression for one pattern; it matches from the start of a relative path."""
    body = pattern.strip("/")
    anchored = "/" in pattern.rstrip("/")
    result, position = "" if anchored else "(?:.*/)?", 0
    for special in _SPECIAL.finditer(body):
        result += re.escape(body[position : special.start()]) + _translate_special(special.group())
        position = special.end()
    return f"(?:{result}{re.escape(body[position:])})(?:/|$)"


def _translate_special(special: str) -> str:
    match special:
        case "**/":
            return "(?:.*/)?"
        case "/**":
            return "/.*"
        case "*":
            return "[^/]*"
        case "?":
            return "[^/]"
    negated = special.startswith("[!")
    content = _SPECIAL_IN_CLASS.sub(r"\\\g<0>", special[2 if negated else 1 : -1])
    return f"[^/{content}]" if negated else f"[{content}]"


def _is_glob(pattern: str) -> bool:
    return "/" in pattern.rstrip("/") or _SPECIAL.search(pattern) is not None


def relative(path: str, root: str) -> str:
    """An absolute path as seen from `root`, spelt with `/`; one outside of it stays whole."""
    prefix = root.rstrip(os.sep) + os.sep
    inside = path[len(prefix) :] if path.startswith(prefix) else path
    return inside.replace(os.sep, "/")
