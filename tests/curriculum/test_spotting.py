"""The game with a flawed twin: claims, score and the file of answers."""

import json
from pathlib import Path

import pytest

from nbcoach.curriculum.catalogue import Curriculum
from nbcoach.curriculum.spotting import Claim, Plant, Truth, cell_id, claims, score, truth
from nbcoach.errors import UsageError

IDS = ("title", "read", "mean", "steady")


@pytest.fixture
def facts(curriculum: Curriculum) -> Truth:
    return truth(curriculum.lesson("01").twin)


def test_the_truth_is_read(facts: Truth) -> None:
    assert facts.title == "Rain"
    assert [plant.cell for plant in facts.plants] == ["mean", "title"]
    assert [plant.code for plant in facts.plants] == ["NB202", ""]
    assert facts.decoys[0].cell == "steady"


def test_hints_start_with_the_first_of_each_plant(facts: Truth) -> None:
    assert facts.hints == (
        "Where does rain come from?",
        "What does the title promise?",
        "Look at the mean.",
    )


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["mean", "title"], 1.0),
        ([], 0.0),
        (["mean"], 2 / 3),
        (["mean", "read"], 2 / 4),
        (["mean", "steady"], 2 / 5),
        (["mean", "mean"], 2 / 4),
        (["title", "mean", "read", "steady"], 4 / 7),
    ],
)
def test_the_score_is_f1_and_decoys_count_twice(
    facts: Truth, cells: list[str], value: float
) -> None:
    assert score(facts, [Claim(cell) for cell in cells]).value == pytest.approx(value)


def test_of_two_plants_in_a_cell_each_needs_a_claim() -> None:
    plants = tuple(Plant("a", code, "must", "", "", ()) for code in ("NB101", "NB202"))
    twice = Truth("", plants, ())
    named = score(twice, [Claim("a", "that is nb202")])
    assert [plant.code for plant, _ in named.hits] == ["NB202"]
    assert [plant.code for plant in named.missed] == ["NB101"]
    assert score(twice, [Claim("a"), Claim("a")]).value == 1


@pytest.mark.parametrize(
    ("word", "meant"),
    [("mean", "mean"), ("3", "mean"), ("1", "title"), ("0", None), ("5", None), ("x", None)],
)
def test_a_cell_is_named_by_id_or_number(word: str, meant: str | None) -> None:
    assert cell_id(word, IDS) == meant


def test_answers_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    answers = [{"cell": 3, "problem": "no rain"}, {"cell": "title"}]
    path.write_text(json.dumps({"answers": answers}))
    assert claims(path, IDS) == (Claim("mean", "no rain"), Claim("title"))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"answers": 3}', '{"answers": [3]}', '{"answers": [{}]}', '{"answers": {}}x'],
)
def test_a_file_without_answers_is_told_the_form(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(UsageError, match="answers look like this: "):
        claims(path, IDS)


def test_an_answer_about_no_cell_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"answers": [{"cell": 9}]}')
    with pytest.raises(UsageError, match="no cell `9`; cells count from 1 to 4"):
        claims(path, IDS)
