"""Repairs keep their laws on notebooks full of flaws, in every style that JSON is written in."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbcoach.finding import Safety
from nbcoach.settings import Settings
from tests.documents.notebooks import STYLES, code, prose
from tests.fix_laws import Repairer, everything, survives

# Each makes some rule speak, several one that repairs.
FLAWED_CODE = (
    "import torch\nready = 'é' if torch.cuda.is_available else '中😀'",
    "import torch\nif not torch.backends.mps.is_built: print('\\t\"')",
    "import torch\nwith torch.cuda.amp.autocast(): pass",
    "import torch\nscaler = torch.cuda.amp.GradScaler(enabled=True)",
    "!pip install pandas==2.2.3",
    "x = 1\n!export BATCH=16\n!cd data",
    "# timed\n%%time\ntotal = sum(range(9))",
    "rows = range(9)\n%%time\ntotal = sum(rows)",
    "import argparse\nparser = argparse.ArgumentParser()\narguments = parser.parse_args()",
    "import asyncio\nasync def main(): ...\nasyncio.run(main())",
    "import pandas as pd\nframe = pd.DataFrame()\nframe = frame.drop(columns='a', inplace=True)",
    "print('hello')  # nbcoach: ignore[NB907] a placeholder",
    "# nbcoach: ignore[NB341]\n\nls",
    "ls *.py",
    "mkdir -p out\r\nx = 2",
    "key = 'AKIA' 'IOSFODNN7EXAMPLE'",
    "open('/home/ana/data.csv')",
    "later + 1",
    "print(bars)",
    "bars = [1]",
    "later = 2\ndel later\nlater",
    "x = (",
    "",
    " \n",
)
FLAWED_PROSE = ("# Title", "### Deep\n\n#### Deeper", "Setext\n---\n\n#### x", "![](a.png)", "")
ORDINARY = (
    "x = 1",
    "print('ok')\n",
    "for i in range(3):\n    print(i)",
    "text = '''é\n\u2028'''\n",
)
ERROR = {"output_type": "error", "ename": "E", "evalue": "é", "traceback": ["\x1b[31mE: é"]}
STREAM = {"output_type": "stream", "name": "stdout", "text": ["epoch 1\n", "é\n"]}
RESULT = {"output_type": "execute_result", "execution_count": 9, "metadata": {}, "data": {"a/b": 1}}
SECRET = {**STREAM, "text": "token ghp_" + "aB3dE5gH7jK9mN1pQ3sT5vX7zA2cD4fG6hJ8\n"}

REPAIRING_SOURCE = "NB240 NB244 NB333 NB405 NB452 NB503 NB835 NB912 NB914 NB915".split()
SAFETIES = pytest.mark.parametrize("lowest", [Safety.SAFE, Safety.UNSAFE], ids=lambda s: s.name)

MADE: dict[tuple[str, Safety], Repairer] = {}


def repairer(kind: str, lowest: Safety) -> Repairer:
    """A repairer with all rules, those of the default, those that repair sources, or order."""
    chosen: dict[str, Settings] = {
        "all": everything(),
        "default": everything(select=None, preview=False, outputs="any"),
        "sources": everything(select=tuple(REPAIRING_SOURCE)),
        "order": everything(select=("NB201",)),
    }
    return MADE.setdefault((kind, lowest), Repairer(chosen[kind], lowest))


def stored(source: str, as_list: bool) -> str | list[str]:
    return source.splitlines(keepends=True) if as_list else source


metadata = st.sampled_from(
    [{}, {"tags": ["nbcoach-ignore-NB907", "x"]}, {"collapsed": True, "scrolled": False}]
)
outputs = st.lists(st.sampled_from([ERROR, STREAM, RESULT, SECRET]), max_size=2)
code_cells = st.builds(
    lambda source, as_list, **fields: code(stored(source, as_list), **fields),
    st.sampled_from(FLAWED_CODE + ORDINARY),
    st.booleans(),
    metadata=metadata,
    outputs=outputs,
    execution_count=st.none() | st.integers(1, 9),
)
prose_cells = st.builds(
    lambda source, as_list, metadata: prose(stored(source, as_list), metadata=metadata),
    st.sampled_from(FLAWED_PROSE),
    st.booleans(),
    metadata,
)


@st.composite
def cell_lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Cells with ids of which some are missing and some double, and fields that were lost."""
    cells = draw(st.lists(code_cells | prose_cells, max_size=6))
    for index, cell in enumerate(cells):
        match draw(st.sampled_from(["own", "own", "double", "none", "lost"])):
            case "own":
                cell["id"] = f"cell-{index}"
            case "double":
                cell["id"] = "double"
            case "lost":
                cell.pop(draw(st.sampled_from(sorted(cell.keys() - {"cell_type", "source"}))))
    return cells


