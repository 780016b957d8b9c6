"""The laws that repairs keep, for notebooks that are made up and for real ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbcoach.active_rules import Rulebook
from nbcoach.documents import Document, read
from nbcoach.errors import EditRefused
from nbcoach.finding import Safety
from nbcoach.fixing import Fixed, fix
from nbcoach.inspection import Inspection, inspect
from nbcoach.plugins import load_rules
from nbcoach.project import Project
from nbcoach.report import Repair
from nbcoach.settings import Settings
from nbcoach.splicing import LoweredFix, lower
from nbcoach.subjects import Unreadable


@dataclass(frozen=True)
class Repaired:
    """One file before and after its repairs, and every document on the way there."""

    before: bytes
    after: bytes
    repairs: tuple[Repair, ...] = ()
    states: tuple[Inspection, ...] = ()
    lowest: Safety = Safety.SAFE

    @property
    def documents(self) -> list[Document]:
        """The documents that each pass began with, and the last."""
        return [s.document for s in self.states if not isinstance(s.document, Unreadable)]

    def broken_laws(self) -> Iterator[str]:
        """What should not be, in words; nothing if all laws were kept."""
        documents = self.documents
        if not documents:
            return
        if documents[0].encode(documents[0].text) != self.before:
            yield "the file is not the bytes that were read"
        if documents[-1].encode(documents[-1].text) != self.after:
            yield "the last document is not what is written"
        if not any(repair.outcome == "applied" for repair in self.repairs) and (
            self.before != self.after
        ):
            yield "the file changed without a repair"
        if unparsable(documents[-1]) > unparsable(documents[0]):
            yield "a cell that parsed does so no more"
        if self.changed_outside_of_edits:
            yield "bytes changed outside of the edits"

    @property
    def changed_outside_of_edits(self) -> bool:
        """Whether some text changed, in some pass, that no fix asked to change."""
        steps = zip(self.states, self.documents, self.documents[1:], strict=False)
        return any(
            not survives(old.text, spans(state, self.lowest), new.text) for state, old, new in steps
        )


@dataclass(frozen=True)
class Repairer:
    """Repairs files in memory, with the built-in rules, and remembers how it went."""

    settings: Settings
    lowest: Safety = Safety.SAFE

    @cached_property
    def _rulebook(self) -> Rulebook:
        return Rulebook(load_rules(self.settings))

    def repair(self, path: str, data: bytes) -> Repaired:
        """The file repaired."""
        document = read(path, data)
        if isinstance(document, Unreadable):
            return Repaired(data, data)
        states: list[Inspection] = []
        active = self._rulebook.active(self.settings, path)

        def look(seen: Document) -> Inspection:
            if seen is document:  # the work begins, or begins again
                states.clear()
            states.append(inspect(seen, active, Project(None), path=path))
            return states[-1]

        fixed: Fixed = fix(document, look, lowest=self.lowest)
        after = fixed.document.encode(fixed.document.text)
        return Repaired(data, after, fixed.repairs, tuple(states), self.lowest)


def spans(state: Inspection, lowest: Safety) -> list[tuple[int, int]]:
    """Every part of the text that some fix asks to change, in order and without overlaps."""
    assert not isinstance(state.document, Unreadable)
    wanted = sorted(
        (splice.start, splice.end)
        for lowered in _lowered(state.document, state, lowest)
        for splice in lowered.splices
    )
    merged: list[tuple[int, int]] = []
    for start, end in wanted:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _lowered(document: Document, state: Inspection, lowest: Safety) -> Iterator[LoweredFix]:
    for finding in state.findings:
        if finding.fix and finding.fix.edits and finding.fix.safety >= lowest:
            try:
                yield lower(document, finding, finding.fix)
            except EditRefused:
                continue


def survives(old: str, spans: Iterable[tuple[int, int]], new: str) -> bool:
    """Whether all of `old` outside of `spans` stands in `new`, in the same order."""
    kept, position = [], 0
    for start, end in spans:
        kept.append(old[position:start])
        position = end
    if not kept:
        return old == new
    first, *middle, last = [*kept, old[position:]]
    position = len(first)
    for part in middle:
        found = new.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return new.startswith(first) and new.endswith(last) and position + len(last) <= len(new)


def unparsable(document: Document) -> int:
    """The number of Python cells that do not parse."""
    codes = [cell.code for cell in document.notebook.code_cells]
    return sum(code is not None and code.error is not None for code in codes)


def everything(**given: object) -> Settings:
    """Settings under which all rules speak."""
    wanted = {"select": ("ALL",), "preview": True, "outputs": "source-only"} | given
    return Settings(root=Path(), nested=False, **wanted)  # type: ignore[arg-type]
