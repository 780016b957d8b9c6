"""Suppressions applied: which findings stay, and which codes nobody knows."""

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from nbcoach.finding import Finding
from nbcoach.notebook import Notebook
from nbcoach.plugins import RuleSet
from nbcoach.plugins.matching import matches
from nbcoach.selection import known_selectors, named_by
from nbcoach.subjects import Suppression, UnknownSuppression


class Silence(NamedTuple):
    """Findings that stay after suppression, how many went, and what each suppression did.

    `used` are the pairs of a suppression and one of its codes ("" for a bare one) that silenced
    something.
    """

    kept: tuple[Finding, ...]
    silenced: int
    used: frozenset[tuple[Suppression, str]]


def silence(
    findings: Iterable[Finding],
    requests: tuple[Suppression, ...],
    notebook: Notebook,
    rules: RuleSet,
) -> Silence:
    """The findings that no suppression covers."""
    by_cell: dict[int | None, list[Suppression]] = {}
    for request in requests:
        by_cell.setdefault(request.cell, []).append(request)
    kept: list[Finding] = []
    used: set[tuple[Suppression, str]] = set()
    silenced = 0
    for finding in findings:
        uses = [
            (request, code)
            for cell in {None, finding.location.cell}
            for request in by_cell.get(cell, ())
            if _covers(request, finding, notebook)
            for code in request.codes or ("",)
            if not code or _names(code, finding, rules)
        ]
        used.update(uses)
        if uses:
            silenced += 1
        else:
            kept.append(finding)
    return Silence(tuple(kept), silenced, frozenset(used))


def unknown(
    requests: Iterable[Suppression],
    notebook: Notebook,
    rules: RuleSet,
    tools: Collection[str] = (),
) -> tuple[UnknownSuppression, ...]:
    """The codes in suppressions that are malformed or that no rule, and none of `tools`, has."""
    from nbcoach.spelling import nearest
    from nbcoach.suppression.directive import correction

    return tuple(
        UnknownSuppression(request, code, correction(code) or nearest(code, known_selectors(rules)))
        for request in requests
        for code in request.codes
        if not (named_by(code, rules) or code in tools or _OF_TOOL.fullmatch(code))
    )


# A tool and one of its codes, which nobody but the tool knows.
_OF_TOOL = re.compile(r"[A-Za-z_][\w.-]*:[\w-]+")


def _covers(request: Suppression, finding: Finding, notebook: Notebook) -> bool:
    """Whether a suppression for the finding's cell, or for all, is about its line, too."""
    if request.cell is None or request.lines is None:
        return True
    if finding.location.span is None:
        return False
    from nbcoach.suppression.comments import line_of

    line = line_of(notebook.cells[request.cell], finding.location.span.start)
    return request.lines[0] <= line <= request.lines[1]


def _names(code: str, finding: Finding, rules: RuleSet) -> bool:
    entry = rules.find(finding.code) or rules.ruff.find(finding.code)
    if entry is not None:
        return matches(entry, code) is not None
    return code == finding.code or finding.code.startswith(f"{code}:")
