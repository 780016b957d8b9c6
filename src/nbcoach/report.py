"""The results of a run, as values that reporters turn into text."""

from collections.abc import Iterator
from typing import NamedTuple

from nbcoach.finding import Finding, Severity


class Place(NamedTuple):
    """Where a finding is, for people: everything counts from 1, 0 where there is no such thing.

    `source` is the line of the cell that the finding starts in; `raw_line` the line of the file.
    """

    cell: int = 0
    cell_id: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    source: str = ""
    raw_line: int = 0


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
    def exit_code(self) -> int:
        """0 clean, 1 findings of at least `fail_on`, 3 our own fault (2 is misuse, see `cli`)."""
        if any(file.error for file in self.files):
            return 3
        return int(any(p.finding.severity >= self.fail_on for _, p in self.findings()))
