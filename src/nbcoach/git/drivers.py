"""The programs that git calls for notebooks: set up, looked at, and taken away again."""

import shlex
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from nbcoach.errors import ToolFailed
from nbcoach.git.attributes import block_of, with_block
from nbcoach.git.repository import Git

PATTERN: Final = "*.ipynb"
_PROBE: Final = "nbcoach-probe.ipynb"


class Driver(NamedTuple):
    """One thing that git leaves to another program.

    `attribute` is what a path is marked with, `value` the name of the program's section in git's
    settings, `settings` what that section says; `purpose` is for people.
    """

    attribute: str
    value: str
    settings: tuple[tuple[str, str], ...]
    purpose: str

    @property
    def section(self) -> str:
        """The section of git's settings that names the program."""
        return f"{self.attribute}.{self.value}"


class State(NamedTuple):
    """How a driver stands: `marked` is the value its attribute has for notebooks."""

    driver: Driver
    marked: str
    commands: tuple[str, ...]

    @property
    def is_ours(self) -> bool:
        """Whether git calls this driver for notebooks."""
        return self.marked == self.driver.value and bool(self.commands)


DIFF: Final = Driver("diff", "jupyternotebook", (), "diffs cell by cell")
MERGE: Final = Driver("merge", "jupyternotebook", (), "merges cell by cell")
FILTER: Final = Driver("filter", "nbcoach", (), "commits without outputs")
_ALL: Final = (DIFF, MERGE, FILTER)


def notebook_drivers() -> tuple[Driver, ...]:
    """nbdime's drivers, which show and merge notebooks cell by cell. Raises ToolFailed."""
    shows, merges = map(_program, ("git-nbdiffdriver", "git-nbmergedriver"))
    name = "jupyter notebook merge driver"
    return (
        DIFF._replace(settings=(("command", f"{shows} diff --use-filter"),)),
        MERGE._replace(settings=(("driver", f"{merges} merge %O %A %B %L %P"), ("name", name))),
    )


def cleaning_filter() -> Driver:
    """The filter that keeps outputs, run counts and editor noise out of commits."""
    command = f"{shlex.quote(sys.executable)} -m nbcoach clean --stdin-filename %f -"
    return FILTER._replace(settings=(("clean", command), ("smudge", "cat"), ("required", "true")))


def setup(git: Git, drivers: Iterable[Driver], *, shared: bool) -> Path:
    """Let git call these drivers for notebooks; the file that now marks notebooks.

    The marks go to `.gitattributes`, which is committed, if `shared`, else to git's own folder;
    the programs to the settings of this clone. Raises ToolFailed, before anything is changed, if
    another program is already set up for the same purpose.
    """
    drivers = tuple(drivers)
    for driver in drivers:
        marked = git.attribute(driver.attribute, _PROBE)
        if marked not in ("", driver.value):
            raise ToolFailed(
                f"git already has `{driver.attribute}={marked}` for notebooks; remove that line "
                f"from .gitattributes first"
            )
    for driver in drivers:
        for name, value in driver.settings:
            git.set(f"{driver.section}.{name}", value)
    file = git.root / ".gitattributes" if shared else git.path("info/attributes")
    marks = dict.fromkeys([*_marks(file), *map(_mark, drivers)])
    _write(file, [" ".join([PATTERN, *marks])])
    return file


def undo(git: Git) -> tuple[str, ...]:
    """Take away all that `setup` set up; what was taken away, in words.

    Settings go for what our lines mark, and for the filter, whose name is ours in any case.
    """
    gone, marks = [], {_mark(FILTER)}
    for file in (git.root / ".gitattributes", git.path("info/attributes")):
        ours = _marks(file)
        if ours:
            marks.update(ours)
            _write(file, [])
            gone.append(f"the line in {_shown(file, git)}")
    for driver in _ALL:
        is_set = any(name.startswith(f"{driver.section}.") for name in git.settings)
        if is_set and _mark(driver) in marks:
            git.remove_section(driver.section)
            gone.append(f"`{driver.section}` in git's settings")
    return tuple(gone)


def states(git: Git) -> tuple[State, ...]:
    """How each driver stands in this clone."""
    return tuple(
        State(
            driver,
            git.attribute(driver.attribute, _PROBE),
            tuple(
                command
                for name, command in git.settings.items()
                if name.startswith(f"{driver.section}.")
                and name.endswith((".command", ".driver", ".clean"))
            ),
        )
        for driver in _ALL
    )


def _mark(driver: Driver) -> str:
    return f"{driver.attribute}={driver.value}"


def _marks(file: Path) -> list[str]:
    """What our lines in a file mark notebooks with."""
    return [mark for line in block_of(_text(file)) for mark in line.split()[1:]]


def _program(name: str) -> str:
    """The command that starts a program of nbdime's, also where its folder is not on the PATH."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise ToolFailed("nbdime is not installed; run `pip install 'nbcoach[diff]'` first")
    return shlex.quote(Path(found).as_posix())


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "surrogateescape") if file.exists() else ""


def _write(file: Path, lines: list[str]) -> None:
    text = with_block(_text(file), lines)
    if text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
    else:
        file.unlink()


def _shown(file: Path, git: Git) -> str:
    return str(file.relative_to(git.root)) if file.is_relative_to(git.root) else str(file)
