"""Headings, images and links of Markdown, with their places.

A full parser would cost more time than all else that is done with a small notebook; tests compare
these patterns with one.
"""

import re
from collections.abc import Iterator
from typing import Final

from nbcoach.notebook import Heading, Image, Link, Span

HEADING_SIGNS: Final = ("#", "\n=", "\n-", "<h", "<H")
IMAGE_SIGNS: Final = ("![", "<img", "<IMG")
LINK_SIGNS: Final = ("](", "]:", "<a", "<A", "<img", "<IMG")
"""Without one of these in its source a cell has no headings, images or links."""

# Fenced blocks, comments, code spans (which end with their paragraph) and display mathematics. That
# each starts with a sign of its own lets the search skip all other text.
_NOT_PROSE: Final = (
    r"(?s)(?P<fence>`{3,}|~{3,})[^`\n]*\n.*?(?:(?<=\n)[ \t>]*(?P=fence)[`~]*[ \t]*(?=\n|\Z)|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|(?P<ticks>`+)(?:[^\n]|\n(?![ \t]*\n)){1,1000}?(?<!`)(?P=ticks)(?!`)"
    r"|\$\$.*?\$\$"
    r"|\\begin\{(?P<name>\w{1,20}\*?)\}.{0,5000}?\\end\{(?P=name)\}"
)
_SIGNS: Final = ("`", "$$", "<!--", "~~~", "\\begin{")
# Without a space after its marks a heading is none to most renderers, but it was meant as one.
_MARKED: Final = re.compile(
    r"\n {0,3}(?P<mark>#{1,6})(?P<text>[ \t][^\n]*|[^\W\d][^\n]*|)(?=\n|\Z)"
)
_UNDERLINED: Final = r"\n {0,3}(?P<text>[^\s#>*+|=-][^\n]*)\n {0,3}(?P<line>=+|-+)[ \t]*(?=\n|\Z)"
_HTML: Final = r"(?is)<h(?P<level>[1-6])\b[^>]{0,500}>(?P<text>.{0,1000}?)</h(?P=level)>"
_IMAGE: Final = (
    r"(?i)!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]]{0,500}\]){0,1000})\]"
    r"(?:\(\s*<?(?P<target>[^)\s>]*)[^)\n]*\)?|\[(?P<label>[^\]\n]{0,500})\])"
    r"|<img\b(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*'){0,1000})>"
)
# What stands behind words in brackets, in definitions of such words, and in tags of HTML, each
# under a sign without which it need not be searched. Patterns are fast that start with a letter.
_LINKS: Final = {
    "](": r"\]\(\s*(?:<(?P<closed>[^<>\n]*)>|(?P<bare>(?:[^\s()\\]++|\\.|\([^\s()]*\))++))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)",
    "]:": r"\n {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*<?(?P<defined>[^\s<>]+)",
    "<": r"<(?:[aA]|[iI][mM][gG])\b[^<>]{0,500}?\s(?:[hH][rR][eE][fF]|[sS][rR][cC])\s*=\s*"
    r"(?:\"(?P<double>[^\"<>]*)\"|'(?P<single>[^'<>]*)'|(?P<plain>[^\s\"'<>]+))",
}
_ATTRIBUTE: Final = r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?"""


def prose(source: str) -> str:
    """The source with code, comments and display mathematics blanked out, at equal length."""
    return re.sub(_NOT_PROSE, _blank, source) if any(map(source.__contains__, _SIGNS)) else source


def _blank(found: re.Match[str]) -> str:
    # A code span is part of its line's text, all else leaves the line empty.
    return re.sub(r"[^\n]", "\0" if found["ticks"] else " ", found[0])


def headings(source: str, visible: str) -> list[Heading]:
    """Every heading in the order of the source, of which `visible` is the prose."""
    lines = f"\n{visible}"
    found = []
    if "#" in visible:
        for match in _MARKED.finditer(lines):
            mark = _span(match, "mark")
            found.append(_heading(mark.end - mark.start, source, match, mark))
    if "\n=" in visible or "\n-" in visible:
        found += [
            _heading(1 if match["line"][0] == "=" else 2, source, match, None)
            for match in re.finditer(_UNDERLINED, lines)
        ]
    if "<h" in visible or "<H" in visible:
        found += [
            _heading(int(match["level"]), source, match, None)
            for match in re.finditer(_HTML, lines)
        ]
    return sorted(found, key=lambda heading: heading.span.start)


def _heading(level: int, source: str, match: re.Match[str], mark: Span | None) -> Heading:
    place, words = _span(match, 0), _span(match, "text")
    text = source[words.start : words.end].strip().rstrip("#").rstrip()
    start = place.start + (match[0][0] == "\n")
    return Heading(level, text, Span(start, place.end), mark)


def _span(match: re.Match[str], group: str | int) -> Span:
    """The span of a group in the source, before which one line end was put."""
    start, end = match.span(group)
    return Span(start - 1, end - 1)


def images(source: str, visible: str) -> Iterator[Image]:
    """Every image in the order of the source, of which `visible` is the prose."""
    for found in re.finditer(_IMAGE, visible):
        span = Span(*found.span())
        if found["attributes"] is None:
            target = found["target"] or found["label"] or ""
            words = source[slice(*found.span("alt"))].strip()
            yield Image(words or None, target, {}, span)
        else:
            attributes = {
                name.lower(): double or single or bare
                for name, double, single, bare in re.findall(_ATTRIBUTE, found["attributes"])
            }
            yield Image(attributes.get("alt"), attributes.get("src", ""), attributes, span)


def links(visible: str) -> list[Link]:
    """What every link and image of a cell's prose leads to, in the order of the source."""
    lines = f"\n{visible}"
    found = []
    for sign, pattern in _LINKS.items():
        if sign in visible:
            for match in re.finditer(pattern, lines):
                group = match.lastgroup
                if group is not None and lines[match.start() - 1] != "\\":
                    found.append(Link(match[group], _span(match, group)))
    return sorted(found, key=lambda link: link.span.start)
