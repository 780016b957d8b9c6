"""Flawed twins: notebooks made from lessons by planting flaws, with the truth about them.

A recipe in `twins/` defines `TWIN`. Each plant names the edits that plant it and a function that
proves its harm by running the lesson and its twin. What no edit touches stays as in the lesson.
"""

import runpy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import nbformat
from assembling import Lesson
from kernels import Ran, code_cells, fresh_kernel

__all__ = [
    *("Decoy", "Plant", "Ran", "Twin"),
    *("insert", "move", "remove", "replace", "rewrite", "runs", "stale"),
]

Confidence = Literal["must", "should", "human"]
"""Whether nbcoach finds the plant today, ought to, or no tool should claim it."""


@dataclass
class Draft:
    """A twin in the making: its notebook, and the order in which its cells run."""

    notebook: Any
    order: list[str]

    def index(self, cell: str) -> int:
        return [each["id"] for each in self.notebook.cells].index(cell)

    def reword(self, cell: str, old: str, new: str) -> None:
        found = self.notebook.cells[self.index(cell)]
        if found.source.count(old) != 1:
            raise ValueError(f"cell {cell} holds {found.source.count(old)} times, not once: {old}")
        found.source = found.source.replace(old, new)


@dataclass(frozen=True)
class Edit:
    """One change of a notebook, before or after its cells run."""

    make: Callable[[Draft], None]
    after_run: bool = False


def replace(cell: str, old: str, new: str) -> Edit:
    """Other text in a cell, in the one place where `old` stands."""
    return Edit(lambda draft: draft.reword(cell, old, new))


def rewrite(cell: str, source: str) -> Edit:
    """Other text instead of all that a cell says."""

    def make(draft: Draft) -> None:
        draft.notebook.cells[draft.index(cell)].source = source

    return Edit(make)


def stale(cell: str, old: str, new: str) -> Edit:
    """Other text in a cell that had already run: its outputs are still the old ones."""
    return Edit(lambda draft: draft.reword(cell, old, new), after_run=True)


def insert(after: str, cell: str, source: str, kind: str = "code") -> Edit:
    """A new cell below another one; it runs right after the code above it."""

    def make(draft: Draft) -> None:
        new = getattr(nbformat.v4, f"new_{kind}_cell")(source, id=cell)
        draft.notebook.cells.insert(draft.index(after) + 1, new)
        if kind == "code":
            above = code_cells(draft.notebook)[: code_cells(draft.notebook).index(cell)]
            draft.order.insert(draft.order.index(above[-1]) + 1 if above else 0, cell)

    return Edit(make)


def remove(cell: str) -> Edit:
    """No such cell any more, although it ran."""

    def make(draft: Draft) -> None:
        draft.notebook.cells.pop(draft.index(cell))

    return Edit(make, after_run=True)


def move(cell: str, after: str) -> Edit:
    """A cell that stands elsewhere, and ran where it stood before."""

    def make(draft: Draft) -> None:
        moved = draft.notebook.cells.pop(draft.index(cell))
        draft.notebook.cells.insert(draft.index(after) + 1, moved)

    return Edit(make, after_run=True)


def runs(cell: str, after: str) -> Edit:
    """A cell that ran right after another one, wherever it stands."""

    def make(draft: Draft) -> None:
        draft.order.remove(cell)
        draft.order.insert(draft.order.index(after) + 1, cell)

    return Edit(make)


@dataclass(frozen=True)
class Plant:
    """One flaw: what is wrong in `cell`, which rule should say so, and what it costs.

    `harm` gets the lesson and the twin, both run, asserts the harm and says in a few words what
    it cost.
    """

    id: str
    code: str | None
    cell: str
    edits: Sequence[Edit]
    why: str
    harm: Callable[[Ran, Ran], str]
    confidence: Confidence = "must"
    hints: Sequence[str] = ()


@dataclass(frozen=True)
class Decoy:
    """A cell that looks flawed and is not: these rules must stay silent about it."""

    cell: str
    codes: Sequence[str]
    why: str


