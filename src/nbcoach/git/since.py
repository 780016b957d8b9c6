"""What files were at an earlier revision, and what they are in the index."""

import os
from functools import cached_property
from pathlib import Path

from nbcoach.errors import ToolFailed
from nbcoach.git.changes import changes, commit_named
from nbcoach.git.repository import Git


class Since:
    """The repository around a folder at `revision`, and how its files differ from that now.

    With `staged` the files of the index are compared, not those on disk. Raises ToolFailed where
    there is no repository, or no such revision.
    """

    def __init__(self, folder: Path, revision: str, *, staged: bool = False) -> None:
        self._git = Git(folder)
        self._staged = staged
        self._commit = commit_named(self._git, revision)

    def is_changed(self, path: str) -> bool:
        """Whether a file is not what it was; new ones are changed, ones outside are not ours."""
        inside = self._inside(path)
        if inside is None:
            return not self._staged
        return inside in self._changed or (not self._staged and inside not in self._before)

    def before(self, path: str) -> bytes | None:
        """A file's contents at the revision, under the name it had then; None for a new file."""
        inside = self._inside(path)
        if inside is None:
            return None
        old = self._changed.get(inside, inside if inside in self._before else "")
        return self._git.ask_bytes("cat-file", "blob", f"{self._commit}:{old}") if old else None

    def now(self, path: str) -> bytes | None:
        """A file's contents in the index; None where it is not there."""
        try:
            return self._git.ask_bytes("cat-file", "blob", f":{self._inside(path)}")
        except ToolFailed:
            return None

    @cached_property
    def staged(self) -> tuple[str, ...]:
        """The paths of the files that the index changes, as seen from the current folder."""
        return tuple(os.path.relpath(self._git.root / path) for path in self._changed)

    @cached_property
    def _changed(self) -> dict[str, str]:
        """The changed files that are still there, from the root, with their names before."""
        cached = ["--cached"] if self._staged else []
        differing = changes(self._git, *cached, self._commit)
        return {names.after: names.before for names in differing if names.after}

    @cached_property
    def _before(self) -> frozenset[str]:
        listed = self._git.ask("ls-tree", "-r", "-z", "--name-only", "--full-tree", self._commit)
        return frozenset(filter(None, listed.split("\0")))

    def _inside(self, path: str) -> str | None:
        """A path as git knows it; None where it is not in this repository."""
        whole = Path(path).parent.resolve() / Path(path).name
        root = self._git.root.resolve()
        return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else None
