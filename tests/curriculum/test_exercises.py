"""Exercises are read from the cells of the lesson."""

import pytest

from nbcoach.curriculum.catalogue import Curriculum
from nbcoach.curriculum.exercises import Hint, LessonNotebook, open_lesson
from nbcoach.errors import UsageError
from tests.curriculum.conftest import DOUBLE_CHECK, HELPERS


@pytest.fixture
def notebook(curriculum: Curriculum) -> LessonNotebook:
    return open_lesson(curriculum.lesson("01").path)


def test_exercises_have_what_their_cells_say(notebook: LessonNotebook) -> None:
    first, second = notebook.exercises
    assert (first.key, first.name, first.title) == ("ex1", "double", "twice as much")
    assert (second.key, second.name, second.title) == ("ex2", "answer", "the answer")
    assert first.hints == (
        Hint("Hint 1: a question", "What is half of it & what is `FACTOR`?"),
        Hint("Hint 2: nearly code", "Multiply."),
    )
    assert second.hints == ()


def test_a_check_knows_what_it_needs_of_the_lesson(notebook: LessonNotebook) -> None:
    check = notebook.exercises[0].check
    assert check.function == "check_double"
    assert check.source == DOUBLE_CHECK[: DOUBLE_CHECK.index("\n\n\nreport")] + "\n"
    assert check.needs == ("FACTOR",)
    assert check.support == ("FACTOR = 2",)
    assert HELPERS not in check.support


def test_a_solution_is_as_the_learner_would_write_it(notebook: LessonNotebook) -> None:
    first, second = notebook.exercises
    assert first.solution == "def double(number):\n    return number * FACTOR\n"
    assert second.solution == "answer = 42\n"


@pytest.mark.parametrize("word", ["ex1", "EX1", "1", "double"])
def test_an_exercise_is_found_by_key_number_and_name(notebook: LessonNotebook, word: str) -> None:
    assert notebook.exercise(word).key == "ex1"


def test_an_unknown_exercise_names_those_there_are(notebook: LessonNotebook) -> None:
    with pytest.raises(UsageError, match="no exercise `ex3`; the exercises are `ex1`, `ex2`"):
        notebook.exercise("ex3")


def test_cells_that_raise_on_purpose_are_known(notebook: LessonNotebook) -> None:
    assert notebook.failing_on_purpose == {"1 / 0"}
