"""What other notebook linters got wrong, case by case, through our command line as it comes."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nbcoach.cli import main
from tests.documents.notebooks import code, notebook


@dataclass(frozen=True)
class Answer:
    """The exit code and what was found: (file, cell from 1, code)."""

    exit_code: int
    findings: list[tuple[str, int | None, str]]
    files: list[str]
    text: str

    def codes(self, file: str = "a.ipynb", *, but: str = "") -> list[str]:
        """The codes found in one file, but for those named."""
        return [code for path, _, code in self.findings if path == file and code not in but.split()]


Check = Callable[..., Answer]


@pytest.fixture
def check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Check:
    monkeypatch.chdir(tmp_path)

    def checked(*arguments: str) -> Answer:
        with pytest.raises(SystemExit) as exit_:
            main(("check", "--isolated", "--output-format", "json", *arguments))
        text = capsys.readouterr().out
        report: dict[str, Any] = json.loads(text) if text else {"findings": [], "files": []}
        found = [(one["path"], one["cell"], one["code"]) for one in report["findings"]]
        assert not [file["error"] for file in report["files"] if file["error"]]
        assert isinstance(exit_.value.code, int)
        return Answer(exit_.value.code, found, [file["path"] for file in report["files"]], text)

    return checked


def save(*cells: str | tuple[int | None, str], name: str = "a.ipynb") -> Path:
    """Write a notebook of code cells, each a source or an execution count and a source."""
    written = []
    for index, cell in enumerate(cells):
        count, source = (None, cell) if isinstance(cell, str) else cell
        written.append(code(source, id=f"cell-{index}", execution_count=count))
    Path(name).write_text(json.dumps(notebook(*written, minor=5), indent=1), encoding="utf-8")
    return Path(name)


def test_P1_attribute_called_cuda(check: Check) -> None:
    save("import torch\nlayer = torch.nn.Linear(2, 2).cuda()")
    assert check("a.ipynb").codes(but="NB401") == []
    save("import torch\nlayer = torch.nn.Linear(2, 2).cuda()\ncuda")
    assert check("a.ipynb").codes(but="NB401") == ["NB202"]


def test_P2_names_that_ipython_gives(check: Check) -> None:
    save("x = 1\ndisplay(x)", "_", "In, Out", "get_ipython()", "_1")
    assert check("a.ipynb", "--ignore", "NB501").findings == [("a.ipynb", 5, "NB220")]


@pytest.mark.parametrize(
    "cells",
    [
        ("import numpy as np\nSEED=1; np.random.seed(SEED)\nnp.random.rand()",),
        ("import numpy as np\nSEED=1", "np.random.seed(SEED)", "np.random.rand()"),
    ],
)
def test_P3_seed_from_a_name(check: Check, cells: tuple[str, ...]) -> None:
    save(*cells)
    answer = check("a.ipynb", "--preview", "--extend-select", "reproducibility")
    assert answer.files == ["a.ipynb"]
    assert [code for code in answer.codes() if code.startswith("NB3")] == []


def test_P4_ls_in_one_of_three_files(check: Check) -> None:
    save("here = 1", "missing", name="1.ipynb")
    save("ls *.py", "lost", name="2.ipynb")
    save("gone", name="3.ipynb")
    answer = check(".")
    assert answer.exit_code == 1
    assert answer.findings == [
        ("1.ipynb", 2, "NB202"),
        ("2.ipynb", 1, "NB914"),
        ("2.ipynb", 2, "NB202"),
        ("3.ipynb", 1, "NB202"),
    ]


def test_P5_counts_1_4_none(check: Check) -> None:
    save((1, "x = 1"), (4, "y = 2"), (None, "z = 3"))
    assert check("a.ipynb").codes(but="NB501") == []
    answer = check("a.ipynb", "--extend-select", "missing-executions", "--ignore", "NB501")
    assert answer.findings == [("a.ipynb", 2, "NB103")]


def test_P6_del_later_then_use(check: Check) -> None:
    save("later = 1", "del later", "print(later)")
    assert check("a.ipynb", "--ignore", "NB501").findings == [("a.ipynb", 3, "NB205")]


@pytest.mark.parametrize("argument", ["", "random_state=None"])
def test_P7_random_forest_without_state(check: Check, argument: str) -> None:
    source = "from sklearn.ensemble import RandomForestClassifier\n"
    save(f"{source}model = RandomForestClassifier({argument})\nmissing")
    answer = check("a.ipynb", "--preview")
    assert answer.files == ["a.ipynb"]
    assert answer.codes(but="NB312") == ["NB301", "NB202"]


def test_P8_import_used_in_a_shell_line(check: Check) -> None:
    file = save("import sys\n!{sys.executable} -m pip install pandas==2.2.3", "ls *.py")
    before = file.read_text(encoding="utf-8")
    answer = check("a.ipynb", "--fix", "--unsafe-fixes", "--select", "ALL,F401", "--preview")
    assert "F401" not in answer.text
    after = file.read_text(encoding="utf-8")
    assert after == before.replace("ls *", "%ls *"), "only the last cell is repaired"


def test_P9_magics_that_bind_names(check: Check) -> None:
    save("%store -r big\nbig", "%%timeit z=3\nz + 1", "exit, quit, __, _oh, _ih, _dh, _i", "lost")
    answer = check("a.ipynb", "--ignore", "NB501", "--select", "NB202,NB201")
    assert answer.findings == [("a.ipynb", 4, "NB202")]


def test_P9_run_of_a_script_that_is_not_there(check: Check) -> None:
    save("known = 1", "%run setup.py\nbig", "other")
    answer = check("a.ipynb", "--ignore", "NB501")
    assert answer.findings == [("a.ipynb", 2, "NB005")]


def test_P10_import_os_then_ls(check: Check) -> None:
    save("import os\nls *.py", "os.getcwd()\nmissing")
    answer = check("a.ipynb")
    assert answer.findings == [("a.ipynb", 1, "NB914"), ("a.ipynb", 2, "NB202")]
    finding = json.loads(answer.text)["findings"][0]
    assert (finding["row"], finding["severity"]) == (2, "error")


def test_P11_no_undefined_name_by_another_name(check: Check) -> None:
    save("%run setup.py\nbig", "_1, get_ipython, display, In, Out")
    answer = check("a.ipynb", "--select", "ALL,F", "--preview")
    assert "NB005" in answer.codes()
    assert not {"F821", "NB201", "NB202"} & set(answer.codes())


def test_P12_a_fresh_process(tmp_path: Path) -> None:
    file = tmp_path / "x.ipynb"
    file.write_text(json.dumps(notebook(code("lost"))), encoding="utf-8")
    command = [sys.executable, "-W", "error", "-m", "nbcoach", "check", "x.ipynb"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, text=True, check=False)
    assert done.returncode == 1
    assert "NB202" in done.stdout
    assert done.stderr == ""


def test_P13_exit_codes_and_lists(check: Check) -> None:
    save("x = 1", name="clean.ipynb")
    save("lost\nopen('/home/ana/a.csv')")
    assert check("clean.ipynb").exit_code == 0
    both = check(".", "--select", "NB202,absolute-path")
    assert (both.exit_code, both.codes()) == (1, ["NB202", "NB341"])
    again = check(".", "--select", "NB202", "--select", "NB341, NB914")
    assert again.findings == both.findings
    assert check("a.ipynb", "--ignore", "NB202,NB341,NB501").exit_code == 0
    assert check("a.ipynb", "--select", "nonsense").exit_code == 2
    assert check("a.ipynb", "--jobs", "0").exit_code == 2


def test_P14_syntax_error_before_other_findings(check: Check) -> None:
    save("x = (", "from os import path\nopen('/home/ana/a.csv')", "import json\n_2")
    answer = check("a.ipynb", "--ignore", "NB501,NB005")
    assert answer.findings == [
        ("a.ipynb", 1, "NB004"),
        ("a.ipynb", 2, "NB341"),
        ("a.ipynb", 3, "NB220"),
    ]


def test_P15_two_of_three_cells_unparsable(check: Check) -> None:
    save("x = (", "y = )", "z = 1")
    answer = check("a.ipynb")
    assert answer.exit_code == 1
    assert sorted(answer.codes(but="NB501")) == ["NB004", "NB004", "NB005"]
    quiet = check("a.ipynb", "--ignore", "NB004")
    assert quiet.codes(but="NB501") == ["NB005"]


def test_P16_bare_torch_load(check: Check) -> None:
    save('import torch\nmodel = torch.load("m.pt")\nlost')
    answer = check("a.ipynb", "--preview")
    assert answer.files == ["a.ipynb"]
    assert answer.codes(but="NB704") == ["NB202"]


def test_P16_a_file_that_was_not_read(check: Check) -> None:
    Path("script.py").write_text("import torch\n", encoding="utf-8")
    Path("torn.ipynb").write_text('{"cells": [', encoding="utf-8")
    answer = check("script.py", "torn.ipynb")
    assert answer.exit_code == 1
    assert answer.findings == [("script.py", None, "NB001"), ("torn.ipynb", None, "NB001")]
    assert check(".").files == ["torn.ipynb"], "a script that nobody named is no notebook"
