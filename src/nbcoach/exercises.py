"""Cells that wait for a student's code."""

import re
from typing import Final

# Each way to mark a gap, after words of which one occurs wherever it matches: looking for them
# first spares most cells the expressions.
_GAPS: Final = (
    (
        ("your ", "some "),
        r"\b(?:your|some) (?:code|answer|solution|implementation|token|email|key)\b",
    ),
    (
        (" code",),
        "(?:start|begin|insert|enter|write|put|add|type|place) (?:of )?(?:the |your |some )?code",
    ),
    (("start ", "begin "), r"(?:start|begin) (?:of )?(?:your|student|solution)\b"),
    (("fill ",), r"fill (?:\w+ ){0,3}in\b"),
    (("complete t",), "complete (?:this|the) (?:code|cell|function)"),
    (
        ("todo", "fixme", "exercise", "question", "task"),
        r"# *(?:todo|fixme|exercise|question|task)\b[^\n]*\s*\Z",
    ),
    (("<",), r"<\.{3,}>|[=,(]\s*<[A-Za-z][^<>\n]{2,80}>"),
    (("???",), r"\?{3}"),
    (("todo",), r"(?m:^[ \t]*#+ *todo[ \t.:!]*$)"),
    (("todo_", "fill_"), r"\b(?-i:TODO|FILL)_"),
    (("[your",), r"[=(,] *\[your\b[\w -]*\]"),
)


def awaits_code(source: str) -> bool:
    """Whether a cell's text says that somebody is to write code there."""
    folded = source.casefold()
    for hints, gap in _GAPS:
        for hint in hints:
            if hint in folded and re.search(gap, source, re.IGNORECASE):
                return True
    return False
