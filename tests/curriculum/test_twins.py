"""Flawed twins hold what was planted: nbcoach finds it, and nothing else, however it is saved."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from nbcoach.variants import NAMES, variant
from tests.curriculum.samples import LESSONS, TWINS, Lesson, findings, key, notebook, truth

twins = pytest.mark.parametrize("lesson", TWINS, ids=key)


def expected(lesson: Lesson) -> Counter[tuple[str, str]]:
    """What nbcoach must find in a twin."""
    facts = truth(lesson)
    must = [each for each in facts["findings"] if each["confidence"] == "must"]
    return Counter((each["code"], each["cell"]) for each in (*must, *facts["consequences"]))


def codes(lesson: Lesson) -> list[str]:
    """Rules that run although they may be off by default."""
    return sorted({code for code, _ in expected(lesson)})


def test_every_lesson_has_a_twin() -> None:
    assert [lesson.key for lesson in TWINS] == [lesson.key for lesson in LESSONS]


@twins
def test_the_truth_is_whole(lesson: Lesson) -> None:
    facts = truth(lesson)
    cells = {cell["id"] for cell in notebook(lesson.twin)["cells"]}
    assert 3 <= len(facts["findings"]) <= 5
    assert len(facts["decoys"]) >= 2
    for finding in facts["findings"]:
        assert finding["cell"] in cells
        assert finding["why"]
        assert finding["cost"]
        assert finding["hints"]
        assert (finding["code"] is None) == (finding["confidence"] == "human")


@twins
def test_what_must_be_found_is_found_and_nothing_else(lesson: Lesson) -> None:
    assert findings(lesson.twin, **{"extend-select": codes(lesson)}) == expected(lesson)


@twins
def test_decoys_stay_silent(lesson: Lesson) -> None:
    for decoy in truth(lesson)["decoys"]:
        found = findings(lesson.twin, **{"extend-select": decoy["codes"]})
        assert not [(code, cell) for code, cell in found if cell == decoy["cell"]], decoy["why"]


@twins
@pytest.mark.parametrize("name", NAMES)
def test_it_does_not_matter_how_a_twin_is_saved(lesson: Lesson, name: str, tmp_path: Path) -> None:
    """Only what stored outputs show may vanish, and only together with them."""
    text = variant(name, lesson.twin.read_text(encoding="utf-8"))
    assert text is not None
    other = tmp_path / lesson.twin.name
    other.write_bytes(text.encode())
    twice = findings(other, **{"extend-select": codes(lesson)})
    found = Counter(code for code, _ in twice.elements())
    usual = Counter(code for code, _ in expected(lesson).elements())
    if name == "without-outputs":
        assert found <= usual
    else:
        assert found - usual <= ADDED[name]
        assert not usual - found


ADDED = {name: Counter[str]() for name in NAMES} | {"without-ids": Counter({"NB605": 1})}


@twins
def test_it_does_not_matter_what_variables_are_called(lesson: Lesson, tmp_path: Path) -> None:
    content = notebook(lesson.twin)
    cells = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    code = "\n".join("".join(cell["source"]) for cell in cells)
    assigned = set(re.findall(r"^([a-z]\w{3,}) = ", code, re.MULTILINE))
    own = [name for name in sorted(assigned) if not re.search(rf"\.{name}\b|\b{name}=", code)]
    assert own
    for name in own:
        for cell in cells:
            source = "".join(cell["source"])
            cell["source"] = re.sub(rf"\b{name}\b", f"{name}_renamed", source)
    other = tmp_path / lesson.twin.name
    other.write_text(json.dumps(content), encoding="utf-8")
    assert findings(other, **{"extend-select": codes(lesson)}) == expected(lesson)
