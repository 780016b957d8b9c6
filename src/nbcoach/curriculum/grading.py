"""A learner's notebook run in a fresh kernel, and each answer put to the check of its lesson."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final, NamedTuple

from nbcoach.curriculum.exercises import Exercise
from nbcoach.curriculum.kernel import Kernel
from nbcoach.curriculum.submission import Submission, defines, mentions
from nbcoach.notebook import CodeCell

CORRECT: Final = "correct"
NOT_YET: Final = "not yet"
ATTEMPTED: Final = "attempted"
NOT_ATTEMPTED: Final = "not attempted"
NOT_FOUND: Final = "not found"
NOT_GRADED: Final = "not graded"

_SHARE: Final = 1 / 3


class Verdict(NamedTuple):
    """How one exercise stands, in a word and a hint."""

    exercise: Exercise
    state: str
    hint: str = ""


class Failure(NamedTuple):
    """A cell (from 1) that did not run through."""

    cell: int
    problem: str


class Grade(NamedTuple):
    """What a run told: `failures` in the order of the cells, and how many cells were `reached`.

    `cells` is 0 where nothing ran.
    """

    verdicts: tuple[Verdict, ...]
    failures: tuple[Failure, ...] = ()
    reached: int = 0
    cells: int = 0
    cpu_seconds: float | None = None

    @property
    def is_right(self) -> bool:
        """Whether all answers are correct, or nothing ran and all were attempted."""
        return all(verdict.state in (CORRECT, ATTEMPTED) for verdict in self.verdicts)


def grade(
    submission: Submission,
    exercises: Sequence[Exercise],
    failing_on_purpose: frozenset[str],
    seconds: float,
    progress: Callable[[int, int], None],
) -> Grade:
    """Run all cells, whatever becomes of them, for at most `seconds`; then look at the answers.

    A cell, or a check, that takes more than its share of them is interrupted, and the rest goes on.
    The file is only read. Raises ToolFailed where no kernel starts.
    """
    cells = submission.notebook.cells
    with Kernel(submission.path.absolute().parent) as kernel:
        kernel.begin(tuple(exercise.name for exercise in exercises))
        run = _Run(kernel, submission, failing_on_purpose, seconds)
        run.run(progress)
        cpu_seconds = kernel.ask("cpu_seconds")
        verdicts = tuple(run.verdict(exercise) for exercise in exercises)
    failures = tuple(Failure(cell + 1, problem) for cell, problem in run.failures.items())
    return Grade(verdicts, failures, run.reached, len(cells), cpu_seconds)


class _Run:
    """One run from top to bottom. `failures` are problems by the index of the cell."""

    def __init__(
        self,
        kernel: Kernel,
        submission: Submission,
        failing_on_purpose: frozenset[str],
        seconds: float,
    ) -> None:
        self._seconds = seconds
        self._kernel = kernel
        self._cells = submission.notebook.cells
        self._failing_on_purpose = failing_on_purpose
        self.failures: dict[int, str] = {}
        self.reached = 0
        self._usable = True

    def run(self, progress: Callable[[int, int], None]) -> None:
        deadline = monotonic() + self._seconds
        for cell in self._cells:
            left = deadline - monotonic()
            if left <= 0:
                self.failures[cell.index] = f"the {self._seconds:.0f} seconds were over"
                return
            progress(cell.index + 1, len(self._cells))
            self.reached += 1
            if not isinstance(cell, CodeCell) or cell.skipped or not cell.source.strip():
                continue
            outcome = self._kernel.run(cell.source, min(left, self._seconds * _SHARE))
            meant = cell.raises or cell.source in self._failing_on_purpose
            if outcome.problem and (outcome.late or not outcome.usable or not meant):
                self.failures[cell.index] = outcome.problem
            if not outcome.usable:
                self._usable = False
                return

    def verdict(self, exercise: Exercise) -> Verdict:
        check = exercise.check._asdict()
        limit = self._seconds * _SHARE
        answer = None
        if self._usable:
            answer = self._kernel.ask("state", exercise.name, check, limit, seconds=2 * limit)
        if answer is None:
            last = self._cells[self.reached - 1].index if self.reached else 0
            why = self.failures.get(last, "its answer did not come back")
            return Verdict(exercise, NOT_GRADED, f"Cell {last + 1}: {why}.")
        state, hint = answer
        lost = self._lost(exercise.name) if state in (NOT_FOUND, NOT_ATTEMPTED) else ""
        return Verdict(exercise, NOT_YET if lost else state, lost or hint)

    def _lost(self, name: str) -> str:
        """Why an answer that is written in a cell did not come to be, empty if none is written."""
        for cell in reversed(self._cells):
            if isinstance(cell, CodeCell) and defines(cell, name):
                if cell.index in self.failures:
                    return f"Cell {cell.index + 1} did not run: {self.failures[cell.index]}."
                if cell.index >= self.reached:
                    return f"Cell {cell.index + 1} was never reached."
        return ""


def seen(submission: Submission, exercises: Sequence[Exercise]) -> Grade:
    """What can be told without running anything."""
    return Grade(tuple(Verdict(exercise, look(submission, exercise)) for exercise in exercises))


def look(submission: Submission, exercise: Exercise) -> str:
    """Whether an exercise is there, and was attempted."""
    cells = submission.notebook.code_cells
    if any(defines(cell, exercise.name) for cell in cells):
        return ATTEMPTED
    there = any(mentions(cell, exercise.name) for cell in cells)
    return NOT_ATTEMPTED if there else NOT_FOUND
