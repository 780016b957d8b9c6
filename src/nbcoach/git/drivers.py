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


def notebook_drivers() -> tuple[Driver, ...]:
    """nbdime's drivers, which show and merge notebooks cell by cell. Raises ToolFailed."""
    shows, merges = map(_program, ("git-nbdiffdriver", "git-nbmergedriver"))
    return (
        Driver(
            "diff",
            "jupyternotebook",
            (("command", f"{shows} diff --use-filter"),),
            "diffs cell by cell (nbdime)",
        ),
        Driver(
            "merge",
            "jupyternotebook",
            (
                ("driver", f"{merges} merge %O %A %B %L %P"),
                ("name", "jupyter notebook merge driver"),
            ),
            "merges cell by cell (nbdime)",
        ),
    )


def cleaning_filter() -> Driver:
    """The filter that keeps outputs, run counts and editor noise out of commits."""
    command = f"{shlex.quote(sys.executable)} -m nbcoach clean --stdin-filename %f -"
    settings = (("clean", command), ("smudge", "cat"), ("required", "true"))
    return Driver("filter", "nbcoach", settings, "commits without outputs (nbcoach clean)")


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
    marks = [f"{driver.attribute}={driver.value}" for driver in drivers]
    kept = [mark for line in block_of(_text(file)) for mark in line.split()[1:]]
    _write(file, [" ".join([PATTERN, *dict.fromkeys([*kept, *marks])])])
    return file


def undo(git: Git) -> tuple[str, ...]:
    """Take away all that `setup` set up; what was taken away, in words."""
    gone = []
    for file in (git.root / ".gitattributes", git.path("info/attributes")):
        if block_of(_text(file)):
            _write(file, [])
            gone.append(f"the line in {_shown(file, git)}")
    for section in ("diff.jupyternotebook", "merge.jupyternotebook", "filter.nbcoach"):
        if any(name.startswith(f"{section}.") for name in git.settings):
            git.remove_section(section)
            gone.append(f"`{section}` in git's settings")
    return tuple(gone)


def states(git: Git) -> tuple[State, ...]:
    """How each driver stands in this clone."""
    known = (("diff", "jupyternotebook"), ("merge", "jupyternotebook"), ("filter", "nbcoach"))
    purposes = ("diffs cell by cell", "merges cell by cell", "commits without outputs")
    found = []
    for (attribute, value), purpose in zip(known, purposes, strict=True):
        driver = Driver(attribute, value, (), purpose)
        commands = [
            command
            for name, command in git.settings.items()
            if name.startswith(f"{driver.section}.")
            and name.endswith((".command", ".driver", ".clean"))
        ]
        found.append(State(driver, git.attribute(attribute, _PROBE), tuple(commands)))
    return tuple(found)


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
