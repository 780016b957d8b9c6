"""`nbcoach learn check`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbcoach.cli import options
from nbcoach.cli.learn import desk
from nbcoach.cli.terminal import complain, style_for, write

if TYPE_CHECKING:
    from nbcoach.curriculum.catalogue import Curriculum, Lesson
    from nbcoach.curriculum.exercises import Exercise, LessonNotebook
    from nbcoach.curriculum.grading import Grade
    from nbcoach.curriculum.submission import Submission

_ENVIRONMENT = 3


@click.command(short_help="Run your notebook and check your answers.")
@desk.lesson
@click.argument("file", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--ex", "exercise", metavar="EXERCISE", help="Check only this exercise.")
@click.option("--no-run", is_flag=True, help="Run nothing: say what was attempted, and lint.")
@click.option("--timeout", type=click.FloatRange(1), help="Stop after so many seconds.")
@desk.output_format
@desk.as_json
@options.colour
def command(
    lesson: str,
    file: Path | None,
    exercise: str | None,
    no_run: bool,
    timeout: float | None,
    output_format: str,
    as_json: bool,
    color: str,
) -> int:
    """Run your notebook of a LESSON in a fresh kernel, and put your answers to the checks.

    \b
    nbcoach learn check 71
    nbcoach learn check 71 --ex ex2
    nbcoach learn check 71 my_copy.ipynb     a notebook of another name, or a .py file

    This runs the code in the notebook, and is no sandbox. FILE is only read. The exit code is 0 if
    all is correct, 1 if something is not, 2 for misuse, 3 if packages are missing.
    """
    from nbcoach.cli.learn.graded import as_text, json_text
    from nbcoach.curriculum.catalogue import curriculum
    from nbcoach.curriculum.exercises import open_lesson
    from nbcoach.curriculum.lint_notes import new_notes
    from nbcoach.curriculum.submission import locate, submission

    all_ = curriculum()
    chosen = all_.lesson(lesson)
    notebook = open_lesson(chosen.path)
    exercises = notebook.exercises if exercise is None else (notebook.exercise(exercise),)
    handed_in = submission(file or locate(chosen, Path()))
    if not no_run and _cannot_run(chosen):
        return _ENVIRONMENT
    seconds = timeout or _usual_time(chosen)
    grade = _grade(chosen, notebook, handed_in, exercises, None if no_run else seconds)
    if grade is None:
        return _ENVIRONMENT
    notes = new_notes(handed_in, _handout(chosen, all_))
    if as_json or output_format == "json":
        write(json_text(chosen, handed_in, grade, notes))
    else:
        lines = as_text(chosen, handed_in, grade, notes, style_for(color, sys.stdout))
        write("".join(f"{line}\n" for line in lines))
    if not no_run:
        _record(chosen, notebook, grade)
    return int(not grade.is_right or (exercise is None and bool(grade.failures)))


def _usual_time(lesson: "Lesson") -> float:
    return 60 + 5 * lesson.budget_cpu_s


def _cannot_run(lesson: "Lesson") -> bool:
    """Say which packages are missing, if any."""
    from nbcoach.curriculum.packages import INSTALL, RUNNING, missing

    lacking = missing((*RUNNING, *lesson.requires))
    if lacking:
        complain(f"nbcoach: lesson {lesson.id} needs {', '.join(lacking)}: {INSTALL}")
    return bool(lacking)


def _grade(
    lesson: "Lesson",
    notebook: "LessonNotebook",
    submission: "Submission",
    exercises: "tuple[Exercise, ...]",
    seconds: float | None,
) -> "Grade | None":
    """The grade; None, after saying why, where no kernel starts. Nothing runs without `seconds`."""
    from nbcoach.cli.progress import Progress
    from nbcoach.curriculum.grading import grade, seen
    from nbcoach.errors import ToolFailed
    from nbcoach.escaping import visible

    if seconds is None:
        return seen(submission, exercises)
    name = visible(submission.path.name)
    complain(f"This runs the code of {name} in a subprocess; it is not a sandbox")
    on_purpose = notebook.failing_on_purpose
    try:
        with Progress(wanted=True, things="cells", beginning="Starting a kernel") as progress:
            return grade(submission, exercises, on_purpose, seconds, progress)
    except ToolFailed as failure:
        complain(f"nbcoach: {visible(str(failure))}; see `nbcoach learn doctor {lesson.id}`")
        return None


def _handout(lesson: "Lesson", curriculum: "Curriculum") -> str:
    from nbcoach.curriculum.handouts import student

    return student(lesson.path.read_text(encoding="utf-8"), curriculum)


def _record(lesson: "Lesson", notebook: "LessonNotebook", grade: "Grade") -> None:
    from nbcoach.curriculum.grading import CORRECT

    progress = desk.progress_in(Path.cwd())
    progress.start(lesson.id, tuple(exercise.key for exercise in notebook.exercises))
    for verdict in grade.verdicts:
        key = verdict.exercise.key
        progress.checked(lesson.id, key, verdict.state, correct=verdict.state == CORRECT)
    desk.keep(progress)
