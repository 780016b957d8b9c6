"""Options that several commands share, and how they become settings."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from nbcoach.settings.profiles import PROFILES

_SEVERITIES = click.Choice(["info", "warning", "error"])
_CONFIDENCES = click.Choice(["possible", "likely", "certain"])
Command = TypeVar("Command", bound=Callable[..., Any])


def _from_here(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[str, ...]:
    from nbcoach.cli.request import from_here

    return from_here(values)


paths = click.argument(
    "paths",
    nargs=-1,
    type=click.Path(allow_dash=True),
    metavar="[PATHS]...",
    callback=_from_here,
)
config = click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Use this configuration file and no other.",
)
isolated = click.option("--isolated", is_flag=True, help="Use no configuration file at all.")
colour = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Whether to colour; auto also heeds NO_COLOR and FORCE_COLOR.",
)


def codes(name: str, description: str) -> Callable[[Command], Command]:
    """An option that takes rules: several times, or separated by commas."""
    return click.option(name, multiple=True, metavar="RULES", callback=_split, help=description)


def _split(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> list[str] | None:
    found = [code.strip() for value in values for code in value.split(",")]
    return [code for code in found if code] or None


def _together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options, listed in this order."""

    def with_all(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return with_all


selection = _together(
    codes("--select", "Run these rules only: codes, prefixes, names or families."),
    codes("--extend-select", "Run these rules too."),
    codes("--ignore", "Do not run these rules."),
    click.option("--preview/--no-preview", default=None, help="Run rules that are still on trial."),
    click.option(
        "--ruff/--no-ruff", default=None, help="Run ruff, even where a team runs it, or not."
    ),
    click.option("--profile", type=click.Choice(list(PROFILES)), help="Start from this profile."),
    click.option("--confidence", type=_CONFIDENCES, help="Leave out what is less certain."),
)
severities = _together(
    click.option("--show", type=_SEVERITIES, help="Print findings in full from this severity on."),
    click.option("--fail-on", type=_SEVERITIES, help="Exit with 1 from this severity on."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found."),
)
