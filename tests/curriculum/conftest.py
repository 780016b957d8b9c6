"""A small curriculum of its own for the tests of `nbcoach learn`, in a folder of its own."""

import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from nbcoach.curriculum import catalogue
from nbcoach.curriculum.catalogue import Curriculum, load
from tests.cli.conftest import Invoke, Outcome, invoke
from tests.fakes import notebook_bytes

__all__ = ["Invoke", "Outcome", "invoke"]

TABLE = """
[topics]
AA1 = "Doubling"
BB1 = "Time series"

[[track]]
folder = "00_start"
title = "Start"

[[track]]
folder = "10_more"
title = "More"

[[lesson]]
id = "01"
slug = "doubling"
track = "00_start"
title = "Twice as much"
topics = ["AA1"]
level = 1
minutes = 10
budget_cpu_s = 2
prerequisites = []
requires = []
outcomes = ["double"]
rules = ["NB301"]

[[lesson]]
id = "02"
slug = "halving"
track = "00_start"
title = "Half as much, and a title that goes on for longer than a narrow terminal would like"
topics = ["AA1"]
level = 1
minutes = 10
budget_cpu_s = 2
prerequisites = ["01"]
requires = ["no-such-package"]
outcomes = ["halve"]
rules = []

[[lesson]]
id = "11"
slug = "later"
track = "10_more"
title = "Later"
topics = ["BB1"]
rules = ["NB301"]
"""

HELPERS = '''\
def report(exercise, check, answer):
    """Say where an exercise stands."""
    if answer is ...:
        return print(f"{exercise}: not attempted yet")
    try:
        check(answer)
    except AssertionError as hint:
        return print(f"{exercise}: not yet. {hint}")
    print(f"{exercise}: correct")
'''
DOUBLE_TASK = """\
### ★ Exercise 1: twice as much

Write `double`.

<details><summary>Hint 1: a question</summary>What is <em>half</em> of
it &amp; what is <code>FACTOR</code>?</details>

<details>
<summary>Hint 2: nearly code</summary>

Multiply.</details>"""
DOUBLE_CHECK = """\
def check_double(answer):
    assert answer(1) is not None, "Did you forget to return?"
    assert answer(3) == 3 * FACTOR, "Twice three is six."


report("ex1", check_double, double)"""
DOUBLE_SOLUTION = """\
def double_solution(number):
    return number * FACTOR


report("ex1 solution", check_double, double_solution)"""
ANSWER_CHECK = """\
def check_answer(value):
    assert value == 42, "No."


report("ex2", check_answer, answer)"""
TITLE = """\
# Twice as much

See [the next one](../00_start/02_halving.ipynb#top), [the plan](../10_more/11_later.ipynb),
[a flawed one](../flawed/01_doubling.ipynb), [the table](../README.md),
[the web](https://example.org), [below](#end) and `[code](../README.md)`."""


def markdown(identity: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": identity, "source": source}


def code(identity: str, source: str, *tags: str, **fields: Any) -> dict[str, Any]:
    return {"id": identity, "source": source, "metadata": {"tags": list(tags)}, **fields}


LESSON = (
    markdown("title", TITLE),
    code("helpers", HELPERS, "setup"),
    code("factor", "FACTOR = 2", execution_count=2),
    markdown("ex1-task", DOUBLE_TASK),
    code("ex1", "double = ...  # replace this line", "exercise"),
    code("ex1-check", DOUBLE_CHECK, "self-check"),
    code("ex1-solution", DOUBLE_SOLUTION, "solution"),
    markdown("ex2-task", "### ★★ Exercise 2: the answer"),
    code("ex2", "answer = ...", "exercise"),
    code(
        "ex2-check",
        ANSWER_CHECK,
        "self-check",
    ),
    code(
        "ex2-solution",
        'answer_solution = 42\nreport("ex2 solution", check_answer, answer_solution)',
        "solution",
    ),
    code("break-it", "1 / 0", "raises-exception"),
)
TWIN = (
    markdown("title", "# Rain\n\nSee [the lesson](../00_start/01_doubling.ipynb)."),
    code("read", 'import os\n\nfolder = "/home/ana/rain"', execution_count=1),
    code("mean", "mean = sum(rain) / len(rain)", execution_count=2),
    code("steady", "steady = 3", execution_count=3),
)
TRUTH = {
    "schema": 2,
    "lesson": "01",
    "title": "Rain",
    "boss": False,
    "findings": [
        {
            "id": "01-1",
            "code": "NB202",
            "cell": "mean",
            "confidence": "must",
            "why": "`rain` is defined nowhere.",
            "hints": ["Where does rain come from?", "Look at the mean."],
            "cost": "the mean is of another year",
        },
        {
            "id": "01-2",
            "code": None,
            "cell": "title",
            "confidence": "human",
            "why": "It promises what the data cannot tell.",
            "hints": ["What does the title promise?"],
            "cost": "a wrong headline",
        },
    ],
    "decoys": [{"cell": "steady", "codes": ["NB904"], "why": "Three is defined in the text."}],
    "consequences": [],
}


@pytest.fixture
def samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a small curriculum: two lessons, one twin, and one lesson that is planned."""
    folder = tmp_path / "samples"
    for name in ("00_start", "flawed"):
        (folder / name).mkdir(parents=True)
    (folder / "curriculum.toml").write_text(TABLE, encoding="utf-8")
    lesson = json.loads(notebook_bytes(*LESSON))
    lesson["metadata"] = {
        "jupytext": {"formats": "ipynb,py:percent"},
        "nbcoach": {"id": "01", "variant": "complete"},
    }
    for cell in lesson["cells"]:
        if cell.get("execution_count"):
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["2\n"]}]
    text = json.dumps(lesson)
    (folder / "00_start" / "01_doubling.ipynb").write_text(text, encoding="utf-8")
    (folder / "00_start" / "02_halving.ipynb").write_text(text, encoding="utf-8")
    twin = json.loads(notebook_bytes(*TWIN))
    twin["metadata"] = {"nbcoach": {"id": "01", "variant": "flawed"}}
    twin["cells"][2]["metadata"] = {"nbcoach": {"plant": "01-1"}}
    (folder / "flawed" / "01_doubling.ipynb").write_text(json.dumps(twin), encoding="utf-8")
    truth = folder / "flawed" / "01_doubling.truth.json"
    truth.write_text(json.dumps(TRUTH), encoding="utf-8")
    monkeypatch.setattr(catalogue, "_PLACES", (folder,))
    return folder


@pytest.fixture
def curriculum(samples: Path) -> Curriculum:
    return load(samples)


@pytest.fixture
def desk(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The learner's folder, which the learner is in; the name has what names may have."""
    folder = tmp_path / "Ana's übungen"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def kernel() -> None:
    """What runs notebooks; it may be missing anywhere but where all is to be tested."""
    if find_spec("ipykernel") is None and not os.environ.get("CI"):
        pytest.skip("ipykernel is not installed: no notebook can run")


def solve(path: Path, **answers: str) -> None:
    """Write answers into the cells of these ids, with `_` for `-`."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if (key := cell["id"].replace("-", "_")) in answers:
            cell["source"] = answers[key]
    path.write_text(json.dumps(notebook), encoding="utf-8")
