"""Numbers of things in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from nbcoach.escaping import visible
from nbcoach.finding import Confidence, Safety, Severity
from nbcoach.report import Report

_MOST_PATHS: Final = 5


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


def some_of(paths: Sequence[str]) -> str:
    """The first few paths, and how many there are beside them."""
    named = [visible(path) for path in paths[:_MOST_PATHS]]
    if len(paths) > _MOST_PATHS:
        named.append(f"{len(paths) - _MOST_PATHS:,} more")
    return ", ".join(named)


def notebooks(report: Report) -> int:
    """How many notebooks were looked at; results about a whole project have no notebook."""
    about_projects = {path for path, placed in report.findings() if placed.finding.path}
    return len({file.path for file in report.files} - about_projects)
