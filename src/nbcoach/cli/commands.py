"""Groups of commands that are imported when they are needed."""

from importlib import import_module

import click


class Commands(click.Group):
    """A group whose commands lie in the modules of a package, each as `command`.

    `names` are in the order in which one needs them.
    """

    package: str
    names: tuple[str, ...]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.names:
            return None
        command = import_module(f"{self.package}.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name in self.names or name.startswith("-"):
            return super().resolve_command(ctx, args)
        whole = f"{ctx.command_path} {self.guess(name)}"
        raise click.UsageError(f"No such command `{name}`; did you mean `{whole}`?", ctx)

    def guess(self, name: str) -> str:
        """What was probably meant by a name that no command has."""
        from nbcoach.spelling import nearest

        return nearest(name, self.names)
