"""The table of nbcoach's settings, written with its reasons."""

import json
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from nbcoach.adoption.change import Change, newline_of
from nbcoach.adoption.proposal import Proposal
from nbcoach.errors import SettingsError

_BOM: Final = "\ufeff"


def configured(folder: Path, proposals: Iterable[Proposal], opening: str) -> Change:
    """The table added to the project file of a folder, or where that cannot be to a new file.

    `opening` is a comment that stands before all settings. Raises SettingsError where the project
    file is none.
    """
    lines = list(_lines(proposals, opening))
    project = folder / "pyproject.toml"
    if project.exists():
        old = project.read_bytes()
        new = _added(old, lines, project)
        if new is not None:
            return Change(project, old, new)
    text = "".join(f"{line}\n" for line in lines)
    return Change(folder / "nbcoach.toml", None, text.encode())


def _added(old: bytes, lines: list[str], path: Path) -> bytes | None:
    """The project file with our table at its end; None where the table cannot stand there."""
    try:
        text = old.decode()
        before = tomllib.loads(text.removeprefix(_BOM))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{path}: is not TOML: {error}; repair it first") from None
    end = newline_of(text)
    gap = "" if text.endswith("\n") or not text else end
    gap += end if text.strip(f"{_BOM}\r\n") else ""
    new = f"{text}{gap}{''.join(f'{line}{end}' for line in ('[tool.nbcoach]', *lines))}"
    try:
        after = tomllib.loads(new.removeprefix(_BOM))
    except tomllib.TOMLDecodeError:
        return None  # `tool` may be written in one line, which nothing can be added to
    ours = after.get("tool", {}).pop("nbcoach", None)
    if "tool" not in before:
        after.pop("tool", None)
    return new.encode() if after == before and ours is not None else None


def _lines(proposals: Iterable[Proposal], opening: str) -> Iterator[str]:
    yield f"# {opening}"
    for proposal in proposals:
        yield ""
        yield f"# {proposal.reason}{':' if proposal.hint else ''}"
        # JSON's texts, truth values and lists of texts are TOML's, too.
        setting = f"{proposal.key} = {json.dumps(proposal.value, ensure_ascii=False)}"
        yield f"# {setting}" if proposal.hint else setting
