"""What `nbcoach diff` was asked to compare: two files, or two states of a repository."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbcoach.comparing import Version
from nbcoach.discovery import would_find
from nbcoach.errors import ToolFailed, UsageError
from nbcoach.git.changes import changes, commit_named
from nbcoach.git.repository import Git
from nbcoach.reading import contents
from nbcoach.settings import NestedSettings
from nbcoach.subjects import Unreadable


@dataclass(frozen=True)
class Sides:
    """The revisions to compare, empty for what is on disk, and the notebooks that differ.

    `untracked` are notebooks on disk that git does not know.
    """

    before: str
    after: str
    pairs: Iterable[tuple[Version, Version]]
    untracked: tuple[str, ...] = ()


def sides(words: Sequence[str], paths: Sequence[str] | None, settings: NestedSettings) -> Sides:
    """What the words before `--` and the paths behind it, None without one, ask to compare.

    Raises UsageError and ToolFailed.
    """
    if paths is None and len(words) == 2 and all(map(_is_file, words)):
        old, new = (Version(word, contents(word, settings.of(word).max_size)) for word in words)
        return Sides("", "", ((old, new),))
    try:
        git = Git(Path.cwd())
    except ToolFailed as error:
        raise UsageError(
            f"{error}; outside of a repository compare two files: `nbcoach diff OLD NEW`"
        ) from None
    revisions, rest = _parted(words, paths, git)
    before, after = _states(revisions, git)
    return _of_repository(git, before, after, rest, settings)


def _is_file(word: str) -> bool:
    return os.path.exists(word) and not os.path.isdir(word)


def _parted(
    words: Sequence[str], paths: Sequence[str] | None, git: Git
) -> tuple[list[str], list[str]]:
    """The revisions and the paths among the words."""
    revisions: list[str] = []
    for number, word in enumerate(words):
        is_path = paths is None and os.path.exists(word)
        if _is_revision(word, git):
            if is_path:
                raise UsageError(
                    f"`{word}` is a revision and a path; put `--` behind it or in front of it"
                )
            revisions.append(word)
        elif is_path:
            return revisions, _existing(words[number:])
        elif paths is None:
            raise UsageError(
                f"`{word}` is neither a revision that git knows nor a file; "
                f"for a file that is gone write `-- {word}`"
            )
        else:
            raise UsageError(f"git knows no revision `{word}`")
    return revisions, list(paths or ())


def _existing(words: Sequence[str]) -> list[str]:
    for word in words:
        if not os.path.exists(word):
            raise UsageError(
                f"`{word}` does not exist; revisions come before paths, "
                f"and files that are gone behind `--`"
            )
    return list(words)


def _is_revision(word: str, git: Git) -> bool:
    if word == os.pardir:
        return False
    try:
        for revision in _ends(word):
            commit_named(git, revision)
    except ToolFailed:
        return False
    return True


def _ends(word: str) -> list[str]:
    """The revisions in a word: `main..topic` and `main...topic` are two."""
    dots = "..." if "..." in word else ".."
    return [end or "HEAD" for end in word.split(dots)] if dots in word else [word]


def _states(revisions: Sequence[str], git: Git) -> tuple[str, str]:
    """The state before, HEAD unless one is named, and the state after, empty for that on disk."""
    ends = [end for revision in revisions for end in _ends(revision)]
    if len(ends) > 2:
        raise UsageError(f"two revisions can be compared, not {len(ends)}: {', '.join(ends)}")
    if len(revisions) == 1 and "..." in revisions[0]:
        base = git.ask("merge-base", *(commit_named(git, end) for end in ends)).strip()
        return base[:12], ends[1]
    return (ends or ["HEAD"])[0], ends[1] if len(ends) == 2 else ""


def _of_repository(
    git: Git, before: str, after: str, paths: Sequence[str], settings: NestedSettings
) -> Sides:
    states = [commit_named(git, state) for state in (before, after) if state]
    there = {os.path.abspath(path) for path in paths}

    def is_wanted(path: str) -> bool:
        return os.path.abspath(path) in there or would_find(path, settings)

    def version(name: str, state: str) -> Version:
        path = os.path.relpath(git.root / name) if name else ""
        if not name:
            return Version(path, None)
        return Version(path, _contents(git, state, name, path, settings))

    pairs = (
        (version(names.before, states[0]), version(names.after, states[-1] if after else ""))
        for names in dict.fromkeys(changes(git, *states, paths=paths))
        if any(name and is_wanted(os.path.relpath(git.root / name)) for name in names)
    )
    untracked = () if after else tuple(filter(is_wanted, _untracked(git, paths)))
    return Sides(before, after, pairs, untracked)


def _contents(
    git: Git, commit: str, name: str, path: str, settings: NestedSettings
) -> bytes | Unreadable:
    """What a file holds in a commit, or on disk without one."""
    if not commit:
        return contents(path, settings.of(path).max_size)
    try:
        return git.ask_bytes("cat-file", "blob", f"{commit}:{name}")
    except ToolFailed as error:
        return Unreadable("missing", str(error))


def _untracked(git: Git, paths: Sequence[str]) -> Iterator[str]:
    listed = git.ask("ls-files", "--others", "--exclude-standard", "-z", "--", *(paths or [":/"]))
    return (path for path in listed.split("\0") if path.endswith(".ipynb"))
