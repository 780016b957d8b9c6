"""Where an argument can be added to a call."""

import ast
import re
from typing import TYPE_CHECKING, Final

from nbcoach.notebook import Span

if TYPE_CHECKING:
    from nbcoach.python.code import Code

_LINE_END: Final = re.compile(r"\r?\n")


def argument_added(code: "Code", call: ast.Call, argument: str) -> tuple[Span, str]:
    """The place behind the last argument of a call, and what to write there to add one.

    Where the last of several lines ends with a comma, the new argument gets a line like it.
    """
    start, end = code.span(call.func).end, code.span(call).end - 1
    written = _without_comments(code, start, end).rstrip(" \t\r\n\f\\")
    place = start + len(written)
    if not (call.args or call.keywords):
        return Span(place, place), argument
    if not written.endswith(","):
        return Span(place, place), f", {argument}"
    line_end = _LINE_END.search(code.text, place, end)
    if line_end is None:
        return Span(place, place), f" {argument}"
    line = code.text[code.starts[code.position(place - 1)[0]] : place]
    margin = line[: len(line) - len(line.lstrip())]
    return Span(line_end.start(), line_end.start()), f"\n{margin}{argument},"


def _without_comments(code: "Code", start: int, end: int) -> str:
    text = code.text[:end]
    for comment in code.comments:
        if start <= comment.span.start < end:
            blank = " " * len(comment.text)
            text = text[: comment.span.start] + blank + text[comment.span.end :]
    return text[start:]
