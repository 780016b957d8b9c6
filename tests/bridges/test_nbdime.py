"""nbdime asked for the difference of two notebooks, whatever is in them."""

import json
import os
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nbcoach.bridges.nbdime import Nbdime
from nbcoach.documents import read
from nbcoach.errors import ToolCrashed
from nbcoach.notebook import Notebook
from nbcoach.report import Difference
from nbcoach.subjects import Unreadable
from tests.fakes import document_of

pytestmark = pytest.mark.skipif(
    find_spec("nbdime") is None and "CI" not in os.environ,
    reason="NOT INSTALLED: nbdime; `pip install --group tools`",
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
CELL = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "raw"]), "source": st.text()},
    optional={
        "id": st.text(),
        "metadata": st.dictionaries(st.text(), JSON, max_size=2),
        "attachments": JSON,
        "outputs": st.lists(
            st.fixed_dictionaries(
                {"output_type": st.sampled_from(["stream", "error", "display_data", "odd"])},
                optional={"text": JSON, "data": JSON, "metadata": JSON, "traceback": JSON},
            ),
            max_size=2,
        ),
    },
)


def notebook(cells: list[Any], metadata: Any = None) -> Notebook:
    root = {"cells": cells, "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": 5}
    document = read("a.ipynb", json.dumps(root).encode())
    assert not isinstance(document, Unreadable)
    return document.notebook


def test_a_new_notebook_is_all_new() -> None:
    found = Nbdime()(None, document_of("x = 1").notebook)
    assert "## inserted before cell 1:" in found.text
    assert "+      x = 1" in found.text
    assert found.operations[0]["key"] == "cells"


def test_cells_are_counted_from_one_in_words_and_from_zero_in_operations() -> None:
    before, after = (document_of(*"abcd"[:number]).notebook for number in (4, 1))
    found = Nbdime()(before, after)
    assert "## deleted cells 2-4:" in found.text
    assert found.operations[0]["diff"][0] == {"op": "removerange", "key": 1, "length": 3}


def test_a_source_that_looks_like_nbdime_stays_as_it_is() -> None:
    found = Nbdime()(document_of("a\n").notebook, document_of("a\n## modified /cells/0\n").notebook)
    assert "+  ## modified /cells/0" in found.text


def test_the_same_notebook_does_not_differ() -> None:
    same = document_of("x = 1").notebook
    assert Nbdime(outputs=True)(same, same) == Difference([], "")


def test_a_breakdown_of_nbdime_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("oh\nno")

    monkeypatch.setattr("nbdime.diffing.notebooks.diff_notebooks", broken)
    with pytest.raises(ToolCrashed, match=r"RuntimeError: oh no"):
        Nbdime()(None, None)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CELL, max_size=3), st.lists(CELL, max_size=3), JSON)
def test_whatever_is_in_a_notebook_the_answer_is_a_difference_or_a_refusal(
    before: list[Any], after: list[Any], metadata: Any
) -> None:
    try:
        found = Nbdime(outputs=True)(notebook(before), notebook(after, {"k": metadata}))
    except ToolCrashed:
        return
    assert bool(found.operations) == bool(found.text)
