"""The commands, imported when they are needed."""

import click

from nbcoach import __version__
from nbcoach.cli.commands import Commands


class _Application(Commands):
    package = "nbcoach.cli"
    names = (
        *("init", "check", "diff", "explain", "rules", "config", "baseline", "clean", "git"),
        "learn",
    )

    def guess(self, name: str) -> str:
        from pathlib import Path

        return f"check {name}" if Path(name).exists() else super().guess(name)


@click.group(
    cls=_Application,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=False,
    invoke_without_command=True,
)
@click.version_option(__version__, "-V", "--version", message="nbcoach %(version)s")
@click.pass_context
def application(context: click.Context) -> None:
    """A linter and coach for Jupyter notebooks.

    \b
    nbcoach check                     every notebook below this folder
    nbcoach check --fix train.ipynb   repair what can be repaired safely
    nbcoach explain NB201             what a rule wants, and why
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
