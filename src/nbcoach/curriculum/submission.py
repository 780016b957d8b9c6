"""The learner's file: found by whatever is left of its name, read whatever form it has."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from nbcoach.curriculum.catalogue import Lesson
from nbcoach.documents import MAX_SIZE, read
from nbcoach.errors import UsageError
from nbcoach.notebook import CodeCell, Notebook
from nbcoach.reading import contents
from nbcoach.subjects import Unreadable

_SUFFIXES: Final = (".ipynb", ".py", ".md")


class Submission(NamedTuple):
    """A learner's notebook; `is_script` where a file without cells was taken for one cell."""

    path: Path
    notebook: Notebook
    is_script: bool = False


def submission(path: Path) -> Submission:
    """The notebook in a file; raises UsageError, with the reason, if there is none."""
    data = contents(str(path), MAX_SIZE)
    document = data if isinstance(data, Unreadable) else read(str(path), data)
    if not isinstance(document, Unreadable):
        return Submission(path, document.notebook)
    script = _script(path, data) if document.kind == "not-notebook" else None
    if script is None:
        raise UsageError(f"{path} cannot be checked: {document.reason}")
    return Submission(path, script, is_script=True)


def _script(path: Path, data: bytes | Unreadable) -> Notebook | None:
    if isinstance(data, Unreadable) or path.suffix != ".py":
        return None
    source = data.decode("utf-8-sig", errors="replace")
    return Notebook(str(path), (4, 4), "python", {}, (CodeCell(0, None, source, {}),), len(source))


def locate(lesson: Lesson, folder: Path) -> Path:
    """The learner's file of a lesson; raises UsageError unless there is exactly one."""
    for suffix in _SUFFIXES:
        if (folder / f"{lesson.name}{suffix}").is_file():
            return folder / f"{lesson.name}{suffix}"
    found = sorted(_renamed(lesson, folder))
    if len(found) == 1:
        return found[0]
    name = f"`nbcoach learn check {lesson.id} FILE`"
    if found:
        names = ", ".join(f"`{path.name}`" for path in found)
        raise UsageError(f"{names} are all of lesson {lesson.id}; say which one: {name}")
    raise UsageError(
        f"no notebook of lesson {lesson.id} in this folder; `nbcoach learn start {lesson.id}` "
        f"makes one, {name} takes one of another name"
    )


def _renamed(lesson: Lesson, folder: Path) -> Iterator[Path]:
    numbered = re.compile(rf"{re.escape(lesson.id)}(?!\d)")
    for path in folder.iterdir():
        if path.suffix in _SUFFIXES and path.is_file():
            is_notebook = path.suffix == ".ipynb"
            if numbered.match(path.name) or (is_notebook and _lesson_of(path) == lesson.id):
                yield path


def _lesson_of(path: Path) -> object:
    try:
        about = submission(path).notebook.metadata.get("nbcoach")
    except UsageError:
        return None
    return about.get("id") if isinstance(about, dict) else None


def defines(cell: CodeCell, name: str) -> bool:
    """Whether a cell's text gives `name` a value other than `...`, be the text valid or not."""
    word = re.escape(name)
    made = rf"^\s*(?:(?:async\s+)?def|class)\s+{word}\b|^\s*{word}\s*(?::[^=\n]*)?=(?!=|\s*\.\.\.)"
    return re.search(made, cell.source, re.MULTILINE) is not None


def mentions(cell: CodeCell, name: str) -> bool:
    """Whether a cell's text gives `name` a value, if only the `...` of an open exercise."""
    open_ = re.search(rf"^\s*{re.escape(name)}\s*=", cell.source, re.MULTILINE)
    return open_ is not None or defines(cell, name)
