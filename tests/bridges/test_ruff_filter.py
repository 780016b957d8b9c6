"""Where ruff's rules do not fit notebooks: a test for every row of the table in docs/ruff.md."""

import pytest

from tests.bridges.conftest import Lint, codes, places

RAISES = {"metadata": {"tags": ["raises-exception"]}}


@pytest.mark.parametrize(
    "cells",
    [
        ("%run setup.py", "print(made_there)"),
        ("%store -r big", "print(big)"),
        ("1 + 1", "print(_, In, Out, _1)"),
        ("%%timeit z = 3\nz + 1",),
        ("from os.path import *", "print(join('a', 'b'))"),
    ],
)
def test_names_that_ruff_cannot_know(lint: Lint, cells: tuple[str, ...]) -> None:
    assert codes(lint(*cells, select=["F821", "F405"])) == []


@pytest.mark.parametrize(
    "use",
    [
        "!{sys.executable} -m pip list",
        "%timeit sys.path",
        "%%timeit sys.path\npass",
        "!echo $sys",
        "%%px\nsys.path",
        "sys?",
        "print sys.path",
        "    indented = sys.path",
        {"source": "sys.path", "metadata": {"vscode": {"languageId": "javascript"}}},
    ],
)
def test_imports_used_where_ruff_does_not_look(lint: Lint, use: str) -> None:
    """P8: with ruff alone the fix deletes the import."""
    result = lint("import sys\nimport os", use, select=["F401"])
    assert places(result) == [("F401", 1, 2, 8)]


def test_the_bound_name_of_an_import_counts(lint: Lint) -> None:
    cells = "import numpy as np, os.path\nfrom sys import path as where", "!ls {np.x} {os} {where}"
    assert codes(lint(*cells, select=["F401"])) == []
    assert codes(lint(cells[0], "!ls {numpy} {path}", select=["F401"])) == ["F401"] * 3


def test_variables_used_in_escapes(lint: Lint) -> None:
    used = "def f(x):\n    y = 1\n    !echo {y}\n    for i in x:\n        !echo $i"
    assert codes(lint(used, select=["F841", "B007"])) == []
    unused = "def f(x):\n    y = 1\n    for i in x:\n        !echo"
    assert codes(lint(unused, select=["F841", "B007"])) == ["F841", "B007"]


def test_a_name_defined_again_in_another_cell(lint: Lint) -> None:
    twice = "def f(): return 1\ndef f(): return 2"
    assert codes(lint("def f(): return 1", "def f(): return 2", select=["F811"])) == []
    result = lint({"cell_type": "markdown", "source": "# T"}, twice, select=["F811"])
    assert places(result) == [("F811", 2, 2, 5)]
    assert result.findings[0].finding.message == "Redefinition of unused `f` from cell 2, line 1"


def test_a_star_import_is_one(lint: Lint) -> None:
    assert codes(lint("from os.path import *", select=["F403"])) == ["F403"]


def test_imports_and_futures_stand_where_they_like(lint: Lint) -> None:
    cells = "x = 1\nimport os\nos.getcwd()", "import math\nfrom __future__ import division"
    assert codes(lint(*cells, select=["E402", "F404"])) == []


def test_imports_are_sorted_by_cell_and_not_across_escapes(lint: Lint) -> None:
    assert codes(lint("import sys\nimport os", select=["I001"])) == ["I001"]
    assert codes(lint("import sys", "import os", select=["I001"])) == []
    assert codes(lint("import sys\n\n%autoreload 2\nimport os", select=["I001"])) == []


@pytest.mark.parametrize("last", ["x", "x == 1", "x;", "x == 1;", "x + 1"])
def test_what_a_cell_shows_last(lint: Lint, last: str) -> None:
    shown = lint(f"x = 1\n{last}", f"x\n{last}\n!ls", select=["B015", "B018", "E703"])
    assert [place for place in places(shown) if place[1] == 1] == []


def test_what_a_cell_does_not_show(lint: Lint) -> None:
    select = ["B015", "B018", "E703"]
    result = lint("x = 1\nx == 1\n[x]\nx = 2;\nx", select=select)
    assert codes(result) == ["B015", "B018", "E703"]
    assert codes(lint({"source": "x = 1\n[x]\nx", **RAISES}, select=select)) == []
    everything = "from IPython.core.interactiveshell import InteractiveShell as S"
    setting = f"{everything}\nS.ast_node_interactivity = 'all'"
    assert codes(lint(setting, "x = 1\n[x]\nx", select=select)) == []


def test_await_and_exit_at_the_top(lint: Lint) -> None:
    assert codes(lint("await f()", "exit()", select=["F704", "PLE1142", "PLR1722"])) == []


def test_globals_that_other_cells_declare(lint: Lint) -> None:
    assert codes(lint("x = 1", "global x\nx = 2", select=["PLE0118"])) == []


def test_what_is_about_modules(lint: Lint) -> None:
    assert codes(lint("x = 1", path="Ä B.ipynb", select=["D100", "INP001", "N999", "CPY001"])) == []


def test_printing_and_asserting_unless_the_exact_code_is_selected(lint: Lint) -> None:
    cells = ("print(1)\nassert True\n# x = 1",)
    assert codes(lint(*cells, select=["T", "T2", "S1", "ERA"])) == []
    assert codes(lint(*cells, select=["T201", "S101", "ERA001"])) == ["T201", "S101", "ERA001"]


def test_shadowed_builtins_are_kept(lint: Lint) -> None:
    assert codes(lint("list = [1]", select=["A001"])) == ["A001"]


def test_syntax_errors_are_ours_to_tell(lint: Lint) -> None:
    result = lint("def f(:", "import os", "match = 1", select=["F401", "E9"])
    assert places(result) == [("F401", 2, 1, 8)]


def test_needless_noqa_unless_something_was_left_out(lint: Lint) -> None:
    assert codes(lint("x = 1  # noqa: F401", select=["RUF100", "F401"])) == ["RUF100"]
    assert codes(lint("x = 1  # noqa: F821", select=["RUF100", "F821"])) == []
    assert codes(lint("import os  # noqa: F401", "!{os.x}", select=["RUF100", "F401"])) == []
    assert codes(lint("x = 1  # noqa: E501", select=["RUF100"])) == []


def test_nothing_is_said_about_escapes(lint: Lint) -> None:
    cell = "try:\n    !ls\nexcept OSError:\n    !dir\nif 1:\n    %cd " + "x" * 200
    assert codes(lint(cell, select=["SIM105", "S110", "PIE790", "E501", "W291"])) == []
