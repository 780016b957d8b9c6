"""`nbcoach config`."""

import sys
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbcoach.cli import options

if TYPE_CHECKING:
    from nbcoach.reporters.text.style import Style
    from nbcoach.settings import Settings


@click.command(short_help="Show the settings and where they come from.")
@click.argument("path", required=False, type=click.Path(exists=True))
@options.colour
@options.config
@options.isolated
def command(path: str | None, color: str, config: Path | None, isolated: bool) -> None:
    """Show the settings that hold here, or for the notebook or folder PATH, and their sources.

    \b
    nbcoach config
    nbcoach config lessons/intro.ipynb
    """
    from nbcoach.cli.terminal import style_for, write
    from nbcoach.settings import NestedSettings, load

    settings = load(Path.cwd(), config=config, isolated=isolated)
    if path is not None:
        nested = NestedSettings(settings)
        settings = nested.in_folder(path) if Path(path).is_dir() else nested.of(path)
    lines = _lines(settings, style_for(color, sys.stdout))
    write("".join(f"{line}\n" for line in lines))


def _lines(settings: "Settings", style: "Style") -> Iterator[str]:
    from nbcoach.escaping import visible
    from nbcoach.reporters.text.style import wrap
    from nbcoach.settings.schema import READERS

    yield f"Configuration file: {visible(str(settings.file or 'none'))}"
    yield ""
    indent = max(map(len, READERS)) + 2
    for key in READERS:
        source = settings.given.get(key, "")
        value = _spelled(getattr(settings, key.replace("-", "_")))
        first, *rest = wrap(visible(value), style.width - indent)
        yield f"{style.strong(key) if source else key}{' ' * (indent - len(key))}{first}"
        yield from (f"{' ' * indent}{line}" for line in rest)
        if source:
            yield f"{' ' * indent}{style.faint(f'from {visible(source)}')}"


def _spelled(value: object) -> str:
    """The value much as a configuration file has it."""
    match value:
        case None:
            return "(not set)"
        case bool():
            return str(value).lower()
        case IntEnum():
            return value.name.lower()
        case tuple():
            return ", ".join(map(_spelled, value)) or "(none)"
        case dict():
            return "; ".join(f"{key} = {_spelled(item)}" for key, item in value.items()) or "(none)"
        case _:
            return str(value)
