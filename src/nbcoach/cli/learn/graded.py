"""A grade as it reads in a terminal, and as JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from nbcoach.curriculum.catalogue import Lesson
from nbcoach.curriculum.grading import CORRECT, NOT_YET, Grade, Verdict
from nbcoach.curriculum.submission import Submission
from nbcoach.escaping import display_width, visible
from nbcoach.finding import Severity
from nbcoach.report import PlacedFinding
from nbcoach.reporters.counting import count
from nbcoach.reporters.text.style import Style, hanging

_MOST_NOTES = 5


def as_text(
    lesson: Lesson,
    submission: Submission,
    grade: Grade,
    notes: Sequence[PlacedFinding],
    style: Style,
) -> Iterator[str]:
    """The lines about a grade: each exercise, the run, the lint notes, and what to do next."""
    title = f"{lesson.id} {lesson.title}"
    facts = _facts(lesson, submission, grade)
    gap = style.width - display_width(title) - display_width(facts)
    yield style.strong(title) + (" " * gap if gap > 1 else "\n  ") + style.faint(facts)
    width = max((len(_label(verdict)) for verdict in grade.verdicts), default=0)
    for verdict in grade.verdicts:
        yield f"  {_label(verdict):<{max(width, 8)}}  {_painted(verdict.state, style)}"
        if verdict.hint:
            yield from hanging(visible(verdict.hint), style.width, 6)
    if grade.cells:
        yield from _run(grade, max(width, 8), style)
    yield from _notes(submission, notes, max(width, 8), style)
    yield _next(lesson, grade)


def _facts(lesson: Lesson, submission: Submission, grade: Grade) -> str:
    name = visible(submission.path.name)
    if grade.cpu_seconds is None:
        return name
    return f"{name}, {grade.cpu_seconds:.1f} of {lesson.budget_cpu_s:g} CPU-seconds"


def _label(verdict: Verdict) -> str:
    return f"{verdict.exercise.key} {verdict.exercise.name}"


def _painted(state: str, style: Style) -> str:
    if state == CORRECT:
        return style.good(state)
    return style.severity(Severity.WARNING, state) if state == NOT_YET else state


def _run(grade: Grade, width: int, style: Style) -> Iterator[str]:
    if not grade.failures:
        yield f"  {'notebook':<{width}}  {style.good('runs from top to bottom')}"
        return
    first, *others = grade.failures
    stopped = style.severity(Severity.WARNING, f"stops in cell {first.cell}")
    yield f"  {'notebook':<{width}}  {stopped}"
    yield from hanging(visible(first.problem), style.width, 6)
    if others:
        cells = ", ".join(str(failure.cell) for failure in others)
        fail = "s" * (len(others) > 1) + f" {cells} fail" + "s" * (len(others) == 1)
        yield from hanging(f"Cell{fail} as well", style.width, 6)
    if grade.reached < grade.cells:
        left = count(grade.cells - grade.reached, "cell")
        yield from hanging(f"{left} below it did not run", style.width, 6)


def _notes(
    submission: Submission, notes: Sequence[PlacedFinding], width: int, style: Style
) -> Iterator[str]:
    label = f"  {'lint':<{width}}  "
    if submission.is_script:
        yield f"{label}the file has no cells, so it ran as one"
        return
    yield label + (f"{count(len(notes), 'new note')}" if notes else style.good("nothing new"))
    for placed in notes[:_MOST_NOTES]:
        where = f"cell {placed.place.cell} " if placed.place.cell else ""
        lead = f"{where}{placed.finding.code} "
        yield from hanging(visible(placed.finding.message), style.width, 6, lead=lead)
    if len(notes) > _MOST_NOTES:
        rest = f"{len(notes) - _MOST_NOTES} more: nbcoach check {visible(submission.path.name)}"
        yield f"      {rest} --profile teaching"


def _next(lesson: Lesson, grade: Grade) -> str:
    """The one thing to do now."""
    if grade.cpu_seconds is None and grade.cells == 0:
        return f"next: nbcoach learn check {lesson.id}"
    for verdict in grade.verdicts:
        if verdict.state != CORRECT:
            return f"next: nbcoach learn hint {lesson.id} {verdict.exercise.key}"
    if grade.failures:
        return f"next: mend cell {grade.failures[0].cell}, then nbcoach learn check {lesson.id}"
    if lesson.twin.is_file():
        return f"next: nbcoach learn spot {lesson.id}"
    return "next: nbcoach learn next"


def json_text(
    lesson: Lesson, submission: Submission, grade: Grade, notes: Sequence[PlacedFinding]
) -> str:
    """The grade for programs."""
    ran = {
        "completed": not grade.failures,
        "cells": grade.cells,
        "reached": grade.reached,
        "failures": [failure._asdict() for failure in grade.failures],
        "cpu_seconds": grade.cpu_seconds,
        "budget_cpu_seconds": lesson.budget_cpu_s,
    }
    content: dict[str, Any] = {
        "lesson": lesson.id,
        "file": str(submission.path),
        "exercises": [_exercise(verdict) for verdict in grade.verdicts],
        "run": ran if grade.cells else None,
        "notes": [_note(placed) for placed in notes],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _exercise(verdict: Verdict) -> dict[str, str]:
    return {
        "exercise": verdict.exercise.key,
        "name": verdict.exercise.name,
        "state": verdict.state,
        "hint": verdict.hint,
    }


def _note(placed: PlacedFinding) -> dict[str, Any]:
    return {
        "code": placed.finding.code,
        "message": placed.finding.message,
        "cell": placed.place.cell,
        "line": placed.place.line,
    }
