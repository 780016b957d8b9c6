"""A rule's page as it reads in a terminal."""

import re
from collections.abc import Iterator
from itertools import takewhile

from nbcoach.escaping import visible
from nbcoach.finding import Severity
from nbcoach.reporters.diff import painted
from nbcoach.reporters.text.style import Style, wrap

_FENCE = re.compile(r"\s*(```+|~~~+)\s*(\w*)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s+")
_COMMENT = re.compile(r"<!--.*?-->\n*", re.DOTALL)
_LABELS = {"report": "nbcoach reports", "diff": "nbcoach can change"}
_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")


def page_text(markdown: str, style: Style) -> Iterator[str]:
    """The lines of a page: headings in bold, prose filled to the width, fences indented."""
    fence: re.Match[str] | None = None
    for block in _blocks(_COMMENT.sub("", markdown).strip()):
        follows, fence = fence is not None, _FENCE.match(block[0])
        if fence:
            if follows:
                yield ""
            yield from _fence(fence[2], block[1:], style)
        elif block[0].startswith("#"):
            yield style.strong(visible(block[0].lstrip("# ")))
        else:
            yield from _prose(block, style)


def _blocks(markdown: str) -> Iterator[list[str]]:
    """Fences without their closing mark, headings, table rows, items and paragraphs."""
    lines = iter(markdown.splitlines())
    block: list[str] = []
    for line in lines:
        fence = _FENCE.match(line)
        alone = fence or not line.strip() or line.startswith(("#", "|"))
        if block and (alone or _ITEM.match(line)):
            yield block
            block = []
        if fence:
            yield [line, *_up_to(fence[1], lines)]
        elif alone:
            yield [line]
        else:
            block.append(line)
    if block:
        yield block


def _up_to(mark: str, lines: Iterator[str]) -> Iterator[str]:
    """The lines of a fence; the closing mark is taken as well, and dropped."""
    return takewhile(lambda line: not line.strip().startswith(mark), lines)


def _fence(language: str, lines: list[str], style: Style) -> Iterator[str]:
    if language in _LABELS:
        yield style.faint(f"  {_LABELS[language]}")
    yield from (f"    {_code(language, line, style)}".rstrip() for line in lines)


def _code(language: str, line: str, style: Style) -> str:
    shown = visible(line.expandtabs(4))
    if not style.colour:
        return shown
    if language == "report":
        return style.severity(Severity.WARNING, shown)
    return painted(shown) if language == "diff" else shown


def _prose(block: list[str], style: Style) -> Iterator[str]:
    text = _LINK.sub(r"\1 (\2)", " ".join(map(str.strip, block))).replace("**", "")
    item = _ITEM.match(block[0])
    indent = " " * len(item[0]) if item else ""
    first, *rest = wrap(visible(text), style.width - len(indent))
    yield " " * (len(block[0]) - len(block[0].lstrip())) + first
    yield from (f"{indent}{line}" for line in rest)
