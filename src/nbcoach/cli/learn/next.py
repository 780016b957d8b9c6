"""`nbcoach learn next`."""

from pathlib import Path

import click

from nbcoach.cli.learn import desk


@click.command(short_help="Suggest what to learn next.")
def command() -> None:
    """Suggest what to learn next: what you began, else what builds on what you know.

    \b
    nbcoach learn next
    """
    from nbcoach.curriculum.catalogue import curriculum
    from nbcoach.curriculum.suggestion import suggestion

    found = suggestion(curriculum(), desk.progress_in(Path.cwd()))
    if found is None:
        click.echo("You have done every lesson there is")
        click.echo("next: nbcoach learn spot NUMBER, the flawed twin of any of them")
        return
    lesson = found.lesson
    click.echo(f"{lesson.id} {lesson.title}, about {lesson.minutes} minutes: {found.why}")
    rest = f"check {lesson.id}" if found.exercise else f"start {lesson.id}"
    click.echo(f"next: nbcoach learn {rest}")
    if found.exercise:
        click.echo(f"stuck? nbcoach learn hint {lesson.id} {found.exercise}")
