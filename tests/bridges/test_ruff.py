"""Ruff through nbcoach, from the notebook to the report, with the real ruff."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nbcoach import engine
from nbcoach.bridges.ruff import process
from nbcoach.cli import main
from nbcoach.engine import run
from nbcoach.errors import SettingsError
from nbcoach.finding import Safety, Severity
from nbcoach.plugins import ruff_rules
from nbcoach.report import FileResult
from nbcoach.settings import load
from tests.bridges.conftest import Lint, checked, codes, places, sources
from tests.fakes import notebook_bytes

BUG = "x = 'a'\nassert (x, 'message')\nx"


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands of all processes that the bridge starts."""
    commands: list[list[str]] = []
    started = process._started

    def count(command: list[str]) -> Any:
        commands.append(command)
        return started(command)

    monkeypatch.setattr(process, "_started", count)
    return commands


def ruffs(result: FileResult) -> list[str]:
    """The codes that are not ours."""
    return [code for code in codes(result) if not code.startswith("NB")]


def test_certain_bugs_are_found_where_nothing_governs(lint: Lint) -> None:
    result = lint("# %% a title", BUG)
    (found,) = (one for one in result.findings if one.finding.code == "F631")
    assert (found.place.cell, found.place.line, found.place.column) == (2, 2, 1)
    assert found.finding.name == "assert-tuple"
    assert found.finding.severity == Severity.ERROR


@pytest.mark.parametrize("name", ["ruff.toml", ".ruff.toml", "pyproject.toml"])
def test_auto_leaves_governed_notebooks_alone(lint: Lint, name: str) -> None:
    table = "[tool.ruff]\n" if name == "pyproject.toml" else ""
    Path(name).write_text(f"{table}line-length = 99\n")
    Path("sub").mkdir()
    assert ruffs(lint(BUG, path="sub/a.ipynb")) == []
    assert ruffs(checked("sub/a.ipynb", isolated=True)) == ["F631"]
    assert ruffs(checked("sub/a.ipynb", ruff=True)) == ["F631"]


def test_a_project_file_that_only_mentions_ruff_governs_nothing(lint: Lint) -> None:
    Path("pyproject.toml").write_text('[dependency-groups]\ndev = ["ruff"]\n')
    assert ruffs(lint(BUG)) == ["F631"]


def test_pylints_kinds_have_one_name(lint: Lint) -> None:
    code = "class A:\n    def __init__(self):\n        return 1"
    assert ruffs(lint(code, select=["PL"])) == ["PLE0101"]
    assert ruffs(lint(code, select=["ALL"], ignore=["PL"])) == []
    assert ruffs(lint(code, select=["PLE"], ignore=["PL"])) == ["PLE0101"]
    assert ruffs(lint(f"{code}  # nbcoach: ignore[PL]", select=["PL"])) == []


def test_off_is_off(lint: Lint, starts: list[list[str]]) -> None:
    assert ruffs(lint(BUG, ruff=False)) == []
    assert ruffs(lint(BUG, select=["NB2"])) == []
    assert ruffs(lint(BUG, profile="hygiene")) == []
    assert starts == []


def test_the_governing_configuration_holds_where_the_notebook_lies(lint: Lint) -> None:
    Path("ruff.toml").write_text(
        'exclude = ["old"]\n[lint]\nselect = ["F401", "I"]\n'
        '[lint.per-file-ignores]\n"drafts/*" = ["F401"]\n'
    )
    Path("mine").mkdir()
    Path("mine/__init__.py").write_text("")
    for folder in ("drafts", "old", "src"):
        Path(folder).mkdir()
        lint("import os\n\nimport mine", path=f"{folder}/a.ipynb")
    found = {f: ruffs(checked(f"{f}/a.ipynb", ruff=True)) for f in ("drafts", "old", "src")}
    assert found == {"drafts": [], "old": [], "src": ["F401", "F401"]}


def test_codes_that_a_governing_file_spells_out_are_exact(lint: Lint) -> None:
    Path("ruff.toml").write_text('lint.select = ["T201", "S"]\n')
    assert ruffs(lint("print(1)\nassert True", ruff=True)) == ["T201"]


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "colab": {}},
        {"language_info": {"name": "ipython"}},
        {},
    ],
)
def test_notebooks_that_ruff_alone_skips(metadata: dict[str, Any]) -> None:
    root = json.loads(notebook_bytes("import os", "def broken(:", "%%bash\nls"))
    root["metadata"] = metadata
    Path("a.ipynb").write_text(json.dumps(root))
    assert places(checked("a.ipynb", select=["F401"])) == [("F401", 1, 1, 8)]


