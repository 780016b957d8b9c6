"""What surrounds a notebook on disk: its project's root and the files in it."""

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nbcoach.notebook import Notebook

TRACKED: Final = "git's index"
ANYTHING: Final = "any file"
PAIRED: Final = "jupytext: "
"""The start of what is told about files that jupytext pairs."""


@dataclass(frozen=True, eq=False)
class Repository:
    """What git knows of the project at `root`."""

    root: Path

    @cached_property
    def tracked(self) -> frozenset[str] | None:
        """The paths that git tracks, relative to the root, with `/`; None without a repository."""
        import subprocess

        try:
            listing = subprocess.run(
                ["git", "-C", str(self.root), "ls-files", "-z", "--cached"],
                capture_output=True,
                check=True,
                timeout=60,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return frozenset(listing.stdout.decode(errors="replace").split("\0")) - {""}

    @cached_property
    def fingerprint(self) -> str:
        """A text that changes when what is tracked does."""
        from hashlib import sha256

        return sha256("\0".join(sorted(self.tracked or ())).encode()).hexdigest()


class Project:
    """The folder a notebook belongs to.

    `told` collects what rules were told about files: if all of it is still true, so are their
    findings. One project object serves one notebook; the repository may be shared.
    """

    def __init__(self, root: Path | None, repository: Repository | None = None) -> None:
        self._root = root
        self._repository = repository
        self.told: dict[str, str] = {}
        self._names: dict[tuple[str, str], frozenset[str] | None] = {}
        self._notebooks: dict[Path, Notebook | None] = {}

    @property
    def root(self) -> Path | None:
        """Its folder, None where nothing is known: for standard input and stray notebooks."""
        if self._root is not None:
            self.told[ANYTHING] = "was possible"
        return self._root

    @property
    def tracked(self) -> frozenset[str] | None:
        """The paths that git tracks, relative to the root, with `/`; None without a repository."""
        if self._root is None:
            return None
        repository = self._repository or Repository(self._root)
        self.told[TRACKED] = repository.fingerprint
        return repository.tracked

    @property
    def remotes(self) -> tuple[str, ...]:
        """The addresses that git fetches the project from; empty where none are known."""
        if self._root is None:
            return ()
        file = self._root / ".git" / "config"
        self.told[str(file)] = state_of(file)
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except OSError:  # no repository, or a worktree of one
            return ()
        return tuple(re.findall(r"^[ \t]*url[ \t]*=[ \t]*(\S+)", text, re.MULTILINE))

    def beside(self, notebook_path: str, target: str) -> Path | None:
        """The existing file that `target` names as seen from the notebook, inside this project."""
        if self._root is None:
            return None
        try:
            path = (Path(notebook_path).parent / target).resolve()
        except (OSError, ValueError, RuntimeError):  # no file has such a name
            return None
        if not path.is_relative_to(self._root.resolve()):
            return None
        state = self.told[str(path)] = state_of(path)
        return path if state else None

    def names_in(self, notebook_path: str, folder: str) -> frozenset[str] | None:
        """What lies in a folder, as seen from the notebook; None outside this project."""
        place = notebook_path, folder
        if place not in self._names:
            path = self.beside(notebook_path, folder)
            try:
                self._names[place] = None if path is None else frozenset(os.listdir(path))
            except OSError:  # a file, or a folder that may not be read
                self._names[place] = None
        return self._names[place]

    def files_named(self, notebook_path: str, name: str) -> tuple[str, ...]:
        """The tracked files with a name, as seen from the notebook, with `/`."""
        paths = [path for path in self.tracked or () if path.rpartition("/")[2] == name]
        folder = os.path.abspath(os.path.dirname(notebook_path))
        return tuple(
            os.path.relpath(os.path.join(str(self._root), path), folder).replace(os.sep, "/")
            for path in sorted(paths)
        )

    def notebook_at(self, notebook_path: str, target: str) -> "Notebook | None":
        """Another notebook of this project, as seen from this one; None where there is none."""
        path = self.beside(notebook_path, target)
        if path is None:
            return None
        if path not in self._notebooks:
            from nbcoach.documents import read

            try:
                document = read(str(path), path.read_bytes())
            except OSError:
                return None
            self._notebooks[path] = getattr(document, "notebook", None)
        return self._notebooks[path]


def state_of(path: Path) -> str:
    """A text that changes when the file does, empty if there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return ""
    return f"{status.st_mtime_ns} {status.st_size}"


def find_root(path: Path) -> Path | None:
    """The folder of the project that a file belongs to, None for a stray one.

    That is the root of its git repository, else the folder of its configuration file: a
    configuration further down does not make a link to the rest of the repository lead outside.
    """
    from nbcoach.settings.files import ConfigurationFiles

    for folder in path.absolute().parents:
        if (folder / ".git").exists():
            return folder
    file = ConfigurationFiles().nearest(str(path.absolute().parent))
    return file.path.parent if file else None
