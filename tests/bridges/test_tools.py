"""Other tools through nbqa, from the notebook to the report; nbqa, mypy and flake8 are real."""

import json
import os
import subprocess
from collections.abc import Mapping
from contextlib import chdir
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from nbcoach import baseline
from nbcoach.bridges.tools import process
from nbcoach.cli import main
from nbcoach.engine import run
from nbcoach.errors import SettingsError, WriteRefused
from nbcoach.finding import Finding, Severity
from nbcoach.notebook import Location, Span
from nbcoach.report import FileResult
from nbcoach.settings import load
from tests.bridges.conftest import checked, codes, places
from tests.fakes import document_of, notebook_bytes

MISSING = [name for name in ("nbqa", "mypy", "flake8") if find_spec(name) is None]
pytestmark = pytest.mark.skipif(
    bool(MISSING) and "CI" not in os.environ,
    reason=f"NOT INSTALLED: {', '.join(MISSING)}; `pip install --group tools`",
)

MARKDOWN = {"cell_type": "markdown", "source": "# A title"}
MISTYPED = "x: int = 'a'"
SUPPRESSED = (
    f"{MISTYPED}  # nbcoach: ignore[mypy:assignment] on purpose",
    "nowhere  # nbcoach: ignore[mypy] on purpose",
    "nowhere  # nbcoach: ignore[mypy:assignment] the wrong one",
)
CLUMSY = {
    "killed": "import os\nos.kill(os.getpid(), 9)",
    "raising": "raise RuntimeError('oh')",
    "rewriting": "import sys\nfor path in sys.argv[1:]:\n    open(path, 'a').write('1\\n')",
    "odd": "import sys\nfor path in sys.argv[1:]:\n    print(f'\\x1b[31m{path}\\x1b[0m:0: whole')\n"
    "    print(f'{path}:2:99: far')\nprint('other.py:1:1: elsewhere')\nprint('no place')",
}
TOOLS = ("mypy", "flake8 --select F,E501 --max-line-length 90", "flake8 --nosuch", "nosuch")

Results = Mapping[str, FileResult]


def check(*tools: str, select: tuple[str, ...] = ("NB010",), **given: Any) -> Results:
    """All notebooks below this folder, with these tools and one rule of ours."""
    settings = load(Path.cwd(), {"select": select, "tools": tools}, isolated=True)
    return {file.path: file for file in run(["."], settings, **given).files}


def of_tool(result: FileResult, *tools: str) -> list[tuple[str, int, int, int]]:
    """Code, cell, line and column of what some tools found."""
    return [place for place in places(result) if place[0].partition(":")[0] in tools]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """What all tools say in one run: starting them takes seconds."""
    folder = tmp_path_factory.mktemp("tools")
    (folder / "sub").mkdir()
    notebooks: dict[str, tuple[str | dict[str, Any], ...]] = {
        "a b.ipynb": (MARKDOWN, "import os", "%%bash\nls", "", f"%matplotlib inline\n{MISTYPED}"),
        "sub/c.ipynb": (MISTYPED, MARKDOWN, "for i in range(3):\n    !ls {i}\n    nowhere"),
        "sub/suppressed.ipynb": SUPPRESSED,
        "note.ipynb": ("reveal_type(1)", "def broken(:", "z = 1  # " + "x" * 90),
    }
    for name, cells in notebooks.items():
        (folder / name).write_bytes(notebook_bytes(*cells))
    for name, code in CLUMSY.items():
        (folder / f"{name}.py").write_text(code)
    (folder / "bad.ipynb").write_text("{")
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}
    (folder / "old.ipynb").write_text(json.dumps(old))
    before = _contents(folder)
    with chdir(folder), pytest.MonkeyPatch.context() as environment:
        environment.setenv("FORCE_COLOR", "1")
        found = check(*TOOLS, *CLUMSY)
    # No notebook was written, and nothing was left beside them.
    assert {path: data for path, data in _contents(folder).items() if path in before} == before
    assert [path.name for path in folder.rglob("*_nbqa_*")] == []
    return found


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*.ipynb")}