def test_text_notebooks_are_linted_and_fixed_in_place(lint: Lint) -> None:
    Path("a.py").write_text("# %% [markdown]\n# T\n# %%\n# !ls\nimport os\nx = 1\n")
    assert places(checked("a.py", select=["F401"])) == [("F401", 2, 2, 8)]
    assert checked("a.py", select=["F401"], fix="safe").repairs[0].outcome == "applied"
    assert Path("a.py").read_text() == "# %% [markdown]\n# T\n# %%\n# !ls\nx = 1\n"


def test_text_notebooks_go_by_their_own_name(lint: Lint) -> None:
    Path("ruff.toml").write_text(
        'lint.select = ["F401"]\n[lint.per-file-ignores]\n"b.py" = ["F401"]\n'
    )
    for name in ("a.py", "b.py"):
        Path(name).write_text("# %%\nimport os\n")
    assert ruffs(checked("a.py", ruff=True)) == ["F401"]
    assert ruffs(checked("b.py", ruff=True)) == []


def test_columns_count_characters(lint: Lint) -> None:
    result = lint("x = '🎉ä'; import os\r\nimport sys\r\n", "\ud800 = '\ud800'", select=["F401"])
    assert places(result) == [("F401", 1, 1, 18), ("F401", 1, 2, 8)]


def test_safe_fixes_keep_every_other_byte(lint: Lint) -> None:
    lint("import os\r\nx = 1\r\n!ls", "import sys")
    data = Path("a.ipynb").read_bytes().replace(b"\n", b"\r\n")
    Path("a.ipynb").write_bytes(data)
    result = checked("a.ipynb", select=["F401"], fix="safe")
    assert [repair.outcome for repair in result.repairs] == ["applied", "applied"]
    assert sources("a.ipynb") == ["x = 1\r\n!ls", ""]
    expected = data.replace(b'"import os\\r\\nx', b'"x').replace(b"import sys", b"")
    assert Path("a.ipynb").read_bytes() == expected


def test_a_fix_at_the_end_of_a_cell_leaves_no_empty_line(lint: Lint) -> None:
    lint("import os\nos.x\nimport sys", "import re\nimport csv", select=["F401", "I"])
    checked("a.ipynb", select=["F401", "I"], fix="safe")
    assert sources("a.ipynb") == ["import os\n\nos.x", ""]


def test_unsafe_fixes_wait_to_be_asked_for(lint: Lint) -> None:
    cell = "def f():\n    y = 1"
    (found,) = lint(cell, select=["F841"]).findings
    assert found.finding.fix is not None
    assert found.finding.fix.safety == Safety.UNSAFE
    checked("a.ipynb", select=["F841"], fix="safe")
    assert sources("a.ipynb") == [cell]
    checked("a.ipynb", select=["F841"], fix="unsafe")
    assert sources("a.ipynb") == ["def f():\n    pass"]


def test_no_fix_touches_an_escape(lint: Lint) -> None:
    cell = "from os import (\n    path,\n)\nif x:\n    if y:\n        !ls"
    result = lint(cell, "!echo {path}", select=["F401", "SIM102"], fix="unsafe")
    assert result.repairs == ()
    assert sources("a.ipynb")[0] == cell


def test_fixes_that_reach_into_other_cells_are_left_out(lint: Lint) -> None:
    lint("x = 1", "\n" * 20 + "from typing import List\ny: List[int]", select=["UP006"])
    checked("a.ipynb", select=["PLC0208", "PTH"], fix="unsafe")
    cells = "'''text'''\nimport os", "\n" * 20 + "print(os.getcwd())"
    lint(*cells)
    checked("a.ipynb", select=["PTH109"], fix="unsafe")
    assert sources("a.ipynb")[0] == cells[0]


def test_suppressions_of_both_kinds(lint: Lint) -> None:
    result = lint(
        "import os  # nbcoach: ignore[F401] needed\nimport re  # noqa: F401",
        {"source": "import sys", "metadata": {"tags": ["nbcoach-ignore-unused-import"]}},
        "import csv  # nbcoach: ignore[F4]",
        select=["F401", "NB010", "NB011"],
    )
    assert codes(result) == []
    assert result.silenced == 3


