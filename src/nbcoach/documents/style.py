"""How a JSON file is written, so that new parts of it look like the old ones."""

import json
import re
from dataclasses import dataclass
from typing import Final

from nbcoach.documents.spans import after_gap, items
from nbcoach.errors import EditRefused

_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_MARGIN: Final = re.compile(r"[ \t]*")
_ESCAPED_LETTER: Final = re.compile(r"\\u(?!00[0-7])[0-9a-fA-F]{4}")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one file; `indent` is None where it does not break lines.

    `comma` and `colon` include the white space behind them, `comma` that of values on one line;
    `escapes` says whether letters outside of ASCII are written as `\\u` escapes.
    """

    newline: str
    indent: str | None
    comma: str
    colon: str
    escapes: bool

    def value(self, value: object, margin: str | None) -> str:
        """A value as the file would have it, on one line if `margin` is None.

        Else `margin` is the white space before the line that the value starts in.
        """
        one_line = margin is None or self.indent is None
        try:
            written = json.dumps(
                value,
                ensure_ascii=self.escapes,
                indent=None if one_line else self.indent,
                separators=(self.comma if one_line else ",", self.colon),
            )
        except (TypeError, ValueError, RecursionError) as error:
            raise EditRefused(f"the new value is no JSON ({error})") from error
        if not one_line:
            written = written.replace("\n", f"{self.newline}{margin}")
        return _SURROGATE.sub(_escaped, written)

    def content(self, text: str) -> str:
        """What stands between the quotes of a string."""
        return self.value(text, None)[1:-1]


def style_of(text: str) -> Style:
    """The style of a file that holds an object."""
    start = after_gap(text, 0)
    first = next(items(text, start), None)
    if first is None:
        return Style("\n", " ", ", ", ": ", escapes=False)
    line_end = _LINE_END.search(text, start, first.start)
    behind_key = text.rfind('"', first.start, first.value) + 1
    colon = text[behind_key : first.value]
    behind = text[first.end : first.end + 3]
    return Style(
        newline=line_end.group() if line_end else "\n",
        indent=text[line_end.end() : first.start] if line_end else None,
        comma="," if line_end is None and behind.startswith(',"') else ", ",
        colon=colon if not _LINE_END.search(colon) else ": ",
        escapes=text.isascii() and _has_escaped_letter(text),
    )


def margin_of(text: str, position: int) -> str:
    """The white space before the line that `position` is in."""
    start = max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1
    return _MARGIN.match(text, start).group()  # type: ignore[union-attr]


def breaks_line(text: str) -> bool:
    """Whether a line ends in the text."""
    return "\n" in text or "\r" in text


def _has_escaped_letter(text: str) -> bool:
    """Whether a letter is written as a `\\u` escape whose backslash is not itself escaped."""
    for found in _ESCAPED_LETTER.finditer(text):
        before = text[max(found.start() - 20, 0) : found.start()]
        if (len(before) - len(before.rstrip("\\"))) % 2 == 0:
            return True
    return False


def _escaped(surrogate: re.Match[str]) -> str:
    return f"\\u{ord(surrogate.group()):04x}"
