"""Install commands of a notebook's cells, taken apart."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nbcoach.notebook import CodeCell, Span

_PIP = (
    r"(?:(?:\S*python[\d.]*|\{sys\.executable\})\s+-m\s+)?(?:uv\s+)?"
    r"(pip[\d.]*|conda|mamba)\s+install\s"
)
# Options that take a value as the next word.
_VALUED = frozenset(
    "-r --requirement -c --constraint -e --editable -i --index-url --extra-index-url -f "
    "--find-links -t --target --prefix --root --python -n --name -p --channel --no-binary "
    "--only-binary --platform --trusted-host --proxy --timeout --upgrade-strategy".split()
)


class Install(NamedTuple):
    """One install command of one cell.

    `tool` is "pip", "conda" or "mamba"; `magic` the sign it is called with, "!" or "%";
    `requirements` are the packages as written; `whole` tells that the line is nothing else.
    """

    tool: str
    magic: str
    span: Span
    requirements: tuple[str, ...]
    whole: bool


def installs(cell: CodeCell) -> Iterator[Install]:
    """The install commands in a cell's `!` and `%` lines."""
    if cell.code is None or "install" not in cell.source:
        return
    for magic in cell.code.magics:
        if magic.kind in ("shell", "system"):
            command, sign = magic.arguments, "!"
        elif magic.kind in ("line", "automagic") and magic.name in ("pip", "conda", "mamba"):
            command, sign = f"{magic.name} {magic.arguments}", "%"
        else:
            continue
        text = command.replace("\\\n", " ").strip()
        found = re.match(_PIP, text)
        if found is None:
            continue
        first = re.split(r"&&|;|\||>", text[found.end() :])
        tool = "pip" if found[1].startswith("pip") else found[1]
        words = tuple(_requirements(first[0]))
        yield Install(tool, sign, magic.span, words, len(first) == 1)


def _requirements(text: str) -> Iterator[str]:
    import shlex

    try:
        words = shlex.split(text, comments=True)
    except ValueError:
        return
    if "--no-index" in words:  # the versions are those of the files that come along
        return
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in _VALUED:
            skip = True
        elif not word.startswith("-"):
            yield word
