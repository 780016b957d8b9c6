"""`nbcoach learn` at the command line, as far as nothing is run."""

import json
import sys
from pathlib import Path

import pytest

from tests.curriculum.conftest import Invoke, solve

pytestmark = pytest.mark.usefixtures("desk")


def test_lessons_are_listed_in_eighty_columns(invoke: Invoke) -> None:
    told = invoke("learn", "list")
    assert told.code == 0
    assert max(map(len, told.out.splitlines())) <= 80
    assert "00 Start\n  01  Twice as much  " in told.out
    assert "planned\n" in told.out
    assert "2 of 3 lessons are written; the others are planned" in told.out


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ((), ["01", "02", "11"]),
        (("--track", "10"), ["11"]),
        (("--track", "more"), ["11"]),
        (("--topic", "time SERIES"), ["11"]),
        (("--topic", "aa1"), ["01", "02"]),
        (("--level", "1"), ["01", "02"]),
        (("--level", "1", "--track", "10"), []),
    ],
)
def test_the_list_can_be_narrowed(invoke: Invoke, options: tuple[str, ...], ids: list[str]) -> None:
    told = invoke("learn", "list", "--json", *options)
    assert [lesson["id"] for lesson in json.loads(told.out)] == ids
    assert told == invoke("learn", "list", "--output-format", "json", *options)
    text = invoke("learn", "list", *options).out
    assert ("No lesson is like that" in text) == (not ids)


def test_a_lesson_is_started_once(invoke: Invoke, desk: Path) -> None:
    first = invoke("learn", "start", "01")
    assert first.code == 0
    assert first.out == (
        "01_doubling.ipynb: Twice as much, about 10 minutes\n"
        "open:  jupyter lab 01_doubling.ipynb\n"
        "check: nbcoach learn check 01\n"
    )
    solve(desk / "01_doubling.ipynb", ex1="my work")
    mine = (desk / "01_doubling.ipynb").read_bytes()
    second = invoke("learn", "start", "doubling")
    assert second.code == 0
    assert "is there already, and stays as it is" in second.out
    assert "check: nbcoach learn check 01" in second.out
    assert (desk / "01_doubling.ipynb").read_bytes() == mine
    assert "0 of 2" in invoke("learn", "list").out


def test_a_lesson_can_be_started_elsewhere_and_complete(invoke: Invoke, desk: Path) -> None:
    told = invoke("learn", "start", "01", "--dir", "new folder/a")
    assert "nbcoach learn check 01" in told.out
    assert 'cd "new folder/a" && ' in told.out.replace("\\", "/")
    assert (desk / "new folder" / "a" / ".nbcoach-learn.json").exists()
    invoke("learn", "start", "01", "--complete")
    assert "double_solution" in (desk / "01_doubling_complete.ipynb").read_text(encoding="utf-8")
    assert not (desk / ".nbcoach-learn.json").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("start", "11"), "planned and not written yet"),
        (("start", "dubling"), "did you mean `doubling`?"),
        (("check", "01"), "no notebook of lesson 01 in this folder; `nbcoach learn start 01`"),
        (("hint", "01", "ex9"), "the exercises are `ex1`, `ex2`"),
        (("spot", "02"), "lesson 02 has no flawed twin yet"),
        (("strat", "01"), "did you mean `nbcoach learn start`?"),
    ],
)
def test_misuse_is_told_with_what_to_do(invoke: Invoke, words: tuple[str, ...], told: str) -> None:
    answer = invoke("learn", *words)
    assert answer.code == 2
    assert told in answer.err


def test_hints_are_given_one_by_one_and_then_all(invoke: Invoke) -> None:
    first, second, third = (invoke("learn", "hint", "01").out for _ in range(3))
    assert "01 ex1 double: twice as much\n" in first
    assert "Hint 1" in first
    assert "Hint 2" not in first
    assert first.endswith("next: nbcoach learn hint 01 ex1\n")
    assert "Hint 1" not in second
    assert second.endswith("if that is not enough: nbcoach learn solution 01 ex1\n")
    assert "Hint 1" in third
    assert "Hint 2" in third


def test_an_exercise_without_hints_leads_to_its_solution(invoke: Invoke) -> None:
    assert invoke("learn", "hint", "01", "ex2").out.endswith("nbcoach learn solution 01 ex2\n")


def test_the_solution_is_for_those_who_tried(invoke: Invoke, desk: Path) -> None:
    refused = invoke("learn", "solution", "01", "ex1")
    assert (refused.code, refused.out) == (2, "")
    assert "You have not attempted ex1 yet; --yes shows it all the same" in refused.err
    invoke("learn", "start", "01")
    assert invoke("learn", "solution", "01", "ex1").code == 2
    solve(desk / "01_doubling.ipynb", ex1="def double(number):\n    return 3")
    shown = invoke("learn", "solution", "01", "ex1")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out == "def double(number):\n    return number * FACTOR\n"
    assert "solution seen" in invoke("learn", "progress").out


