"""Install commands of a notebook's cells, taken apart."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nbcoach.notebook import CodeCell, Span

_PIP = (
    r"(?:(?:\S*python[\d.]*|\{sys\.executable\})\s+-m\s+)?(?:uv\s+)?"
    r"(pip[\d.]*|conda|mamba)\s+install\s"
)
_EDITABLE = frozenset({"-e", "--editable"})
# Options that take a value as the next word.
_VALUED = _EDITABLE | frozenset(
    "-r --requirement -c --constraint -i --index-url --extra-index-url -f "
    "--find-links -t --target --prefix --root --python -n --name -p --channel --no-binary "
    "--only-binary --platform --trusted-host --proxy --timeout --upgrade-strategy".split()
)


class Install(NamedTuple):
    """One install command of one cell.

    `tool` is "pip", "conda" or "mamba"; `magic` the sign it is called with, "!" or "%";
    `requirements` are the packages as written, `editable` what is installed with `-e`; `whole`
    tells that the line is nothing else.
    """

    tool: str
    magic: str
    span: Span
    requirements: tuple[str, ...]
    editable: tuple[str, ...]
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
        tool = "pip" if found[1].startswith("pip") else found[1]
        words, whole = _words(text[found.end() :])
        plain, editable = _requirements(words)
        yield Install(tool, sign, magic.span, plain, editable, whole)


def _words(text: str) -> tuple[list[str], bool]:
    """The words up to the first sign of the shell, and whether they are all."""
    import shlex

    # Of addresses, too, a part may start with `#`, but never a word.
    lexer = shlex.shlex(re.sub(r"(?<!\S)#.*", "", text), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    try:
        for word in lexer:
            if not word.strip("();<>|&"):
                return words, False
            words.append(word)
    except ValueError:  # a quotation without an end
        return [], not re.search(r"&&|[;|>]", text)
    return words, True


def _requirements(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is installed plainly, and what as editable."""
    plain: list[str] = []
    editable: list[str] = []
    if "--no-index" not in words:  # else the versions are those of the files that come along
        for before, word in zip(["", *words], words, strict=False):
            if word.startswith("-"):
                continue
            if before in _EDITABLE:
                editable.append(word)
            elif before not in _VALUED:
                plain.append(word)
    return tuple(plain), tuple(editable)
