"""How text looks in a terminal: colours that read on light and dark, lines that fit."""

from collections.abc import Iterator
from typing import NamedTuple

from nbcoach.escaping import display_width
from nbcoach.finding import Severity

# Yellow cannot be read on white and blue not on black; magenta and cyan can on both.
_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;35", Severity.INFO: "36"}


class Style(NamedTuple):
    """Whether to colour, and the columns there are."""

    colour: bool = False
    width: int = 80

    def severity(self, severity: Severity, text: str) -> str:
        """The text in the colour of a severity."""
        return self._paint(_COLOURS[severity], text)

    def strong(self, text: str) -> str:
        """The text in bold."""
        return self._paint("1", text)

    def faint(self, text: str) -> str:
        """The text as what one reads second."""
        return self._paint("2", text)

    def good(self, text: str) -> str:
        """The text in the colour of good news."""
        return self._paint("32", text)

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def wrap(text: str, width: int, first: int = 0) -> list[str]:
    """The lines of at most `width` columns; `first` columns of the first one are taken already.

    A word that is wider than a line stays whole, so that it can be copied.
    """
    lines: list[str] = []
    line, used = "", first
    for word in text.split(" "):
        needed = display_width(word)
        if used > 0 and used + bool(line) + needed > width:
            lines.append(line)
            line, used = word, needed
        else:
            line, used = (f"{line} {word}", used + 1 + needed) if line else (word, used + needed)
    return [*lines, line]


def hanging(
    text: str, width: int, indent: int, *, lead: str = "", painted: str = ""
) -> Iterator[str]:
    """The text in lines of `width` columns, all but the first indented by two more.

    It starts with `lead`, which is printed as `painted`: colours take no room.
    """
    first, *rest = wrap(text, width - indent - 2, display_width(lead) - 2)
    yield f"{' ' * indent}{painted or lead}{first}".rstrip()
    yield from (f"{' ' * (indent + 2)}{line}" for line in rest)
