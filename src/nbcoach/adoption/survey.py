"""What a project looks like to somebody who is about to configure nbcoach for it."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from nbcoach.bridges.ruff import configuration
from nbcoach.discovery import discover
from nbcoach.documents import read
from nbcoach.globs import relative
from nbcoach.notebook import Notebook
from nbcoach.project import find_root
from nbcoach.reading import contents
from nbcoach.settings import ConfigurationFiles, NestedSettings, Settings
from nbcoach.subjects import Unreadable


class Seen(NamedTuple):
    """One notebook: its path from the folder with `/`, and what matters about it.

    `runs` and `results` tell whether it has run counts and outputs; `complete` whether every cell
    with code has a count. All are false where the format stores neither.
    """

    path: str
    code: bool = False
    runs: bool = False
    results: bool = False
    complete: bool = False
    exercise: bool = False

    @property
    def suffix(self) -> str:
        """`.ipynb`, or that of a text format."""
        return os.path.splitext(self.path)[1]


@dataclass(frozen=True, eq=False)
class Survey:
    """What was seen in a folder.

    `foreign` are the folders that hold somebody else's notebooks or generated ones, with what gave
    them away; their notebooks are not in `notebooks`. `repository` is the root of git's, None
    outside of one; `ruff` the configuration of ruff that governs the folder.
    """

    folder: Path
    notebooks: tuple[Seen, ...]
    foreign: dict[str, str] = field(default_factory=dict)
    repository: Path | None = None
    ruff: Path | None = None

    @property
    def stored(self) -> list[Seen]:
        """The notebooks that could hold outputs, and have code to make some."""
        return [seen for seen in self.notebooks if seen.suffix == ".ipynb" and seen.code]

    @property
    def text(self) -> list[Seen]:
        """The notebooks that are kept as text."""
        return [seen for seen in self.notebooks if seen.suffix != ".ipynb"]

    @property
    def formats(self) -> Counter[str]:
        """How many notebooks there are by their suffixes."""
        return Counter(seen.suffix for seen in self.notebooks)


def survey(
    folder: Path, settings: Settings, progress: Callable[[int, int], None] | None = None
) -> Survey:
    """Look at all notebooks below a folder, and at what surrounds them."""
    files = [one.path for one in discover((folder,), NestedSettings(settings)) if not one.problem]
    foreign: dict[str, str] = {}
    seen: list[Seen] = []
    submodules = _submodules(folder)
    for number, path in enumerate(files):
        place = relative(os.path.abspath(path), os.path.abspath(folder))
        outside = next(_foreign_folders(place, submodules), None)
        if outside is not None:
            foreign.setdefault(*outside)
        else:
            seen += _look(path, place, settings.max_size)
        if progress is not None:
            progress(number + 1, len(files))
    root = find_root(folder.absolute() / "notebook")
    governing = ConfigurationFiles(configuration.in_folder).nearest(os.path.abspath(folder))
    return Survey(
        folder,
        tuple(seen),
        foreign,
        root if root is not None and (root / ".git").exists() else None,
        governing.path if governing else None,
    )


def _look(path: str, place: str, max_size: int) -> Iterator[Seen]:
    data = contents(path, max_size)
    document = data if isinstance(data, Unreadable) else read(path, data, max_size)
    if isinstance(document, Unreadable):
        yield Seen(place)
        return
    notebook = document.notebook
    cells = [cell for cell in notebook.code_cells if cell.source.strip()]
    counted = [cell for cell in cells if cell.execution_count is not None]
    yield Seen(
        place,
        code=bool(cells),
        runs=bool(counted),
        results=any(cell.outputs for cell in cells),
        complete=bool(cells) and len(counted) == len(cells),
        exercise=_is_exercise(notebook),
    )


def _is_exercise(notebook: Notebook) -> bool:
    """Whether a cell waits for a student, or a grader."""
    return any("nbgrader" in cell.metadata for cell in notebook.cells) or any(
        cell.awaits_code for cell in notebook.code_cells
    )


def _foreign_folders(place: str, submodules: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The folders that a notebook lies in that are not the project's own work."""
    parts = place.split("/")[:-1]
    for depth, name in enumerate(parts, 1):
        folder = "/".join(parts[:depth])
        if folder in submodules:
            yield folder, "a submodule of git"
        elif name.lower() in _OF_OTHERS:
            yield folder, "others' work, by its name"
        elif name.lower() in _GENERATED:
            yield folder, "made by a program, by its name"


def _submodules(folder: Path) -> frozenset[str]:
    data = contents(str(folder / ".gitmodules"), _LARGEST_LIST)
    if isinstance(data, Unreadable):
        return frozenset()
    return frozenset(_SUBMODULE.findall(data.decode("utf-8", "replace")))


_LARGEST_LIST: Final = 1_000_000
_SUBMODULE: Final = re.compile(r"^[ \t]*path[ \t]*=[ \t]*(\S[^\r\n]*?)[ \t]*$", re.MULTILINE)
_OF_OTHERS: Final = frozenset({"third_party", "third-party", "vendor", "vendored"})
_GENERATED: Final = frozenset({"_build", "auto_examples", "generated", "jupyter_execute"})
