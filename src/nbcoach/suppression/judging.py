"""Suppressions that did nothing, where it is certain that they could have done something."""

from collections.abc import Collection, Iterable

from nbcoach.notebook import CodeCell, Notebook
from nbcoach.plugins import RuleEntry, RuleSet
from nbcoach.selection import named_by
from nbcoach.subjects import Suppression, UnusedSuppression
from nbcoach.suppression.removal import removal
from nbcoach.suppression.silencing import Silence

_ABOUT_SUPPRESSIONS = frozenset(
    ("nbcoach.subjects.UnknownSuppression", "nbcoach.subjects.UnusedSuppression")
)


def unused(
    requests: Iterable[Suppression],
    silence: Silence,
    notebook: Notebook,
    rules: RuleSet,
    ran: Collection[str],
) -> tuple[UnusedSuppression, ...]:
    """The suppressions that silenced nothing although the rules they name ran.

    `ran` are the codes of the rules that ran here. Suppressions of rules about suppressions are
    never judged, so that nothing runs in circles: silence the findings of those rules in a second
    pass and leave it at that.
    """
    jury = _Jury(notebook, rules, ran)
    events = []
    for request in requests:
        codes = tuple(
            code
            for code in request.codes or ("",)
            if (request, code) not in silence.used and jury.can_judge(request, code or "ALL")
        )
        if codes:
            named = tuple(code for code in codes if code)
            events.append(UnusedSuppression(request, named, removal(request, notebook)))
    return tuple(events)


class _Jury:
    """Knows whether a suppression would have silenced something, had there been something."""

    def __init__(self, notebook: Notebook, rules: RuleSet, ran: Collection[str]) -> None:
        self._notebook = notebook
        self._rules = rules
        self._ran = ran
        counts = [cell.execution_count for cell in notebook.code_cells]
        self._is_stripped = all(count is None for count in counts)

    def can_judge(self, request: Suppression, code: str) -> bool:
        """Whether all rules that `code` names could have spoken where `request` is about."""
        named = named_by(code, self._rules)
        if len(named) > 1:
            # Who names many rules does not mean those that are off, nor those about this.
            named = [entry for entry in named if entry.default != "off" or entry.code in self._ran]
            named = [entry for entry in named if _ABOUT_SUPPRESSIONS.isdisjoint(entry.subjects)]
        return (
            bool(named)
            and not self._hides_code(request)
            and all(self._could_speak(entry, request) for entry in named)
        )

    def _could_speak(self, entry: RuleEntry, request: Suppression) -> bool:
        if entry.code not in self._ran or not _ABOUT_SUPPRESSIONS.isdisjoint(entry.subjects):
            return False
        # Where counts are stripped, rules about runs are mute; but no statement has a count.
        return not (self._is_stripped and entry.reads_runs and request.lines is None)

    def _hides_code(self, request: Suppression) -> bool:
        """Whether there is code that does not parse, about which most rules say nothing."""
        cells = self._notebook.cells
        covered = cells if request.cell is None else (cells[request.cell],)
        codes = (cell.code for cell in covered if isinstance(cell, CodeCell))
        return any(code is not None and code.error is not None for code in codes)
