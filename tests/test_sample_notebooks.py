"""The samples keep their promises: lessons are tidy and clean, twins hold what was planted."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from nbcoach.engine import run
from nbcoach.plugins import load_rules
from nbcoach.settings import load

SAMPLES = Path(__file__).parents[1] / "sample_notebooks"
RIVER = SAMPLES / "flawed" / "river_levels.ipynb"
FLAWED = sorted(SAMPLES.glob("flawed/*.ipynb"))
LESSONS = sorted(set(SAMPLES.glob("*/*.ipynb")) - set(FLAWED))

LARGEST = 400_000
LONGEST_CELL = 25


def cells_of(path: Path, kind: str = "") -> list[dict[str, Any]]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"].startswith(kind)]


def tags_of(cell: dict[str, Any]) -> list[str]:
    tags: list[str] = cell["metadata"].get("tags", [])
    return tags


def name(path: Path) -> str:
    return path.relative_to(SAMPLES).as_posix()


lessons = pytest.mark.parametrize("lesson", LESSONS, ids=name)
samples = pytest.mark.parametrize("sample", LESSONS + FLAWED, ids=name)


def test_there_are_samples() -> None:
    assert LESSONS
    assert RIVER in FLAWED


@samples
def test_a_sample_is_small_and_its_cells_have_ids_of_their_own(sample: Path) -> None:
    ids = [cell["id"] for cell in cells_of(sample)]
    assert sample.stat().st_size < LARGEST
    assert len(ids) == len(set(ids))


@samples
def test_a_sample_carries_nothing_that_changes_from_machine_to_machine(sample: Path) -> None:
    metadata = json.loads(sample.read_text(encoding="utf-8"))["metadata"]
    assert set(metadata) - {"jupytext"} == {"kernelspec", "language_info", "nbcoach"}
    assert metadata["language_info"] == {"name": "python"}
    assert all("execution" not in cell["metadata"] for cell in cells_of(sample))


@lessons
def test_a_lesson_was_run_from_top_to_bottom_in_one_go(lesson: Path) -> None:
    counts = [cell["execution_count"] for cell in cells_of(lesson, "code")]
    assert counts == list(range(1, len(counts) + 1))


@lessons
def test_a_lesson_ran_without_errors(lesson: Path) -> None:
    outputs = [output for cell in cells_of(lesson, "code") for output in cell["outputs"]]
    assert not [output for output in outputs if output["output_type"] == "error"]


@samples
def test_a_sample_warns_of_nothing(sample: Path) -> None:
    """A warning names folders of the machine that it ran on."""
    outputs = [output for cell in cells_of(sample, "code") for output in cell["outputs"]]
    assert not [output for output in outputs if output.get("name") == "stderr"]


@lessons
def test_every_figure_of_a_lesson_says_what_it_shows(lesson: Path) -> None:
    outputs = [output for cell in cells_of(lesson, "code") for output in cell["outputs"]]
    figures = [output for output in outputs if "image/png" in output.get("data", {})]
    texts = [figure["metadata"]["image/png"]["alt"] for figure in figures]
    assert figures
    assert all(40 <= len(text) <= 250 for text in texts), texts


@lessons
def test_a_lesson_has_the_right_length(lesson: Path) -> None:
    lines = ["".join(cell["source"]).splitlines() for cell in cells_of(lesson, "code")]
    assert 25 <= len(cells_of(lesson)) <= 45
    assert max(sum(1 for line in cell if line.strip()) for cell in lines) <= LONGEST_CELL
    assert all("".join(cell["source"]).strip() for cell in cells_of(lesson))


@lessons
def test_exercises_are_open_and_their_solutions_are_folded_away_and_right(lesson: Path) -> None:
    cells = {cell["id"]: cell for cell in cells_of(lesson, "code")}
    exercises = [key for key, cell in cells.items() if "exercise" in tags_of(cell)]
    assert len(exercises) == 3
    for exercise in exercises:
        check, solution = cells[f"{exercise}-check"], cells[f"{exercise}-solution"]
        assert "not attempted yet" in "".join(check["outputs"][0]["text"])
        assert "correct" in "".join(solution["outputs"][0]["text"])
        assert solution["metadata"]["jupyter"] == {"source_hidden": True}


@lessons
@pytest.mark.parametrize("profile", ["default", "teaching"])
def test_nothing_is_to_be_said_about_a_lesson(lesson: Path, profile: str) -> None:
    assert not findings_in(lesson, {"profile": profile})


def test_the_river_holds_what_its_truth_says_and_nothing_else() -> None:
    """The one flawed notebook that was written by hand: its saved outputs are part of the flaw."""
    truth = json.loads(RIVER.with_suffix(".truth.json").read_text(encoding="utf-8"))
    planted = Counter((finding["code"], finding["cell"]) for finding in truth["findings"])
    rules = {entry.code for entry in load_rules(load(SAMPLES, isolated=True))}
    known = Counter({plant: 1 for plant in planted if plant[0] in rules})
    codes = sorted({code for code, _ in known})
    assert {cell for _, cell in planted} <= {cell["id"] for cell in cells_of(RIVER)}
    assert max(planted.values()) == 1
    assert findings_in(RIVER, {"extend-select": codes}) == known


def findings_in(sample: Path, settings: dict[str, object]) -> Counter[tuple[str, str]]:
    """The codes and cells of what nbcoach finds."""
    report = run([sample], load(SAMPLES, settings, isolated=True), jobs=1, cached=False)
    return Counter((found.finding.code, found.place.cell_id) for _, found in report.findings())
