"""`nbcoach learn hint`."""

import sys
from pathlib import Path

import click

from nbcoach.cli import options
from nbcoach.cli.learn import desk


@click.command(short_help="Give the next hint for an exercise.")
@desk.lesson
@click.argument("exercise", required=False)
@options.colour
def command(lesson: str, exercise: str | None, color: str) -> None:
    """Give the next hint for an EXERCISE, of those that lead from a question to nearly code.

    \b
    nbcoach learn hint 71 ex2
    nbcoach learn hint 71         for the first exercise that is not correct yet
    """
    from nbcoach.cli.terminal import style_for, write
    from nbcoach.curriculum.catalogue import curriculum
    from nbcoach.reporters.text.style import hanging

    chosen = curriculum().lesson(lesson)
    progress = desk.progress_in(Path.cwd())
    wanted = desk.unsolved(chosen, progress, exercise)
    style = style_for(color, sys.stdout)
    known = progress.exercise(chosen.id, wanted.key).hints
    lines = [style.strong(f"{chosen.id} {wanted.key} {wanted.name}: {wanted.title}")]
    # One more than were shown; when all were, all of them once more.
    shown = wanted.hints if known >= len(wanted.hints) else wanted.hints[known : known + 1]
    for hint in shown:
        lines += hanging(f"{hint.label}. {hint.text}", style.width, 2)
    last = known + 1 >= len(wanted.hints)
    command = "solution" if last else "hint"
    lines.append(f"{'if that is not enough' if last else 'next'}: nbcoach learn {command} ")
    lines[-1] += f"{chosen.id} {wanted.key}"
    write("".join(f"{line}\n" for line in lines))
    if known < len(wanted.hints):
        progress.hinted(chosen.id, wanted.key, known + 1)
        desk.keep(progress)
