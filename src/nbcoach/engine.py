"""A run: files found, examined one by one or in parallel, written where asked, and reported."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from nbcoach import writing
from nbcoach.discovery import Found, discover
from nbcoach.errors import WriteRefused
from nbcoach.inspector import Inspector
from nbcoach.portions import portions
from nbcoach.project import ANYTHING
from nbcoach.report import FileResult, Repair, Report
from nbcoach.settings import Settings
from nbcoach.subjects import Unreadable
from nbcoach.tasks import Fixing, Outcome, Task

if TYPE_CHECKING:
    from nbcoach.cache import Cache

__all__ = ["Fixing", "Progress", "check_bytes", "fix_bytes", "run"]

Progress = Callable[[int, int], None]

# Below these numbers of bytes it takes longer to open the cache, or to start other processes,
# than to examine the files.
_WORTH_CACHING: Final = 1_000_000
_WORTH_SHARING: Final = 10_000_000


def run(
    paths: Sequence[str | Path],
    settings: Settings,
    *,
    fix: Fixing = "none",
    diff: bool = False,
    jobs: int | None = None,
    raw_lines: bool = False,
    cached: bool = True,
    progress: Progress | None = None,
    stdin: tuple[str, bytes] | None = None,
    since: str = "",
    staged: bool = False,
    ignore: str | None = None,
) -> Report:
    """Check, and if asked repair, every notebook that `paths` lead to.

    With `fix` and no `diff` repaired files are written; with `diff` nothing is written and each
    result carries what would change. `jobs` None means as many as the machine has processors.
    `raw_lines` asks for the places' lines in the file. `progress` is called with the number of
    files done and of all files. `stdin` is a file name and contents to check instead of `paths`;
    it is never written, see `fix_bytes`. `since` is a revision of git: only files that changed
    since are examined, and only what is new or in changed cells is told; with `staged` files are
    those of the index. `ignore` is the reason to write beside suppressions for all that is found,
    instead of fixes. Raises SettingsError, PackError and, about git, ToolFailed.
    """
    begin = perf_counter()
    inspector = Inspector(settings)
    task = Task(fix, diff, raw_lines, since, staged, ignore=ignore)
    if stdin is not None:
        results = [inspector.examine(*stdin, task).result]
    else:
        found = discover(paths, inspector.settings)
        if since:
            changes = inspector.surroundings.since(task)
            found = tuple(file for file in found if changes.is_changed(file.path))
        if not staged:
            notebooks = [one.path for one in found if one.problem is None]
            task = _with_tools(task, notebooks, inspector)
        task = replace(task, examined=_notebooks(found))
        batch = _Batch(found, inspector, task, progress)
        # What other tools say depends on more than the notebook.
        lasting = fix == "none" and ignore is None and not since and task.heard is None
        cached = cached and settings.cache and lasting
        batch.examine(_processors() if jobs is None else jobs, cached=cached)
        batch.ask_tools_again()
        results = batch.results()
    packs = inspector.rules.packs
    return Report(tuple(results), perf_counter() - begin, packs, settings.fail_on)


def check_bytes(
    path: str, data: bytes, settings: Settings, *, raw_lines: bool = False
) -> FileResult:
    """What there is to say about one notebook; nothing is written."""
    return Inspector(settings).examine(path, data, Task(raw_lines=raw_lines)).result


def fix_bytes(
    path: str,
    data: bytes,
    settings: Settings,
    *,
    fix: Fixing = "safe",
    diff: bool = False,
    raw_lines: bool = False,
    ignore: str | None = None,
) -> tuple[FileResult, bytes]:
    """One notebook repaired, and what remains to be said about it; nothing is written.

    With `ignore` it gets suppressions instead of fixes, as in `run`.
    """
    task = Task(fix, diff, raw_lines, ignore=ignore)
    outcome = Inspector(settings).examine(path, data, task)
    return outcome.result, outcome.change[1] if outcome.change else data


def _with_tools(task: Task, paths: Sequence[str], inspector: Inspector) -> Task:
    """The task with what other tools say about the files, if anybody asked for one."""
    settings = inspector.settings
    if not any(settings.of(path).tools for path in paths):
        return task
    from nbcoach.bridges.tools import listen, listen_to

    task = replace(task, heard=listen(paths, settings))
    if not task.since:
        return task
    since = inspector.surroundings.since(task)
    before = {path: data for path in paths if (data := since.before(path)) is not None}
    return replace(task, heard_before=listen_to(before, settings))


def _notebooks(found: Sequence[Found]) -> frozenset[str]:
    """The absolute paths of the `.ipynb` files, where others may be paired with them."""
    paths = [file.path for file in found if file.path.endswith(".ipynb")]
    return frozenset(map(os.path.abspath, paths) if len(paths) < len(found) else ())


class _Batch:
    """The files of a run and their results so far."""

    def __init__(
        self,
        found: Sequence[Found],
        inspector: Inspector,
        task: Task,
        progress: Progress | None,
    ) -> None:
        self._found = found
        self._inspector = inspector
        self._task = task
        self._progress = progress
        self._cache: Cache | None = None
        self._results: dict[str, FileResult] = {}
        self._repairs = (task.fix != "none" or task.ignore is not None) and not task.diff
        self._told: dict[str, dict[str, str]] = {}
        self._repaired: dict[str, bytes] = {}

    def results(self) -> list[FileResult]:
        """The results in the order the files were found, then those about whole projects."""
        about_all = not self._task.since
        notebooks = [file.path for file in self._found if file.problem is None and about_all]
        projects = self._inspector.examine_projects(notebooks)
        return [*(self._results[file.path] for file in self._found), *projects]

    def examine(self, jobs: int, *, cached: bool) -> None:
        """Examine all files, with as much machinery as they are worth."""
        waiting: dict[str, int] = {}
        for file in self._found:
            if file.problem is None:
                waiting[file.path] = _size(file.path)
            else:
                outcome = self._inspector.examine(file.path, file.problem, self._task)
                self._note(file.path, outcome.result)
        if cached and sum(waiting.values()) >= _WORTH_CACHING:
            from nbcoach.cache import Cache

            self._cache = Cache(self._inspector, self._task)
        if jobs <= 1 or sum(waiting.values()) < _WORTH_SHARING:
            self._examine_alone(waiting)
        else:
            self._examine_shared(waiting, jobs)
        if self._cache is not None:
            self._cache.save()
        self._look_again()

    def _look_again(self) -> None:
        """Examine again what was told about files that were repaired before it, or after."""
        task = replace(self._task, fix="none", ignore=None)
        for path, told in self._told.items():
            if not self._inspector.surroundings.still_true(path, told, task):
                result = self._results[path]
                # What other tools said was about the file before its repairs.
                again = replace(task, heard=None) if result.repairs else task
                data = self._inspector.surroundings.read(path, again)
                now = self._inspector.examine(path, data, again).result
                self._results[path] = result._replace(
                    findings=now.findings,
                    silenced=now.silenced,
                    error=result.error or now.error,
                    note=result.note or now.note,
                )

    def _examine_alone(self, sizes: dict[str, int]) -> None:
        for paths in portions(sizes.items(), self._inspector.portion):
            digests: dict[str, str] = {}
            files: list[tuple[str, bytes | Unreadable]] = []
            for path in paths:
                data = self._inspector.surroundings.read(path, self._task)
                digest = self._digest(data)
                if not self._recall(path, digest):
                    digests[path] = digest
                    files.append((path, data))
            outcomes = self._inspector.examine_all(files, self._task)
            for (path, digest), outcome in zip(digests.items(), outcomes, strict=True):
                self._finish(path, digest, outcome)

    def _examine_shared(self, sizes: dict[str, int], jobs: int) -> None:
        if self._cache:
            sizes = {path: size for path, size in sizes.items() if not self._recall_file(path)}
        if sum(sizes.values()) < _WORTH_SHARING:
            self._examine_alone(sizes)
            return
        from nbcoach.sharing import examine_shared

        files = list(sizes.items())
        for path, digest, outcome in examine_shared(
            files, self._inspector.settings.run, self._task, jobs, self._inspector.portion
        ):
            self._finish(path, digest, outcome)

    def _digest(self, data: bytes | Unreadable) -> str:
        """What the cache knows the contents by, empty where it is not asked."""
        if self._cache is None or isinstance(data, Unreadable):
            return ""
        from nbcoach.cache import digest_of

        return digest_of(data)

    def _recall_file(self, path: str) -> bool:
        return self._recall(path, self._digest(self._inspector.surroundings.read(path, self._task)))

    def _recall(self, path: str, digest: str) -> bool:
        """Whether the cache knew the result."""
        result = self._cache.get(path, digest) if self._cache and digest else None
        if result is not None:
            self._note(path, result)
        return result is not None

    def _finish(self, path: str, digest: str, outcome: Outcome) -> None:
        if self._repairs and ANYTHING not in outcome.told:
            self._told[path] = outcome.told
        if self._cache is not None and digest:
            self._cache.put(path, digest, outcome)
        if outcome.change is None:
            self._note(path, outcome.result)
            return
        if self._task.heard is not None:
            self._repaired[path] = outcome.change[1]
        if self._task.diff:
            self._note(path, outcome.result)
        else:
            self._note(path, self._written(path, *outcome.change, outcome.result))

    def ask_tools_again(self) -> None:
        """Add what other tools say about the repaired notebooks, for which all was said before."""
        if self._task.heard is None or not self._repaired:
            return
        from nbcoach.bridges.tools import listen, listen_to

        settings = self._inspector.settings
        task = replace(self._task, fix="none", ignore=None)
        if self._task.diff:
            task = replace(task, heard=listen_to(self._repaired, settings))
        else:
            task = replace(task, heard=listen(self._repaired, settings))
        for path, data in self._repaired.items():
            again = self._inspector.examine(path, data, task).result
            before = self._results[path]
            self._results[path] = again._replace(
                repairs=before.repairs, diff=before.diff, outdated=before.outdated
            )

    def _written(self, path: str, old: bytes, new: bytes, result: FileResult) -> FileResult:
        """The result after the repaired file was written, or after that was refused."""
        try:
            writing.replace(Path(path), old, new, root=self._inspector.surroundings.root_of(path))
        except (WriteRefused, OSError) as error:
            self._repaired.pop(path, None)
            task = replace(self._task, fix="none", ignore=None)
            refused = tuple([_refused(repair, str(error)) for repair in result.repairs])
            unchanged = self._inspector.examine(path, old, task).result
            return unchanged._replace(repairs=refused, error=f"not written: {error}")
        return result

    def _note(self, path: str, result: FileResult) -> None:
        self._results[path] = result
        if self._progress is not None:
            self._progress(len(self._results), len(self._found))


def _refused(repair: Repair, reason: str) -> Repair:
    applied = repair.outcome == "applied"
    return repair._replace(outcome=f"refused: {reason}") if applied else repair


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
