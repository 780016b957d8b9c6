"""Headings and images of Markdown, with their places.

A full parser would cost more time than all else that is done with a small notebook; tests compare
these patterns with one.
"""

import re
from collections.abc import Iterator
from typing import Final

from nbcoach.notebook import Heading, Image, Span

# Fenced blocks, comments, code spans (which end with their paragraph) and display mathematics.
_NOT_PROSE: Final = re.compile(
    r"^[ \t>]*(?:[-*+][ \t]+)?(?P<fence>`{3,}|~{3,})[^`\n]*$"
    r".*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|<!--.*?-->"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)"
    r"|\$\$.*?\$\$"
    r"|\\begin\{(?P<name>\w+\*?)\}.*?\\end\{(?P=name)\}",
    re.MULTILINE | re.DOTALL,
)
_NOT_PROSE_MARKS: Final = ("`", "~~~", "<!--", "$$", "\\begin{")

# Without a space after its marks a heading is none to most renderers, but it was meant as one.
_HEADING: Final = re.compile(
    r"^ {0,3}(?P<mark>#{1,6})(?:(?P<text>[ \t].*|$)|(?P<glued>[^\W\d].*))$"
    r"|^ {0,3}(?P<over>[^\s#>*+|=-].*)\n {0,3}(?P<under>=+|-+)[ \t]*$"
    r"|<h(?P<level>[1-6])\b[^>]*>(?P<inner>(?s:.*?))</h(?P=level)>",
    re.MULTILINE | re.IGNORECASE,
)
_IMAGE: Final = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\]]*\])*)\]"
    r"(?:\(\s*<?(?P<target>[^)\s>]*)[^)]*\)|\[(?P<label>[^\]]*)\])"
    r"|<img\b(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(
    r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""",
)


def prose(source: str) -> str:
    """The source with code, comments and display mathematics blanked out, at equal length."""
    if not any(mark in source for mark in _NOT_PROSE_MARKS):
        return source
    return _NOT_PROSE.sub(_blank, source)


def _blank(found: re.Match[str]) -> str:
    # A code span is part of its line's text, all else leaves the line empty.
    return re.sub(r"[^\n]", "\0" if found["ticks"] else " ", found[0])


def headings(source: str, visible: str) -> Iterator[Heading]:
    """Every heading in the order of the source, of which `visible` is the prose, whether `#`, underlined or HTML."""
    for found in _HEADING.finditer(visible):
        kind = found.lastgroup or ""
        mark = None
        match kind:
            case "text" | "glued":
                mark = Span(*found.span("mark"))
                level = mark.end - mark.start
            case "under":
                kind = "over"
                level = 1 if found["under"][0] == "=" else 2
            case _:
                kind = "inner"
                level = int(found["level"])
        text = source[slice(*found.span(kind))].strip().rstrip("#").rstrip()
        yield Heading(level, text, Span(*found.span()), mark)


def images(source: str, visible: str) -> Iterator[Image]:
    """Every image in the order of the source, of which `visible` is the prose, whether Markdown or HTML."""
    if "![" not in source and "<img" not in source.lower():
        return
    for found in _IMAGE.finditer(visible):
        span = Span(*found.span())
        if found["attributes"] is None:
            target = found["target"] or found["label"] or ""
            words = source[slice(*found.span("alt"))].strip()
            yield Image(words or None, target, {}, span)
        else:
            attributes = {
                name.lower(): double or single or bare
                for name, double, single, bare in _ATTRIBUTE.findall(found["attributes"])
            }
            yield Image(attributes.get("alt"), attributes.get("src", ""), attributes, span)
