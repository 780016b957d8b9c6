"""Which configuration of ruff governs a notebook."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from nbcoach.project import state_of
from nbcoach.settings import ConfigurationFile

# In the order in which ruff prefers them; a user's own file far from the notebook counts nothing,
# so that everyone who checks the notebook finds the same.
_NAMES: Final = (".ruff.toml", "ruff.toml", "pyproject.toml")
_SELECTIONS: Final = ("select", "extend-select")


def in_folder(folder: str) -> ConfigurationFile | None:
    """The file in one folder that ruff would heed; a project file counts if it speaks of ruff."""
    for name in _NAMES:
        path = os.path.join(folder, name)
        table = _table_in(path) if os.path.isfile(path) else None
        if table is not None:
            return ConfigurationFile(Path(path), table)
    return None


def state(file: ConfigurationFile) -> str:
    """A text that changes when the file does, or one of those that it extends."""
    return " ".join(f"{path} {state_of(path)}" for path in _chain(file))


def exact_codes(file: ConfigurationFile) -> frozenset[str]:
    """What the file itself selects, by whatever selectors."""
    tables = file.table, file.table.get("lint")
    lists = [table.get(key) for table in tables if isinstance(table, dict) for key in _SELECTIONS]
    return frozenset(
        code for codes in lists if isinstance(codes, list) for code in codes if type(code) is str
    )


def _chain(file: ConfigurationFile) -> Iterator[Path]:
    path, table = file
    seen: set[Path] = set()
    while path not in seen:
        seen.add(path)
        yield path
        extended = table.get("extend")
        if not isinstance(extended, str):
            return
        path = path.parent / os.path.expandvars(os.path.expanduser(extended))
        table = _table_in(str(path)) or {}


def _table_in(path: str) -> Mapping[str, Any] | None:
    """Ruff's table, empty where a file for ruff cannot be read: ruff itself will say why."""
    is_project = os.path.basename(path) == "pyproject.toml"
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None if is_project else {}
    if is_project and b"ruff" not in data:
        return None
    import tomllib

    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return None if is_project else {}
    if not is_project:
        return content
    tools = content.get("tool")
    table = tools.get("ruff") if isinstance(tools, dict) else None
    return table if isinstance(table, dict) else None
