"""Numbers of things in words."""

from collections import Counter
from collections.abc import Iterable

from nbcoach.finding import Confidence, Safety, Severity
from nbcoach.report import Report


def count(number: int, noun: str) -> str:
    """`1 error`, `1,200 errors`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def severities(found: Iterable[Severity]) -> str:
    """`2 errors, 1 info`: the worst first, nothing where there is none."""
    numbers = Counter(found)
    return ", ".join(
        count(numbers[severity], label(severity))
        for severity in reversed(Severity)
        if numbers[severity]
    )


def label(level: Severity | Confidence | Safety) -> str:
    """`error`, `likely`, `unsafe`: the level as one word."""
    return level.name.lower()


def notebooks(report: Report) -> int:
    """How many notebooks were looked at; results about a whole project have no notebook."""
    about_projects = {path for path, placed in report.findings() if placed.finding.path}
    return len({file.path for file in report.files} - about_projects)
