"""`nbcoach learn check`: a learner's notebook is run, whatever is in it, and its answers judged."""

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from nbcoach.curriculum.catalogue import curriculum, load
from nbcoach.curriculum.exercises import open_lesson
from nbcoach.curriculum.kernel import environment
from tests.curriculum.conftest import DOUBLE_CHECK, Invoke, solve
from tests.fakes import notebook_bytes

pytestmark = pytest.mark.usefixtures("desk", "kernel")

REAL = Path(__file__).parents[2] / "sample_notebooks"
DOUBLE = "def double(number):\n    return FACTOR * number"
States = dict[str, str]


@pytest.fixture
def mine(desk: Path, invoke: Invoke) -> Path:
    invoke("learn", "start", "01")
    return desk / "01_doubling.ipynb"


def states(invoke: Invoke, *words: str) -> States:
    told = invoke("learn", "check", "01", "--json", "--timeout", "9", *words)
    content = json.loads(told.out)
    found = {exercise["exercise"]: exercise["state"] for exercise in content["exercises"]}
    assert told.code == int(set(found.values()) != {"correct"} or not content["run"]["completed"])
    return found


def test_an_untouched_notebook_is_not_attempted(invoke: Invoke, mine: Path) -> None:
    before = mine.read_bytes()
    told = invoke("learn", "check", "01")
    assert told.code == 1
    assert told.err == (
        "This runs the code of 01_doubling.ipynb in a subprocess; it is not a sandbox\n"
    )
    first, *rest = told.out.splitlines()
    assert first.startswith("01 Twice as much")
    assert first.endswith(" of 2 CPU-seconds")
    assert len(first) == 80
    assert rest == [
        "  ex1 double  not attempted",
        "  ex2 answer  not attempted",
        "  notebook    runs from top to bottom",
        "  lint        nothing new",
        "next: nbcoach learn hint 01 ex1",
    ]
    assert mine.read_bytes() == before


def test_a_wrong_answer_gets_its_hint_and_a_right_one_counts(invoke: Invoke, mine: Path) -> None:
    solve(mine, ex1="def double(number):\n    return number + 1", ex2="answer = 42")
    told = invoke("learn", "check", "01", "--color", "always")
    assert "  ex1 double  \x1b[1;35mnot yet\x1b[0m\n      Twice three is six.\n" in told.out
    assert "  ex2 answer  \x1b[32mcorrect\x1b[0m\n" in told.out
    assert invoke("learn", "check", "01", "--ex", "ex2").code == 0
    assert "1 of 2" in invoke("learn", "list").out
    assert "  ex2  correct since 2" in invoke("learn", "progress").out


def test_all_correct_leads_to_the_twin(invoke: Invoke, mine: Path) -> None:
    solve(mine, ex1=DOUBLE, ex2="answer = 42")
    told = invoke("learn", "check", "01")
    assert told.code == 0
    assert told.out.endswith("next: nbcoach learn spot 01\n")
    assert "done\n" in invoke("learn", "list").out


def test_a_broken_cell_is_named_and_the_rest_is_judged(invoke: Invoke, mine: Path) -> None:
    solve(mine, ex1="def double(number)\n    return 1", ex2="answer = 42\nno_such_name")
    told = invoke("learn", "check", "01")
    assert "not yet\n      Cell 5 did not run: SyntaxError: expected ':' (line 1).\n" in told.out
    assert "  ex2 answer  correct\n" in told.out
    assert "  notebook    stops in cell 5\n      SyntaxError: expected ':' (line 1)\n" in told.out
    assert "Cells 6, 8 fail as well\n" in told.out
    assert "NB004" in told.out


def test_a_right_notebook_that_does_not_run_through_is_not_all_right(
    invoke: Invoke, mine: Path
) -> None:
    solve(mine, ex1=DOUBLE, ex2="answer = 42", factor="FACTOR = 2\nno_such_name")
    told = invoke("learn", "check", "01")
    assert told.code == 1
    assert told.out.endswith("next: mend cell 3, then nbcoach learn check 01\n")


Cells = list[dict[str, Any]]


def without_ids(cells: Cells) -> None:
    for cell in cells:
        del cell["id"]
        cell["metadata"] = {}


def only_answers(cells: Cells) -> None:
    cells[:] = [cell for cell in cells if cell.get("id") in ("ex1", "ex2")]


def copied(cells: Cells) -> None:
    """The open exercises once more, below the answers."""
    for name in ("double", "answer"):
        cells.append({**cells[4], "id": f"copy-{name}", "source": f"{name} = ..."})