def test_suppressions_are_unused_only_where_ruff_ran(lint: Lint) -> None:
    cell = "x = 1  # nbcoach: ignore[F401] once"
    select = ["NB010", "NB011"]
    assert codes(lint(cell, select=select)) == []
    assert codes(lint(cell, select=[*select, "F401"])) == ["NB011"]
    assert codes(lint(cell, select=[*select, "E9"])) == []
    assert codes(lint(cell, select=[*select, "F"], ignore=["F401"])) == []
    assert codes(lint("x = 1  # nbcoach: ignore[F999] typo", select=select)) == ["NB010"]


def test_settings_know_ruffs_rules(lint: Lint) -> None:
    cell = "import os\nx = f'a'"
    assert codes(lint(cell, select=["F", "NB"], ignore=["F541", "NB"])) == ["F401"]
    assert codes(lint(cell, select=["unused-import"])) == ["F401"]
    assert ruffs(lint(cell, extend_select=["F401"])) == ["F401"]
    assert codes(lint(cell, select=["F"], per_file_ignores={"a.*": ["F5"]})) == ["F401"]
    assert codes(lint(cell, select=["F"], confidence="certain")) == []
    (found,) = lint(cell, select=["F401"], severity={"F": "info"}).findings
    assert found.finding.severity == Severity.INFO
    with pytest.raises(SettingsError, match="names `F40999`"):
        lint(cell, select=["F40999"])


def test_the_baseline_holds(lint: Lint, capsys: pytest.CaptureFixture[str]) -> None:
    lint(BUG)
    with pytest.raises(SystemExit):
        main(["baseline", "a.ipynb"])
    assert "F631" in Path(".nbcoach-baseline.json").read_text()
    report = run(["a.ipynb"], load(Path.cwd()))
    assert list(report.findings()) == []


