"""`nbcoach learn doctor`."""

import sys

import click

from nbcoach.cli import options


@click.command(short_help="See whether the lessons can run here.")
@click.argument("lesson", required=False)
@options.colour
def command(lesson: str | None, color: str) -> int:
    """See whether the lessons, or one LESSON, can run here; the exit code is 3 if they cannot.

    \b
    nbcoach learn doctor
    nbcoach learn doctor 71
    """
    from nbcoach.cli.terminal import style_for, write
    from nbcoach.curriculum.catalogue import curriculum
    from nbcoach.curriculum.doctor import examine
    from nbcoach.escaping import visible
    from nbcoach.reporters.text.style import hanging

    all_ = curriculum()
    lessons = all_.written if lesson is None else (all_.lesson(lesson),)
    requires = dict.fromkeys(package for lesson in lessons for package in lesson.requires)
    style = style_for(color, sys.stdout)
    remedies: dict[str, None] = {}
    for fact in examine(tuple(requires)):
        label = f"  {fact.what:<12}  "
        found = visible(fact.found)
        for line in hanging(found, style.width, 0, lead=label):
            write(f"{line}\n" if fact.remedy else f"{style.faint(line)}\n")
        if fact.remedy:
            remedies[fact.remedy] = None
    for remedy in remedies:
        write(f"install: {remedy}\n")
    if not remedies:
        write(style.good("All that these lessons need is here") + "\n")
    return 3 if remedies else 0
