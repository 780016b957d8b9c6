"""Single files, checked and repaired under the settings of a run."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from nbcoach.active_rules import ActiveRules, Rulebook
from nbcoach.bridges.ruff import Request, Ruff, Run
from nbcoach.check import Checked, check_project, description
from nbcoach.documents import Document, read
from nbcoach.errors import PackError, SettingsError, ToolFailed
from nbcoach.finding import Finding, Safety
from nbcoach.inspection import Inspection, Linted, inspect, together
from nbcoach.notebook import Notebook
from nbcoach.placing import place
from nbcoach.plugins import load_rules
from nbcoach.project import Project
from nbcoach.report import FileResult, Place, PlacedFinding
from nbcoach.settings import NestedSettings, Settings
from nbcoach.subjects import Crash, Drift, Unreadable
from nbcoach.surroundings import Surroundings
from nbcoach.tasks import Outcome, Task

if TYPE_CHECKING:
    from nbcoach.baseline import Entry
    from nbcoach.bridges.tools.heard import Heard
    from nbcoach.fixing import Inspect

_PORTION: Final = 1_000_000
_NOT_LINTED: Final = Linted()
_PROJECT: Final = f"{Project.__module__}.{Project.__qualname__}"


class _Prepared(NamedTuple):
    """A file read, with all that is needed to check it."""

    path: str
    document: Document | Unreadable
    settings: Settings
    active: ActiveRules
    request: Request | None = None


class Inspector:
    """Checks and repairs files in memory; knows the rules, the settings and the projects."""

    def __init__(self, settings: Settings) -> None:
        self.settings = NestedSettings(settings)
        self.rules = load_rules(settings)
        self._rulebook = Rulebook(self.rules)
        self._ruff = Ruff(self.rules)
        # Settings that name what does not exist are wrong even where there is nothing to check.
        self._rulebook.active(settings, str(settings.root))
        self.surroundings = Surroundings(self.settings)
        self._fingerprints: dict[Settings, str] = {}

    @property
    def portion(self) -> int:
        """How many bytes of files are worth to be examined at a time: other tools start once."""
        return 0 if self.settings.run.ruff is False else _PORTION

    def examine(self, path: str, data: bytes | Unreadable, task: Task) -> Outcome:
        """Check one file, and repair it if asked.

        Raises SettingsError and PackError; every other failure is told in the result.
        """
        (outcome,) = self.examine_all([(path, data)], task)
        return outcome

    def examine_all(
        self, files: Iterable[tuple[str, bytes | Unreadable]], task: Task
    ) -> Iterator[Outcome]:
        """Check files, and repair them if asked, while other tools look at all of them.

        Raises SettingsError and PackError; every other failure is told in the results.
        """
        waiting = deque([self._prepared(path, data) for path, data in files])
        run = Run([one.request for one in waiting if isinstance(one, _Prepared) and one.request])
        try:
            while waiting:
                one = waiting.popleft()
                yield one if isinstance(one, Outcome) else self._examined(one, run, task)
        finally:
            run.close()

    def _prepared(self, path: str, data: bytes | Unreadable) -> _Prepared | Outcome:
        try:
            settings = self.settings.of(path)
            active = self._rulebook.active(settings, path)
            if isinstance(data, Unreadable):
                return _Prepared(path, data, settings, active)
            document = read(path, data, settings.max_size)
            if isinstance(document, Unreadable):
                return _Prepared(path, document, settings, active)
            request = self._ruff.request(document.notebook, settings)
            return _Prepared(path, document, settings, active, request)
        except (SettingsError, PackError):
            raise
        except Exception as error:  # one file, whatever is in it, must not stop the others
            return Outcome(FileResult(path, error=description(error)))

    def _examined(self, prepared: _Prepared, run: Run, task: Task) -> Outcome:
        try:
            return self._examine(prepared, run, task)
        except (SettingsError, PackError, ToolFailed):
            raise
        except Exception as error:  # one file, whatever is in it, must not stop the others
            return Outcome(FileResult(prepared.path, error=description(error)))
        finally:
            if not isinstance(prepared.document, Unreadable):
                prepared.document.notebook.forget()

    def _examine(self, prepared: _Prepared, run: Run, task: Task) -> Outcome:
        path, document, settings, active, request = prepared
        project = self.surroundings.project(path)
        known = self.surroundings.known(path)
        before = self._known_before(prepared, project, task) if task.since else ()

        def look(now: Document | Unreadable) -> Inspection:
            # Who ignores what is found compares the notebook as it becomes, as the next check does.
            compared = document if task.ignore is None else now

            def lint() -> Linted:
                if isinstance(now, Unreadable):
                    return Linted()
                if now is not document:
                    # Other tools are asked about all repaired files together, at the end.
                    return self._linted(now.notebook, settings)
                linted = run.of(request) if request else Linted()
                return _with_heard(linted, task.heard, now.notebook)

            same = _untouched(before, compared)
            known_now = known + same
            return inspect(
                now, active, project, path=path, known=known_now, lint=lint, drifts=drifts
            )

        def drifts(now: Document) -> Iterable[Drift]:
            return self.surroundings.pairs(task).drifts(now, project.told) if task.paired else ()

        if isinstance(document, Unreadable):
            return Outcome(_result(path, look(document), task), project.told)
        if task.ignore is not None:
            from nbcoach.ignoring import ignore

            ignored = ignore(document, look, self.rules, task.ignore)
            result = _result(path, ignored.inspection, task)._replace(repairs=ignored.repairs)
            outcome = _changed(document, ignored.document, result, task)
            return replace(outcome, told=project.told)
        if task.fix == "none":
            return Outcome(_result(path, look(document), task), project.told)
        return replace(_repaired(document, look, task), told=project.told)

    def _linted(self, notebook: Notebook, settings: Settings) -> Linted:
        """What other tools say about a notebook that is not yet on disk."""
        request = self._ruff.request(notebook, settings)
        if request is None:
            return Linted()
        run = Run([request])
        try:
            return run.of(request)
        finally:
            run.close()

    def _known_before(
        self, prepared: _Prepared, project: Project, task: Task
    ) -> "tuple[Entry, ...]":
        """What was found in a file at an earlier revision."""
        from nbcoach import baseline

        path, _, settings, active, _ = prepared
        data = self.surroundings.since(task).before(path)
        if data is None:
            return ()
        before = read(path, data, settings.max_size)
        if isinstance(before, Unreadable):
            return ()
        notebook = before.notebook

        def lint() -> Linted:
            linted = self._linted(notebook, settings)
            return _with_heard(linted, task.heard_before, notebook)

        found = inspect(before, active, project, path=path, lint=lint).findings
        return baseline.entries(found, notebook)

    def examine_projects(self, paths: Iterable[str]) -> list[FileResult]:
        """Check the projects that the notebooks at `paths` belong to, each once."""
        if not any(_PROJECT in entry.subjects for entry in self.rules):
            return []
        repositories = {
            id(found): found for path in paths if (found := self.surroundings.repository(path))
        }
        results = []
        for repository in repositories.values():
            folder = _shown(repository.root)
            active = self._rulebook.active(self.settings.in_folder(folder), folder)
            if Project in active.by_kind:
                checked = check_project(Project(repository.root, repository), active)
                results += _project_results(folder, checked)
        return results

    def background(self, path: str) -> str:
        """A text that changes when something else than a file's contents may change its result."""
        settings = self.settings.of(path)
        if settings not in self._fingerprints:
            self._fingerprints[settings] = f"{settings.root} {settings.fingerprint()}"
        surroundings = (
            os.path.abspath(path),
            self._fingerprints[settings],
            self.surroundings.root_of(path),
        )
        ruff = self._ruff.background(path, settings)
        return repr((path, surroundings, self.surroundings.known(path), ruff))


