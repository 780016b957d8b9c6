"""A lesson is two files, a notebook to read and a script to review, and they say the same."""

import ast

import jupytext
import pytest
from assembling import CANONICAL, canonical
from jupytext.compare import compare_notebooks

from tests.curriculum.samples import LESSONS, Lesson, findings, key

lessons = pytest.mark.parametrize("lesson", LESSONS, ids=key)


def test_there_are_lessons() -> None:
    assert LESSONS


@lessons
def test_notebook_and_script_hold_the_same_cells(lesson: Lesson) -> None:
    saved = jupytext.read(lesson.notebook)
    compare_notebooks(saved, jupytext.read(lesson.source), fmt="py:percent")
    assert [cell.id for cell in saved.cells] == [cell.id for cell in lesson.assembled().cells]
    assert saved.metadata == lesson.assembled().metadata


@lessons
def test_the_cells_that_all_lessons_share_are_the_same(lesson: Lesson) -> None:
    shared = {cell.id: cell.source for cell in lesson.assembled().cells if cell.id in CANONICAL}
    assert "helpers" in shared
    assert shared == {title: canonical(title) for title in shared}


@lessons
def test_nothing_is_to_be_said_about_the_script(lesson: Lesson) -> None:
    assert not findings(lesson.source)


@lessons
def test_no_cell_but_its_check_needs_the_answer_to_an_exercise(lesson: Lesson) -> None:
    names = {}
    for cell in lesson.assembled().cells:
        if cell.cell_type == "code":
            tree = ast.parse(cell.source)
            names[cell.id] = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    exercises = [cell for cell in names if f"{cell}-check" in names]
    assert len(exercises) == 3
    for exercise in exercises:
        (answer,) = names[exercise]
        assert [cell for cell in names if answer in names[cell]] == [exercise, f"{exercise}-check"]


@lessons
def test_the_self_check_measures_at_least_six_things(lesson: Lesson) -> None:
    (check,) = (cell for cell in lesson.assembled().cells if cell.id == "final-check")
    assert check.source.count("verdict(") >= 6


@lessons
def test_the_table_says_what_the_lesson_teaches(lesson: Lesson) -> None:
    entry = lesson.entry
    assert entry["outcomes"]
    assert entry["rules"]
    written_ids = {each.entry["id"] for each in LESSONS}
    assert set(entry["prerequisites"]) <= written_ids