def written(cells: list[dict[str, Any]], minor: int, style: dict[str, Any]) -> str:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    root = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": minor}
    return json.dumps(root, **style)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """The bytes of a flawed notebook."""
    style = {**draw(st.sampled_from(STYLES)), "sort_keys": draw(st.booleans())}
    text = written(draw(cell_lists()), draw(st.sampled_from([4, 5])), style)
    text += draw(st.sampled_from(["", "\n", "\n\n"]))
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()


def cells_of(data: bytes) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(data.decode("utf-8-sig"))["cells"]
    return cells


@SAFETIES
@pytest.mark.parametrize("kind", ["all", "default"])
@settings(max_examples=80, deadline=None)
@given(data=files())
def test_repairs_keep_the_laws_and_come_to_rest(kind: str, lowest: Safety, data: bytes) -> None:
    law_abiding = repairer(kind, lowest)
    once = law_abiding.repair("a.ipynb", data)
    assert list(once.broken_laws()) == []
    again = law_abiding.repair("a.ipynb", once.after)
    assert again.after == once.after
    assert [repair for repair in again.repairs if repair.outcome == "applied"] == []


@SAFETIES
@settings(max_examples=80, deadline=None)
@given(data=files())
def test_repairs_of_sources_change_nothing_but_sources(lowest: Safety, data: bytes) -> None:
    result = repairer("sources", lowest).repair("a.ipynb", data)
    before, after = cells_of(data), cells_of(result.after)
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert list(old) == list(new)
        assert {**old, "source": ""} == {**new, "source": ""}


@settings(deadline=None)
@given(data=files())
def test_cells_that_move_keep_all_they_have(data: bytes) -> None:
    result = repairer("order", Safety.UNSAFE).repair("a.ipynb", data)
    assert sorted(map(repr, cells_of(data))) == sorted(map(repr, cells_of(result.after)))
    assert len(result.after) == len(data)


@SAFETIES
@settings(deadline=None)
@given(
    sources=st.lists(st.sampled_from(ORDINARY), min_size=1),
    style=st.sampled_from(STYLES),
    crlf=st.booleans(),
)
def test_a_notebook_without_flaws_stays_as_it_is(
    lowest: Safety, sources: list[str], style: dict[str, Any], crlf: bool
) -> None:
    cells = [code(source, id=f"cell-{index}") for index, source in enumerate(sources)]
    text = written([prose("# Title", id="title"), *cells], 5, style)
    data = (text.replace("\n", "\r\n") if crlf else text).encode()
    result = repairer("all", lowest).repair("a.ipynb", data)
    assert result.after == data
    assert result.repairs == ()


@SAFETIES
@settings(deadline=None)
@given(
    sources=st.lists(st.sampled_from(FLAWED_CODE), min_size=1, max_size=5),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_text_notebooks_keep_the_laws_too(lowest: Safety, sources: list[str], end: str) -> None:
    text = "".join(f"# %%\n{source}\n\n" for source in sources).replace("\r", "")
    data = text.replace("\n", end).encode()
    law_abiding = repairer("all", lowest)
    once = law_abiding.repair("a.py", data)
    assert list(once.broken_laws()) == []
    assert law_abiding.repair("a.py", once.after).after == once.after


def test_the_flaws_above_make_most_repairing_rules_speak() -> None:
    cells = [code(source, outputs=[ERROR]) for source in FLAWED_CODE]
    cells += [prose(source) for source in FLAWED_PROSE]
    cells += [code("1", execution_count=1, outputs=[STREAM, RESULT, SECRET]), code("2", id="a")]
    del cells[-1]["metadata"]
    data = written(cells, 5, STYLES[0]).encode()
    result = repairer("all", Safety.UNSAFE).repair("a.ipynb", data)
    applied = {repair.code for repair in result.repairs if repair.outcome == "applied"}
    assert applied >= {*REPAIRING_SOURCE, "NB002", "NB011", "NB602", "NB603", "NB907"}


@pytest.mark.parametrize("style", STYLES)
def test_a_cell_moves_where_one_can(style: dict[str, Any]) -> None:
    cells = [code("print(bars)", id="use", outputs=[ERROR]), code("bars = [1]", id="make")]
    result = repairer("order", Safety.UNSAFE).repair("a.ipynb", written(cells, 5, style).encode())
    assert cells_of(result.after) == cells[::-1]


def test_what_is_taken_for_outside_of_the_edits() -> None:
    assert survives("abcd", [(1, 2)], "aXYcd")
    assert survives("abcd", [(1, 1), (4, 4)], "aXbcdY")
    assert not survives("abcd", [(1, 2)], "AXcd")
    assert not survives("abcd", [(1, 2)], "aXcD")
    assert not survives("abcd", [(1, 2), (3, 4)], "aXd")
    assert not survives("abab", [(2, 2)], "ab")
    assert not survives("abcd", [], "abce")