FORMATS = "text concise json json-lines github gitlab sarif junit rdjson markdown html".split()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format(lint: Lint, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    lint("import os")
    with pytest.raises(SystemExit) as exit_:
        main(["check", "--select", "F401", "--output-format", name, "a.ipynb"])
    assert exit_.value.code == 1
    assert "F401" in capsys.readouterr().out


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = io.BytesIO(notebook_bytes("import os"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    with pytest.raises(SystemExit):
        main(["check", "--select", "F401", "--output-format", "concise", "-"])
    assert "cell 1:1:8: warning F401" in capsys.readouterr().out


def test_explain_says_what_ruff_says(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["explain", "f401"])
    printed = capsys.readouterr().out
    assert printed.startswith("F401 unused-import")
    assert "Checks for unused imports" in printed


def test_one_process_for_all_that_nothing_governs(lint: Lint, starts: list[list[str]]) -> None:
    for number in range(9):
        lint("import os" if number % 2 else "x = 1", path=f"{number}.ipynb", ruff=False)
    report = run(["."], load(Path.cwd(), {"select": ["F401"]}))
    assert [path for path, _ in report.findings()] == [f"{n}.ipynb" for n in (1, 3, 5, 7)]
    assert len(starts) == 1


def test_unchanged_files_start_nothing(
    lint: Lint, starts: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_WORTH_CACHING", 0)
    Path("ruff.toml").write_text('extend = "more.toml"\n')
    Path("more.toml").write_text('lint.select = ["F401"]\n')
    lint("import os", ruff=True)
    assert ruffs(checked("a.ipynb", ruff=True)) == ["F401"]
    assert len(starts) == 1
    Path("more.toml").write_text('lint.select = ["E501"]\n')
    assert ruffs(checked("a.ipynb", ruff=True)) == []
    assert len(starts) == 2


@pytest.mark.parametrize("cells", [(), ({"cell_type": "markdown", "source": "x"},), ("%%bash\nx",)])
def test_nothing_to_lint_starts_nothing(
    lint: Lint, starts: list[list[str]], cells: tuple[Any, ...]
) -> None:
    lint(*cells, select=["F401"])
    assert starts == []


def test_without_ruff_the_run_goes_on(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruff_rules, "find_ruff", lambda: None)
    monkeypatch.setattr("nbcoach.bridges.ruff.find_ruff", lambda: None)
    result = lint("x = undefined  # nbcoach: ignore[F401]")
    assert "NB202" in codes(result)
    assert "NB010" not in codes(result)
    assert result.note.startswith("ruff is not installed")
    assert not result.error
    assert lint("x = 1", select=["F401"]).error.startswith("ruff is not installed")
    assert lint("x = 1", ruff=True).error.startswith("ruff is not installed")


def test_a_note_is_printed_once(
    lint: Lint, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("nbcoach.bridges.ruff.find_ruff", lambda: None)
    for name in ("a.ipynb", "b.ipynb"):
        lint({"cell_type": "markdown", "source": "# T"}, "x = 1", path=name)
    with pytest.raises(SystemExit) as exit_:
        main(["check"])
    assert exit_.value.code == 0
    assert capsys.readouterr().out.count("ruff is not installed") == 1


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 'error: unexpected argument' >&2; exit 2", "error: unexpected argument"),
        ("echo nonsense", "cannot be understood"),
        ('echo \'{"code": 1, "cell": "x", "filename": "0"}\'', "cannot be understood"),
        ("kill -ABRT $$", "ruff broke down: ruff ended with -6"),
    ],
)
def test_a_ruff_that_fails_says_why(
    lint: Lint, script: str, reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "ruff"
    program.write_text(f"#!/bin/sh\ncat >/dev/null\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr("nbcoach.bridges.ruff.find_ruff", lambda: str(program))
    assert reason in lint("x = 1", select=["F401"]).error
    assert reason in lint("x = 1").note


def test_one_notebook_that_breaks_ruff_leaves_the_others(
    lint: Lint, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = ruff_rules.find_ruff()
    program = tmp_path / "ruff"
    program.write_text(
        f"#!/bin/sh\ncat > {tmp_path}/input\nfor last; do :; done\n"
        f'if grep -qr poison {tmp_path}/input "$last" 2>/dev/null; then kill -ABRT $$; fi\n'
        f'exec {real} "$@" < {tmp_path}/input\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr("nbcoach.bridges.ruff.find_ruff", lambda: str(program))
    for name, cell in {"a": "import os", "b": "poison = 1", "c": "import re"}.items():
        lint(cell, path=f"{name}.ipynb", ruff=False)
    report = run(["."], load(Path.cwd(), {"select": ["F401"]}))
    assert [path for path, _ in report.findings()] == ["a.ipynb", "c.ipynb"]
    assert [file.path for file in report.files if file.error] == ["b.ipynb"]


def test_a_ruff_that_does_not_start(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nbcoach.bridges.ruff.find_ruff", lambda: "/nowhere/ruff")
    assert lint("x = 1").note == "ruff does not start: No such file or directory"
    lint("x = 1", path="b.ipynb", ruff=False)
    report = run(["."], load(Path.cwd(), {"ruff": True}))
    assert all(file.error.startswith("ruff does not start") for file in report.files)


@pytest.mark.parametrize("name", ["-x.ipynb", "--fix.ipynb", "ä b,c.ipynb", "no:p.y.ipynb"])
def test_odd_names(lint: Lint, name: str) -> None:
    Path("ruff.toml").write_text('lint.select = ["F401"]\n')
    assert ruffs(lint("import os", path=name, ruff=True)) == ["F401"]


def test_a_broken_configuration_is_told(lint: Lint) -> None:
    Path("ruff.toml").write_text("line-length = [\n")
    result = lint("x = 1", ruff=True)
    assert "ruff.toml" in result.error


def test_deep_code_in_many_notebooks(lint: Lint) -> None:
    deep = "x = " + "+".join(["1"] * 2000) + "\nimport os"
    for name in ("a", "b", "c"):
        lint(deep, path=f"{name}.ipynb", ruff=False)
    report = run(["."], load(Path.cwd(), {"select": ["F401"]}))
    assert [placed.finding.code for _, placed in report.findings()] == ["F401"] * 3


def test_ruff_alone_still_fails_as_the_docs_say() -> None:
    """When this fails, ruff has learnt something and the filter may be made smaller."""
    Path("a.ipynb").write_bytes(notebook_bytes("import sys", "!{sys.executable} -m pip list"))
    program = ruff_rules.find_ruff()
    assert program is not None
    command = [program, "check", "--isolated", "--no-cache", "--select", "F401", "a.ipynb"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
