"""Repairs: compatible fixes are chosen, made and checked again until nothing is left to do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nbcoach.documents import Document, read
from nbcoach.errors import EditRefused
from nbcoach.finding import DeleteCell, Edit, Finding, InsertCell, MoveCell, Safety, SourceEdit
from nbcoach.notebook import Cell, CodeCell, Notebook
from nbcoach.report import Repair
from nbcoach.splicing import LoweredFix, compatible, lower, spliced
from nbcoach.subjects import Unreadable

if TYPE_CHECKING:
    from nbcoach.inspection import Inspection

Inspect = Callable[[Document], "Inspection"]

PASSES: Final = 10
_BREAKS: Final = "refused: it breaks the notebook; please report this as a bug of the rule"
_RESTLESS: Final = (
    f"refused: not done after {PASSES} passes; please report this as a bug of the rule"
)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A document after its repairs, what remains to be said of it, and what was done.

    `outdated` are the cells (from 0) whose source was changed although they have saved outputs.
    """

    document: Document
    inspection: "Inspection"
    repairs: tuple[Repair, ...]
    outdated: tuple[int, ...]


def fix(document: Document, inspect: Inspect, *, lowest: Safety = Safety.SAFE) -> Fixed:
    """Make every fix of at least the safety `lowest`, and those that they make possible.

    Each pass makes all fixes that do not touch each other, then reads and inspects the result
    anew. Rules whose fixes never come to an end are given up and the work starts again without.
    """
    given_up: frozenset[str] = frozenset()
    while True:
        work = _Work(document, inspect, lowest, given_up)
        made: list[frozenset[str]] = []
        while len(made) < PASSES and (codes := work.make_pass()):
            made.append(codes)
        if len(made) < PASSES:
            return work.result()
        # All that took part late: rules that undo each other must not take turns between runs.
        given_up = given_up.union(*made[PASSES // 2 :])


class _Work:
    """The state of the repairs of one document: how far they are and what became of each."""

    def __init__(
        self, document: Document, inspect: Inspect, lowest: Safety, given_up: frozenset[str]
    ) -> None:
        self._document = document
        self._inspect = inspect
        self._inspection = inspect(document)
        self._lowest = lowest
        self._given_up = given_up
        self._applied: list[Repair] = []
        self._refused: list[Repair] = []
        self._touched: frozenset[int] = frozenset()

    def make_pass(self) -> frozenset[str]:
        """Make what can be made at once; the codes of what was made, empty when all is done."""
        self._refused = []
        waiting = self._lowered()
        while waiting:
            chosen = compatible(waiting)
            result, made = _largest_sound(self._document, chosen)
            sound = set(map(id, made))
            broken = [fix for fix in chosen if id(fix) not in sound]
            self._refused += [_repair(fix.finding, _BREAKS) for fix in broken]
            if made:
                self._record(made)
                self._document, self._inspection = result, self._inspect(result)
                return frozenset(fix.finding.code for fix in made)
            unsound = set(map(id, broken))
            waiting = [fix for fix in waiting if id(fix) not in unsound]
        return frozenset()

    def result(self) -> Fixed:
        """What was done, as seen from the document as it is now."""
        cells = self._document.notebook.cells
        outdated = [
            index
            for index in sorted(self._touched)
            if isinstance(cell := cells[index], CodeCell) and cell.outputs
        ]
        repairs = (*self._applied, *self._refused)
        return Fixed(self._document, self._inspection, repairs, tuple(outdated))

    def _lowered(self) -> list[LoweredFix]:
        lowered = []
        for finding in self._inspection.findings:
            if finding.fix is None or finding.fix.safety < self._lowest or not finding.fix.edits:
                continue
            if finding.code in self._given_up:
                self._refused.append(_repair(finding, _RESTLESS))
                continue
            try:
                lowered.append(lower(self._document, finding, finding.fix))
            except EditRefused as refusal:
                self._refused.append(_repair(finding, f"refused: {refusal}"))
        return sorted(lowered, key=lambda fix: fix.order)

    def _record(self, made: list[LoweredFix]) -> None:
        edits = [edit for fix in made for edit in fix.edits]
        moved = _movement(edits)
        sources = {edit.cell for edit in edits if isinstance(edit, SourceEdit)}
        self._touched = frozenset(
            index for old in self._touched | sources if (index := moved(old)) is not None
        )
        self._applied += [_repair(fix.finding, "applied") for fix in made]


def _largest_sound(
    document: Document, fixes: list[LoweredFix]
) -> tuple[Document, list[LoweredFix]]:
    """The document with as many of the fixes as leave it whole, found by halving."""
    result = _carried_out(document, fixes)
    if result is not None:
        return result, fixes
    if len(fixes) == 1:
        return document, []
    middle = len(fixes) // 2
    first = _largest_sound(document, fixes[:middle])[1]
    second = _largest_sound(document, fixes[middle:])[1]
    if not (first and second):
        made = first or second
    else:
        made = first + second if len(first) + len(second) < len(fixes) else first
    return _largest_sound(document, made) if made else (document, [])


def _carried_out(document: Document, fixes: list[LoweredFix]) -> Document | None:
    """The document with all of the fixes, or None if it is not whole then."""
    text = spliced(document.text, [splice for fix in fixes for splice in fix.splices])
    try:
        data = document.encode(text)
    except UnicodeEncodeError:
        return None
    result = read(document.path, data, max_size=len(data))
    edits = [edit for fix in fixes for edit in fix.edits]
    if isinstance(result, Unreadable) or not _whole(document.notebook, result.notebook, edits):
        return None
    return result


def _whole(old: Notebook, new: Notebook, edits: list[Edit]) -> bool:
    """Whether no cell was lost and every cell parses that is new or parsed before."""
    moved = _movement(edits)
    before = {index: cell for cell in old.cells if (index := moved(cell.index)) is not None}
    inserted = sum(isinstance(edit, InsertCell) for edit in edits)
    if len(new.cells) != len(before) + inserted:
        return False
    for cell in new.cells:
        origin = before.get(cell.index)
        same = origin is not None and origin.source == cell.source
        if not (same or _parses(cell) or (origin is not None and not _parses(origin))):
            return False
    return True


def _parses(cell: Cell) -> bool:
    return not isinstance(cell, CodeCell) or cell.code is None or cell.code.error is None


def _movement(edits: list[Edit]) -> Callable[[int], int | None]:
    """From a cell's index before the edits to its index after, None if it is deleted."""
    deleted = {edit.cell for edit in edits if isinstance(edit, DeleteCell)}
    gone = deleted.union(edit.cell for edit in edits if isinstance(edit, MoveCell))
    # Cells that arrive at a place come before the one that is there, in the order of the edits.
    arrivals: list[tuple[int, int]] = []
    of_moved: dict[int, tuple[int, int]] = {}
    for number, edit in enumerate(edits):
        if isinstance(edit, InsertCell):
            arrivals.append((edit.index, number))
        elif isinstance(edit, MoveCell):
            arrivals.append((edit.before, number))
            of_moved[edit.cell] = edit.before, number

    def moved(index: int) -> int | None:
        if index in deleted:
            return None
        place = of_moved.get(index, (index, len(edits)))
        staying = place[0] - sum(cell < place[0] for cell in gone)
        return staying + sum(arrival < place for arrival in arrivals)

    return moved


def _repair(finding: Finding, outcome: str) -> Repair:
    cell = finding.location.cell
    title = finding.fix.title if finding.fix else ""
    return Repair(finding.code, title, 0 if cell is None else cell + 1, outcome)
