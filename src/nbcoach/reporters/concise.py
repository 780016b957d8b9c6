"""One line for each finding."""

from collections.abc import Iterator

from nbcoach.escaping import visible
from nbcoach.finding import Fix, Safety
from nbcoach.report import Report
from nbcoach.reporters.counting import label
from nbcoach.reporters.positions import full_position


def report(report: Report) -> str:
    """`path:cell 3:2:5: error NB201 message [--fix]`, a line each; nothing where all is well."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for path, placed in report.findings():
        finding = placed.finding
        yield (
            f"{full_position(path, placed.place)}: {label(finding.severity)}"
            f" {finding.code} {visible(finding.message)}{_mark(finding.fix)}"
        )
    for file in report.files:
        if file.error:
            yield f"{visible(file.path)}: internal error: {visible(file.error)}"


def _mark(fix: Fix | None) -> str:
    if fix is None or fix.safety is Safety.MANUAL:
        return ""
    return " [--fix]" if fix.safety is Safety.SAFE else " [--fix --unsafe-fixes]"
