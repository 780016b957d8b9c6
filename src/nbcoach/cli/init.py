"""`nbcoach init`."""

from pathlib import Path

import click


@click.command(short_help="Configure nbcoach for a project.")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False))
@click.option("--hooks/--no-hooks", default=None, help="Check each commit, by pre-commit.")
@click.option("--baseline/--no-baseline", default=None, help="Keep today's findings silent.")
@click.option("--yes", "-y", is_flag=True, help="Do all that is on offer, and ask nothing.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def command(
    folder: str, hooks: bool | None, baseline: bool | None, yes: bool, dry_run: bool
) -> int:
    """Look at the notebooks in FOLDER, and write a configuration that fits them, with its reasons.

    \b
    nbcoach init --dry-run     look first
    nbcoach init --yes         the configuration, the hook for pre-commit and a baseline
    nbcoach init --hooks       the configuration and the hook

    A configuration that is there already stays as it is. In a terminal you are asked; elsewhere
    the configuration alone is written, and the commands for the rest are printed.
    """
    from nbcoach.cli.adopting import Adoption

    return Adoption(Path(folder), hooks, baseline, yes=yes, dry_run=dry_run).carry_out()