@dataclass(frozen=True)
class Twin:
    """The recipe of a flawed twin; a boss twin runs cleanly and reports a better number."""

    lesson: str
    title: str
    plants: Sequence[Plant]
    decoys: Sequence[Decoy] = ()
    drop: Sequence[str] = ()
    story: Sequence[Edit] = ()
    """Edits that plant nothing: the words and cells that make the twin a notebook of its own."""
    boss: bool = False
    consequences: Sequence[tuple[str, str]] = ()
    """Further findings, (code, cell), that follow from the plants."""

    def shortened(self, lesson: Lesson) -> Any:
        """The lesson without the cells that the twin leaves out."""
        notebook = lesson.assembled()
        missing = set(self.drop) - {cell["id"] for cell in notebook.cells}
        if missing:
            raise ValueError(f"twin {self.lesson} drops cells that do not exist: {sorted(missing)}")
        notebook.cells = [cell for cell in notebook.cells if cell["id"] not in self.drop]
        return notebook

    def draft(self, lesson: Lesson) -> Draft:
        """The twin before it runs."""
        notebook = self.shortened(lesson)
        draft = Draft(lesson.dressed(notebook, "flawed"), code_cells(notebook))
        self._edit(draft, after_run=False)
        head = draft.notebook.cells[0]
        _, _, rest = head.source.partition("\n")
        head.source = f"# {self.title}\n\n{warning(lesson)}\n{rest}"
        return draft

    def _edit(self, draft: Draft, after_run: bool) -> None:
        for edits in (self.story, *(plant.edits for plant in self.plants)):
            for edit in edits:
                if edit.after_run is after_run:
                    edit.make(draft)

    def build(self, lesson: Lesson) -> tuple[Any, dict[str, Any]]:
        """The twin with its outputs, and the truth about it; every harm is measured.

        Raises:
            ValueError: An edit does not fit, or the twin does not run in its own order.
            AssertionError: A plant does no harm.
        """
        honest_page, draft = self.shortened(lesson), self.draft(lesson)
        folder = lesson.source.parent
        with (
            fresh_kernel(honest_page, folder) as honest,
            fresh_kernel(draft.notebook, folder) as flawed,
        ):
            honest.run(code_cells(honest_page))
            flawed.run(draft.order)
            for which, ran in (("lesson", honest), ("twin", flawed)):
                if ran.error:
                    raise ValueError(f"the {which} {self.lesson} stopped with {ran.error}")
            self._edit(draft, after_run=True)
            nbformat.validate(draft.notebook)
            costs = [plant.harm(honest, flawed) for plant in self.plants]
        return draft.notebook, self.truth(costs)

    def truth(self, costs: Sequence[str]) -> dict[str, Any]:
        """What is wrong with the twin, for tests and for those who play *spot the problem*."""
        findings = [
            {
                "id": plant.id,
                "code": plant.code,
                "cell": plant.cell,
                "confidence": plant.confidence,
                "why": plant.why,
                "hints": list(plant.hints),
                "cost": cost,
            }
            for plant, cost in zip(self.plants, costs, strict=True)
        ]
        decoys = [
            {"cell": each.cell, "codes": list(each.codes), "why": each.why} for each in self.decoys
        ]
        return {
            "schema": 2,
            "lesson": self.lesson,
            "title": self.title,
            "boss": self.boss,
            "findings": findings,
            "decoys": decoys,
            "consequences": [{"code": code, "cell": cell} for code, cell in self.consequences],
        }


def warning(lesson: Lesson) -> str:
    """What a twin says first, so that nobody takes it for an example."""
    link = f"[{lesson.entry['title']}](../{lesson.entry['track']}/{lesson.notebook.name})"
    return (
        f"> **This notebook is flawed on purpose.** It is the twin of\n> {link}.\n"
        "> Mark what you would not trust, then compare with what was planted."
    )


def recipe(path: Path) -> Twin:
    """The twin that a recipe defines."""
    twin = runpy.run_path(str(path))["TWIN"]
    assert isinstance(twin, Twin), path
    return twin
