"""Lessons run: they give the outputs on the page again, and their checks reject wrong answers."""

from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest

from tests.claims.libraries import needed

needed("torch", "sklearn", "scipy", "matplotlib", "nbclient", "ipykernel")

from kernels import Ran, code_cells, fresh_kernel  # noqa: E402

from nbcoach.curriculum.catalogue import load  # noqa: E402
from nbcoach.curriculum.handouts import student  # noqa: E402
from tests.curriculum.likeness import assert_alike, texts  # noqa: E402
from tests.curriculum.samples import (  # noqa: E402
    LESSONS,
    SAMPLES,
    Lesson,
    is_trained,
    key,
    notebook,
)

LONGEST = 60  # CPU seconds on one thread
LOOKS_AT_ITSELF = ("own-picture", "final-check")  # cells of lesson 71 about its own cells


@pytest.mark.parametrize("lesson", LESSONS, ids=key)
def test_a_lesson_gives_the_same_again_and_rejects_wrong_answers(
    lesson: Lesson, tmp_path: Path
) -> None:
    page = lesson.assembled()
    with fresh_kernel(page, lesson.source.parent) as ran:
        ran.run(code_cells(page))
        assert ran.error is None
        assert ran.value("__import__('time').process_time()") <= LONGEST
        assert_same_page(lesson, page)
        assert_rejections(lesson, ran)
    assert_handout_runs(lesson, page, tmp_path)


def assert_same_page(lesson: Lesson, page: Any) -> None:
    """The outputs are those of the saved notebook."""
    saved = {cell["id"]: cell for cell in notebook(lesson.notebook)["cells"]}
    for cell in page.cells:
        if cell.cell_type == "code":
            old = saved[cell["id"]]["outputs"]
            assert_alike(old, cell.outputs, cell["id"], trained=is_trained(lesson))


def assert_handout_runs(lesson: Lesson, page: Any, folder: Path) -> None:
    """What a learner gets runs in any folder, nothing attempted, and says what the lesson says."""
    text = student(lesson.notebook.read_text(encoding="utf-8"), load(SAMPLES))
    (folder / lesson.notebook.name).write_text(text, encoding="utf-8")
    handout = nbformat.reads(text, as_version=4)
    with fresh_kernel(handout, folder) as ran:
        ran.run(code_cells(handout))
    assert ran.error is None
    for exercise in ("ex1", "ex2", "ex3"):
        assert ran.text(f"{exercise}-check") == f"{exercise}: not attempted yet\n"
    first = {cell["id"]: cell for cell in page.cells}
    for cell in handout.cells:
        if cell.cell_type == "code" and cell["id"] not in LOOKS_AT_ITSELF:
            assert texts(first[cell["id"]].outputs) == texts(cell.outputs), cell["id"]


def assert_rejections(lesson: Lesson, ran: Ran) -> None:
    """Each exercise's check says of each wrong answer what is wrong with it."""
    checks = {cell["id"]: cell.source for cell in ran.notebook.cells}
    tried: dict[str, int] = {}
    for answer in jupytext.read(lesson.wrong_answers, fmt="py:percent").cells:
        exercise, _, mistake = answer.metadata["title"].partition(": ")
        hint = answer.source.splitlines()[0].removeprefix("# hint: ")
        verdict = said(ran, f"{answer.source}\n{checks[f'{exercise}-check']}")
        assert verdict.startswith(f"{exercise}: not yet. "), mistake
        assert hint in verdict, mistake
        tried[exercise] = tried.get(exercise, 0) + 1
    assert len(tried) == 3
    assert min(tried.values()) >= 3


def said(ran: Ran, code: str) -> str:
    """The last line that code writes in the kernel."""
    return ran.written(code).strip().splitlines()[-1]
