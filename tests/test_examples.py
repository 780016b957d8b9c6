"""Cells in percent format to notebook files and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.errors import PackError
from nbcoach.examples import notebook_text, percent_text

PERCENT = """\
# notebook metadata={"title": "Prices"} nbformat_minor=4
# %% [markdown] tags=["intro"]
# # Prices
#
# Text
# %%
# %% id="a" execution_count=2 metadata={"scrolled": true} stream="hi\\n" result="3"
print("hi")

1 + 2
# %% id=null error="NameError: name 'x' is not defined"
x
# %% [raw]
---
"""


def test_fields_of_cells() -> None:
    notebook = json.loads(notebook_text(PERCENT))
    intro, empty, code, failed, raw = notebook["cells"]
    assert notebook["metadata"] == {"title": "Prices"}
    assert notebook["nbformat_minor"] == 4
    assert intro["source"] == ["# Prices\n", "\n", "Text"]
    assert intro["metadata"] == {"tags": ["intro"]}
    assert (empty["id"], empty["source"], empty["outputs"]) == ("cell-2", [], [])
    assert code["id"] == "a"
    assert [output["output_type"] for output in code["outputs"]] == ["stream", "execute_result"]
    assert code["outputs"][1]["execution_count"] == code["execution_count"] == 2
    assert "id" not in failed
    assert failed["outputs"][0]["ename"] == "NameError"
    assert (raw["cell_type"], raw["source"]) == ("raw", ["---"])


def test_there_and_back() -> None:
    assert percent_text(notebook_text(PERCENT)) == PERCENT


def test_cells_without_a_mark_and_blank_lines_between_cells() -> None:
    assert percent_text(notebook_text("x = 1\n\n# %%\ny = 2\n\n")) == "# %%\nx = 1\n# %%\ny = 2\n"


def test_outputs_without_a_short_form() -> None:
    output = '{"output_type": "display_data", "metadata": {}, "data": {"text/html": "<b>"}}'
    percent = f"# %% outputs=[{output}]\nshow()\n"
    assert percent_text(notebook_text(percent)) == percent


@pytest.mark.parametrize(
    ("percent", "problem"),
    [
        ("", "no cell"),
        ("# %% tags=[\nx\n", "not followed by JSON"),
        ("# %% A title\nx\n", "not a `key=JSON` field"),
    ],
)
def test_what_is_no_example(percent: str, problem: str) -> None:
    with pytest.raises(PackError, match=problem):
        notebook_text(percent)


_LINE = st.text("ab #=\"'`\\é", max_size=8).filter(lambda line: not line.startswith(("# %", "# n")))
_CELL = st.tuples(
    st.sampled_from(["", " [raw]"]), st.sampled_from(["", ' tags=["a b=1"]']), st.lists(_LINE)
)


@given(st.lists(_CELL, min_size=1))
def test_any_source_survives(cells: list[tuple[str, str, list[str]]]) -> None:
    percent = "".join(f"# %%{a}{b}\n" + "".join(f"{x}\n" for x in c) for a, b, c in cells)
    shown = percent_text(notebook_text(percent))
    assert percent_text(notebook_text(shown)) == shown
    assert len(json.loads(notebook_text(shown))["cells"]) == len(cells)
