"""`nbcoach rules`."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nbcoach.cli import options

if TYPE_CHECKING:
    from nbcoach.plugins import RuleEntry


@click.command(short_help="List the rules.")
@click.option("--family", metavar="NAME", help="Only these: a family, a code or a prefix.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@options.colour
@options.config
@options.isolated
def command(
    family: str | None, output_format: str, color: str, config: Path | None, isolated: bool
) -> None:
    """List the rules with their severity, whether they run by default, and what their fixes are.

    \b
    nbcoach rules --family state
    nbcoach rules --output-format json
    """
    from nbcoach.cli.rule_list import find, listing
    from nbcoach.cli.terminal import style_for, write
    from nbcoach.plugins import load_rules
    from nbcoach.settings import load

    rules = load_rules(load(Path.cwd(), config=config, isolated=isolated))
    found = list(rules) if family is None else find(rules, family)
    if output_format == "json":
        write(json.dumps([_as_object(entry) for entry in found], indent=2) + "\n")
    else:
        style = style_for(color, sys.stdout)
        write("".join(f"{line}\n" for line in listing(found, style)))


def _as_object(entry: "RuleEntry") -> dict[str, Any]:
    return {
        "code": entry.code,
        "name": entry.name,
        "summary": entry.summary,
        "family": entry.family,
        "severity": entry.severity.name.lower(),
        "confidence": entry.confidence.name.lower(),
        "default": entry.default,
        "fix": entry.safety.name.lower() if entry.safety is not None else "none",
        "options": {option.name: option.default for option in entry.options},
        "pack": entry.pack,
    }
