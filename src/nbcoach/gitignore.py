"""What git ignores: `.gitignore` files in the folders of a repository, and its exclude file."""

import os
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE: Final = ".gitignore"
REPOSITORY: Final = ".git"


class Ignored(NamedTuple):
    """The patterns of one folder in a repository, None if it has none, and of those above it."""

    folder: str
    spec: "GitIgnoreSpec | None" = None
    above: "Ignored | None" = None

    def covers(self, path: str, *, is_folder: bool) -> bool:
        """Whether git ignores a path below the folder, given that it enters the path's folder.

        The nearest file that says something about the path decides.
        """
        level: Ignored | None = self
        while level is not None:
            relative = path[len(level.folder) :].lstrip(os.sep).replace(os.sep, "/")
            if level.spec is not None:
                said = level.spec.check_file(relative + "/" if is_folder else relative).include
                if said is not None:
                    return said
            level = level.above
        return False


def ignored_above(folder: str) -> Ignored | None:
    """What holds in an absolute folder by the patterns above it; None outside of a repository.

    Where git ignores the folder itself nothing holds: who asks for it wants to see what is in it.
    """
    ancestors = _up_to_repository(folder)
    if not ancestors:
        return None
    ignored: Ignored | None = None
    for place in reversed(ancestors):
        if ignored is not None and ignored.covers(place, is_folder=True):
            return Ignored(folder)
        if place != folder:
            ignored = entering(place, ignored)
    return ignored


def entering(folder: str, above: Ignored | None) -> Ignored | None:
    """What holds in a folder, given what does above it; every repository starts anew."""
    lines = _lines(os.path.join(folder, IGNORE_FILE))
    if os.path.lexists(os.path.join(folder, REPOSITORY)):
        lines = _lines(os.path.join(folder, REPOSITORY, "info", "exclude")) + lines
        return Ignored(folder, _spec(lines) if lines else None)
    if above is None or not lines:
        return above
    return Ignored(folder, _spec(lines), above)


def _up_to_repository(folder: str) -> list[str]:
    """The folder and those above it up to the root of its repository; none outside of one."""
    passed = [folder]
    while not os.path.lexists(os.path.join(folder, REPOSITORY)):
        parent = os.path.dirname(folder)
        if parent == folder:
            return []
        folder = parent
        passed.append(folder)
    return passed


def _lines(file: str) -> list[str]:
    try:
        with open(file, encoding="utf-8-sig", errors="surrogateescape") as lines:
            return [line for line in lines.read().splitlines() if line and not line.startswith("#")]
    except OSError:
        # As git does: a file that cannot be read ignores nothing.
        return []


def _spec(lines: list[str]) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    """Whether git would take the line for a pattern: it passes over the others in silence."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
