"""A project set up for nbcoach step by step: configuration, hook, baseline."""

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbcoach.adoption import hooks
from nbcoach.adoption.change import Change
from nbcoach.adoption.configuration import configured
from nbcoach.adoption.proposal import propose
from nbcoach.adoption.survey import Survey, survey
from nbcoach.cli.progress import Progress
from nbcoach.cli.terminal import complain
from nbcoach.errors import SettingsError, UsageError
from nbcoach.escaping import visible
from nbcoach.reporters.counting import count, severities
from nbcoach.settings import load

if TYPE_CHECKING:
    from nbcoach.settings import Settings


class Adoption:
    """One run of `nbcoach init`; a wish is None where nothing was said."""

    def __init__(
        self,
        folder: Path,
        hooks: bool | None,
        baseline: bool | None,
        *,
        yes: bool,
        dry_run: bool,
    ) -> None:
        self._folder = folder
        self._wishes = {"hooks": hooks, "baseline": baseline}
        self._yes = yes
        self._dry_run = dry_run
        self._offers: list[tuple[str, str]] = []
        self._written: list[Path] = []
        self._next: list[tuple[str, str]] = []

    def carry_out(self) -> int:
        """Take all steps; the exit code."""
        settings = load(self._folder)
        with Progress(wanted=True) as progress:
            found = survey(self._folder, settings, progress)
        if self._wishes["hooks"] and found.repository is None:
            raise UsageError("hooks need a git repository; run `git init` first")
        click.echo(_seen(found, self._folder))
        fitting = self._configure(found, settings)
        if found.repository is not None and self._wishes["hooks"] is not False:
            self._hook(found.repository, found)
        code = self._keep_silent(fitting) if found.notebooks else 0
        self._end(found)
        return code

    def _wants(self, purpose: str, name: str = "") -> bool:
        """Whether to do something, as wished or answered; where nobody can be asked it is offered.

        The configuration, which has no name, is what one calls this command for.
        """
        wish = self._wishes.get(name)
        if wish is not None or self._yes:
            return wish is not False
        if not self._dry_run and sys.stdin.isatty() and sys.stdout.isatty():
            return click.confirm(f"\n{purpose[0].upper()}{purpose[1:]}?", default=True)
        if name:
            self._offers.append((f"--{name}", purpose))
        return not name

    def _configure(self, found: Survey, settings: "Settings") -> dict[str, object]:
        """Write the configuration; the settings in it, none where there is no new one."""
        if settings.file is not None:
            click.echo(
                f"\n{_shown(settings.file)} configures nbcoach already and stays as it is; "
                "`nbcoach config` shows what holds"
            )
            return {}
        if not (found.notebooks or found.foreign):
            click.echo(
                "\nNo configuration is needed to start with; run this again once there are some"
            )
            return {}
        proposals = propose(found)
        change = configured(self._folder, proposals, _opening(found))
        self._show(change)
        if not self._wants(f"write {_shown(change.path)}"):
            return {}
        self._make(change)
        return {one.key: one.value for one in proposals if not one.hint}

    def _hook(self, root: Path, found: Survey) -> None:
        """Add the hook for pre-commit."""
        path = root / hooks.FILE
        try:
            known = hooks.has_hook(path)
        except SettingsError as error:
            if self._wishes["hooks"]:
                raise
            complain(f"nbcoach: {visible(str(error))}")
            return
        if known:
            click.echo(f"\n{_shown(path)} has the hook already")
            return
        purpose = "check the notebooks of each commit, by pre-commit"
        if not self._wants(purpose, "hooks"):
            return
        change = hooks.hooked(root, found.formats)
        if change is None:
            click.echo(f"\n{_shown(path)} is yours to change; put this below `repos:`\n")
            lines = hooks.entry(hooks.source(), found.formats)
            click.echo("".join(f"    {line}\n" for line in lines))
            return
        self._show(change)
        self._make(change)
        self._next.append(("pre-commit install", "in each clone, once"))

    def _keep_silent(self, fitting: dict[str, object]) -> int:
        """Write a baseline, or say how; 3 if a notebook could not be checked."""
        from nbcoach.cli.baseline import record
        from nbcoach.engine import run

        settings = load(self._folder, {**fitting, "baseline": False})
        file = load(self._folder).baseline
        if self._wishes["baseline"] is False or file is None:
            return 0
        if file.exists():
            click.echo(f"\n{_shown(file)} is there already; `nbcoach baseline` renews it")
            return 0
        with Progress(wanted=True) as progress:
            report = run((self._folder,), settings, progress=progress)
        for failed in (result for result in report.files if result.error):
            complain(f"nbcoach: {visible(failed.path)}: {visible(failed.error)}")
        numbers = severities(placed.finding.severity for _, placed in report.findings())
        click.echo(f"\nFound today: {numbers or 'nothing'}")
        if not numbers:
            return 0
        if self._wants("keep these findings silent until their cells change", "baseline"):
            if not self._dry_run:
                click.echo(record(report, load(self._folder)))
            self._written.append(file)
        return 3 if report.exit_code == 3 else 0

    def _show(self, change: Change) -> None:
        click.echo(f"\n{_shown(change.path)} {'is new' if change.old is None else 'gets'}:\n")
        for line in change.added.splitlines():
            click.echo(f"    {visible(line)}".rstrip())

    def _make(self, change: Change) -> None:
        if not self._dry_run:
            change.make()
        self._written.append(change.path)

    def _end(self, found: Survey) -> None:
        """What was written, what is still on offer, and what to do now."""
        place = "" if self._folder == Path() else f" {shlex.quote(str(self._folder))}"
        names = list(map(_shown, self._written))
        verb = "Would write" if self._dry_run else "Wrote"
        click.echo(f"\n{verb} {', '.join(names)}" if names else "\nWrote nothing")
        offers = [(f"nbcoach init {option}{place}", why) for option, why in self._offers]
        _table("Also on offer", offers)
        if self._dry_run:
            return
        if names and found.repository is not None:
            self._next.insert(0, (shlex.join(["git", "add", *names]), "they are for everyone"))
        if found.notebooks:
            self._next.append((f"nbcoach check{place}", "what is found now"))
        _table("Next", self._next)


def _table(title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        width = max(len(command) for command, _ in rows)
        click.echo(f"\n{title}")
        for command, purpose in rows:
            click.echo(f"  {command:<{width}}  {purpose}")


def _seen(found: Survey, folder: Path) -> str:
    """What the survey saw, in a sentence."""
    where = "here" if folder == Path() else f"in {visible(str(folder))}"
    left_out = f", beside those in {', '.join(map(visible, found.foreign))}" * bool(found.foreign)
    if not found.notebooks:
        return f"There are no notebooks {where}{left_out}"
    formats = ", ".join(f"{number:,} {suffix}" for suffix, number in found.formats.most_common())
    return f"Looked at {count(len(found.notebooks), 'notebook')} {where}: {formats}{left_out}"


def _opening(found: Survey) -> str:
    amount = count(len(found.notebooks), "notebook")
    return f"Written by `nbcoach init`, which saw {amount}; all else is at its default."


def _shown(path: Path) -> str:
    return visible(os.path.relpath(path))
