"""How nbcoach and other linters are called, so that each does its work from scratch."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.whole_processes import Contender, installed

# nbqa runs the module that is installed beside it.
PEERS = {
    "ruff": ("ruff", "check", "--isolated", "--no-cache"),
    "nbqa-ruff": ("nbqa", "ruff"),
    "nbqa-flake8": ("nbqa", "flake8"),
    "nbqa-pylint": ("nbqa", "pylint"),
    "flake8-nb": ("flake8-nb",),
    "nborder": ("nborder", "check"),
    "pynblint": ("pynblint",),
}
_ALONE = {"RAYON_NUM_THREADS": "1"}


def nbcoach(name: str, target: Path, *options: str) -> Contender:
    """A run of nbcoach that prints its findings."""
    program = installed("nbcoach", [])
    given = ("--exit-zero", "--output-format", "concise", *options, str(target))
    return Contender(name, (program, "check", *given))


def peers(names: Iterable[str], target: Path, folders: Sequence[Path]) -> Iterator[Contender]:
    """Runs of some linters, each on one thread; `folders` are where they may be installed."""
    for name in names:
        program, *options = PEERS[name]
        found = installed(program, folders)
        yield Contender(name, (found, *options, str(target)), _ALONE)
