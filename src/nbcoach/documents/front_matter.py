"""The YAML at the head of a notebook kept as text: commented in Python, plain in Markdown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

_ENCODING: Final = re.compile(r"[ \t\f]*#.*?coding[:=][ \t]*[-_.a-zA-Z0-9]+")
_FENCE: Final = re.compile(r"---\s*$")
_JUPYTER: Final = re.compile(r"jupyter\s*:\s*$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file's head: `end` is the line its cells start in; `other` are its lines not for Jupyter.

    `metadata` is None where there is no section for Jupyter; `problem` says why it cannot be read.
    """

    end: int
    metadata: dict[str, Any] | None = None
    other: tuple[str, ...] = field(default=())
    problem: str = ""

    @property
    def jupytext(self) -> dict[str, Any]:
        """What the head says for jupytext."""
        options = (self.metadata or {}).get("jupytext")
        return options if isinstance(options, dict) else {}

    @property
    def format_name(self) -> str:
        """The name of the format that the head says the file is in, empty if it does not."""
        representation = self.jupytext.get("text_representation")
        name = representation.get("format_name") if isinstance(representation, dict) else None
        return name if isinstance(name, str) else ""


def front_matter(lines: Sequence[str]) -> FrontMatter:
    """The head of a Python file, from its lines without their ends."""
    start = _first_line(lines)
    inside, for_jupyter = False, False
    jupyter: list[str] = []
    other: list[str] = []
    for number in range(start, len(lines)):
        if not lines[number].startswith("#"):
            break
        line = uncommented(lines[number])
        if _FENCE.match(line):
            if inside:
                rest = [uncommented(line) for line in lines[: number + 2]]
                return _read(jupyter, other, _behind_blank(rest, number + 1))
            inside = True
            continue
        if not inside and line.strip():
            break
        if _JUPYTER.match(line):
            for_jupyter = True
        elif line and not line[0].isspace():
            for_jupyter = False
        (jupyter if for_jupyter else other).append(line)
    return FrontMatter(start)


def plain_front_matter(lines: Sequence[str]) -> FrontMatter:
    """The head of a Markdown file, which a comment of HTML may hide from readers."""
    inside, for_jupyter, hidden, read = False, False, False, False
    jupyter: list[str] = []
    other: list[str] = []
    for number, line in enumerate(lines):
        if line.strip().startswith("<!--") and not inside:
            hidden = True
        elif read:
            if "-->" in line:
                return _read(jupyter, other, _behind_blank(lines, number + 1))
        elif _FENCE.match(line):
            if inside and not hidden:
                return _read(jupyter, other, _behind_blank(lines, number + 1))
            inside, read = True, inside
        elif inside:
            if _JUPYTER.match(line):
                for_jupyter = True
            elif line and not line[0].isspace():
                for_jupyter = False
            (jupyter if for_jupyter else other).append(line)
        elif line.strip():
            break
        elif not hidden:
            other.append(line)
    return FrontMatter(0)


def uncommented(line: str) -> str:
    """A line without its `# `, or without its `#`."""
    return line.removeprefix("# " if line.startswith("# ") else "#")


def _first_line(lines: Sequence[str]) -> int:
    """The first line behind those for the operating system and for Python's tokenizer."""
    start = 1 if lines and lines[0].startswith("#!") else 0
    return start + 1 if start < len(lines) and _ENCODING.match(lines[start]) else start


def _behind_blank(lines: Sequence[str], number: int) -> int:
    """The line behind the head and the one blank line that may follow it."""
    blank = number < len(lines) and not lines[number].strip()
    return number + 1 if blank else number


def _read(jupyter: list[str], other: list[str], end: int) -> FrontMatter:
    if not jupyter:
        return FrontMatter(end, None, tuple(other))
    import yaml  # type: ignore[import-untyped]

    try:
        content = yaml.safe_load("\n".join(jupyter))
    except (yaml.YAMLError, ValueError, RecursionError):
        return FrontMatter(end, {}, tuple(other), "its header is not valid YAML")
    metadata = content.get("jupyter") if isinstance(content, dict) else None
    return FrontMatter(end, metadata if isinstance(metadata, dict) else {}, tuple(other))
