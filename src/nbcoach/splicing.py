"""Fixes lowered to changes of a document's text, and those of them that can be made together."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from nbcoach.errors import EditRefused
from nbcoach.finding import (
    DeleteCell,
    Edit,
    FieldEdit,
    Finding,
    Fix,
    InsertCell,
    MoveCell,
    Safety,
    SourceEdit,
)

if TYPE_CHECKING:
    from nbcoach.documents import Document, Splice


@dataclass(frozen=True, slots=True)
class LoweredFix:
    """A finding's fix with the changes of the text that carry it out, in the order of the text."""

    finding: Finding
    edits: tuple[Edit, ...]
    splices: "tuple[Splice, ...]"
    safety: Safety

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Who wins where fixes touch: by the kind of the edits, safety, place, then code."""
        kind, place = min(map(_rank, self.edits)), self.splices[0].start
        return kind, -self.safety, place, self.finding.code


def lower(document: "Document", finding: Finding, fix: Fix) -> LoweredFix:
    """The fix as changes of the text; raises EditRefused if that cannot be."""
    splices = sorted(document.splices(*fix.edits), key=lambda splice: (splice.start, splice.end))
    for left, right in pairwise(splices):
        if left.end > right.start:
            raise EditRefused("its edits overlap")
    text = document.text
    if all(text[splice.start : splice.end] == splice.text for splice in splices):
        raise EditRefused("it changes nothing")
    return LoweredFix(finding, fix.edits, tuple(splices), fix.safety)


def compatible(fixes: Iterable[LoweredFix]) -> list[LoweredFix]:
    """Those fixes that touch none before them: in the order given, the first wins."""
    chosen: list[LoweredFix] = []
    taken: list[tuple[int, int]] = []
    for fix in fixes:
        spans = [(splice.start, splice.end) for splice in fix.splices]
        if not any(_touches(taken, start, end) for start, end in spans):
            chosen.append(fix)
            for span in spans:
                insort(taken, span)
    return chosen


def spliced(text: str, splices: "Iterable[Splice]") -> str:
    """The text with all changes made, of which no two overlap."""
    parts: list[str] = []
    position = 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        parts += text[position : splice.start], splice.text
        position = splice.end
    parts.append(text[position:])
    return "".join(parts)


def _rank(edit: Edit) -> int:
    match edit:
        case FieldEdit(path=(*_, "id")):
            # Which of two cells keeps its id must not depend on where other fixes move them.
            return 0
        case SourceEdit():
            # What changes text goes before what only adds to it, such as an argument.
            return 1 if edit.span.start < edit.span.end else 2
        case InsertCell():
            return 3
        case MoveCell() | DeleteCell():
            return 4
        case FieldEdit():
            return 5


def _touches(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a range overlaps a taken one; an insertion also touches what it borders on."""
    index = bisect_left(taken, (start, end))
    for low, high in taken[max(index - 1, 0) : index + 1]:
        insertion = low == high or start == end
        if (low <= end and start <= high) if insertion else (low < end and start < high):
            return True
    return False
