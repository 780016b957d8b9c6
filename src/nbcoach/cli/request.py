"""What one `nbcoach check` was asked to do."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nbcoach.errors import UsageError

if TYPE_CHECKING:
    from nbcoach.engine import Fixing
    from nbcoach.settings import Settings

STDIN: Final = "-"
DEFAULT_REASON: Final = "not reviewed"
_FOR_PEOPLE = frozenset({"text", "concise"})
_WITH_RAW_LINES = frozenset({"github", "gitlab", "json", "json-lines", "rdjson", "sarif"})


def from_here(paths: Sequence[str]) -> tuple[str, ...]:
    """Absolute paths below this folder made relative, as people and pull requests know them."""
    here = Path.cwd()
    return tuple(
        os.path.relpath(path) if Path(path).is_absolute() and here in Path(path).parents else path
        for path in paths
    )


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Request:
    """The arguments and options as given, None where nothing was said.

    Raises UsageError where they contradict each other.
    """

    paths: Sequence[str]
    stdin_filename: str | None = None
    select: Sequence[str] | None = None
    extend_select: Sequence[str] | None = None
    ignore: Sequence[str] | None = None
    preview: bool | None = None
    ruff: bool | None = None
    tools: Sequence[str] = ()
    profile: str | None = None
    confidence: str | None = None
    fail_on: str | None = None
    show: str | None = None
    baseline: str | bool | None = None
    force_exclude: bool | None = None
    skip_non_notebooks: bool | None = None
    config: Path | None = None
    isolated: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    add_ignores: bool = False
    reason: str | None = None
    output_format: str = "text"
    output_file: Path | None = None
    statistics: bool = False
    exit_zero: bool = False
    quiet: bool = False
    color: str = "auto"
    jobs: int | None = None
    cache: bool = True
    changed_since: str | None = None
    staged: bool = False

    def __post_init__(self) -> None:
        if self.unsafe_fixes and not (self.fix or self.diff):
            raise UsageError("`--unsafe-fixes` says which fixes; add `--fix` or `--diff`")
        if self.add_ignores and (self.fix or self.unsafe_fixes):
            raise UsageError("`--add-ignores` keeps what `--fix` repairs; fix first, then ignore")
        if self.add_ignores and self.staged and not self.diff:
            raise UsageError(
                "`--staged` looks at git's index; ignore in the files, then stage them"
            )
        if self.reason is not None:
            self._check_reason(self.reason)
        if self.statistics and not self.for_people:
            raise UsageError("`--statistics` goes with `--output-format text` or `concise` only")
        if self.stdin and (self.staged or self.changed_since is not None):
            raise UsageError("`--changed-since` and `--staged` need files that git knows")
        if self.staged and self.fix and not self.diff:
            raise UsageError("`--staged` looks at git's index; repair the files, then stage them")
        if self.isolated and self.config:
            raise UsageError("`--isolated` uses no configuration file; leave out `--config`")
        if self.stdin and set(self.paths) - {STDIN}:
            raise UsageError("standard input is checked alone; leave out the other paths")
        if self.tools and (self.stdin or self.staged):
            raise UsageError("`--tool` runs over files as they lie on disk; check those")
        if self.stdin_filename is not None and not self.stdin:
            raise UsageError("`--stdin-filename` is for standard input; leave out the paths")

    def _check_reason(self, reason: str) -> None:
        if not self.add_ignores:
            raise UsageError("`--reason` is written by `--add-ignores`; add that")
        if "-->" in reason or not reason.isprintable():
            raise UsageError("`--reason` goes into comments: one line of plain text, without `-->`")

    @property
    def stdin(self) -> bool:
        """Whether the notebook comes from standard input."""
        return STDIN in self.paths

    @property
    def for_people(self) -> bool:
        """Whether people read the output, not programs."""
        return self.output_format in _FOR_PEOPLE

    @property
    def since(self) -> str:
        """The revision to compare with, empty where everything is told."""
        return self.changed_since or ("HEAD" if self.staged else "")

    @property
    def raw_lines(self) -> bool:
        """Whether the format needs the lines of the files as they lie on disk."""
        return self.output_format in _WITH_RAW_LINES

    @property
    def fixing(self) -> "Fixing":
        """Which fixes to make, or with `diff` to show."""
        if self.add_ignores or not (self.fix or self.diff):
            return "none"
        return "unsafe" if self.unsafe_fixes else "safe"

    @property
    def ignoring(self) -> str | None:
        """The reason to write beside suppressions; None where none are to be written."""
        if not self.add_ignores:
            return None
        return DEFAULT_REASON if self.reason is None else self.reason.strip()

    @cached_property
    def settings(self) -> "Settings":
        """The settings where we stand. Raises SettingsError."""
        from nbcoach.settings import load

        said = {
            "select": self.select,
            "extend-select": self.extend_select,
            "ignore": self.ignore,
            "preview": self.preview,
            "ruff": self.ruff,
            "tools": self.tools or None,
            "profile": self.profile,
            "confidence": self.confidence,
            "fail-on": self.fail_on,
            "show": self.show,
            "baseline": self.baseline,
            "force-exclude": self.force_exclude,
            "skip-non-notebooks": self.skip_non_notebooks,
        }
        given = {key: value for key, value in said.items() if value is not None}
        return load(Path.cwd(), given, config=self.config, isolated=self.isolated)
