"""`nbcoach learn`."""

import click

from nbcoach.cli.commands import Commands


class _Lessons(Commands):
    package = "nbcoach.cli.learn"
    names = ("list", "start", "check", "hint", "solution", "spot", "next", "progress", "doctor")


@click.group(cls=_Lessons, short_help="Learn with the lessons that come with nbcoach.")
def command() -> None:
    """Learn with the lessons that come with nbcoach: notebooks with exercises, and flawed twins.

    \b
    nbcoach learn list            the lessons there are
    nbcoach learn start 71        copy one into this folder
    nbcoach learn check 71        run it and check your answers
    nbcoach learn spot 71         find what is wrong with its flawed twin
    """