def test_findings_of_two_tools_in_two_notebooks(results: Results) -> None:
    result = results["a b.ipynb"]
    found = of_tool(result, "mypy", "flake8")
    assert found == [("flake8:F401", 2, 1, 1), ("mypy:assignment", 5, 2, 1)]
    assert of_tool(results["sub/c.ipynb"], "mypy", "flake8") == [
        ("mypy:assignment", 1, 1, 1),
        ("flake8:F821", 3, 3, 5),
        ("mypy:name-defined", 3, 3, 5),
    ]
    by_code = {placed.finding.code: placed.finding for placed in result.findings}
    flake, mypy = by_code["flake8:F401"], by_code["mypy:assignment"]
    assert (flake.message, flake.severity) == ("'os' imported but unused", Severity.WARNING)
    assert mypy.message.startswith("Incompatible types in assignment (expression has type")
    assert (mypy.name, mypy.severity) == ("assignment", Severity.ERROR)


def test_notes_options_and_cells_that_do_not_parse(results: Results) -> None:
    result = results["note.ipynb"]
    assert of_tool(result, "mypy", "flake8") == [
        ("flake8:F821", 1, 1, 1),
        ("mypy:finding", 1, 1, 1),
        ("flake8:E501", 3, 1, 91),
    ]
    severities = {placed.finding.code: placed.finding.severity for placed in result.findings}
    assert severities["mypy:finding"] == Severity.INFO


def test_suppressions(results: Results) -> None:
    result = results["sub/suppressed.ipynb"]
    assert of_tool(result, "mypy") == [("mypy:name-defined", 3, 1, 1)]
    assert result.silenced == 2
    assert "NB010" not in codes(result)


def test_a_tool_that_is_not_configured_is_unknown() -> None:
    Path("a.ipynb").write_bytes(notebook_bytes(*SUPPRESSED))
    assert places(check()["a.ipynb"]) == [("NB010", 2, 1, 10)]


def test_bad_notebooks_leave_the_others_alone(results: Results) -> None:
    assert codes(results["bad.ipynb"]) == ["NB001"]
    assert "nbqa cannot read it for `mypy`: KeyError('cells')" in results["old.ipynb"].error
    assert of_tool(results["old.ipynb"], "mypy") == []


@pytest.mark.parametrize(
    "said",
    [
        "`nosuch` is not installed beside nbcoach: `pip install nosuch`",
        "`flake8` ended with 2: usage: flake8",
        "`killed` broke down: it was ended by signal 9",
        "`raising` broke down: RuntimeError: oh",
        "`rewriting` rewrites files, and a check does not; only tools that report can run",
    ],
)
def test_tools_that_do_not_do_their_part(results: Results, said: str) -> None:
    assert said in results["a b.ipynb"].error
    assert results["a b.ipynb"].error.count("; ") == 5


def test_places_that_are_none(results: Results) -> None:
    """Line 0 is the notebook, what lies behind a line its end, and other files nothing."""
    found = of_tool(results["sub/c.ipynb"], "odd")
    assert found == [("odd:finding", 0, 0, 0), ("odd:finding", 1, 1, 13)]


def test_notebooks_of_other_languages_and_notes() -> None:
    root = json.loads(notebook_bytes("x <- 1"))
    root["metadata"] = {"language_info": {"name": "R"}}
    Path("r.ipynb").write_text(json.dumps(root))
    Path("old.ipynb").write_text('{"nbformat": 3, "nbformat_minor": 0, "worksheets": []}')
    files = check("flake8")
    assert (files["r.ipynb"].findings, files["r.ipynb"].error) == ((), "")
    old = files["old.ipynb"]
    assert (old.error, old.note) == ("", "nbqa cannot read it for `flake8`: KeyError('cells')")


