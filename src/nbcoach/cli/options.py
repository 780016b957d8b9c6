"""Options that several commands share, and how they become settings."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

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
