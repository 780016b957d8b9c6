"""Parts of JSON lists and objects taken out and put in, each with its comma."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nbcoach.documents import Splice
from nbcoach.documents.spans import Item, items
from nbcoach.documents.style import Style, breaks_line, margin_of


class Verbatim(NamedTuple):
    """A value that is written already."""

    text: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A value to put in before the part that now has `index`; `key` is None in lists."""

    index: int
    key: str | None
    value: object


class Container:
    """The list or object that the value `place` of a text is."""

    def __init__(self, text: str, place: Item, style: Style) -> None:
        self._text = text
        self._start = place.value
        self._end = place.end
        self._style = style
        self.parts = tuple(items(text, place.value))

    def changes(self, removed: Iterable[int], added: Sequence[Addition]) -> list[Splice]:
        """The splices that take the parts with these indices out and put the additions in."""
        gone = set(removed)
        added = sorted(added, key=lambda addition: addition.index)
        kept = [index for index in range(len(self.parts)) if index not in gone]
        if not kept:
            return [self._filled(added)] if gone or added else []
        return [
            *[self._without(run) for run in _runs(sorted(gone))],
            *[self._with(addition, kept) for addition in added],
        ]

    def replaced(self, index: int, value: object) -> Splice:
        """The splice that gives one part another value."""
        part = self.parts[index]
        return Splice(part.value, part.end, self._style.value(value, self._margin(index)))

    def _filled(self, added: Sequence[Addition]) -> Splice:
        """All that is between the brackets replaced."""
        margin = margin_of(self._text, self._start)
        indent = self._style.indent
        if not added or indent is None:
            inside = self._style.comma.join(self._written(part, None) for part in added)
            return Splice(self._start + 1, self._end - 1, inside)
        gap = f"{self._style.newline}{margin}{indent}"
        inside = f",{gap}".join(self._written(part, margin + indent) for part in added)
        written = f"{gap}{inside}{self._style.newline}{margin}"
        return Splice(self._start + 1, self._end - 1, written)

    def _without(self, run: range) -> Splice:
        if run.stop < len(self.parts):
            return Splice(self.parts[run.start].start, self.parts[run.stop].start, "")
        return Splice(self.parts[run.start - 1].end, self.parts[run.stop - 1].end, "")

    def _with(self, addition: Addition, kept: Sequence[int]) -> Splice:
        """The addition before the part it belongs before, or else behind the last that stays."""
        following = next((index for index in kept if index >= addition.index), None)
        preceding = next((index for index in reversed(kept) if index < addition.index), None)
        if following is not None and (following == addition.index or preceding is None):
            gap = self._gap(following)
            start = self.parts[following].start
            return Splice(start, start, f"{self._written(addition, self._margin(following))},{gap}")
        assert preceding is not None  # something is kept
        end = self.parts[preceding].end
        gap = self._gap(preceding)
        return Splice(end, end, f",{gap}{self._written(addition, self._margin(preceding))}")

    def _gap(self, index: int) -> str:
        """The white space before a part, or before one that would follow the first."""
        before = self.parts[index - 1].end if index else self._start + 1
        gap = self._text[before : self.parts[index].start].replace(",", "")
        return gap if index or breaks_line(gap) else self._style.comma[1:]

    def _margin(self, index: int) -> str | None:
        """The white space that starts a part's line; None if it shares the line with others."""
        gap = self._gap(index)
        return margin_of(gap, len(gap)) if breaks_line(gap) else None

    def _written(self, addition: Addition, margin: str | None) -> str:
        if isinstance(addition.value, Verbatim):
            return addition.value.text
        value = self._style.value(addition.value, margin)
        if addition.key is None:
            return value
        return f"{self._style.value(addition.key, None)}{self._style.colon}{value}"


def _runs(indices: Sequence[int]) -> list[range]:
    """Neighbouring indices as ranges."""
    runs: list[range] = []
    for index in indices:
        if runs and runs[-1].stop == index:
            runs[-1] = range(runs[-1].start, index + 1)
        else:
            runs.append(range(index, index + 1))
    return runs
