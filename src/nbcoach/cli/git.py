"""`nbcoach git`."""

from pathlib import Path

import click


@click.group(short_help="Teach git to show, merge and clean notebooks.")
def command() -> None:
    """Teach git, in this clone, to show, merge and clean notebooks.

    \b
    nbcoach git setup             diffs and merges cell by cell, by nbdime
    nbcoach git setup --clean     and commits without outputs
    nbcoach git status            what is set up, and which notebooks are in conflict
    nbcoach git undo              take it all away again
    """


@command.command(short_help="Set up drivers for notebooks.")
@click.option("--clean", is_flag=True, help="Keep outputs and editor noise out of commits, too.")
@click.option("--only-clean", is_flag=True, help="Set up cleaning, and leave diffs and merges.")
@click.option("--local", is_flag=True, help="Mark notebooks in this clone, not in .gitattributes.")
def setup(clean: bool, only_clean: bool, local: bool) -> None:
    """Let git show and merge notebooks cell by cell, and with --clean commit them clean.

    The files that git is to treat so are marked in .gitattributes, for everyone; the programs are
    named in the settings of this clone alone, so everyone runs this once.
    """
    from nbcoach.git.drivers import cleaning_filter, notebook_drivers
    from nbcoach.git.drivers import setup as set_up
    from nbcoach.git.repository import Git

    git = Git(Path.cwd())
    drivers = () if only_clean else notebook_drivers()
    if clean or only_clean:
        drivers = (*drivers, cleaning_filter())
    file = set_up(git, drivers, shared=not local)
    for driver in drivers:
        click.echo(f"git now makes {driver.purpose}")
    if not local:
        click.echo(f"Commit {file.name}: it marks notebooks for everyone who runs this command")
    if clean or only_clean:
        click.echo(
            "Outputs stay in your files; to take them out of what is already committed:\n"
            "    git add --renormalize . && git commit"
        )


@command.command(short_help="Tell what is set up.")
def status() -> int:
    """Tell which drivers are set up here, and which notebooks a merge left in conflict."""
    from nbcoach.escaping import visible
    from nbcoach.git.drivers import states
    from nbcoach.git.repository import Git

    git = Git(Path.cwd())
    for state in states(git):
        if state.is_ours:
            said = f"by `{visible(state.commands[0])}`"
        elif state.marked == state.driver.value:
            said = "marked, but not set up in this clone; run `nbcoach git setup`"
        elif state.marked:
            said = f"by another driver, `{visible(state.marked)}`"
        else:
            said = "not set up"
        click.echo(f"{state.driver.purpose}: {said}")
    conflicts = [path for path in git.unmerged() if path.endswith(".ipynb")]
    for path in conflicts:
        click.echo(f"\n{visible(path)} is in conflict. The ways out:")
        click.echo(_WAYS_OUT.format(path=visible(path)))
    return int(bool(conflicts))


_WAYS_OUT = """\
  take one side         git checkout --ours '{path}'    (or --theirs)
  merge cell by cell    nbcoach git setup && git checkout --merge '{path}'
  then say it is done   git add '{path}'"""


@command.command(short_help="Take away what setup set up.")
def undo() -> None:
    """Take away what `nbcoach git setup` set up, and nothing else."""
    from nbcoach.git.drivers import undo as take_away
    from nbcoach.git.repository import Git

    gone = take_away(Git(Path.cwd()))
    for thing in gone:
        click.echo(f"Removed {thing}")
    if not gone:
        click.echo("Nothing was set up here")
