"""`nbcoach diff`."""

from typing import TYPE_CHECKING, Any

import click

from nbcoach.cli import options

if TYPE_CHECKING:
    from nbcoach.comparing import Differ

_FORMATS = ("text", "concise", "json")
_PATHS = "nbcoach.paths"


class _Diff(click.Command):
    """A command that knows which of its words stand behind `--`: they are paths, whatever else."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--" in args:
            dashes = args.index("--")
            ctx.meta[_PATHS] = tuple(args[dashes + 1 :])
            args = args[:dashes]
        return super().parse_args(ctx, args)


@click.command(cls=_Diff, short_help="Compare notebooks, and what is found in them.")
@click.argument("words", nargs=-1, metavar="[OLD NEW | [REV [REV]] [--] [PATHS]...]")
@options.selection
@click.option("--outputs", is_flag=True, help="Compare outputs and run counts as well.")
@click.option("--no-diff", is_flag=True, help="Show findings only; this needs no nbdime.")
@options.severities
@click.option("--quiet", "-q", is_flag=True, help="Print differences and nothing else.")
@click.option("--output-format", type=click.Choice(_FORMATS), default="text", show_default=True)
@options.colour
@options.config
@options.isolated
@click.pass_context
def command(
    context: click.Context,
    /,
    words: tuple[str, ...],
    outputs: bool,
    no_diff: bool,
    quiet: bool,
    output_format: str,
    color: str,
    exit_zero: bool,
    **given: Any,
) -> int:
    """Show how notebooks differ, cell by cell, and which findings appeared and disappeared.

    \b
    nbcoach diff                       what changed since the last commit
    nbcoach diff main notebooks/       since a revision, in some paths
    nbcoach diff main HEAD             between two revisions, also as main..HEAD or main...HEAD
    nbcoach diff old.ipynb new.ipynb   between two files, text notebooks too

    Revisions come first, then paths; `--` stands between them where that is not clear. A finding
    that moved, alone or with its cell, neither appeared nor disappeared.

    Exits with 0 if nothing appeared, 1 if findings did, 2 for a wrong command line or
    configuration, 3 if nbcoach itself failed.
    """
    from nbcoach.cli.comparison import compared, publish
    from nbcoach.cli.request import Request

    request = Request(
        paths=words, baseline=False, quiet=quiet, output_format=output_format, color=color, **given
    )
    differ = None if no_diff else _differ(outputs=outputs)
    found = compared(request, context.meta.get(_PATHS), differ)
    publish(found, request)
    return 0 if exit_zero and found.exit_code == 1 else found.exit_code


def _differ(*, outputs: bool) -> "Differ | None":
    """What compares cells; without it findings can be compared still."""
    from nbcoach.bridges.nbdime import Nbdime
    from nbcoach.cli.terminal import complain
    from nbcoach.errors import ToolFailed

    try:
        return Nbdime(outputs)
    except ToolFailed as error:
        complain(f"nbcoach: {error}")
        return None
