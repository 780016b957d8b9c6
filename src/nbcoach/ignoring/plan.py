"""Which suppressions a notebook is to get, as edits of its cells and fields."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from nbcoach.finding import Edit, FieldEdit, Finding, SourceEdit
from nbcoach.ignoring.comments import covers, insertion
from nbcoach.ignoring.spots import Level, Spot, spots
from nbcoach.notebook import Notebook, Span
from nbcoach.suppression.requests import TAG, WORD

Tried = tuple[int | None, str, Level]
"""A cell, a code, and a way to silence it there."""


@dataclass(eq=False)
class Plan:
    """The codes for each spot of a notebook; nothing is planned that is `avoided`."""

    notebook: Notebook
    reason: str
    avoided: Collection[Tried]
    codes: dict[Spot, list[str]] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """Plan a suppression for a finding, if there is a place for one."""
        possible = [
            spot
            for spot in spots(finding, self.notebook)
            if (spot.cell, finding.code, spot.level) not in self.avoided
        ]
        # One comment may speak for all that is found in a statement of many lines.
        possible.sort(key=lambda spot: spot.level == "line" and spot not in self.codes)
        possible.sort(key=lambda spot: spot.level != "line")
        chosen = next((spot for spot in possible if self._fits(finding, spot)), None)
        if chosen is not None:
            codes = self.codes.setdefault(chosen, [])
            if finding.code not in codes:
                codes.append(finding.code)

    def _fits(self, finding: Finding, spot: Spot) -> bool:
        if spot.cell is None or spot.level in ("tag", "metadata"):
            return True
        cell = self.notebook.cells[spot.cell]
        new = insertion(cell, spot, [finding.code], self.reason)
        return covers(cell, new, spot, finding.code, finding.location.span)

    @property
    def tried(self) -> set[Tried]:
        """What is planned."""
        planned = self.codes.items()
        return {(spot.cell, code, spot.level) for spot, codes in planned for code in codes}

    def edits(self) -> dict[int | None, list[Edit]]:
        """The edits by the cells that they change, None for the notebook's own fields."""
        edits: dict[int | None, list[Edit]] = {}
        for spot, codes in self.codes.items():
            edits.setdefault(spot.cell, []).extend(self._edits(spot, codes))
        return edits

    def _edits(self, spot: Spot, codes: Sequence[str]) -> Iterable[Edit]:
        if spot.cell is None:
            return _listed(self.notebook.metadata, ("metadata",), _METADATA, codes)
        cell = self.notebook.cells[spot.cell]
        path = ("cells", spot.cell, "metadata")
        if spot.level == "metadata":
            return _listed(cell.metadata, path, _METADATA, codes)
        if spot.level == "tag":
            return _listed(cell.metadata, path, ("tags",), [f"{TAG}-{code}" for code in codes])
        new = insertion(cell, spot, codes, self.reason)
        return [SourceEdit(spot.cell, Span(new.offset, new.offset), new.text)]


def _listed(
    fields: object, path: tuple[str | int, ...], keys: tuple[str, ...], texts: Sequence[str]
) -> Iterable[Edit]:
    """The edits that append texts to a list in JSON, which is made where it is not there."""
    for depth, key in enumerate(keys):
        if not isinstance(fields, dict) or key not in fields:
            value: object = list(texts)
            for missing in reversed(keys[depth + 1 :]):
                value = {missing: value}
            return [FieldEdit((*path, key), value)]
        path, fields = (*path, key), fields[key]
    # Where it is no list, the document refuses.
    end = len(fields) if isinstance(fields, list) else 0
    return [FieldEdit((*path, end), text) for text in texts]


_METADATA: Final = (WORD, "ignore")
