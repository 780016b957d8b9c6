"""`nbcoach learn solution`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbcoach.cli.learn import desk

if TYPE_CHECKING:
    from nbcoach.curriculum.catalogue import Lesson
    from nbcoach.curriculum.exercises import Exercise
    from nbcoach.curriculum.progress import Progress


@click.command(short_help="Show the solution of an exercise.")
@desk.lesson
@click.argument("exercise")
@click.option("--yes", is_flag=True, help="Do not ask whether you tried it yourself.")
def command(lesson: str, exercise: str, yes: bool) -> int:
    """Show the solution of an EXERCISE; if you did not attempt it yet, you are asked first.

    \b
    nbcoach learn solution 71 ex2
    nbcoach learn solution 71 ex2 --yes
    """
    from nbcoach.cli.terminal import write
    from nbcoach.curriculum.catalogue import curriculum

    chosen = curriculum().lesson(lesson)
    progress = desk.progress_in(Path.cwd())
    wanted = desk.unsolved(chosen, progress, exercise)
    if not (yes or _attempted(chosen, wanted, progress) or _is_wanted(wanted)):
        click.echo(f"First a hint? nbcoach learn hint {chosen.id} {wanted.key}", err=True)
        return 2
    write(wanted.solution)
    progress.revealed(chosen.id, wanted.key)
    desk.keep(progress)
    return 0


def _is_wanted(exercise: "Exercise") -> bool:
    if sys.stdin.isatty():
        question = f"You have not attempted {exercise.key} yet. Show the solution all the same?"
        return click.confirm(question, err=True)
    click.echo(f"You have not attempted {exercise.key} yet; --yes shows it all the same", err=True)
    return False


def _attempted(lesson: "Lesson", exercise: "Exercise", progress: "Progress") -> bool:
    """Whether a check has seen an answer, or the learner's file has one."""
    from nbcoach.curriculum.grading import ATTEMPTED, look
    from nbcoach.curriculum.submission import locate, submission
    from nbcoach.errors import UsageError

    record = progress.exercise(lesson.id, exercise.key)
    if record.solved or record.solution_seen or record.state == "not yet":
        return True
    try:
        return look(submission(locate(lesson, Path())), exercise) == ATTEMPTED
    except UsageError:
        return False
