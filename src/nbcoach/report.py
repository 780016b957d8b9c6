"""The results of a run, as values that reporters turn into text."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from nbcoach.finding import Finding, Severity


class Place(NamedTuple):
    """Where a finding is, for people: everything counts from 1, 0 where there is no such thing.

    `source` is the line of the cell that the finding starts in. The `raw_` fields are the place in
    the file as it lies on disk; of a whole cell or notebook only the first line.
    """

    cell: int = 0
    cell_id: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    source: str = ""
    raw_line: int = 0
    raw_column: int = 0
    raw_end_line: int = 0
    raw_end_column: int = 0


class PlacedFinding(NamedTuple):
    """A finding with its place, and the places of its related ones in their order."""

    finding: Finding
    place: Place
    related: tuple[Place, ...] = ()


class Repair(NamedTuple):
    """What became of one fix: `outcome` is "applied" or "refused: why"; `cell` counts from 1."""

    code: str
    title: str
    cell: int
    outcome: str


class FileResult(NamedTuple):
    """What a run found, or did, in one file.

    `silenced` counts what suppressions and the baseline kept silent; `diff` is the unified diff of
    what the fixes would change, filled where one was asked for; `outdated` are the cells (from 1)
    whose source the fixes changed and whose saved outputs come from before; `error` is our own
    failure, `note` what was left out without one.
    """

    path: str
    findings: tuple[PlacedFinding, ...] = ()
    silenced: int = 0
    repairs: tuple[Repair, ...] = ()
    diff: str = ""
    outdated: tuple[int, ...] = ()
    error: str = ""
    note: str = ""


class Difference(NamedTuple):
    """How one notebook differs from another: nbdime's operations, and its words for people."""

    operations: list[Any]
    text: str


class Comparison(NamedTuple):
    """One notebook before and after; a path is empty where there was none, or is none any more.

    `difference` is None where nobody asked for it, or it could not be had; `problems` say what
    could not be read or compared, and `error` is our own failure.
    """

    before: str
    after: str
    appeared: tuple[PlacedFinding, ...] = ()
    disappeared: tuple[PlacedFinding, ...] = ()
    difference: Difference | None = None
    problems: tuple[str, ...] = ()
    error: str = ""

    @property
    def path(self) -> str:
        """The path it is reported under."""
        return self.after or self.before


class Comparisons(NamedTuple):
    """All notebooks compared; `before` and `after` are revisions, empty for what is on disk."""

    before: str
    after: str
    notebooks: tuple[Comparison, ...]
    fail_on: Severity = Severity.WARNING

    @property
    def exit_code(self) -> int:
        """0 nothing appeared, 1 findings of at least `fail_on` did, 3 our own fault."""
        if any(notebook.error for notebook in self.notebooks):
            return 3
        appeared = (placed for notebook in self.notebooks for placed in notebook.appeared)
        return int(any(placed.finding.severity >= self.fail_on for placed in appeared))


class Report(NamedTuple):
    """A whole run. `elapsed` is in seconds; `packs` are the rule folders and packs that loaded."""

    files: tuple[FileResult, ...]
    elapsed: float = 0.0
    packs: tuple[str, ...] = ()
    fail_on: Severity = Severity.WARNING

    def findings(self) -> Iterator[tuple[str, PlacedFinding]]:
        """Every finding with the path it is reported under."""
        for file in self.files:
            for placed in file.findings:
                yield placed.finding.path or file.path, placed

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out in any file, each reason once."""
        return tuple(sorted({file.note for file in self.files if file.note}))

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings of at least `fail_on`, 3 our own fault (2 is misuse, see `cli`)."""
        if any(file.error for file in self.files):
            return 3
        return int(any(p.finding.severity >= self.fail_on for _, p in self.findings()))
