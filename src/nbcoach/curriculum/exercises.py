"""The exercises of a lesson: task, hints, check and solution, from the cells of its notebook."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Final, NamedTuple

from nbcoach.documents import read
from nbcoach.errors import UsageError
from nbcoach.notebook import CodeCell, MarkdownCell, Notebook
from nbcoach.subjects import Unreadable

_HINT: Final = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
_CODE: Final = re.compile(r"</?code>")
_MARKUP: Final = re.compile(r"<[^>]+>")
_NUMBER: Final = re.compile(r"^(?:★+\s*)?(?:Exercise\s+\d+:\s*)?")


class Hint(NamedTuple):
    """One rung of the ladder from a question to nearly code."""

    label: str
    text: str


class Check(NamedTuple):
    """The code that defines `function`, which raises AssertionError with a hint.

    `needs` are names of the lesson that it or a good answer uses, `support` the cells of the lesson
    that make them.
    """

    source: str
    function: str
    needs: tuple[str, ...] = ()
    support: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exercise:
    """What a learner is to define under `name`."""

    key: str
    name: str
    title: str
    hints: tuple[Hint, ...]
    check: Check
    solution: str


@dataclass(frozen=True, eq=False)
class LessonNotebook:
    """The complete notebook of a lesson."""

    notebook: Notebook

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises, in their order."""
        return tuple(self._exercises())

    def exercise(self, key: str) -> Exercise:
        """The exercise of a key such as `ex2`, or of the name it asks for."""
        wanted = key.casefold()
        for exercise in self.exercises:
            if wanted in (exercise.key, exercise.key.removeprefix("ex"), exercise.name.casefold()):
                return exercise
        known = ", ".join(f"`{exercise.key}`" for exercise in self.exercises)
        raise UsageError(f"there is no exercise `{key}`; the exercises are {known}")

    @property
    def failing_on_purpose(self) -> frozenset[str]:
        """The sources of the cells that are meant to raise."""
        return frozenset(cell.source for cell in self.notebook.code_cells if cell.raises)

    def _exercises(self) -> Iterator[Exercise]:
        cells = {cell.id: cell for cell in self.notebook.cells if cell.id}
        for identity, check in cells.items():
            key = identity.removesuffix("-check")
            report = _report(check)
            solution = cells.get(f"{key}-solution")
            if not (report and isinstance(check, CodeCell) and isinstance(solution, CodeCell)):
                continue
            task = cells.get(f"{key}-task")
            yield Exercise(
                key,
                report.answer,
                _title(task) if isinstance(task, MarkdownCell) else report.answer,
                _hints(task.source) if task else (),
                self._check(check, solution, report),
                _solution(solution, report.answer),
            )

    def _check(self, check: CodeCell, solution: CodeCell, report: "_Report") -> Check:
        ends = (check.index, solution.index)
        edges = [
            edge
            for edge in self.notebook.as_read.dependencies
            if edge.name not in (report.answer, report.function) and edge.name != "report"
        ]
        needed = set(ends)
        while more := {edge.source for edge in edges if edge.target in needed} - needed:
            needed |= more
        support = [cell.source for cell in self.notebook.code_cells if cell.index in needed]
        needs = sorted({edge.name for edge in edges if edge.target in ends})
        own = (check.source, solution.source)
        return Check(
            _without(check.source, report.statement),
            report.function,
            tuple(needs),
            tuple(source for source in support if source not in own),
        )


class _Report(NamedTuple):
    """The call `report("ex1", check_it, it)` that ends a check."""

    function: str
    answer: str
    statement: ast.stmt


def _report(cell: object) -> _Report | None:
    if not isinstance(cell, CodeCell) or cell.code is None or cell.code.tree is None:
        return None
    for statement in cell.code.tree.body:
        match statement:
            case ast.Expr(
                ast.Call(ast.Name("report"), [_, ast.Name(function), ast.Name(answer)], keywords=[])
            ):
                return _Report(function, answer, statement)
    return None


def _without(source: str, statement: ast.stmt) -> str:
    lines = source.splitlines()
    del lines[statement.lineno - 1 : statement.end_lineno]
    return "\n".join(lines).rstrip() + "\n"


def _solution(cell: CodeCell, name: str) -> str:
    """The solution as the learner would write it."""
    report = _report(cell)
    source = _without(cell.source, report.statement) if report else cell.source
    return re.sub(rf"\b{re.escape(name)}_solution\b", name, source)


def _title(task: MarkdownCell) -> str:
    return _NUMBER.sub("", task.headings[-1].text) if task.headings else ""


def _hints(markdown: str) -> tuple[Hint, ...]:
    return tuple(Hint(_plain(label), _plain(text)) for label, text in _HINT.findall(markdown))


def _plain(html: str) -> str:
    """A piece of HTML as one line of text."""
    return " ".join(unescape(_MARKUP.sub("", _CODE.sub("`", html))).split())


def open_lesson(path: Path) -> LessonNotebook:
    """The notebook of a lesson."""
    document = read(str(path), path.read_bytes())
    if isinstance(document, Unreadable):
        raise UsageError(f"{path} is damaged: {document.reason}")
    return LessonNotebook(document.notebook)
