"""Handouts: the lesson without solutions, and no link that leads nowhere."""

import json
from pathlib import Path

import pytest

from nbcoach.curriculum import handouts
from nbcoach.curriculum.catalogue import Curriculum, Lesson
from nbcoach.curriculum.catalogue import curriculum as real_curriculum
from nbcoach.documents import read
from nbcoach.errors import UsageError
from nbcoach.notebook import MarkdownCell
from nbcoach.subjects import Unreadable

REAL = real_curriculum()


def text_of(lesson: Lesson) -> str:
    return lesson.path.read_text(encoding="utf-8")


def test_the_student_version_has_no_solutions_outputs_or_counts(curriculum: Curriculum) -> None:
    complete = json.loads(text_of(curriculum.lesson("01")))
    student = json.loads(handouts.student(json.dumps(complete), curriculum))
    kept = [cell for cell in complete["cells"] if not cell["id"].endswith("-solution")]
    assert [cell["id"] for cell in student["cells"]] == [cell["id"] for cell in kept]
    for cell, old in zip(student["cells"][1:], kept[1:], strict=True):
        assert cell["source"] == old["source"]
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
    assert student["metadata"]["nbcoach"] == {"id": "01", "variant": "student"}
    assert "jupytext" not in student["metadata"]


def test_links_to_other_samples_become_commands(curriculum: Curriculum) -> None:
    student = json.loads(handouts.student(text_of(curriculum.lesson("01")), curriculum))
    assert "".join(student["cells"][0]["source"]) == (
        "# Twice as much\n"
        "\n"
        "See the next one (`nbcoach learn start 02`), the plan (`nbcoach learn start 11`),\n"
        "a flawed one (`nbcoach learn spot 01`), the table,\n"
        "[the web](https://example.org), [below](#end) and `[code](../README.md)`."
    )


def test_the_complete_version_keeps_solutions_and_outputs(curriculum: Curriculum) -> None:
    original = json.loads(text_of(curriculum.lesson("01")))
    complete = json.loads(handouts.complete(json.dumps(original), curriculum))
    assert complete["cells"][1:] == original["cells"][1:]
    assert "../" not in "".join(complete["cells"][0]["source"]).replace(
        "`[code](../README.md)`", ""
    )


def test_a_puzzle_gives_nothing_away(curriculum: Curriculum) -> None:
    twin = curriculum.lesson("01").twin.read_text(encoding="utf-8")
    puzzle = handouts.puzzle(twin, curriculum)
    assert "plant" in twin
    assert "plant" not in puzzle
    assert "flawed" not in puzzle
    assert json.loads(puzzle)["cells"][1]["execution_count"] == 1


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    assert handouts.write_new(path, "öne\n")
    assert not handouts.write_new(path, "two\n")
    assert path.read_bytes() == "öne\n".encode()


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written: "):
        handouts.write_new(tmp_path / "file" / "a.ipynb", "x")
    with pytest.raises(UsageError, match="cannot be written: "):
        handouts.write_new(tmp_path / ("a" * 300), "x")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("lesson", REAL.written, ids=lambda lesson: lesson.name)
def test_the_prose_of_a_real_lesson_is_true_where_its_solutions_are_left_out(
    lesson: Lesson,
) -> None:
    assert "solutions are folded" not in " ".join(handouts.student(text_of(lesson), REAL).split())


@pytest.mark.parametrize("lesson", REAL.written, ids=lambda lesson: lesson.name)
def test_no_handout_of_a_real_lesson_has_a_link_that_leads_nowhere(lesson: Lesson) -> None:
    document = read("a.ipynb", handouts.student(text_of(lesson), REAL).encode())
    assert not isinstance(document, Unreadable)
    assert not document.violations()
    links = [
        link.target
        for cell in document.notebook.cells
        if isinstance(cell, MarkdownCell)
        for link in cell.links
    ]
    assert [link for link in links if not link.startswith(("#", "https://"))] == []
