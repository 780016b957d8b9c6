"""jupytext's own configuration files: which one is nearest to a folder, and its text."""

import os
from typing import Final, NamedTuple

_PROJECT: Final = "pyproject.toml"
_STEM: Final = "jupytext"
# As jupytext ranks them. The one in Python is a program, which checking must not run.
_PROGRAM: Final = f".{_STEM}.py"
_NAMES: Final = (
    *(f"{dot}{_STEM}{end}" for dot in ("", ".") for end in ("", ".toml", ".yml", ".yaml", ".json")),
    _PROGRAM,
)


class Configuration(NamedTuple):
    """A file and its text, which is empty for a program."""

    path: str
    text: str


class Configurations:
    """Finds the nearest file above each folder; every folder is looked into once."""

    def __init__(self) -> None:
        self._nearest: dict[str, Configuration | None] = {}

    def nearest(self, folder: str) -> Configuration | None:
        """The file that jupytext heeds in a folder, but for those of the whole machine."""
        if folder not in self._nearest:
            parent = os.path.dirname(folder)
            above = None if parent == folder else self.nearest(parent)
            self._nearest[folder] = _in_folder(folder) or above
        return self._nearest[folder]


def _in_folder(folder: str) -> Configuration | None:
    for name in _NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return Configuration(path, "" if name == _PROGRAM else _text(path))
    path = os.path.join(folder, _PROJECT)
    text = _text(path) if os.path.isfile(path) else ""
    return Configuration(path, text) if _STEM in text and _has_table(text) else None


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:  # one that may not be read says nothing
        return ""


def _has_table(project: str) -> bool:
    import tomllib

    try:
        tool = tomllib.loads(project).get("tool")
    except tomllib.TOMLDecodeError:
        return False
    return isinstance(tool, dict) and tool.get(_STEM) is not None
