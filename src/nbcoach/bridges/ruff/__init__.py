"""Ruff over notebooks: one process beside our own work, findings as if they were ours."""

import os
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nbcoach.bridges.ruff import configuration
from nbcoach.bridges.ruff.cells import Shown, shown
from nbcoach.bridges.ruff.choice import Choice
from nbcoach.bridges.ruff.filtering import is_right
from nbcoach.bridges.ruff.process import Process
from nbcoach.bridges.ruff.said import said
from nbcoach.errors import ToolCrashed, ToolFailed
from nbcoach.finding import Finding
from nbcoach.inspection import Linted
from nbcoach.notebook import Notebook
from nbcoach.plugins import RuleSet
from nbcoach.plugins.ruff_rules import find_ruff, stamp_of
from nbcoach.settings import ConfigurationFile, ConfigurationFiles, Settings

_MISSING: Final = "ruff is not installed: `pip install ruff`, or set `ruff = false`"
# Notebooks under a configuration of ruff are linted one by one, so many at a time.
_AHEAD: Final = 3


class Ruff:
    """Knows for each notebook what ruff is to look for, and starts it."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._choices: dict[Settings, Choice] = {}
        self._files = ConfigurationFiles(configuration.in_folder)

    def request(self, notebook: Notebook, settings: Settings) -> "Request | None":
        """What ruff is to do for a notebook, None for nothing."""
        choice = self._choice(settings)
        governing = self._governing(notebook.path, settings)
        arguments = choice.arguments(governed=governing is not None)
        if arguments is None:
            return None
        cells = shown(notebook)
        return Request(cells, choice, arguments, governing) if cells.cells else None

    def background(self, path: str, settings: Settings) -> str:
        """A text that changes when ruff may say something else about unchanged contents."""
        governing = self._governing(path, settings)
        if self._choice(settings).arguments(governed=governing is not None) is None:
            return ""
        program = find_ruff()
        return f"{program and stamp_of(program)} {governing and configuration.state(governing)}"

    def _choice(self, settings: Settings) -> Choice:
        choice = self._choices.get(settings)
        if choice is None:
            choice = self._choices[settings] = Choice(settings, self._rules)
        return choice

    def _governing(self, path: str, settings: Settings) -> ConfigurationFile | None:
        if settings.isolated:
            return None
        return self._files.nearest(os.path.dirname(os.path.abspath(path)))


@dataclass(frozen=True, eq=False)
class Request:
    """One notebook for ruff."""

    shown: Shown
    choice: Choice
    arguments: tuple[str, ...]
    governing: ConfigurationFile | None

    @property
    def path(self) -> str:
        """The notebook's path."""
        return self.shown.notebook.path

    def findings(self, rows: Iterable[dict[str, Any]]) -> tuple[Finding, ...]:
        """Ruff's findings that hold in this notebook and that the settings want."""
        exact = self.choice.exact
        if self.governing is not None:
            exact |= configuration.exact_codes(self.governing)
        found = (said(row, self.shown) for row in rows)
        right = (one.finding for one in found if one is not None and is_right(one, exact))
        kept = (self.choice.kept(finding, self.path) for finding in right)
        return tuple(finding for finding in kept if finding is not None)


class Run:
    """Ruff at work on some notebooks: those that no configuration governs in one process.

    Ruff finds the configuration that governs a notebook by its path, and is told one path a
    process; that is why the others are linted one by one. Close it, whatever happens. It keeps no
    notebook alive.
    """

    def __init__(self, requests: Iterable[Request]) -> None:
        groups: dict[tuple[object, ...], list[Request]] = {}
        for request in requests:
            alone = () if request.governing is None else (request.path,)
            groups.setdefault((request.arguments, *alone), []).append(request)
        batches = [_Batch(group) for group in groups.values()]
        self._batches = {path: batch for batch in batches for path in batch.paths}
        self._waiting = deque(batches)
        for _ in range(_AHEAD):
            self._start_next()

    def of(self, request: Request) -> Linted:
        """What ruff found in one notebook."""
        batch = self._batches[request.path]
        batch.start()
        self._start_next()
        try:
            findings = request.findings(batch.rows(request.path))
        except ToolFailed as failure:
            return Linted(problem=str(failure), is_failure=request.choice.is_demanded)
        return Linted(findings, lambda: request.choice.ran(request.arguments, request.path))

    def close(self) -> None:
        """End what is still running."""
        for batch in self._batches.values():
            batch.close()

    def _start_next(self) -> None:
        if self._waiting:
            self._waiting.popleft().start()


class _Batch:
    """The notebooks of one process, and its answer once it was asked for."""

    def __init__(self, requests: Sequence[Request]) -> None:
        self.paths = [request.path for request in requests]
        first = requests[0]
        isolated = ("--isolated",) if first.governing is None else ()
        self._arguments = (*isolated, *first.arguments)
        self._name = "" if first.governing is None else first.path
        self._contents = [request.shown.contents() for request in requests]
        self._is_started = False
        self._process: Process | None = None
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._failures: dict[str, ToolFailed] = {}

    def start(self) -> None:
        """Start the process, once."""
        if self._is_started:
            return
        self._is_started = True
        try:
            self._process = self._started(self._contents)
        except ToolFailed as failure:
            self._failures = dict.fromkeys(self.paths, failure)

    def rows(self, path: str) -> list[dict[str, Any]]:
        """What ruff said about one notebook. Raises ToolFailed."""
        if self._process is not None:
            process, self._process = self._process, None
            try:
                rows = process.results()
                self._rows = {self.paths[number]: said for number, said in rows.items()}
            except ToolCrashed:
                self._ask_one_by_one()
            except ToolFailed as failure:
                self._failures = dict.fromkeys(self.paths, failure)
        if path in self._failures:
            raise self._failures[path]
        return self._rows.get(path, [])

    def _ask_one_by_one(self) -> None:
        """Find out over which notebook ruff breaks down, and what it says about the others."""
        for path, contents in zip(self.paths, self._contents, strict=True):
            try:
                self._rows[path] = self._started([contents]).results().get(0, [])
            except ToolFailed as failure:
                self._failures[path] = failure

    def _started(self, contents: list[bytes]) -> Process:
        program = find_ruff()
        if program is None:
            raise ToolFailed(_MISSING)
        return Process(program, self._arguments, contents, self._name)

    def close(self) -> None:
        """End the process if its answer was not asked for."""
        if self._process is not None:
            self._process.close()
            self._process = None
