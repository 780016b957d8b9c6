"""How often each rule was broken, the most frequent first."""

from collections import defaultdict

from nbcoach.escaping import visible
from nbcoach.finding import Finding, Safety
from nbcoach.report import Report
from nbcoach.reporters.counting import label

_MARKS = {Safety.SAFE: " [--fix]", Safety.UNSAFE: " [--fix --unsafe-fixes]"}


def report(report: Report) -> str:
    """A line for each rule: how often, severity, code, name and whether it can be fixed."""
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for _, placed in report.findings():
        by_code[placed.finding.code].append(placed.finding)
    ordered = sorted(by_code.values(), key=lambda found: (-len(found), found[0].code))
    return "".join(f"{_line(found, len(str(len(ordered[0]))))}\n" for found in ordered)


def _line(found: list[Finding], width: int) -> str:
    worst = max(finding.severity for finding in found)
    best = max((finding.fix.safety for finding in found if finding.fix), default=Safety.MANUAL)
    title = f"{found[0].code} {visible(found[0].name)}"
    return f"{len(found):>{width}}  {label(worst):<7}  {title}{_MARKS.get(best, '')}"