def split(cells: Cells) -> None:
    cells.insert(4, {**cells[4], "id": "part", "source": "def times(a, b):\n    return a * b"})
    cells[5]["source"] = "def double(number):\n    return times(FACTOR, number)"


def without_checks(cells: Cells) -> None:
    cells[:] = [cell for cell in cells if not cell["id"].endswith("-check")]


def with_a_kind_check(cells: Cells) -> None:
    """A check that the learner made kinder changes nothing; ours is asked."""
    for cell in cells:
        if cell["id"] == "ex1-check":
            cell["source"] = DOUBLE_CHECK.replace("3 * FACTOR", "0")


@pytest.mark.parametrize(
    "change", [without_ids, only_answers, copied, split, without_checks, with_a_kind_check]
)
def test_a_notebook_that_was_handled_roughly_is_judged_the_same(
    invoke: Invoke, mine: Path, change: Callable[[Cells], None]
) -> None:
    solve(mine, ex1=DOUBLE, ex2="answer = 41")
    notebook = json.loads(mine.read_text(encoding="utf-8"))
    change(notebook["cells"])
    notebook["nbformat_minor"] = 4
    mine.write_text(json.dumps(notebook), encoding="utf-8")
    assert states(invoke) == {"ex1": "correct", "ex2": "not yet"}


@pytest.mark.parametrize(
    "text",
    [
        f"# %%\nFACTOR = 2\n# %%\n{DOUBLE}\n# %%\n# %matplotlib --list\nanswer = 42\n",
        f"FACTOR = 2\n\n\n{DOUBLE}\n\n\nanswer = 42\n",
        f"\ufeff# %%\r\nFACTOR = 2\r\n{DOUBLE}\r\nanswer = 42\r\n",
    ],
    ids=["percent", "script", "windows"],
)
def test_a_file_of_python_is_judged_as_well(invoke: Invoke, desk: Path, text: str) -> None:
    (desk / "01_doubling.py").write_text(text, encoding="utf-8", newline="")
    expected = {"ex1": "correct", "ex2": "correct"}
    if "matplotlib" in text and find_spec("matplotlib") is None:
        pytest.skip("matplotlib is not installed")
    assert states(invoke) == expected


