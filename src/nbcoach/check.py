"""Rules meet a notebook: every active rule is asked about the subjects it looks at."""

import ast
from collections.abc import Iterable
from os.path import basename
from typing import TYPE_CHECKING, NamedTuple

from nbcoach.active_rules import ActiveRule, ActiveRules, ByKind
from nbcoach.finding import Finding
from nbcoach.notebook import Cell, CodeCell, Notebook
from nbcoach.plugins import RuleEntry
from nbcoach.project import Project
from nbcoach.rule import Context
from nbcoach.subjects import Crash, SchemaViolation, Unreadable

if TYPE_CHECKING:
    from nbcoach.documents import Document


class Checked(NamedTuple):
    """What the rules found, in the order of the notebook, and which of them raised."""

    findings: tuple[Finding, ...] = ()
    crashes: tuple[Crash, ...] = ()


def check(
    document: "Document | Unreadable", active: ActiveRules, project: Project, path: str
) -> Checked:
    """What the active rules find in one file."""
    if isinstance(document, Unreadable):
        return check_subjects((document,), _no_notebook(path), active, project)
    notebook = document.notebook
    questions = _Questions(notebook, active, project, active.concerned_with(notebook.code_text))
    if SchemaViolation in active.by_kind:
        questions.ask_about(document.violations())
    questions.ask_about((notebook,))
    for cell in notebook.cells:
        questions.ask_about_cell(cell)
    return questions.answers()


def check_subjects(
    subjects: Iterable[object], notebook: Notebook, active: ActiveRules, project: Project
) -> Checked:
    """What the active rules find in subjects that come from beside the notebook's contents."""
    questions = _Questions(notebook, active, project, active.by_kind)
    for subject in subjects:
        questions.ask_about((subject,))
    return questions.answers()


def check_project(project: Project, active: ActiveRules) -> Checked:
    """What the active rules find in a project as a whole."""
    return check_subjects((project,), _no_notebook(""), active, project)


def _no_notebook(path: str) -> Notebook:
    return Notebook(path, (4, 5), "python", {}, ())


class _Questions:
    """The questions to the rules about one notebook, and what they answered so far."""

    def __init__(
        self, notebook: Notebook, active: ActiveRules, project: Project, by_kind: ByKind
    ) -> None:
        self._notebook = notebook
        self._active = active
        self._project = project
        self._by_kind = by_kind
        self._nodes = [
            (kind, entries) for kind, entries in by_kind.items() if issubclass(kind, ast.AST)
        ]
        self._findings: list[Finding] = []
        self._crashes: dict[str, Crash] = {}

    def ask_about(self, subjects: tuple[object, ...], cell: Cell | None = None) -> None:
        """Ask about subjects of one type."""
        if subjects:
            for entry in self._by_kind.get(type(subjects[0]), ()):
                self._ask(entry, subjects, cell)

    def ask_about_cell(self, cell: Cell) -> None:
        """Ask about a cell, its outputs and the nodes of its code."""
        self.ask_about((cell,), cell)
        for entry in self._by_kind.get(Cell, ()):
            self._ask(entry, (cell,), cell)
        if not isinstance(cell, CodeCell):
            return
        if cell.outputs:
            self.ask_about(cell.outputs, cell)
        if self._nodes and cell.code is not None:
            for kind, entries in self._nodes:
                nodes = cell.code.nodes(kind)
                if nodes:
                    for entry in entries:
                        self._ask(entry, nodes, cell)

    def _ask(self, entry: RuleEntry, subjects: Iterable[object], cell: Cell | None) -> None:
        if entry.code in self._crashes:
            return
        ready = self._active.ready(entry)
        context = Context(
            ready.rule,
            self._notebook,
            self._project,
            cell,
            ready.options,
            self._active.settings.outputs,
            self._active.codes,
        )
        run = ready.rule.check
        try:
            for subject in subjects:
                for finding in run(subject, context):
                    self._note(finding, ready)
        except MemoryError:
            raise
        except Exception as error:  # a rule may raise anything and must not stop the others
            self._crashes[entry.code] = Crash(entry.code, entry.name, description(error))

    def _note(self, finding: Finding, ready: ActiveRule) -> None:
        if not isinstance(finding, Finding):
            raise TypeError(f"it yields a {type(finding).__name__} instead of a Finding")
        if finding.confidence >= self._active.settings.confidence:
            if ready.severity is not None:
                finding = finding._replace(severity=ready.severity)
            self._findings.append(finding)

    def answers(self) -> Checked:
        """All findings in order, after the rules about crashes were asked too."""
        for crash in tuple(self._crashes.values()):
            self.ask_about((crash,))
        return Checked(in_order(self._findings), tuple(self._crashes.values()))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the notebook, each once."""
    unique: list[Finding] = []
    for finding in sorted(findings, key=_position):
        if not unique or finding != unique[-1]:
            unique.append(finding)
    return tuple(unique)


def _position(finding: Finding) -> tuple[int, int, str, str]:
    cell, span = finding.location.cell, finding.location.span
    return (
        -1 if cell is None else cell,
        -1 if span is None else span.start,
        finding.code,
        finding.message,
    )


def description(error: Exception) -> str:
    """What was raised and where, in one line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno})" if trace else ""
    return " ".join(f"{type(error).__name__}: {error}{place}".split())
