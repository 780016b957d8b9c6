"""What each key of a configuration file may hold, and how it becomes a setting."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from nbcoach.errors import SettingsError
from nbcoach.finding import Confidence, Severity
from nbcoach.settings.profiles import OUTPUT_POLICIES, PROFILES

Read = Callable[[Any, Path], object]
"""Turns a TOML value into a setting; paths in it are relative to the given folder."""


def read_values(table: Mapping[str, object], folder: Path, source: str) -> dict[str, Any]:
    """The settings in a table by key. Raises SettingsError, which names `source` and the key."""
    values = {}
    for key, value in table.items():
        if key not in READERS:
            raise SettingsError(f"{source}: unknown key `{key}`; {_nearest(key, READERS)}")
        try:
            values[key] = READERS[key](value, folder)
        except SettingsError as error:
            raise SettingsError(f"{source}: `{key}` {error}") from None
    return values


def _boolean(value: object, _: Path) -> bool:
    if not isinstance(value, bool):
        raise _unfit("true or false", value)
    return value


def _boolean_or_auto(value: object, _: Path) -> bool | str:
    if value != "auto" and not isinstance(value, bool):
        raise _unfit('true, false or "auto"', value)
    return value if isinstance(value, bool) else "auto"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _unfit("text", value)
    return value


def _texts(value: object, _: Path) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise _unfit("a list of text", value)
    return tuple(value)


def _globs(value: object, folder: Path) -> tuple[str, ...]:
    patterns = _texts(value, folder)
    for pattern in patterns:
        _check_glob(pattern)
    return patterns


def _check_glob(pattern: str) -> None:
    from nbcoach.globs import translate

    try:
        re.compile(translate(pattern))
    except re.error as error:
        raise SettingsError(f"holds `{pattern}`, which is no pattern: {error}") from None


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _unfit("a table", value)
    return value


def _choice(known: Mapping[str, Any]) -> Read:
    def read(value: object, _: Path) -> str:
        return _chosen(value, known)

    return read


def _severity(value: object, _: Path) -> Severity:
    return Severity[_chosen(value, {level.name.lower(): None for level in Severity}).upper()]


def _confidence(value: object, _: Path) -> Confidence:
    return Confidence[_chosen(value, {level.name.lower(): None for level in Confidence}).upper()]


def _chosen(value: object, known: Mapping[str, object]) -> str:
    if not isinstance(value, str):
        raise _unfit(" or ".join(f"`{word}`" for word in known), value)
    if value not in known:
        raise SettingsError(f"cannot be `{value}`; {_nearest(value, known)}")
    return value


def _severities(value: object, folder: Path) -> dict[str, Severity]:
    return {rule: _severity(level, folder) for rule, level in _table(value).items()}


def _ignores(value: object, folder: Path) -> dict[str, tuple[str, ...]]:
    table = {pattern: _texts(codes, folder) for pattern, codes in _table(value).items()}
    for pattern in table:
        _check_glob(pattern)
    return table


def _options(value: object, _: Path) -> dict[str, dict[str, object]]:
    return {rule: _table(options) for rule, options in _table(value).items()}


def _tools(value: object, folder: Path) -> tuple[str, ...]:
    from shlex import split

    tools = _texts(value, folder)
    for tool in tools:
        try:
            words = split(tool)
        except ValueError as error:
            raise SettingsError(f"holds `{tool}`, which cannot be: {error}") from None
        if not words or not _MODULE.fullmatch(words[0]):
            raise SettingsError(f"holds `{tool}`, which does not start with a tool's name")
    return tools


_MODULE = re.compile(r"[A-Za-z_][\w.-]*")


def _path(value: object, folder: Path) -> Path:
    return folder / Path(_text(value)).expanduser()


def _paths(value: object, folder: Path) -> tuple[Path, ...]:
    return tuple(_path(item, folder) for item in _texts(value, folder))


def _path_or_none(value: object, folder: Path) -> Path | None:
    return None if value is False else _path(value, folder)


_SIZE = re.compile(r"(\d+)\s*(?:([kKMG])i?B|B)?")
_UNITS = {"k": 1024, "K": 1024, "M": 1024**2, "G": 1024**3}


def _size(value: object, _: Path) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    match = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _unfit('a number of bytes or text like "20 MB"', value)
    return int(match[1]) * _UNITS.get(match[2], 1)


def _unfit(expected: str, value: object) -> SettingsError:
    return SettingsError(f"must be {expected}, not `{value}`")


def _nearest(word: str, known: Mapping[str, object]) -> str:
    from nbcoach.spelling import nearest

    return f"the nearest known one is `{nearest(word, known)}`"


READERS: Final[Mapping[str, Read]] = {
    "profile": _choice(PROFILES),
    "select": _texts,
    "extend-select": _texts,
    "ignore": _texts,
    "extend-ignore": _texts,
    "per-file-ignores": _ignores,
    "preview": _boolean,
    "outputs": _choice(OUTPUT_POLICIES),
    "ruff": _boolean_or_auto,
    "tools": _tools,
    "severity": _severities,
    "confidence": _confidence,
    "fail-on": _severity,
    "show": _severity,
    "include": _globs,
    "exclude": _globs,
    "extend-exclude": _globs,
    "force-exclude": _boolean,
    "skip-non-notebooks": _boolean,
    "respect-gitignore": _boolean,
    "max-size": _size,
    "rule-paths": _paths,
    "rules": _options,
    "baseline": _path_or_none,
    "cache": _boolean,
    "cache-dir": _path,
}
"""Every key of a configuration file, in the order of the fields of `Settings`."""