def test_a_renamed_notebook_is_found_and_two_are_asked_about(invoke: Invoke, mine: Path) -> None:
    solve(mine, ex1=DOUBLE, ex2="answer = 42")
    renamed = mine.rename(mine.with_name("meine Lösung.ipynb"))
    assert states(invoke) == {"ex1": "correct", "ex2": "correct"}
    (mine.with_name("01-Copy1.ipynb")).write_bytes(renamed.read_bytes())
    told = invoke("learn", "check", "01")
    assert told.code == 2
    assert "`01-Copy1.ipynb`, `meine Lösung.ipynb` are all of lesson 01; say which" in told.err
    assert set(states(invoke, "meine Lösung.ipynb").values()) == {"correct"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b'{"cells": ', "the file ends too early"),
        (b"[1, 2]", "cannot be checked"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_what_is_no_notebook_is_told_so(
    invoke: Invoke, desk: Path, data: bytes, reason: str
) -> None:
    (desk / "01_doubling.ipynb").write_bytes(data)
    told = invoke("learn", "check", "01")
    assert told.code == 2
    assert told.err.startswith("nbcoach: 01_doubling.ipynb cannot be checked: ")
    assert reason in told.err


def test_a_notebook_without_exercises_has_none(invoke: Invoke, desk: Path) -> None:
    (desk / "01_doubling.ipynb").write_bytes(notebook_bytes("x = 1", ""))
    assert states(invoke) == {"ex1": "not found", "ex2": "not found"}
    (desk / "01_doubling.ipynb").write_bytes(notebook_bytes())
    assert states(invoke) == {"ex1": "not found", "ex2": "not found"}


HOSTILE = {
    "loop": ("while True:\n    pass", "it was interrupted after 3 seconds"),
    "stubborn": (
        "import time\nwhile True:\n  try: time.sleep(1)\n  except KeyboardInterrupt: pass",
        "it was interrupted after 3 seconds",
    ),
    "exit": ("import os\nos._exit(7)", "it ended the kernel"),
    "leave": ("raise SystemExit(3)", "SystemExit: 3"),
    "flood": ("for _ in range(30_000):\n    print('x' * 500)", ""),
    "input": ("input('name? ')", "it asks for input, and nobody is there to answer"),
    "stdin": ("import sys\nsys.stdin.read()", ""),
    "deep": ("def f():\n    return f()\nf()", "RecursionError"),
    "rude": ("raise BaseException('a\\nb')", "BaseException: a b"),
    "secret": (
        "import os\nassert not any(word in os.environ for word in ['MY_TOKEN', 'AWS_SECRET'])",
        "",
    ),
    "names": ("del __builtins__\nget_ipython = print = display = None", ""),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_cell_costs_itself_and_nothing_else(
    invoke: Invoke, mine: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    source, problem = HOSTILE[kind]
    monkeypatch.setenv("MY_TOKEN", "x")
    monkeypatch.setenv("AWS_SECRET", "x")
    solve(mine, ex1=DOUBLE, ex2="answer = 42", ex2_check=source)
    told = invoke("learn", "check", "01", "--json", "--timeout", "9")
    content = json.loads(told.out)
    problems = [failure["problem"] for failure in content["run"]["failures"]]
    assert len(problems) == bool(problem)
    assert all(problem in text for text in problems)
    found = {exercise["state"] for exercise in content["exercises"]}
    assert found == {"not graded" if kind in ("exit", "stubborn") else "correct"}


def test_an_answer_that_never_returns_is_interrupted(invoke: Invoke, mine: Path) -> None:
    solve(mine, ex1="def double(number):\n    while True:\n        pass", ex2="answer = 42")
    told = invoke("learn", "check", "01", "--timeout", "6")
    assert "not yet\n      It was still running after 2 seconds.\n" in told.out
    assert "  ex2 answer  correct\n" in told.out


def test_an_answer_cannot_leave_through_the_door(invoke: Invoke, mine: Path) -> None:
    solve(mine, ex1="def double(number):\n    raise SystemExit", ex2="answer = 42")
    assert states(invoke) == {"ex1": "not yet", "ex2": "correct"}


def test_time_that_is_over_is_said(invoke: Invoke, mine: Path) -> None:
    slow = "import time\ntime.sleep(0.9)"
    solve(mine, helpers=slow, factor=slow, ex1=slow, ex1_check=slow, ex2=f"{slow}\nanswer = 42")
    told = invoke("learn", "check", "01", "--timeout", "3")
    assert "the 3 seconds were over" in told.out or "it was interrupted after" in told.out
    assert " did not run\n" in told.out
    assert told.code == 1


def test_a_kernel_that_does_not_start_is_the_environments_fault(
    invoke: Invoke, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nbcoach.curriculum.kernel.sys.executable", "/no/such/python")
    told = invoke("learn", "check", "01")
    assert told.code == 3
    assert "the kernel does not start" in told.err
    assert "see `nbcoach learn doctor 01`" in told.err


def test_a_kernel_is_told_no_secrets() -> None:
    told = environment(
        {
            "PATH": "/bin",
            "LC_ALL": "C",
            "OMP_NUM_THREADS": "1",
            "GITHUB_TOKEN": "x",
            "OPENAI_API_KEY": "x",
            "JUPYTER_TOKEN": "x",
        },
        "/folder",
    )
    assert told == {
        "PATH": "/bin",
        "LC_ALL": "C",
        "OMP_NUM_THREADS": "1",
        "IPYTHONDIR": "/folder",
        "JUPYTER_RUNTIME_DIR": "/folder",
    }


WRITTEN = load(REAL).written


@pytest.mark.parametrize("lesson", WRITTEN, ids=lambda lesson: lesson.name)
def test_a_real_lesson_from_start_to_finish(
    lesson: Any, desk: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.chdir(desk)
    missing = [name for name in lesson.requires if find_spec(_module(name)) is None]
    if missing:
        pytest.skip(f"lesson {lesson.id} needs {', '.join(missing)}")
    exercises = open_lesson(lesson.path).exercises
    assert len(exercises) == 3
    assert curriculum().lesson(lesson.id) == lesson
    invoke("learn", "start", lesson.id)
    solutions = {exercise.key: exercise.solution for exercise in exercises}
    solve(desk / f"{lesson.name}.ipynb", **solutions)
    told = invoke("learn", "check", lesson.id, "--timeout", "300")
    assert told.code == 0, told.out
    assert told.out.count("  correct\n") == 3
    assert "  nothing new\n" in told.out


def _module(package: str) -> str:
    from nbcoach.curriculum.packages import module_of

    return module_of(package)
