"""Subjects that are not parts of a notebook: what the engine saw while it worked.

A rule subscribes to them as to any other subject, so that the engine reports nothing itself.
"""

from typing import NamedTuple

from nbcoach.notebook import Location, Span


class Unreadable(NamedTuple):
    """A file that is no notebook.

    `kind` is "empty", "not-utf8", "not-json", "not-notebook", "conflict", "too-large", "too-deep",
    "permission", "outside" or "missing"; `line` counts from 1, 0 where there is none.
    """

    kind: str
    reason: str
    line: int = 0


class SchemaViolation(NamedTuple):
    """A way in which a notebook breaks its nbformat schema.

    `path` leads to the first such place from the root, `others` to all that are like it but for
    the numbers of cells and outputs.
    """

    path: tuple[str | int, ...]
    reason: str
    others: tuple[tuple[str | int, ...], ...] = ()


class Crash(NamedTuple):
    """A rule that raised: its code and name, and what it raised."""

    code: str
    name: str
    error: str


class Suppression(NamedTuple):
    """Something in a notebook that keeps findings silent.

    `codes` are codes, prefixes or names as written, empty for all; `cell` is the cell it covers,
    None for the whole notebook; `lines` the first and last line (from 0) it covers, None for the
    whole cell. `location` is where it stands, `form` is "comment", "tag" or "metadata".
    """

    codes: tuple[str, ...]
    reason: str
    location: Location
    cell: int | None
    lines: tuple[int, int] | None = None
    form: str = "comment"


class UnknownSuppression(NamedTuple):
    """A suppression that names `code`, to which no rule answers; `near` is the nearest that is."""

    suppression: Suppression
    code: str
    near: str


class UnusedSuppression(NamedTuple):
    """A suppression of which `codes` silenced nothing, although their rules ran.

    `removal` is the span of the cell's source (comment forms) that goes when it is removed whole.
    """

    suppression: Suppression
    codes: tuple[str, ...]
    removal: Span | None


class Drift(NamedTuple):
    """A file that jupytext pairs with a notebook, and that holds other cells.

    `file` is its path as seen from the notebook, `format` what jupytext calls the format of the
    text among the two, and `cell` the first one that differs, from 0: it may be one too many.
    """

    file: str
    format: str
    cell: int
