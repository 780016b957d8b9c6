"""All there is to say about one document: what rules find, less what is to stay silent."""

from typing import TYPE_CHECKING, NamedTuple

from nbcoach.active_rules import ActiveRules
from nbcoach.check import Checked, check, check_subjects, in_order
from nbcoach.documents import Document
from nbcoach.finding import Finding
from nbcoach.notebook import Notebook
from nbcoach.project import Project
from nbcoach.subjects import Crash, UnknownSuppression, Unreadable, UnusedSuppression

if TYPE_CHECKING:
    from nbcoach.baseline import Entry


class Inspection(NamedTuple):
    """The findings in one document, how many more stayed silent, and the rules that raised."""

    document: Document | Unreadable
    findings: tuple[Finding, ...]
    silenced: int = 0
    crashes: tuple[Crash, ...] = ()


def inspect(
    document: Document | Unreadable,
    active: ActiveRules,
    project: Project,
    *,
    path: str,
    known: "tuple[Entry, ...]" = (),
) -> Inspection:
    """Check one document; `known` is its part of the baseline."""
    checked = check(document, active, project, path)
    notebook = None if isinstance(document, Unreadable) else document.notebook
    silenced = 0
    if notebook is not None:
        checked, silenced = _heeded(checked, notebook, active, project)
    findings = checked.findings
    if known and findings:
        from nbcoach import baseline

        new = baseline.apply(known, findings, notebook)
        findings, silenced = new.kept, silenced + new.silenced
    return Inspection(document, findings, silenced, checked.crashes)


def _heeded(
    checked: Checked, notebook: Notebook, active: ActiveRules, project: Project
) -> tuple[Checked, int]:
    """What stays after the suppressions in a notebook, findings about them included."""
    from nbcoach import suppression

    requests = suppression.suppressions(notebook)
    if not requests:
        return checked, 0
    rules = active.rules
    silence = suppression.silence(checked.findings, requests, notebook, rules)
    events: list[object] = []
    if UnknownSuppression in active.by_kind:
        events += suppression.unknown(requests, notebook, rules)
    judges = active.by_kind.get(UnusedSuppression, ())
    if judges:
        ran = active.codes - {judge.code for judge in judges}
        events += suppression.unused(requests, silence, notebook, rules, ran)
    about = check_subjects(events, notebook, active, project)
    again = suppression.silence(about.findings, requests, notebook, rules)
    findings = in_order((*silence.kept, *again.kept))
    crashes = (*checked.crashes, *about.crashes)
    return Checked(findings, crashes), silence.silenced + again.silenced
