"""The learner's folder at the command line: lessons by their name, progress read and kept."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from nbcoach.cli.terminal import complain
from nbcoach.escaping import visible

if TYPE_CHECKING:
    from nbcoach.curriculum.catalogue import Lesson
    from nbcoach.curriculum.exercises import Exercise
    from nbcoach.curriculum.progress import Progress

Command = TypeVar("Command", bound=Callable[..., Any])

lesson = click.argument("lesson")
as_json = click.option("--json", "as_json", is_flag=True, help="Short for --output-format json.")
output_format = click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to print the answer.",
)


def progress_in(folder: Path) -> "Progress":
    """The progress of a folder; if its file is damaged, that is said and nothing is known."""
    from nbcoach.curriculum.progress import Progress

    progress = Progress(folder)
    if progress.damage:
        complain(
            f"nbcoach: {visible(str(progress.file))} is damaged ({visible(progress.damage)}); it "
            "stays as it is, and nothing is recorded until you mend, rename or delete it"
        )
    return progress


def keep(progress: "Progress") -> None:
    """Write the progress; where the disk refuses, that is said, and the work goes on."""
    try:
        progress.save()
    except OSError as error:
        complain(f"nbcoach: your progress is not recorded: {error.strerror} ({progress.file.name})")


def unsolved(lesson: "Lesson", progress: "Progress", key: str | None) -> "Exercise":
    """The exercise of a key, else the first that was never correct, else the first."""
    from nbcoach.curriculum.exercises import open_lesson

    notebook = open_lesson(lesson.path)
    if key is not None:
        return notebook.exercise(key)
    open_ = [e for e in notebook.exercises if not progress.exercise(lesson.id, e.key).solved]
    return (*open_, *notebook.exercises)[0]
