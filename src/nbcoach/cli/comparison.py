"""Notebooks compared as `nbcoach diff` was asked to, and the answer printed."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from nbcoach.cli.progress import Progress
from nbcoach.cli.request import Request
from nbcoach.cli.sides import sides
from nbcoach.cli.terminal import columns, complain, wants_colour, write
from nbcoach.comparing import Differ, compare
from nbcoach.report import Comparisons
from nbcoach.reporters.counting import count, some_of
from nbcoach.reporters.text import View
from nbcoach.settings import NestedSettings

if TYPE_CHECKING:
    from nbcoach.plugins import RuleEntry


def compared(request: Request, paths: Sequence[str] | None, differ: Differ | None) -> Comparisons:
    """All notebooks that differ between the sides; `paths` are the words behind `--`."""
    settings = request.settings
    asked = sides(request.paths, paths, NestedSettings(settings))
    with Progress(wanted=not request.quiet):
        found = tuple(compare(asked.pairs, settings, differ, raw_lines=request.raw_lines))
    if asked.untracked and not request.quiet:
        complain(
            f"Left out {count(len(asked.untracked), 'notebook')} that git does not track "
            f"(`git add -N` makes it do so): {some_of(asked.untracked)}"
        )
    return Comparisons(asked.before, asked.after, found, settings.fail_on)


def publish(found: Comparisons, request: Request) -> None:
    """Print what was found in the format that was asked for."""
    if request.output_format == "json":
        from nbcoach.reporters import json_comparison

        write(json_comparison.report(found))
        return
    from nbcoach.reporters.text.comparison import report

    view = View(
        colour=wants_colour(request.color, sys.stdout),
        width=columns(sys.stdout),
        show=request.settings.show,
        rules=_rules(found, request),
        quiet=request.quiet,
    )
    write(report(found, view, concise=request.output_format == "concise"))


def _rules(found: Comparisons, request: Request) -> "Mapping[str, RuleEntry]":
    """What is known of the rules, where there is anything to say about one."""
    if not any(notebook.appeared for notebook in found.notebooks):
        return {}
    from nbcoach.plugins import load_rules

    return {entry.code: entry for entry in load_rules(request.settings)}
