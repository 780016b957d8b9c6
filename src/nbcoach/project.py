"""What surrounds a notebook on disk: its project's root and the files in it."""

import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True, eq=False)
class Project:
    """The folder a notebook belongs to. `root` is None for standard input: nothing is known."""

    root: Path | None

    @cached_property
    def tracked(self) -> frozenset[str] | None:
        """The paths that git tracks, relative to the root, with `/`; None without a repository."""
        if self.root is None:
            return None
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

    def beside(self, notebook_path: str, target: str) -> Path | None:
        """The existing file that `target` names as seen from the notebook, inside this project."""
        if self.root is None:
            return None
        path = (Path(notebook_path).parent / target).resolve()
        return path if path.is_relative_to(self.root.resolve()) and path.exists() else None


def find_root(path: Path) -> Path | None:
    """The nearest folder above `path` that holds a configuration file or a git repository."""
    raise NotImplementedError
