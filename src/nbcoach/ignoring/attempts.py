"""All that is found in a notebook made silent, round by round, in the narrowest way that works."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from nbcoach.documents import Document, Splice, read
from nbcoach.errors import EditRefused
from nbcoach.finding import Edit, Finding
from nbcoach.ignoring.plan import Plan, Tried
from nbcoach.ignoring.spots import Level
from nbcoach.inspection import Inspection
from nbcoach.plugins import RuleSet
from nbcoach.report import Repair
from nbcoach.selection import named_by
from nbcoach.splicing import spliced
from nbcoach.subjects import Suppression, Unreadable
from nbcoach.suppression import suppressions

Inspect = Callable[[Document], Inspection]

_ROUNDS: Final = 10
_TITLE: Final = "Write a suppression"
_OURS: Final = "nbcoach.subjects."
_ABOUT_FILE: Final = "it tells of the file or of nbcoach itself, which no suppression changes"
_NO_PLACE: Final = "there is no place for a suppression that would change nothing else"


@dataclass(frozen=True, slots=True)
class Ignored:
    """A document with suppressions, what remains to be said of it, and what became of findings."""

    document: Document
    inspection: Inspection
    repairs: tuple[Repair, ...]


def ignore(document: Document, inspect: Inspect, rules: RuleSet, reason: str) -> Ignored:
    """Write suppressions for all findings that can be silenced.

    A comment may end what was found, as in an empty cell, or be refused by the format: then all
    begins anew with wider suppressions there, or with none.
    """
    first = inspect(document)
    refusals: dict[Tried, str] = {}
    while True:
        attempt = _Attempt(document, first, inspect, rules, reason, refusals)
        attempt.make()
        failed = {**attempt.refused, **dict.fromkeys(attempt.idle(), _NO_PLACE)}
        if not failed:
            repairs = _repairs(first, attempt.inspection, refusals, rules)
            return Ignored(attempt.document, attempt.inspection, repairs)
        refusals |= failed


@dataclass(eq=False)
class _Attempt:
    """Suppressions written, but for those that were refused or idle in earlier attempts."""

    document: Document
    inspection: Inspection
    inspect: Inspect
    rules: RuleSet
    reason: str
    avoided: dict[Tried, str]
    refused: dict[Tried, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._idle_before = self._unused()
        self._planned: set[Tried] = set()

    def make(self) -> None:
        """Silence what is found, then what is found of that."""
        for _ in range(_ROUNDS):
            plan = Plan(self.document.notebook, self.reason, self.avoided)
            for finding in self.inspection.findings:
                if not _is_about_file(finding, self.rules):
                    plan.add(finding)
            splices = self._splices(plan)
            if self.refused or not splices:
                return
            self._planned |= plan.tried
            self._change(spliced(self.document.text, splices))

    def _change(self, text: str) -> None:
        data = self.document.encode(text)
        document = read(self.document.path, data, max_size=len(data))
        assert not isinstance(document, Unreadable)  # what is put in was made to fit
        self.document = document
        self.inspection = self.inspect(document)

    def _splices(self, plan: Plan) -> tuple[Splice, ...]:
        """The changes of the text; none where the format refuses some, which is noted."""
        edits = plan.edits()
        try:
            return self.document.splices(*[one for found in edits.values() for one in found])
        except EditRefused:
            accepted: list[Edit] = []
        for cell, found in edits.items():
            try:
                self.document.splices(*accepted, *found)
                accepted += found
            except EditRefused as refusal:
                tried = [one for one in plan.tried if one[0] == cell]
                self.refused |= dict.fromkeys(tried, str(refusal))
        return ()

    def idle(self) -> set[Tried]:
        """The suppressions that were written and silence nothing."""
        new = self._unused() - self._idle_before
        # What tools would say of the changed notebook is not known.
        return {one for one in new if one in self._planned and named_by(one[1], self.rules)}

    def _unused(self) -> Counter[Tried]:
        notebook = self.document.notebook
        return Counter(
            (request.cell, code, _level(request))
            for request in suppressions(notebook)
            for code in request.codes
            if (request, code) not in self.inspection.used
        )


def _level(request: Suppression) -> Level:
    match request.form:
        case "comment":
            return "cell" if request.lines is None else "line"
        case "tag":
            return "tag"
        case _:
            return "metadata"


def _is_about_file(finding: Finding, rules: RuleSet) -> bool:
    """Whether a finding tells what the engine saw, such as a suppression that is not needed."""
    entry = rules.find(finding.code)
    return entry is not None and all(subject.startswith(_OURS) for subject in entry.subjects)


def _repairs(
    first: Inspection, last: Inspection, refusals: dict[Tried, str], rules: RuleSet
) -> tuple[Repair, ...]:
    """What became of each finding."""
    left = Counter(_key(finding) for finding in last.findings)
    repairs = []
    for finding in first.findings:
        cell, code = _key(finding)
        outcome = "applied"
        if left[cell, code]:
            left[cell, code] -= 1
            why = [reason for one, reason in refusals.items() if one[:2] == (cell, code)]
            reason = _ABOUT_FILE if _is_about_file(finding, rules) else [*why, _NO_PLACE][0]
            outcome = f"refused: {reason}"
        repairs.append(Repair(code, _TITLE, 0 if cell is None else cell + 1, outcome))
    return tuple(repairs)


def _key(finding: Finding) -> tuple[int | None, str]:
    return finding.location.cell, finding.code
