"""What a rule reports, and how it may be repaired."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from nbcoach.notebook import WHOLE_NOTEBOOK, Location, Span


class Severity(IntEnum):
    """How much harm a finding does."""

    INFO = 0
    WARNING = 1
    ERROR = 2


class Confidence(IntEnum):
    """How sure we are: a fact of the file, an analysis, or an analysis with one assumption."""

    POSSIBLE = 0
    LIKELY = 1
    CERTAIN = 2


class Safety(IntEnum):
    """Whether a fix keeps the meaning: MANUAL fixes are described, never applied."""

    MANUAL = 0
    UNSAFE = 1
    SAFE = 2


class _Removed:
    """The value of a `FieldEdit` that removes its field."""

    def __repr__(self) -> str:
        return "REMOVED"


REMOVED: Final = _Removed()


class SourceEdit(NamedTuple):
    """Replace a span of one cell's source by `text`."""

    cell: int
    span: Span
    text: str


class FieldEdit(NamedTuple):
    """Set the JSON field at `path`, counted from the notebook's root, or remove it with REMOVED."""

    path: tuple[str | int, ...]
    value: object


@dataclass(frozen=True, slots=True)
class InsertCell:
    """Insert a cell of `kind` ("code" or "markdown") before the cell that now has `index`."""

    index: int
    kind: str
    source: str


class DeleteCell(NamedTuple):
    """Delete one cell."""

    cell: int


class MoveCell(NamedTuple):
    """Move one cell, as it is, before another; the number of all cells stands for the end."""

    cell: int
    before: int


Edit = SourceEdit | FieldEdit | InsertCell | DeleteCell | MoveCell


class Fix(NamedTuple):
    """A repair: all of its edits are made, or none."""

    title: str
    edits: tuple[Edit, ...] = ()
    safety: Safety = Safety.UNSAFE


class Related(NamedTuple):
    """Another place that a finding is about."""

    location: Location
    message: str


class Finding(NamedTuple):
    """One problem at one place. `path` is set only where the subject is a whole project."""

    code: str
    name: str
    message: str
    location: Location = WHOLE_NOTEBOOK
    severity: Severity = Severity.WARNING
    confidence: Confidence = Confidence.LIKELY
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    path: str = ""
