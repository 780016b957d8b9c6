"""The settings of a run, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from nbcoach.finding import Confidence, Severity

CACHE_FOLDER: Final = ".nbcoach_cache"
BASELINE_FILE: Final = ".nbcoach-baseline.json"


@dataclass(frozen=True, eq=False, kw_only=True)
class Settings:
    """Every option, with its default; a field's name with `-` for `_` is its key in the file.

    `root` is what globs and paths are relative to: the folder of the configuration file, else the
    one the run started in. `file` is that configuration file. `given` tells by key where a value
    came from ("profile teaching", a file's path, "command line"); keys not in it are at their
    default. `overrides` are the command line's values, which also hold over nested configuration.
    `nested` says whether configuration nearer to a notebook counts: not with `--config` and
    `--isolated`. `select` is None where the profile decides; `baseline` is None for no baseline;
    `ruff` is "auto" or whether ruff runs; `tools` are others with their options, as in a shell.
    """

    root: Path
    file: Path | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    overrides: Mapping[str, object] = field(default_factory=dict)
    nested: bool = True

    profile: str = "default"
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    preview: bool = False
    outputs: str = "any"
    ruff: bool | str = "auto"
    tools: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    confidence: Confidence = Confidence.LIKELY
    fail_on: Severity = Severity.WARNING
    show: Severity = Severity.WARNING

    include: tuple[str, ...] = ("*.ipynb", "*.py", "*.md", "*.Rmd", "*.qmd")
    exclude: tuple[str, ...] = (
        ".eggs",
        ".git",
        ".hg",
        ".nox",
        ".svn",
        ".tox",
        ".venv",
        "__pycache__",
        "build",
        "dist",
        "node_modules",
        "site-packages",
        "venv",
    )
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    skip_non_notebooks: bool = False
    respect_gitignore: bool = True
    max_size: int = 100 * 1024 * 1024

    rule_paths: tuple[Path, ...] = ()
    rules: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    baseline: Path | None = None
    cache: bool = True
    cache_dir: Path | None = None

    @property
    def isolated(self) -> bool:
        """Whether no configuration file counts, of whatever tool."""
        return not self.nested and self.file is None

    @property
    def cache_folder(self) -> Path:
        """Where results are cached: `cache-dir`, else a folder in the root."""
        return self.cache_dir or self.root / CACHE_FOLDER

    def fingerprint(self) -> str:
        """A text that differs wherever what is found in a notebook may differ."""
        values = ((name, getattr(self, name)) for name in self.__dataclass_fields__)
        return repr([(name, value) for name, value in values if name not in _ABOUT_THE_RUN])


_ABOUT_THE_RUN = frozenset(
    "root file given overrides nested fail_on show include exclude extend_exclude force_exclude "
    "skip_non_notebooks respect_gitignore baseline cache cache_dir".split()
)
"""The fields that say nothing about the findings in one notebook."""