def test_without_nbqa(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(process, "_NBQA", "nbqa_that_is_not_there")
    Path("a.ipynb").write_bytes(notebook_bytes(MISTYPED))
    with pytest.raises(SystemExit) as ended:
        main(["check", "--isolated", "--select", "NB201", "--tool", "mypy", "a.ipynb"])
    assert ended.value.code == 3
    said = " ".join(capsys.readouterr().out.split())
    assert "`mypy` needs nbqa, which is not installed: `pip install nbcoach[tools]`" in said


def test_a_tool_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("slow.py").write_text("import time\ntime.sleep(600)")
    Path("a.ipynb").write_bytes(notebook_bytes("x = 1"))
    monkeypatch.setattr(process, "_PATIENCE", 1.0)
    assert check("slow")["a.ipynb"].error == "`slow` was not done after 1 seconds"
    assert sorted(os.listdir()) == ["a.ipynb", "slow.py"]


@pytest.mark.parametrize("diff", [False, True])
def test_fixes_move_what_was_found(diff: bool) -> None:
    Path("helper.py").write_text("number: int = 1")
    cells = ("# nbcoach: ignore[NB301]\nimport helper", "y: str = helper.number", "z = 1")
    before = {"a.ipynb": notebook_bytes(*cells), "b.ipynb": notebook_bytes(MISTYPED)}
    for name, data in before.items():
        Path(name).write_bytes(data)
    files = check("mypy", fix="safe", select=("NB011", "NB301"), diff=diff)
    assert (Path("a.ipynb").read_bytes() == before["a.ipynb"]) == diff
    assert [repair.code for repair in files["a.ipynb"].repairs] == ["NB011"]
    assert bool(files["a.ipynb"].diff) == diff
    assert places(files["a.ipynb"]) == [("mypy:assignment", 2, 1, 1)]
    assert places(files["b.ipynb"]) == [("mypy:assignment", 1, 1, 1)]
    assert sorted(map(str, Path().glob("[!.]*"))) == ["a.ipynb", "b.ipynb", "helper.py"]


def test_a_repair_that_is_not_written_leaves_what_was_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise WriteRefused("it changed meanwhile")

    monkeypatch.setattr("nbcoach.writing.replace", refuse)
    Path("a.ipynb").write_bytes(notebook_bytes(f"# nbcoach: ignore[NB301]\n{MISTYPED}"))
    result = check("mypy", fix="safe", select=("NB011", "NB301"))["a.ipynb"]
    assert places(result) == [("NB011", 1, 1, 1), ("mypy:assignment", 1, 2, 1)]


def test_only_what_is_new_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("helper.py").write_text("number: int = 1")
    known = ("import helper", "y: str = helper.number", "n = 1", "n + 1")
    Path("a b.ipynb").write_bytes(notebook_bytes(*known))
    Path("same.ipynb").write_bytes(notebook_bytes(*known))
    Path("old.ipynb").write_bytes(notebook_bytes("1 + ''"))
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    for command in ("init -q", "add .", "commit -qm One", "mv old.ipynb moved.ipynb"):
        subprocess.run(["git", *command.split()], check=True)
    now = ("import helper", "y: str = helper.number", "n = ''", "n + 1", "z: int = ''")
    Path("a b.ipynb").write_bytes(notebook_bytes(*now))
    Path("new.ipynb").write_bytes(notebook_bytes(MISTYPED))
    Path("moved.ipynb").write_bytes(notebook_bytes("1 + ''", "2"))
    files = check("mypy", since="HEAD")
    assert {path: places(result) for path, result in files.items()} == {
        "a b.ipynb": [("mypy:operator", 4, 1, 1), ("mypy:assignment", 5, 1, 1)],
        "moved.ipynb": [],
        "new.ipynb": [("mypy:assignment", 1, 1, 1)],
    }


def test_a_selection_on_the_command_line_leaves_configured_tools_out() -> None:
    Path("pyproject.toml").write_text('[tool.nbcoach]\ntools = ["nosuch"]\nruff = false\n')
    Path("a.ipynb").write_bytes(notebook_bytes(MISTYPED))
    result = checked("a.ipynb", select=["NB201"])
    assert (codes(result), result.error) == ([], "")


def test_the_baseline_and_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("pyproject.toml").write_text('[tool.nbcoach]\ntools = ["nosuch"]\nselect = ["NB201"]\n')
    cells = (MISTYPED, MARKDOWN, "nowhere")
    Path("a.ipynb").write_bytes(notebook_bytes(*cells))
    place = Location(0, Span(0, len(MISTYPED)))
    known = Finding("mypy:assignment", "assignment", "…", place)
    entries = baseline.entries([known], document_of(*cells).notebook)
    text = baseline.dumps(baseline.Baseline({"a.ipynb": entries}))
    Path(".nbcoach-baseline.json").write_text(text)
    with pytest.raises(SystemExit) as ended:
        main(["check", "--tool", "mypy", "--output-format", "concise", "-q", "a.ipynb"])
    assert ended.value.code == 1
    (line,) = (line for line in capsys.readouterr().out.splitlines() if "mypy" in line)
    said = 'a.ipynb:cell 3:1:1: error mypy:name-defined Name "nowhere" is not defined'
    assert line == said


@pytest.mark.parametrize("more", [["-"], ["--staged"]])
def test_tools_read_what_lies_on_disk(more: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", "--tool", "mypy", *more])
    assert ended.value.code == 2


@pytest.mark.parametrize("tool", ["", "--strict", "'mypy", "/bin/sh", "mypy;ls"])
def test_what_is_no_tool(tool: str) -> None:
    with pytest.raises(SettingsError, match="`tools` holds"):
        load(Path.cwd(), {"tools": [tool]})
