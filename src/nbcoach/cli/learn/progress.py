"""`nbcoach learn progress`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbcoach.cli import options
from nbcoach.cli.learn import desk

if TYPE_CHECKING:
    from nbcoach.curriculum.progress import ExerciseRecord, LessonRecord
    from nbcoach.reporters.text.style import Style


@click.command(short_help="Show what you did in this folder.")
@options.colour
def command(color: str) -> None:
    """Show what you did in this folder: lessons, exercises, help taken and games with twins.

    \b
    nbcoach learn progress
    """
    from nbcoach.cli.terminal import style_for, write
    from nbcoach.curriculum.catalogue import curriculum

    records = desk.progress_in(Path.cwd()).lessons
    style = style_for(color, sys.stdout)
    titles = {lesson.id: lesson.title for lesson in curriculum().lessons}
    lines = [
        line
        for key, record in sorted(records.items())
        for line in _lesson(f"{key} {titles.get(key, '')}".strip(), record, style)
    ]
    nothing = ["Nothing was started in this folder", "next: nbcoach learn next"]
    write("".join(f"{line}\n" for line in lines or nothing))


def _lesson(title: str, record: "LessonRecord", style: "Style") -> Iterator[str]:
    done = f"  {record.solved} of {len(record.exercises)} correct" if record.exercises else ""
    yield style.strong(title) + (style.good(done) if record.is_done else done)
    for key, exercise in record.exercises.items():
        yield f"  {key}  {_exercise(exercise)}"
    if record.spot.scores:
        scores = ", ".join(f"{score:.2f}" for score in record.spot.scores)
        yield f"  twin spotted: {scores}"


def _exercise(record: "ExerciseRecord") -> str:
    from nbcoach.reporters.counting import count

    facts = [f"correct since {record.solved}" if record.solved else record.state]
    if record.solved and record.state != "correct":
        facts.append(f"now {record.state}")
    facts += [count(record.checks, "check")] if record.checks else []
    facts += [count(record.hints, "hint")] if record.hints else []
    facts += ["solution seen"] if record.solution_seen else []
    return ", ".join(facts)
