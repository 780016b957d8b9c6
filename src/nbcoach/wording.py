"""Words for messages."""

import re
from typing import Final

LONGEST: Final = 100
_NAME: Final = re.compile(r"`([^`]+)`")
_SHORTEST_NAME: Final = 12


def size_text(size: int) -> str:
    """A number of characters or bytes as people say it: "812 B", "64 kB", "1.3 MB"."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.0f} kB" if size < 999_500 else f"{size / 1e6:.1f} MB"


def shortened(text: str, length: int) -> str:
    """At most `length` characters of one line of text; an ellipsis stands for what was cut."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def fitted(message: str) -> str:
    """The message in `LONGEST` characters, as far as shorter names do it: the longest give most.

    A name keeps its beginning and its end, which tell it from others.
    """
    names = sorted(set(_NAME.findall(message)), key=len, reverse=True)
    # One character more or less each time, so that names that are alike long stay so.
    lengths = {name: len(name) for name in names}
    uses = {name: message.count(f"`{name}`") for name in names}
    excess = len(message) - LONGEST
    while excess > 0 and names:
        longest = max(names, key=lambda name: lengths[name])
        if lengths[longest] <= _SHORTEST_NAME:
            break
        lengths[longest] -= 1
        excess -= uses[longest]
    for name in names:
        if lengths[name] < len(name):
            message = message.replace(f"`{name}`", f"`{_middle_cut(name, lengths[name])}`")
    return message


def _middle_cut(name: str, length: int) -> str:
    end = (length - 1) // 2
    return f"{name[: length - 1 - end]}…{name[len(name) - end :]}"
