"""`nbcoach check`."""

from pathlib import Path
from typing import Any

import click

from nbcoach.cli import options

_FORMATS = (
    *("text", "concise", "json", "json-lines", "github", "gitlab", "sarif", "junit", "rdjson"),
    *("markdown", "html"),
)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(short_help="Check notebooks, and repair them.")
@options.paths
@options.selection
@click.option("--tool", "tools", multiple=True, metavar="TOOL", help="Run this tool over them.")
@click.option("--fix", is_flag=True, help="Make the fixes that keep the meaning.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: the other fixes too.")
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--add-ignores", is_flag=True, help="Write suppressions for what is found.")
@click.option("--reason", metavar="TEXT", help="Why, for --add-ignores; default: not reviewed.")
@options.severities
@click.option("--statistics", is_flag=True, help="Print how often each rule was broken instead.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings and nothing else.")
@click.option("--output-format", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--output-file", "-o", type=_FILE, help="Write the report to this file.")
@click.option("--stdin-filename", metavar="NAME", help="Check standard input as this file.")
@click.option("--changed-since", metavar="REV", help="Tell what is new since this git revision.")
@click.option("--staged", is_flag=True, help="Check what git would commit: tell what is new in it.")
@click.option("--baseline", metavar="FILE", help="Keep the findings in this file silent.")
@click.option("--no-baseline", is_flag=True, help="Report the findings in the baseline as well.")
@click.option("--force-exclude", is_flag=True, default=None, help="Leave out excluded files, too.")
@click.option(
    "--skip-non-notebooks",
    is_flag=True,
    default=None,
    help="Pass over files that are named and no notebooks.",
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Use this many processes.")
@click.option("--cache/--no-cache", default=True, help="Remember the results of unchanged files.")
@options.colour
@options.config
@options.isolated
def command(paths: tuple[str, ...], no_baseline: bool, **given: Any) -> int:
    """Check the notebooks in PATHS, by default those below this folder; `-` is standard input.

    \b
    nbcoach check --fix                      make safe fixes
    nbcoach check --diff --unsafe-fixes      look at the other fixes first
    nbcoach check --add-ignores              or keep silent about what is there today
    nbcoach check --select state,NB301 a/    some rules, some notebooks
    nbcoach check --changed-since main       what this branch adds, cell by cell
    nbcoach check --output-format github     annotations in a pull request

    Exits with 0 if nothing was found, 1 if something was, 2 for a wrong command line or
    configuration, 3 if nbcoach itself failed.
    """
    from nbcoach.cli.request import STDIN, Request
    from nbcoach.cli.run import carry_out

    if no_baseline:
        given["baseline"] = False
    default = "." if given["stdin_filename"] is None else STDIN
    return carry_out(Request(paths=paths or (default,), **given))
