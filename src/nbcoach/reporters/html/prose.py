"""Text from notebooks and pages as HTML that holds no markup but ours."""

from collections.abc import Iterable
from html import escape

from nbcoach.escaping import visible

_MOST_LINES = 400


def inline(text: str) -> str:
    """One line of text; what stands in backticks is code."""
    pieces = escape(visible(text)).split("`")
    if len(pieces) % 2 == 0:
        return "`".join(pieces)
    return "".join(f"<code>{p}</code>" if index % 2 else p for index, p in enumerate(pieces))


def source_block(source: str, marks: Iterable[tuple[int, int, int, str]], *, wrap: bool) -> str:
    """Source with numbered lines; `marks` are line (from 1), columns (from 0) and a class."""
    by_line: dict[int, list[tuple[int, int, str]]] = {}
    for line, start, end, name in marks:
        by_line.setdefault(line, []).append((start, end, name))
    lines = [line.removesuffix("\r") for line in source.split("\n")]
    shown = [
        f'<span class="line">{_line(line, by_line.get(number, ()))}</span>'
        for number, line in enumerate(lines[:_MOST_LINES], 1)
    ]
    if len(lines) > _MOST_LINES:
        shown.append(f'<span class="more">{len(lines) - _MOST_LINES:,} more lines</span>')
    return f'<pre tabindex="0"{" class=wrap" * wrap}>{"".join(shown)}</pre>'


def _line(line: str, marks: Iterable[tuple[int, int, str]]) -> str:
    parts, done = [], 0
    for start, end, name in sorted(marks):
        if start < done or start >= max(len(line), 1):
            continue
        parts.append(_text(line[done:start]))
        parts.append(f'<mark class="{name}">{_text(line[start:end])}</mark>')
        done = end
    return "".join([*parts, _text(line[done:])])


def _text(line: str) -> str:
    """A line of code; invisible characters are spelled out, tabs are not."""
    return "\t".join(escape(visible(piece)) for piece in line.split("\t"))
