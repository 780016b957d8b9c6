"""What to do with each file of a run, and what became of it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from nbcoach.report import FileResult

if TYPE_CHECKING:
    from nbcoach.bridges.tools.heard import Heard

Fixing = Literal["none", "safe", "unsafe"]


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with each file.

    `since` is a revision of git: what was found there already, in cells that are the same now, is
    not told. With `staged` files are read from git's index. `heard` is what other tools said,
    `heard_before` what they say about the files as they were at that revision. `examined` are the
    absolute paths of the `.ipynb` files of a run in which there are others. Files are compared
    with those that they are paired with if `paired`. `ignore` is the reason to write beside
    suppressions for what is found, None for writing none.
    """

    fix: Fixing = "none"
    diff: bool = False
    raw_lines: bool = False
    since: str = ""
    staged: bool = False
    heard: "Heard | None" = None
    heard_before: "Heard | None" = None
    examined: frozenset[str] = frozenset()
    paired: bool = True
    ignore: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    `told` is what rules were told about other files, see `Project`; `change` the contents that
    were repaired and those that they became, None where there was nothing to repair.
    """

    result: FileResult
    told: dict[str, str] = field(default_factory=dict)
    change: tuple[bytes, bytes] | None = None
