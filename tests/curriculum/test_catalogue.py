"""The table of lessons: finding one by whatever one calls it, and saying what is planned."""

from pathlib import Path

import pytest

from nbcoach.curriculum import catalogue
from nbcoach.curriculum.catalogue import Curriculum, lessons_about, load
from nbcoach.errors import UsageError

REAL = Path(__file__).parents[2] / "sample_notebooks"


@pytest.mark.parametrize(
    "word", ["01", "doubling", "Doubling", "01_doubling", "x/01_doubling.ipynb", "01_doubling.py"]
)
def test_a_lesson_is_found_by_its_id_slug_and_file(curriculum: Curriculum, word: str) -> None:
    assert curriculum.lesson(word).id == "01"


def test_an_unknown_lesson_names_the_nearest(curriculum: Curriculum) -> None:
    with pytest.raises(UsageError, match="no lesson is called `dubling`; did you mean `doubling`"):
        curriculum.lesson("dubling")


def test_a_planned_lesson_is_said_to_be_planned(curriculum: Curriculum) -> None:
    with pytest.raises(UsageError, match="lesson 11, Later, is planned and not written yet"):
        curriculum.lesson("later")


def test_only_written_lessons_teach_rules(curriculum: Curriculum) -> None:
    assert [lesson.id for lesson in curriculum.teaching("NB301")] == ["01"]
    assert lessons_about("NB301") == ("Lesson 01, Twice as much: `nbcoach learn start 01`",)
    assert lessons_about("NB999") == ()


def test_without_its_lessons_nbcoach_says_so_only_where_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(catalogue, "_PLACES", (tmp_path / "one", tmp_path / "other"))
    assert lessons_about("NB301") == ()
    with pytest.raises(UsageError, match="installed without its lessons"):
        catalogue.curriculum()


def test_the_real_curriculum_is_found_and_whole() -> None:
    real = catalogue.curriculum()
    assert real == load(REAL)
    ids = [lesson.id for lesson in real.lessons]
    assert len(ids) == len(set(ids)) == 44
    assert {lesson.track for lesson in real.lessons} == {track.folder for track in real.tracks}
    assert {topic for lesson in real.lessons for topic in lesson.topics} == real.topics.keys()
    assert real.written
    for lesson in real.written:
        assert set(lesson.prerequisites) <= set(ids)
        assert lesson.level in (1, 2, 3)
        assert lesson.budget_cpu_s
