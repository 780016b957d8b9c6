"""Progress is kept in one file, which is never lost and never trusted."""

import json
from pathlib import Path

import pytest

from nbcoach.curriculum.catalogue import Curriculum
from nbcoach.curriculum.progress import FILE, ExerciseRecord, LessonRecord, Progress, SpotRecord
from nbcoach.curriculum.suggestion import suggestion
from tests.curriculum.conftest import Invoke


def lesson(*solved: bool) -> LessonRecord:
    exercises = {
        f"ex{number}": ExerciseRecord(solved="2026-01-31" if is_solved else "")
        for number, is_solved in enumerate(solved, 1)
    }
    return LessonRecord("2026-01-30", exercises)


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    progress.start("01", ("ex1", "ex2"))
    progress.checked("01", "ex1", "correct", correct=True)
    progress.checked("01", "ex1", "not yet", correct=False)
    progress.hinted("01", "ex2", 2)
    progress.revealed("01", "ex2")
    progress.spotted("01", SpotRecord((0.5, 1.0), 3))
    progress.save()
    again = Progress(tmp_path)
    assert again.lessons == progress.lessons
    assert again.damage == ""
    record = again.exercise("01", "ex1")
    assert (record.state, record.checks, bool(record.solved)) == ("not yet", 2, True)
    assert not again.lesson("01").is_done
    assert again.lesson("99") == LessonRecord()


def test_starting_again_forgets_nothing(tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    progress.lessons["01"] = lesson(True)
    progress.start("01", ("ex1", "ex2"))
    record = progress.lesson("01")
    assert record.started == "2026-01-30"
    assert [bool(exercise.solved) for exercise in record.exercises.values()] == [True, False]


GOOD = {
    "schema": 1,
    "lessons": {
        "01": {
            "started": "2026-01-30",
            "exercises": {
                "ex1": {
                    "state": "correct",
                    "checks": 1,
                    "hints": 0,
                    "solution_seen": False,
                    "solved": "2026-01-31",
                }
            },
            "spot": {"scores": [0.5], "hints": 0},
        }
    },
}


def test_the_file_is_as_documented(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps(GOOD))
    progress = Progress(tmp_path)
    assert progress.lesson("01").is_done
    progress.save()
    assert json.loads((tmp_path / FILE).read_text()) == GOOD


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        "\x00",
        '{"schema": 2, "lessons": {}}',
        '{"schema": 1}',
        json.dumps(GOOD).replace('"2026-01-30"', "7"),
        json.dumps(GOOD).replace('"checks": 1', '"checks": true'),
        json.dumps(GOOD).replace('"checks": 1', '"checks": "1"'),
        json.dumps(GOOD).replace("[0.5]", '["0.5"]'),
        json.dumps(GOOD).replace("[0.5]", "null"),
        json.dumps(GOOD).replace('{"ex1"', '{"ex1": [], "ex2"'),
        json.dumps(GOOD).replace('"schema": 1', '"schema": 99'),
    ],
)
def test_a_damaged_file_is_kept_and_reported(damaged: str, desk: Path, invoke: Invoke) -> None:
    (desk / FILE).write_text(damaged)
    for command in ("list", "progress", "next"):
        told = invoke("learn", command)
        assert told.code == 0
        assert f"{FILE} is damaged" in told.err
    assert invoke("learn", "start", "01").code == 0
    assert invoke("learn", "hint", "01").code == 0
    assert (desk / FILE).read_text() == damaged


def test_a_file_that_is_no_text_is_kept(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    progress = Progress(tmp_path)
    assert "utf-8" in progress.damage
    progress.save()
    assert (tmp_path / FILE).read_bytes() == b"\xff\xfe"


def test_a_folder_in_the_way_is_damage(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert Progress(tmp_path).damage


def test_what_cannot_be_recorded_is_said(
    desk: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("nbcoach.curriculum.progress.create", refuse)
    told = invoke("learn", "start", "01")
    assert told.code == 0
    assert "your progress is not recorded: Permission denied" in told.err
    assert (desk / "01_doubling.ipynb").exists()


def test_what_was_begun_comes_first(curriculum: Curriculum, tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    progress.lessons["01"] = lesson(True, False)
    found = suggestion(curriculum, progress)
    assert found is not None
    assert (found.lesson.id, found.exercise) == ("01", "ex2")


def test_then_what_builds_on_what_is_known(curriculum: Curriculum, tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    first = suggestion(curriculum, progress)
    assert first is not None
    assert (first.lesson.id, first.exercise) == ("01", "")
    assert first.why == "it builds on no other lesson"
    progress.lessons["01"] = lesson(True, True)
    second = suggestion(curriculum, progress)
    assert second is not None
    assert second.lesson.id == "02"
    assert second.why == "it builds on Twice as much, which you know"
    progress.lessons["02"] = lesson(True)
    assert suggestion(curriculum, progress) is None
