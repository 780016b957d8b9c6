"""Paths, globs and ignore files, made into the notebooks to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nbcoach.settings import NestedSettings
from nbcoach.subjects import Unreadable


@dataclass(frozen=True, slots=True)
class Found:
    """One file to look at, or a path where nothing can be looked at and why.

    `path` is spelt the way the user spelt the path it was found under.
    """

    path: str
    problem: Unreadable | None = None


def discover(paths: Sequence[str | Path], settings: NestedSettings) -> tuple[Found, ...]:
    """The notebooks that `paths` (files and folders) lead to, sorted and each once."""
    raise NotImplementedError
