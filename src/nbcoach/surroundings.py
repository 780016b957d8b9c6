"""What the check of a file depends on beside its own text: git, paired files, the baseline."""

import os
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from nbcoach.project import PAIRED, TRACKED, Project, Repository, find_root, state_of
from nbcoach.reading import contents
from nbcoach.settings import NestedSettings
from nbcoach.subjects import Unreadable
from nbcoach.tasks import Task

if TYPE_CHECKING:
    from nbcoach.baseline import Baseline, Entry
    from nbcoach.bridges.jupytext import Pairs
    from nbcoach.git.since import Since


class Surroundings:
    """Files and what lies around them, each looked at once in a run."""

    def __init__(self, settings: NestedSettings) -> None:
        self._settings = settings
        self._repositories: dict[str, Repository | None] = {}
        self._since: Since | None = None
        self._pairs: tuple[Task, Pairs] | None = None

    def read(self, path: str, task: Task) -> bytes | Unreadable:
        """The contents of one file."""
        staged = self.since(task).now(path) if task.staged else None
        return contents(path, self._settings.of(path).max_size) if staged is None else staged

    def since(self, task: Task) -> "Since":
        """What files were at the revision of a task. Raises ToolFailed where there is none."""
        if self._since is None:
            from nbcoach.git.since import Since

            self._since = Since(Path.cwd(), task.since, staged=task.staged)
        return self._since

    def pairs(self, task: Task) -> "Pairs":
        """What jupytext pairs, as far as a task can see it."""
        if self._pairs is None or self._pairs[0] is not task:
            from nbcoach.bridges.jupytext import Pairs

            self._pairs = task, Pairs(partial(self.read, task=task), task.examined)
        return self._pairs[1]

    def project(self, path: str) -> Project:
        repository = self.repository(path)
        return Project(repository.root, repository) if repository else Project(None)

    def repository(self, path: str) -> Repository | None:
        """What git knows of the project that a file belongs to; one object for one project."""
        folder = os.path.dirname(path)
        if folder not in self._repositories:
            root = find_root(Path(path).absolute()) if os.path.isdir(folder or ".") else None
            known = (found for found in self._repositories.values() if found and found.root == root)
            self._repositories[folder] = next(known, Repository(root) if root else None)
        return self._repositories[folder]

    def root_of(self, path: str) -> Path:
        """The folder out of which no link may lead when the file is written."""
        repository = self.repository(path)
        return repository.root if repository else Path(path).parent

    def still_true(self, path: str, told: dict[str, str], task: Task) -> bool:
        """Whether rules would be told the same about other files now."""
        return all(self._state(subject, path, task) == state for subject, state in told.items())

    def _state(self, subject: str, path: str, task: Task) -> str:
        if subject == TRACKED:
            repository = self.repository(path)
            return repository.fingerprint if repository else ""
        if subject.startswith(PAIRED):
            return self.pairs(task).state(subject)
        return state_of(Path(subject))

    @cached_property
    def _baseline(self) -> "Baseline | None":
        file = self._settings.run.baseline
        if file is None or not file.exists():
            return None
        from nbcoach import baseline

        return baseline.loads(file.read_text(encoding="utf-8"))

    def known(self, path: str) -> "tuple[Entry, ...]":
        """The part of the baseline that is about one file."""
        file, baseline = self._settings.run.baseline, self._baseline
        if file is None or baseline is None:
            return ()
        relative = os.path.relpath(path, file.parent)
        return baseline.entries.get(relative.replace(os.sep, "/"), ())
