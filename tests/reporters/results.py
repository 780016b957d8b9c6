"""Small results of runs that never happened."""

from nbcoach.finding import Confidence, Finding, Fix, Related, Safety, Severity
from nbcoach.notebook import Location
from nbcoach.report import FileResult, Place, PlacedFinding, Report

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
SAFE = Fix("take the safe way", safety=Safety.SAFE)
UNSAFE = Fix("take the short way", safety=Safety.UNSAFE)
MANUAL = Fix("ask the author", safety=Safety.MANUAL)

LATE = Place(3, "a1b2c3d4-e5f6", 2, 5, 2, 11, "x = scaler.transform(y)", 42)
EARLY = Place(1, "id-1", 1, 1, 1, 4, "abc", 9)


def found(
    code: str = "NB201",
    severity: Severity = WARNING,
    place: Place = LATE,
    *,
    name: str = "used-before-defined",
    message: str = "`scaler` is used before cell 7 defines it; move it up",
    fix: Fix | None = None,
    related: tuple[tuple[Place, str], ...] = (),
    path: str = "",
) -> PlacedFinding:
    finding = Finding(
        code,
        name,
        message,
        severity=severity,
        confidence=Confidence.LIKELY,
        fix=fix,
        related=tuple(Related(Location(other.cell - 1), text) for other, text in related),
        path=path,
    )
    return PlacedFinding(finding, place, tuple(other for other, _ in related))


def run(*files: FileResult) -> Report:
    return Report(files, elapsed=0.25)


def single(*findings: PlacedFinding) -> Report:
    return run(FileResult("train.ipynb", findings))
