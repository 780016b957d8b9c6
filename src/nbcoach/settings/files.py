"""Configuration files: which one is nearest to a folder, and the table it holds."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from nbcoach.errors import SettingsError

NAMES: Final = ("nbcoach.toml", "pyproject.toml")
"""The names of configuration files; the first wins over the second in the same folder."""


class ConfigurationFile(NamedTuple):
    """A configuration file and nbcoach's table in it."""

    path: Path
    table: Mapping[str, Any]


class ConfigurationFiles:
    """Finds the nearest file above each folder; every folder is looked into once.

    `look` finds the file that counts in one folder: ours, or that of another tool.
    """

    def __init__(self, look: "Callable[[str], ConfigurationFile | None] | None" = None) -> None:
        self._look = look or in_folder
        self._nearest: dict[str, ConfigurationFile | None] = {}

    def nearest(self, folder: str) -> ConfigurationFile | None:
        """The nearest file in or above an absolute folder. Raises SettingsError."""
        unknown = []
        while folder not in self._nearest:
            unknown.append(folder)
            found = self._look(folder)
            parent = os.path.dirname(folder)
            if found is not None or parent == folder:
                self._nearest[folder] = found
                break
            folder = parent
        nearest = self._nearest[folder]
        self._nearest.update(dict.fromkeys(unknown, nearest))
        return nearest


def in_folder(folder: str) -> ConfigurationFile | None:
    """The file that counts in one folder: one without a table for nbcoach is passed over."""
    for name in NAMES:
        path = os.path.join(folder, name)
        try:
            with open(path, "rb") as file:
                data = file.read()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            continue
        except OSError as error:
            raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
        table = _table_in(data, path)
        if table is not None:
            return ConfigurationFile(Path(path), table)
    return None


def read_file(path: Path) -> ConfigurationFile:
    """A file that the user named. Raises SettingsError if it is not there or holds nothing."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    table = _table_in(data, str(path))
    if table is None:
        raise SettingsError(f"{path}: has no table `[tool.nbcoach]`")
    return ConfigurationFile(path, table)


def _table_in(data: bytes, path: str) -> Mapping[str, Any] | None:
    within_project = os.path.basename(path) == "pyproject.toml"
    # Most project files are not about us: spare them, and ourselves, the parser.
    if within_project and b"nbcoach" not in data:
        return None
    content = _parse(data, path)
    if not within_project:
        return content
    tools = content.get("tool")
    table = tools.get("nbcoach") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise SettingsError(f"{path}: `tool.nbcoach` must be a table, not `{table}`")
    return table


def _parse(data: bytes, path: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{path}: is not TOML: {error}") from None
