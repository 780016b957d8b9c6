"""Small JSON files in the user's cache folder, each valid for one key."""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32


def read(kind: str, name: str, key: list[Any]) -> Any:
    """What was stored under this kind and name, None unless it was stored with an equal key."""
    try:
        with open(_file(kind, name), encoding="utf-8") as file:
            stored = json.load(file)
    except (OSError, ValueError, RecursionError):
        return None
    return stored["value"] if isinstance(stored, dict) and stored.get("key") == key else None


def write(kind: str, name: str, key: list[Any], value: Any) -> None:
    """Store a JSON value; a folder that cannot be written to costs time and nothing else."""
    file = _file(kind, name)
    temporary = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            temporary.write_text(json.dumps({"key": key, "value": value}), encoding="utf-8")
            os.replace(temporary, file)
            return
        temporary.unlink(missing_ok=True)


def folder() -> Path:
    """The folder for what nbcoach remembers about this machine, not about a project."""
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
    else:
        home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home) / "nbcoach"


def _file(kind: str, name: str) -> Path:
    # Two names may share a file: the key tells them apart.
    return folder() / f"{kind}-{crc32(name.encode(errors='surrogateescape')):08x}.json"
