"""`nbcoach learn start`."""

import os
from pathlib import Path

import click

from nbcoach.cli.learn import desk


@click.command(short_help="Copy a lesson into this folder.")
@desk.lesson
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Copy it into this folder.",
)
@click.option("--complete", is_flag=True, help="With the solutions and all outputs.")
def command(lesson: str, folder: Path, complete: bool) -> None:
    """Copy a LESSON into this folder, without its solutions. A file that is there stays as it is.

    \b
    nbcoach learn start 71
    nbcoach learn start anatomy --dir lessons
    nbcoach learn start 71 --complete     to read along, or to teach with
    """
    from nbcoach.curriculum import handouts
    from nbcoach.curriculum.catalogue import curriculum
    from nbcoach.curriculum.exercises import open_lesson

    all_ = curriculum()
    chosen = all_.lesson(lesson)
    form = handouts.complete if complete else handouts.student
    name = f"{chosen.name}_complete" if complete else chosen.name
    path = folder / f"{name}.ipynb"
    written = handouts.write_new(path, form(chosen.path.read_text(encoding="utf-8"), all_))
    there = "is there already, and stays as it is"
    made = f"{chosen.title}, about {chosen.minutes} minutes"
    click.echo(f"{click.format_filename(path)}: {made if written else there}")
    if not complete:
        progress = desk.progress_in(folder)
        keys = tuple(exercise.key for exercise in open_lesson(chosen.path).exercises)
        progress.start(chosen.id, keys)
        desk.keep(progress)
        _say_what_next(chosen.id, path)


def _say_what_next(lesson: str, path: Path) -> None:
    folder = os.path.relpath(path.parent)
    there = "" if folder == "." else f"cd {_quoted(folder)} && "
    click.echo(f"open:  {there}jupyter lab {path.name}")
    click.echo(f"check: {there}nbcoach learn check {lesson}")


def _quoted(folder: str) -> str:
    return f'"{folder}"' if " " in folder else folder
