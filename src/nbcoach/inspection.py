"""All there is to say about one document: what rules find, less what is to stay silent."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from nbcoach.active_rules import ActiveRules
from nbcoach.check import Checked, check, check_subjects, in_order
from nbcoach.documents import Document
from nbcoach.finding import Finding
from nbcoach.notebook import Notebook
from nbcoach.project import Project
from nbcoach.subjects import (
    Crash,
    Drift,
    Suppression,
    UnknownSuppression,
    Unreadable,
    UnusedSuppression,
)

if TYPE_CHECKING:
    from nbcoach.baseline import Entry


class Linted(NamedTuple):
    """What another tool found in one document.

    `ran` tells the codes of its rules that surely ran; `problem` why it found nothing, which is a
    failure where the user asked for the tool.
    """

    findings: tuple[Finding, ...] = ()
    ran: Callable[[], frozenset[str]] = frozenset
    problem: str = ""
    is_failure: bool = False


def together(one: Linted, other: Linted) -> Linted:
    """What two tools found in one document."""
    return Linted(
        (*one.findings, *other.findings),
        lambda: one.ran() | other.ran(),
        "; ".join(problem for problem in (one.problem, other.problem) if problem),
        one.is_failure or other.is_failure,
    )


def no_drifts(document: Document) -> tuple[Drift, ...]:
    """What drifts has a document that nothing is paired with."""
    return ()


class Inspection(NamedTuple):
    """The findings in one document, how many more stayed silent, and what went wrong.

    `used` are the suppressions that silenced something, each with its code that did.
    """

    document: Document | Unreadable
    findings: tuple[Finding, ...]
    silenced: int = 0
    crashes: tuple[Crash, ...] = ()
    linted: Linted = Linted()
    used: frozenset[tuple[Suppression, str]] = frozenset()


def inspect(
    document: Document | Unreadable,
    active: ActiveRules,
    project: Project,
    *,
    path: str,
    known: "tuple[Entry, ...]" = (),
    lint: Callable[[], Linted] = Linted,
    drifts: Callable[[Document], Iterable[Drift]] = no_drifts,
) -> Inspection:
    """Check one document; `known` is its part of the baseline, `lint` asks another tool.

    `drifts` tells where the files that it is paired with have drifted away.
    """
    checked = check(document, active, project, path)
    if Drift in active.by_kind and not isinstance(document, Unreadable):
        drifted = check_subjects(drifts(document), document.notebook, active, project)
        checked = Checked(
            in_order((*checked.findings, *drifted.findings)),
            (*checked.crashes, *drifted.crashes),
        )
    linted = lint()
    if linted.findings:
        findings = in_order((*checked.findings, *linted.findings))
        checked = checked._replace(findings=findings)
    notebook = None if isinstance(document, Unreadable) else document.notebook
    silenced, used = 0, _NOTHING
    if notebook is not None:
        checked, silenced, used = _heeded(checked, notebook, active, project, linted)
    findings = checked.findings
    if known and findings:
        from nbcoach import baseline

        new = baseline.apply(known, findings, notebook)
        findings, silenced = new.kept, silenced + new.silenced
    return Inspection(document, findings, silenced, checked.crashes, linted, used)


_NOTHING: Final = frozenset[tuple[Suppression, str]]()


def _names(active: ActiveRules) -> frozenset[str]:
    """The names of the other tools that the settings ask for."""
    return frozenset(command.split()[0] for command in active.settings.tools)


def _heeded(
    checked: Checked, notebook: Notebook, active: ActiveRules, project: Project, linted: Linted
) -> tuple[Checked, int, frozenset[tuple[Suppression, str]]]:
    """What stays after the suppressions in a notebook, findings about them included."""
    from nbcoach import suppression

    requests = suppression.suppressions(notebook)
    if not requests:
        return checked, 0, _NOTHING
    rules = active.rules
    silence = suppression.silence(checked.findings, requests, notebook, rules)
    events: list[object] = []
    if UnknownSuppression in active.by_kind:
        events += suppression.unknown(requests, notebook, rules, _names(active))
    judges = active.by_kind.get(UnusedSuppression, ())
    if judges:
        ran = (active.codes - {judge.code for judge in judges}) | linted.ran()
        events += suppression.unused(requests, silence, notebook, rules, ran)
    about = check_subjects(events, notebook, active, project)
    again = suppression.silence(about.findings, requests, notebook, rules)
    findings = in_order((*silence.kept, *again.kept))
    crashes = (*checked.crashes, *about.crashes)
    silenced = silence.silenced + again.silenced
    return Checked(findings, crashes), silenced, silence.used | again.used
