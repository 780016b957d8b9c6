"""Which lesson, or exercise, comes next."""

from typing import NamedTuple

from nbcoach.curriculum.catalogue import Curriculum, Lesson
from nbcoach.curriculum.progress import Progress


class Suggestion(NamedTuple):
    """A lesson and why; `exercise` is the key of the first unsolved one if it was started."""

    lesson: Lesson
    why: str
    exercise: str = ""


def suggestion(curriculum: Curriculum, progress: Progress) -> Suggestion | None:
    """What was begun comes first, then what builds on what is known; None if all is done."""
    written = curriculum.written
    for lesson in written:
        record = progress.lesson(lesson.id)
        if record.exercises and record.started and not record.is_done:
            unsolved = [key for key, known in record.exercises.items() if not known.solved]
            done = f"{record.solved} of {len(record.exercises)} exercises are correct"
            return Suggestion(lesson, done, unsolved[0])
    done_ids = {lesson.id for lesson in written if progress.lesson(lesson.id).is_done}
    fresh = [lesson for lesson in written if lesson.id not in done_ids]
    ready = [lesson for lesson in fresh if done_ids.issuperset(_known(curriculum, lesson))]
    return next(
        (_reason(curriculum, lesson, done_ids) for lesson in _ranked(ready, done_ids)), None
    )


def _known(curriculum: Curriculum, lesson: Lesson) -> set[str]:
    return {other.id for other in curriculum.before(lesson)}


def _ranked(lessons: list[Lesson], done: set[str]) -> list[Lesson]:
    """The easier lessons first; of these the ones that build on something done."""
    return sorted(lessons, key=lambda lesson: (lesson.level, done.isdisjoint(lesson.prerequisites)))


def _reason(curriculum: Curriculum, lesson: Lesson, done: set[str]) -> Suggestion:
    built_on = [other.title for other in curriculum.before(lesson) if other.id in done]
    if built_on:
        return Suggestion(lesson, f"it builds on {' and '.join(built_on)}, which you know")
    if lesson.prerequisites and not _known(curriculum, lesson):
        return Suggestion(lesson, "the lessons it builds on are not written yet")
    return Suggestion(lesson, "it builds on no other lesson")
