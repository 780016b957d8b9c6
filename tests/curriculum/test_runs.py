"""Lessons run: they give the outputs on the page again, and their checks reject wrong answers."""

import base64
import io
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest

from tests.claims.libraries import needed

needed("torch", "sklearn", "scipy", "matplotlib", "nbclient", "ipykernel")

import numpy as np  # noqa: E402
from kernels import Ran, code_cells, fresh_kernel  # noqa: E402
from PIL import Image  # noqa: E402

from nbcoach.curriculum.catalogue import load  # noqa: E402
from nbcoach.curriculum.handouts import student  # noqa: E402
from tests.curriculum.samples import LESSONS, SAMPLES, Lesson, key, notebook  # noqa: E402

PICTURE = "image/png"
SIMILAR = 3.0  # mean difference of two pictures of which one was drawn elsewhere, of 255


@pytest.mark.parametrize("lesson", LESSONS, ids=key)
def test_a_lesson_gives_the_same_again_and_rejects_wrong_answers(lesson: Lesson) -> None:
    page = lesson.assembled()
    with fresh_kernel(page, lesson.source.parent) as ran:
        ran.run(code_cells(page))
        assert ran.error is None
        seconds = ran.value("__import__('time').process_time()")
        assert seconds <= min(60, lesson.entry["budget_cpu_s"])
        saved = {cell["id"]: cell for cell in notebook(lesson.notebook)["cells"]}
        for cell in page.cells:
            if cell.cell_type == "code":
                assert_alike(saved[cell["id"]]["outputs"], cell.outputs, cell["id"])
        assert_rejections(lesson, ran)


@pytest.mark.parametrize("lesson", LESSONS, ids=key)
def test_an_untouched_student_version_runs_anywhere(lesson: Lesson, tmp_path: Path) -> None:
    text = student(lesson.notebook.read_text(encoding="utf-8"), load(SAMPLES))
    (tmp_path / lesson.notebook.name).write_text(text, encoding="utf-8")
    page = nbformat.reads(text, as_version=4)
    with fresh_kernel(page, tmp_path) as ran:
        ran.run(code_cells(page))
    assert ran.error is None
    for exercise in ("ex1", "ex2", "ex3"):
        assert ran.text(f"{exercise}-check") == f"{exercise}: not attempted yet\n"


def assert_alike(saved: list[dict[str, Any]], fresh: list[dict[str, Any]], cell: str) -> None:
    """Texts are the same to the letter, and pictures look the same."""
    assert [words(output) for output in saved] == [words(output) for output in fresh], cell
    for one, other in zip(saved, fresh, strict=True):
        if PICTURE in one.get("data", {}):
            ours, theirs = (pixels(output["data"][PICTURE]) for output in (one, other))
            assert ours.shape == theirs.shape, cell
            assert np.abs(ours - theirs).mean() < SIMILAR, cell


def words(output: dict[str, Any]) -> dict[str, Any]:
    """All that an output says, without its pictures."""
    data = {kind: "".join(value) for kind, value in output.get("data", {}).items()}
    texts = {kind: value for kind, value in data.items() if kind in ("text/plain", "text/markdown")}
    kept = {"output_type", "name", "ename", "evalue", "metadata"}
    said = {name: value for name, value in output.items() if name in kept}
    return said | texts | {"kinds": sorted(data), "text": "".join(output.get("text", ""))}


def pixels(picture: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    with Image.open(io.BytesIO(base64.b64decode(picture))) as image:
        return np.asarray(image.convert("RGB"), dtype=float)


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
