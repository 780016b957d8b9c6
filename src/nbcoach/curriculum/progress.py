"""What a learner did so far, kept in one file of the working folder."""

import json
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from nbcoach.writing import create

FILE: Final = ".nbcoach-learn.json"
_SCHEMA: Final = 1

Record = TypeVar("Record", "ExerciseRecord", "SpotRecord")


@dataclass(frozen=True)
class ExerciseRecord:
    """One exercise: how it stood last, how often it was checked, how much help was taken.

    `solved` is the day on which it was first correct, empty until then.
    """

    state: str = "not attempted"
    checks: int = 0
    hints: int = 0
    solution_seen: bool = False
    solved: str = ""


@dataclass(frozen=True)
class SpotRecord:
    """The game with one twin: the score of each try, and the hints taken before the first."""

    scores: tuple[float, ...] = ()
    hints: int = 0


@dataclass(frozen=True)
class LessonRecord:
    """One lesson: the day it was started, and its exercises by key."""

    started: str = ""
    exercises: dict[str, ExerciseRecord] = field(default_factory=dict)
    spot: SpotRecord = SpotRecord()

    @property
    def solved(self) -> int:
        """How many exercises were correct at some time."""
        return sum(1 for exercise in self.exercises.values() if exercise.solved)

    @property
    def is_done(self) -> bool:
        """Whether all of its exercises were."""
        return bool(self.exercises) and self.solved == len(self.exercises)


class Progress:
    """The file of one folder. `damage` says why it cannot be used; then it is left as it is."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self.damage = ""
        self.lessons: dict[str, LessonRecord] = {}
        try:
            self.lessons = _parse(json.loads(self.file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            pass
        except OSError as error:
            self.damage = error.strerror or "it cannot be read"
        except (ValueError, RecursionError) as error:
            self.damage = str(error)

    def lesson(self, lesson: str) -> LessonRecord:
        """What is known of a lesson."""
        return self.lessons.get(lesson, LessonRecord())

    def exercise(self, lesson: str, key: str) -> ExerciseRecord:
        """What is known of an exercise."""
        return self.lesson(lesson).exercises.get(key, ExerciseRecord())

    def start(self, lesson: str, keys: tuple[str, ...]) -> None:
        """Remember that a lesson with these exercises was started."""
        record = self.lesson(lesson)
        exercises = {key: record.exercises.get(key, ExerciseRecord()) for key in keys}
        started = record.started or date.today().isoformat()
        self.lessons[lesson] = replace(record, started=started, exercises=exercises)

    def checked(self, lesson: str, key: str, state: str, *, correct: bool) -> None:
        """Remember how an exercise stood."""
        old = self.exercise(lesson, key)
        solved = old.solved or (date.today().isoformat() if correct else "")
        self._put(lesson, key, replace(old, state=state, checks=old.checks + 1, solved=solved))

    def hinted(self, lesson: str, key: str, hints: int) -> None:
        """Remember how many hints of an exercise were shown."""
        self._put(lesson, key, replace(self.exercise(lesson, key), hints=hints))

    def revealed(self, lesson: str, key: str) -> None:
        """Remember that the solution of an exercise was shown."""
        self._put(lesson, key, replace(self.exercise(lesson, key), solution_seen=True))

    def spotted(self, lesson: str, spot: SpotRecord) -> None:
        """Remember the game with a twin."""
        self.lessons[lesson] = replace(self.lesson(lesson), spot=spot)

    def _put(self, lesson: str, key: str, exercise: ExerciseRecord) -> None:
        record = self.lesson(lesson)
        exercises = {**record.exercises, key: exercise}
        self.lessons[lesson] = replace(record, exercises=exercises)

    def save(self) -> None:
        """Write the file, unless it is damaged; raises OSError where the disk refuses."""
        if not self.damage:
            lessons = {key: asdict(record) for key, record in sorted(self.lessons.items())}
            text = json.dumps({"schema": _SCHEMA, "lessons": lessons}, indent=1) + "\n"
            create(self.file, text.encode())


def _parse(content: Any) -> dict[str, LessonRecord]:
    """The records in a file; raises ValueError where it is not one of ours."""
    if _object(content).get("schema") != _SCHEMA:
        raise ValueError(f"it is not of schema {_SCHEMA}")
    return {key: _lesson(record) for key, record in _object(content.get("lessons")).items()}


def _lesson(content: Any) -> LessonRecord:
    exercises = _object(_object(content).get("exercises"))
    started = content.get("started")
    if not isinstance(started, str):
        raise ValueError("`started` is no day")
    spot = _object(content.get("spot"))
    scores = spot.get("scores")
    if not (isinstance(scores, list) and all(isinstance(score, float) for score in scores)):
        raise ValueError("`scores` are not numbers")
    return LessonRecord(
        started,
        {key: _record(ExerciseRecord, exercise) for key, exercise in exercises.items()},
        _record(SpotRecord, {**spot, "scores": tuple(scores)}),
    )


def _record(kind: type[Record], content: Any) -> Record:
    values = _object(content)
    for slot in fields(kind):
        if type(values.get(slot.name)) is not type(slot.default):
            raise ValueError(f"`{slot.name}` is not what it should be")
    return kind(**{slot.name: values[slot.name] for slot in fields(kind)})


def _object(content: Any) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise ValueError("an object is missing")
    return content
