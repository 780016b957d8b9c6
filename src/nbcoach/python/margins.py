"""What IPython takes away at the start of lines: their common margin, and prompts."""

import re
from collections.abc import Iterable

from nbcoach.python.lexing import NEWLINE, strings

# The prompt that shows a pasted session, and the ones that are then stripped.
_CLASSIC = r"[ \t]*>>>", r"[ \t]*(?:>>>|\.\.\.)[ \t]?"
_NUMBERED = r"(?:(?:\[nav\]|\[ins\])? )?In \[\d+\]: |[ \t]*\.{3,}: ?"


def taken_away(text: str, before: list[int] | None = None) -> list[int]:
    """How many characters IPython 9.18 takes away at the start of each line.

    `before` is how many it took when it read these lines as part of more.
    """
    lines = re.split(NEWLINE, text)
    taken = before or [0] * len(lines)
    # A text that begins at the margin has none.
    if text[:1].isspace():
        taken = _dedented(lines, taken)
    if ">>>" in text:
        taken = _without_classic_prompts(text, lines, taken)
    if "In [" in text or "...:" in text:
        top = next((index for index, line in enumerate(lines) if line.strip()), 0)
        if any(map(re.compile(_NUMBERED).match, lines[top : top + 2], taken[top : top + 2])):
            taken = _stripped(lines, taken, _NUMBERED, range(len(lines)))
    return taken


def _without_classic_prompts(text: str, lines: list[str], taken: list[int]) -> list[int]:
    first, any_prompt = _CLASSIC
    shows = re.compile(first).match
    prompted = {index for index, line in enumerate(lines) if shows(line, taken[index])}
    outside = set(range(len(lines)))
    for start, end in strings(text):
        opening = text.count("\n", 0, start)
        if opening not in prompted:
            outside.difference_update(range(opening + 1, text.count("\n", 0, end) + 1))
    if not prompted & outside:
        return taken
    return _dedented(lines, _stripped(lines, taken, any_prompt, outside))


def _stripped(lines: list[str], taken: list[int], prompt: str, where: Iterable[int]) -> list[int]:
    stripped, match = list(taken), re.compile(prompt).match
    for index in where:
        if found := match(lines[index], taken[index]):
            stripped[index] = found.end()
    return stripped


def _dedented(lines: list[str], taken: list[int]) -> list[int]:
    """As `textwrap.dedent`: the common margin goes, and all of a blank line."""
    rests = [line[count:] for line, count in zip(lines, taken, strict=True)]
    margin = _common([_margin(rest) for rest in rests if rest.strip(" \t")])
    if not margin:
        return taken
    return [
        count + (margin if rest.strip(" \t") else len(rest))
        for rest, count in zip(rests, taken, strict=True)
    ]


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _common(margins: list[str]) -> int:
    """How long a prefix all of them share."""
    if not margins:
        return 0
    first, last = min(margins), max(margins)
    pairs = enumerate(zip(first, last, strict=False))
    return next((index for index, (one, other) in pairs if one != other), len(first))
