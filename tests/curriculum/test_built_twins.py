"""Flawed twins are what their recipes make of the lessons, and every plant does harm."""

import json
from typing import Any

import pytest

from tests.claims.libraries import needed

needed("torch", "sklearn", "scipy", "matplotlib", "nbclient", "ipykernel")

from plants import recipe  # noqa: E402

from tests.curriculum.likeness import NUMBER, assert_alike  # noqa: E402
from tests.curriculum.samples import (  # noqa: E402
    TWINS,
    Lesson,
    is_trained,
    key,
    notebook,
    truth,
)


@pytest.mark.parametrize("lesson", TWINS, ids=key)
def test_a_twin_is_what_its_recipe_makes_and_its_harm_is_real(lesson: Lesson) -> None:
    page, facts = recipe(lesson.recipe).build(lesson)
    saved = notebook(lesson.twin)
    assert told(facts, lesson) == told(truth(lesson), lesson)
    assert [cell["id"] for cell in page.cells] == [cell["id"] for cell in saved["cells"]]
    for old, new in zip(saved["cells"], page.cells, strict=True):
        assert "".join(old["source"]) == new.source
        if new.cell_type == "code":
            assert old["execution_count"] == new.execution_count
            trained = is_trained(lesson)
            assert_alike(old["outputs"], new.outputs, new["id"], trained=trained)


def told(facts: dict[str, Any], lesson: Lesson) -> str:
    """The truth about a twin, without numbers that depend on the processor."""
    text = json.dumps(facts, ensure_ascii=False)
    return NUMBER.sub(" #", text) if is_trained(lesson) else text
