"""What a learner is handed: copies of lessons and twins that stand alone in any folder."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, Final

from nbcoach.curriculum.catalogue import Curriculum
from nbcoach.errors import UsageError
from nbcoach.examples import as_json
from nbcoach.markdown import prose

_LINK: Final = re.compile(r"(?<!!)\[([^\]]*)\]\((?!#|[a-z][a-z+.-]*:)([^)\s]+)\)", re.IGNORECASE)

Notebook = dict[str, Any]


def student(text: str, curriculum: Curriculum) -> str:
    """The notebook without solutions, outputs and counts."""
    notebook = json.loads(text)
    notebook["cells"] = [cell for cell in notebook["cells"] if "solution" not in _tags(cell)]
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    notebook["metadata"].setdefault("nbcoach", {})["variant"] = "student"
    return _alone(notebook, curriculum)


def complete(text: str, curriculum: Curriculum) -> str:
    """The notebook with all that it has."""
    return _alone(json.loads(text), curriculum)


def puzzle(text: str, curriculum: Curriculum) -> str:
    """A twin without the metadata that would give its flaws away."""
    notebook = json.loads(text)
    for part in (notebook, *notebook["cells"]):
        part["metadata"].pop("nbcoach", None)
    return _alone(notebook, curriculum)


def write_new(path: Path, text: str) -> bool:
    """Write a file, and its folder, unless there is one of that name; whether it was written.

    Raises UsageError where the disk refuses; then there is no file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("xb")
    except OSError as error:
        if os.path.lexists(path):
            return False
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    try:
        with file:
            file.write(text.encode())
    except OSError as error:
        path.unlink()
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    return True


def _tags(cell: dict[str, Any]) -> list[str]:
    tags: list[str] = cell["metadata"].get("tags", [])
    return tags


def _alone(notebook: Notebook, curriculum: Curriculum) -> str:
    """The text of the notebook, paired with no script, its links to other lessons as commands."""
    notebook["metadata"].pop("jupytext", None)
    replacement = _command(curriculum)
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and "](" in source:
            cell["source"] = _relinked(source, replacement).splitlines(keepends=True)
    return as_json(notebook)


def _relinked(source: str, replacement: Callable[[re.Match[str]], str]) -> str:
    # Of the text with its code blanked out, so that links in examples stay.
    for link in reversed([*_LINK.finditer(prose(source))]):
        whole = _LINK.match(source, link.start())
        if whole:
            source = source[: link.start()] + replacement(whole) + source[whole.end() :]
    return source


def _command(curriculum: Curriculum) -> Callable[[re.Match[str]], str]:
    lessons = {lesson.name: lesson for lesson in curriculum.lessons}

    def replacement(link: re.Match[str]) -> str:
        target = PurePosixPath(link[2].partition("#")[0])
        lesson = lessons.get(target.stem)
        if lesson is None:
            return link[1]
        action = "spot" if target.parent.name == "flawed" else "start"
        return f"{link[1]} (`nbcoach learn {action} {lesson.id}`)"

    return replacement
