"""The files in which two states of a repository differ, with the names they had and have."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nbcoach.errors import ToolFailed
from nbcoach.git.repository import Git


class Names(NamedTuple):
    """The names of a file before and after, from the root; empty where it was not or is no more."""

    before: str
    after: str


def commit_named(git: Git, revision: str) -> str:
    """The name of a commit as an object, which can be taken for no option. Raises ToolFailed."""
    wanted = f"{revision}^{{commit}}"
    try:
        return git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", wanted).strip()
    except ToolFailed:
        raise ToolFailed(f"git knows no revision `{revision}`") from None


def changes(git: Git, *states: str, paths: Sequence[str] = ()) -> Iterator[Names]:
    """What differs between two commits, a commit and the disk, or with `--cached` the index.

    With `paths`, as seen from the repository's folder, only the files there, wherever they came
    from. Raises ToolFailed.
    """
    wanted = None if not paths else _changed_in(git, states, paths)
    for names in _statuses(git, states):
        if wanted is None or not wanted.isdisjoint(names):
            yield names


def _changed_in(git: Git, states: Sequence[str], paths: Sequence[str]) -> frozenset[str]:
    listed = git.ask(
        "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", *states, "--", *paths
    )
    return frozenset(filter(None, listed.split("\0")))


def _statuses(git: Git, states: Sequence[str]) -> Iterator[Names]:
    listed = git.ask("diff", "--name-status", "-z", "-M", "--no-ext-diff", *states, "--")
    words = iter(listed.split("\0"))
    for status in words:
        if not status:
            return
        name = next(words)
        match status[0]:
            case "R" | "C":
                yield Names(name, next(words))
            case "A":
                yield Names("", name)
            case "D":
                yield Names(name, "")
            case _:
                yield Names(name, name)
