"""One line for each finding."""

from collections.abc import Iterator

from nbcoach.escaping import visible
from nbcoach.finding import Fix, Safety
from nbcoach.report import PlacedFinding, Report
from nbcoach.reporters.counting import label
from nbcoach.reporters.positions import full_position


def report(report: Report) -> str:
    """`path:cell 3:2:5: error NB201 message [--fix]`, a line each; nothing where all is well."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for path, placed in report.findings():
        yield f"{line(path, placed)}{_mark(placed.finding.fix)}"
    for file in report.files:
        if file.error:
            yield f"{visible(file.path)}: internal error: {visible(file.error)}"


def line(path: str, placed: PlacedFinding) -> str:
    """One finding, but for what can be done about it."""
    finding = placed.finding
    where = full_position(path, placed.place)
    return f"{where}: {label(finding.severity)} {finding.code} {visible(finding.message)}"


def _mark(fix: Fix | None) -> str:
    if fix is None or fix.safety is Safety.MANUAL:
        return ""
    return " [--fix]" if fix.safety is Safety.SAFE else " [--fix --unsafe-fixes]"