def _untouched(known: "tuple[Entry, ...]", document: Document | Unreadable) -> "tuple[Entry, ...]":
    """Those known findings whose cells are still the same."""
    if not known or isinstance(document, Unreadable):
        return ()
    from nbcoach import baseline

    return baseline.untouched(known, document.notebook)


def _result(path: str, inspection: Inspection, task: Task) -> FileResult:
    return FileResult(
        path,
        place(inspection.findings, inspection.document, raw_lines=task.raw_lines),
        inspection.silenced,
        error=_error(inspection.crashes, inspection.linted),
        note="" if inspection.linted.is_failure else inspection.linted.problem,
    )


def _with_heard(linted: Linted, heard: "Heard | None", notebook: Notebook) -> Linted:
    return together(linted, heard.about(notebook)) if heard else linted


def _repaired(document: Document, look: "Inspect", task: Task) -> Outcome:
    from nbcoach.fixing import fix

    fixed = fix(document, look, lowest=Safety.SAFE if task.fix == "safe" else Safety.UNSAFE)
    result = _result(document.path, fixed.inspection, task)._replace(
        repairs=fixed.repairs,
        outdated=tuple([cell + 1 for cell in fixed.outdated]),
    )
    return _changed(document, fixed.document, result, task)


def _changed(before: Document, after: Document, result: FileResult, task: Task) -> Outcome:
    """The outcome of a task that may have changed a document."""
    if after.text == before.text:
        return Outcome(result)
    if task.diff:
        from nbcoach.differences import unified

        result = result._replace(diff=unified(before.path, before.text, after.text))
    change = before.encode(before.text), after.encode(after.text)
    return Outcome(result, change=change)


def _project_results(folder: str, checked: Checked) -> list[FileResult]:
    by_path: dict[str, list[Finding]] = {}
    for finding in checked.findings:
        path = _shown(Path(finding.path)) if finding.path else folder
        by_path.setdefault(path, []).append(finding._replace(path=path))
    results = [
        FileResult(path, tuple([PlacedFinding(finding, Place()) for finding in findings]))
        for path, findings in sorted(by_path.items())
    ]
    if checked.crashes:
        results.append(FileResult(folder, error=_error(checked.crashes)))
    return results


def _error(crashes: Iterable[Crash], linted: Linted = _NOT_LINTED) -> str:
    errors = [f"rule `{crash.name}` crashed: {crash.error}" for crash in crashes]
    if linted.is_failure:
        errors.append(linted.problem)
    return "; ".join(errors)


def _shown(path: Path) -> str:
    """A path as seen from here, whole where it leads elsewhere."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
