"""The commands, imported when they are needed."""

from importlib import import_module

import click

from nbcoach import __version__

# In the order in which one needs them.
_COMMANDS = ("check", "explain", "rules", "config", "baseline", "clean", "git")


class _Commands(click.Group):
    """A group whose commands lie in modules of their names, each as `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"nbcoach.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name in _COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        from pathlib import Path

        from nbcoach.spelling import nearest

        guess = f"check {name}" if Path(name).exists() else nearest(name, _COMMANDS)
        raise click.UsageError(f"No such command `{name}`; did you mean `nbcoach {guess}`?", ctx)


@click.group(
    cls=_Commands,
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
