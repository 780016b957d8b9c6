"""Findings that were there when a project adopted nbcoach, and stay silent until touched."""

from collections.abc import Iterable
from dataclasses import dataclass

from nbcoach.finding import Finding
from nbcoach.notebook import Notebook


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """`count` alike findings: same rule, same cell, same text of the line.

    `cell` is the cell's id ("" where it has none); `source` the hash of its source, so that a cell
    matches after it moved or got another id; `line` the hash of the finding's line.
    """

    code: str
    cell: str
    source: str
    line: str
    count: int = 1


@dataclass(frozen=True, eq=False)
class Baseline:
    """The entries by notebook; paths are relative to the baseline's folder, with `/`."""

    entries: dict[str, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Known:
    """The findings that are new, how many were known, and how many entries matched nothing."""

    kept: tuple[Finding, ...]
    silenced: int
    stale: int


def entries(findings: Iterable[Finding], notebook: Notebook | None) -> tuple[Entry, ...]:
    """The entries that make these findings of one notebook known, sorted.

    `notebook` is None for a file that could not be read.
    """
    raise NotImplementedError


def apply(
    baseline: tuple[Entry, ...], findings: Iterable[Finding], notebook: Notebook | None
) -> Known:
    """The findings of one notebook that its part of a baseline does not know."""
    raise NotImplementedError


def dumps(baseline: Baseline) -> str:
    """The text of a baseline file: the same baseline is always the same text."""
    raise NotImplementedError


def loads(text: str) -> Baseline:
    """A baseline from its text. Raises SettingsError where it is none."""
    raise NotImplementedError
