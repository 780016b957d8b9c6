"""The work of a large run shared among processes."""

import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Final

from nbcoach.cache import digest_of
from nbcoach.inspector import Inspector
from nbcoach.portions import portions
from nbcoach.report import FileResult
from nbcoach.settings import Settings
from nbcoach.subjects import Unreadable
from nbcoach.tasks import Outcome, Task

# What a process takes at least at a time: worth the message, and soon done on Ctrl-C.
_PORTION: Final = 500_000
# And at most such a part of its share, so that all are done at about the same time.
_PARTS: Final = 8
_DIED: Final = "the process that examined this file died; it may need more memory than there is"

Examined = tuple[str, str, Outcome]
"""A path, the digest of what was read there (empty where nothing could be) and the outcome."""

_worker: tuple[Inspector, Task] | None = None


def examine_shared(
    files: Sequence[tuple[str, int]], settings: Settings, task: Task, jobs: int, portion: int
) -> Iterator[Examined]:
    """Examine files, given as paths and sizes, in `jobs` processes; yield them as they are done.

    `portion` is how many bytes are worth to be examined at a time. Workers only read: what is to be
    written comes back, so that an interruption leaves every notebook whole.
    """
    executor = _executor(settings, task, jobs)
    share = sum(size for _, size in files) / jobs
    enough = max(_PORTION, min(portion, share / _PARTS))
    pending = {executor.submit(_examine, paths): paths for paths in portions(files, enough)}
    lost: list[str] = []
    try:
        while pending:
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                paths = pending.pop(future)
                try:
                    yield from future.result()
                except BrokenProcessPool:
                    lost += paths
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
    yield from _examine_singly(lost, settings, task)


def _examine_singly(paths: Iterable[str], settings: Settings, task: Task) -> Iterator[Examined]:
    """Examine files one by one in a process that may die: then the file is known."""
    executor: ProcessPoolExecutor | None = None
    for path in paths:
        executor = executor or _executor(settings, task, 1)
        try:
            yield from executor.submit(_examine, [path]).result()
        except BrokenProcessPool:
            executor = None
            yield path, "", Outcome(FileResult(path, error=_DIED))
    if executor is not None:
        executor.shutdown()


def _executor(settings: Settings, task: Task, jobs: int) -> ProcessPoolExecutor:
    # Forking is fast, but not safe everywhere, nor when a lock may be held by another thread.
    forks = sys.platform == "linux" and threading.active_count() == 1
    context = get_context("fork" if forks else "spawn")
    return ProcessPoolExecutor(jobs, context, _start, (settings, task))


def _start(settings: Settings, task: Task) -> None:
    global _worker
    # Ctrl-C reaches all processes; the first one decides what becomes of the run.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker = Inspector(settings), task


def _examine(paths: list[str]) -> list[Examined]:
    assert _worker is not None
    inspector, task = _worker
    files = [(path, inspector.surroundings.read(path, task)) for path in paths]
    digests = ["" if isinstance(data, Unreadable) else digest_of(data) for _, data in files]
    outcomes = inspector.examine_all(files, task)
    return list(zip(paths, digests, outcomes, strict=True))
