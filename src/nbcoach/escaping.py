"""Text from notebooks made harmless for terminals and logs: what cannot be seen is spelled out."""

import unicodedata


def visible(text: str) -> str:
    r"""The text with control, formatting and other invisible characters as escapes: `\x1b`.

    Line ends and tabs are among them, so that the result is always one line.
    """
    if text.isprintable() and (text.isascii() or _HIDDEN.isdisjoint(text)):
        return text
    return "".join(_visible(character) for character in text)


def display_width(text: str) -> int:
    """The columns that visible text takes in a terminal."""
    return len(text) if text.isascii() else sum(map(_width, text))


# Letters and marks by their category, yet blank on every screen.
_HIDDEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE0F), *range(0xE0100, 0xE01F0))))
)


def _visible(character: str) -> str:
    blank = unicodedata.category(character) == "Zs"
    if blank or (character.isprintable() and character not in _HIDDEN):
        return character
    return character.encode("unicode_escape").decode("ascii")


def _width(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return int(unicodedata.category(character) not in {"Mn", "Me"})
