"""Our hook in a project's configuration of pre-commit."""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from nbcoach.adoption.change import Change, newline_of
from nbcoach.errors import SettingsError

FILE: Final = ".pre-commit-config.yaml"
HOOK: Final = "nbcoach-check"
_BOM: Final = "\ufeff"


class Source(NamedTuple):
    """Where nbcoach was installed from, as far as pre-commit can install it from there."""

    address: str
    revision: str


def hooked(root: Path, suffixes: Collection[str]) -> Change | None:
    """Our hook added to those of the project; None where nothing is surely right.

    `suffixes` are those of the project's notebooks.
    """
    path = root / FILE
    lines = entry(source(), suffixes)
    if not path.exists():
        text = "".join(f"{line}\n" for line in ("repos:", *(f"  {line}" for line in lines)))
        return Change(path, None, text.encode())
    old = path.read_bytes()
    new = _inserted(old.decode(), lines)
    return None if new is None else Change(path, old, new.encode())


def has_hook(path: Path) -> bool:
    """Whether one of our hooks is in the file. Raises SettingsError where that is not YAML."""
    return path.exists() and any(
        str(hook.get("id", "")).startswith("nbcoach")
        for repository in _repositories(path)
        if isinstance(repository, dict)
        for hook in repository.get("hooks") or ()
        if isinstance(hook, dict)
    )


def _repositories(path: Path) -> list[Any]:
    import yaml  # type: ignore[import-untyped]

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise SettingsError(f"{path}: is not YAML: {reason}; repair it first") from None
    repositories = content.get("repos") if isinstance(content, dict) else None
    return repositories if isinstance(repositories, list) else []


def entry(source: Source | None, suffixes: Collection[str]) -> list[str]:
    """The lines for the list of repositories, without a margin."""
    text = sorted(suffix[1:] for suffix in suffixes if suffix != ".ipynb")
    files = [f"      files: \\.({'|'.join(['ipynb', *text])})$"]
    if source is not None:
        return [
            f"- repo: {source.address}",
            f"  rev: {source.revision}",
            "  hooks:",
            f"    - id: {HOOK}",
            *(["      types_or: [text]", *files] if text else []),
        ]
    return [
        "- repo: local",
        "  hooks:",
        f"    - id: {HOOK}",
        "      name: nbcoach check",
        "      entry: nbcoach check --force-exclude --skip-non-notebooks",
        "      language: system",
        *(["      types_or: [text]", *files] if text else ["      types_or: [jupyter]"]),
        "      require_serial: true",
    ]


def source() -> Source | None:
    """The repository that pip was told to install nbcoach from, None for a local folder."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        stated = distribution("nbcoach").read_text("direct_url.json")
        origin = json.loads(stated or "{}")
        version = origin["vcs_info"]
        revision = version.get("requested_revision") or version["commit_id"]
        return Source(origin["url"], revision) if version["vcs"] == "git" else None
    except (PackageNotFoundError, ValueError, KeyError, TypeError):
        return None


def _inserted(text: str, lines: list[str]) -> str | None:
    """The text with one more repository; None where that is not surely what comes of it."""
    import yaml

    mark = _BOM if text.startswith(_BOM) else ""
    body = text.removeprefix(_BOM)
    place = _end_of_list(yaml.compose(body, Loader=yaml.SafeLoader))
    if place is None:
        return None
    column, position = place
    position = _behind_comments(body, position, column)
    end = newline_of(text)
    gap = "" if body.endswith("\n", 0, position) else end
    added = "".join(f"{' ' * column}{line}{end}" for line in lines)
    new = f"{body[:position]}{gap}{added}{body[position:]}"
    before, after = yaml.safe_load(body), yaml.safe_load(new)
    ours = yaml.safe_load("\n".join(lines))
    before["repos"] += ours
    return mark + new if before == after else None


def _end_of_list(root: Any) -> tuple[int, int] | None:
    """The column of the dashes of the list of repositories, and where its last item ends."""
    for key, value in root.value if root is not None and root.id == "mapping" else ():
        is_list = value.id == "sequence" and not value.flow_style and value.value
        if key.value == "repos" and is_list:
            return value.start_mark.column, max(_ends(value))
    return None


def _ends(node: Any) -> Iterator[int]:
    """Where the parts of a node end that are written out: a block ends at what follows it."""
    if node.id == "scalar" or node.flow_style:
        yield node.end_mark.index
        return
    for part in node.value:
        for one in part if isinstance(part, tuple) else (part,):
            yield from _ends(one)


def _behind_comments(text: str, position: int, column: int) -> int:
    """Behind the line of a position, and the comments below it that belong to the list."""
    if not text.endswith("\n", 0, position):
        position = _next_line(text, position)
    while position < len(text):
        line = text[position : _next_line(text, position)]
        indent = len(line) - len(line.lstrip(" "))
        if not line.lstrip(" ").startswith("#") or indent <= column:
            break
        position += len(line)
    return position


def _next_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end + 1