def test_who_insists_sees_the_solution(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    assert invoke("learn", "solution", "01", "ex1", "--yes").code == 0
    monkeypatch.setattr("click.confirm", lambda question, **_: "ex2" in question)
    monkeypatch.setattr("nbcoach.cli.learn.solution.sys", Terminal)
    assert invoke("learn", "solution", "01", "ex2").out == "answer = 42\n"


class Terminal:
    """Someone sits there."""

    class stdin:  # noqa: N801
        @staticmethod
        def isatty() -> bool:
            return True

    stdout = sys.stdout


def test_progress_and_what_is_next_of_an_empty_folder(invoke: Invoke) -> None:
    assert "Nothing was started in this folder" in invoke("learn", "progress").out
    assert invoke("learn", "next").out.endswith("next: nbcoach learn start 01\n")
    invoke("learn", "start", "01")
    told = invoke("learn", "next").out
    assert "next: nbcoach learn check 01\nstuck? nbcoach learn hint 01 ex1\n" in told


def test_what_was_attempted_is_seen_without_running(invoke: Invoke, desk: Path) -> None:
    invoke("learn", "start", "01")
    path = desk / "01_doubling.ipynb"
    solve(path, ex1="def double(:", helpers="import os\nos._exit(9)")
    told = invoke("learn", "check", "01", "--no-run")
    assert told.code == 1
    assert told.err == ""
    assert "ex1 double  attempted\n" in told.out
    assert "ex2 answer  not attempted\n" in told.out
    solve(path, ex2="answer: int = 3")
    assert invoke("learn", "check", "01", "--no-run").code == 0
    content = json.loads(invoke("learn", "check", "01", "--no-run", "--json").out)
    assert content["run"] is None
    assert [exercise["state"] for exercise in content["exercises"]] == ["attempted"] * 2
    solve(path, ex2="pass")
    assert "ex2 answer  not found\n" in invoke("learn", "check", "01", "--no-run").out


def test_missing_packages_are_named_before_anything_runs(invoke: Invoke) -> None:
    invoke("learn", "start", "02")
    told = invoke("learn", "check", "02")
    assert told.code == 3
    assert told.err == (
        'nbcoach: lesson 02 needs no-such-package: python -m pip install "nbcoach[curriculum]"\n'
    )


def test_a_twin_is_copied_then_asked_about(invoke: Invoke, desk: Path) -> None:
    first = invoke("learn", "spot", "01")
    assert first.out.startswith("spot_01_doubling.ipynb: a notebook that somebody")
    assert (desk / "spot_01_doubling.ipynb").exists()
    assert "stuck?  nbcoach learn spot 01 --hint" in invoke("learn", "spot", "01").out


def test_answers_are_scored_and_then_the_linter_speaks(invoke: Invoke, desk: Path) -> None:
    answers = [{"cell": 3, "problem": "rain is not there"}, {"cell": "steady"}]
    (desk / "a.json").write_text(json.dumps({"answers": answers}))
    told = invoke("learn", "spot", "01", "--answers", "a.json")
    assert told.code == 1
    assert told.out.startswith("spot_01_doubling.ipynb: ")
    assert "Your score: 0.40  1 of 2 found, 1 wrong claim\n" in told.out
    assert "found  cell 3 mean\n    You said: rain is not there\n" in told.out
    assert "    It cost: the mean is of another year\n" in told.out
    assert "missed  cell 1 title\n" in told.out
    assert "wrong  cell 4 steady: a decoy\n    Three is defined in the text.\n" in told.out
    ours = told.out.partition("What nbcoach finds\n")[2]
    assert "cell 3 NB202" in ours
    assert ours.endswith(
        "What nbcoach missed\n"
        "  cell 1 title: It promises what the data cannot tell. (no tool can tell)\n"
    )
    (desk / "a.json").write_text('{"answers": [{"cell": 3}, {"cell": 1}]}')
    assert invoke("learn", "spot", "01", "--answers", "a.json").code == 0
    assert "twin spotted: 0.40, 1.00" in invoke("learn", "progress").out


def test_one_can_answer_on_a_terminal(
    invoke: Invoke, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoke("learn", "spot", "01")
    words = iter(["mean", "no rain", "99", "1", "it promises much", ""])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(words))
    monkeypatch.setattr("nbcoach.cli.learn.spot.sys", Terminal)
    told = invoke("learn", "spot", "01")
    assert told.code == 0
    assert "   3   [2]  mean = sum(rain) / len(rain)\n" in told.out
    assert "There is no cell `99`; they count from 1 to 4" in told.out
    assert "Your score: 1.00  2 of 2 found\n" in told.out


def test_hints_about_a_twin_come_one_by_one(invoke: Invoke) -> None:
    told = [invoke("learn", "spot", "01", "--hint").out for _ in range(4)]
    assert told[0] == "  Where does rain come from?\nanswer: nbcoach learn spot 01\n"
    assert "What does the title promise?" in told[1]
    assert "Look at the mean." in told[2]
    assert told[3].count("\n") == 5
    assert "There are no other hints" in told[3]


def test_the_doctor_names_what_is_missing(invoke: Invoke, kernel: None) -> None:
    told = invoke("learn", "doctor")
    assert told.code == 3
    assert "  no-such-package  missing\n" in told.out
    assert "  kernel        starts, and is told " in told.out
    assert told.out.endswith('install: python -m pip install "nbcoach[curriculum]"\n')
    assert invoke("learn", "doctor", "01").code == 0


def test_a_rule_names_the_lessons_that_teach_it(invoke: Invoke) -> None:
    told = invoke("explain", "NB301").out
    assert told.endswith("\nLesson 01, Twice as much: `nbcoach learn start 01`\n")
    assert "Lesson" not in invoke("explain", "NB302").out
