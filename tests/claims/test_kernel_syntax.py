"""What IPython makes of magics, shell commands and code that was written for a script."""

import sys
from pathlib import Path

import pytest

from tests.claims.kernel import Kernel
from tests.claims.snippets import Snippet, snippet, snippets

BAD_SYNTAX = [example for example in snippets("NB004") if "print(3)" in example.script]


@pytest.mark.parametrize("example", BAD_SYNTAX)
def test_nb004_a_cell_that_is_no_python_never_runs(kernel: Kernel, example: Snippet) -> None:
    assert kernel.run(*example.cells).error == "SyntaxError"
    assert kernel.run(*example.cells[1:]).printed == "3\n"


def test_nb004_escapes_await_and_indented_cells_are_no_errors(kernel: Kernel) -> None:
    first, *others = snippet("NB004", "files = !ls", section="Edge cases").cells
    first = first.replace("!pip list\n", "")
    assert kernel.run(first, *others).error == ""
    indented = snippet("NB004", "    for row in range(3)", section="Edge cases")
    assert kernel.run(*indented.cells).printed == "0\n1\n2\n"


@pytest.mark.parametrize("example", snippets("NB240"))
def test_nb240_a_second_event_loop_is_refused(kernel: Kernel, example: Snippet) -> None:
    ran = kernel.run(*example.cells)
    assert ran.error == "RuntimeError"
    assert "running" in ran.message
    assert kernel.run(*example.repaired().cells).error == ""


def test_nb240_a_cell_may_await(kernel: Kernel) -> None:
    assert kernel.run(*snippet("NB240", section="Good").cells).error == ""
    assert kernel.value("result") == 3
    caught = snippet("NB240", "except RuntimeError", section="Edge cases")
    assert kernel.run(*caught.cells).error == ""


@pytest.mark.parametrize("example", snippets("NB242"))
def test_nb242_a_kernel_has_no_file(kernel: Kernel, example: Snippet) -> None:
    ran = kernel.run(*example.cells)
    assert (ran.error, ran.message) == ("NameError", "name '__file__' is not defined")


def test_nb242_the_working_folder_stands_in(kernel: Kernel, tmp_path: Path) -> None:
    assert kernel.run(*snippet("NB242", section="Good").cells).error == ""
    assert kernel.value("str(DATA)") == str(tmp_path / "data")
    for part in ("except NameError", "in globals()", "os.__file__", "analysis.ipynb"):
        near_miss = snippet("NB242", part, section="Edge cases")
        assert kernel.run(*near_miss.cells).error == ""


@pytest.mark.parametrize("part", ["--rate", "def settings"])
def test_nb244_arguments_are_those_of_the_kernel(kernel: Kernel, part: str) -> None:
    example = snippet("NB244", part)
    ran = kernel.run(*example.cells)
    assert (ran.error, ran.message) == ("SystemExit", "2")
    assert "unrecognized arguments: -f" in ran.warned
    assert kernel.run(*example.repaired().cells).error == ""


def test_nb244_the_first_argument_is_an_option_of_the_kernel(kernel: Kernel) -> None:
    assert kernel.run(*snippet("NB244", "sys.argv[1]").cells).error == ""
    assert kernel.value("path") == "-f"


@pytest.mark.parametrize("part", ["parse_known_args", "except SystemExit", 'add_argument("-f")'])
def test_nb244_parsers_that_allow_for_it_work(kernel: Kernel, part: str) -> None:
    near_miss = snippet("NB244", part, section="Edge cases")
    script = near_miss.script.replace('["--rate", "0.2"]', "[]")  # it has no such argument
    assert kernel.run(script).error == ""


def test_nb333_the_shell_takes_the_first_pip_of_its_path(kernel: Kernel, tmp_path: Path) -> None:
    other = tmp_path / "pip"
    other.write_text('#!/bin/sh\necho "another Python installs: $@"\n')
    other.chmod(0o755)
    kernel.run(f"import os; os.environ['PATH'] = '{tmp_path}:' + os.environ['PATH']")
    example = snippet("NB333")
    assert kernel.run(*example.cells).printed == "another Python installs: install pandas==2.2.3\n"
    record = "commands = []; get_ipython().system = commands.append"
    kernel.run(record, *example.repaired().cells, "del get_ipython().system")
    (command,) = kernel.value("commands")
    assert command.startswith(f"{sys.executable} -m pip install")


def test_nb912_a_shell_ends_with_its_line(kernel: Kernel, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    example = snippet("NB912", "!export BATCH_SIZE=16")
    state = "__import__('os').environ.get('BATCH_SIZE'), __import__('os').getcwd()"
    kernel.run(*(cell.split("\n")[0] for cell in example.cells))
    assert kernel.value(state) == (None, str(tmp_path))
    kernel.run(*(cell.split("\n")[0] for cell in example.repaired().cells))
    assert kernel.value(state) == ("16", str(tmp_path / "data"))


def test_nb912_one_line_and_one_cell_share_a_shell(kernel: Kernel, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "prices.csv").touch()
    line = snippet("NB912", "!cd data && ls", section="Edge cases").cells[0].split("\n")[0]
    assert kernel.run(line).printed.split() == ["prices.csv"]
    cell = snippet("NB912", "%%bash", section="Edge cases")
    assert kernel.run(*cell.cells).printed == "prices.csv\n"


def test_nb914_automagic_works_alone_and_nowhere_else(kernel: Kernel, tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    alone = snippet("NB914", "ls *.csv")
    assert kernel.run(*alone.cells).printed.split() == ["a.csv"]
    assert kernel.run("ls, csv = 2, type('', (), {'csv': 3})", "ls *csv.csv").results == ("6",)
    assert kernel.run(*alone.repaired().cells).printed.split() == ["a.csv"]
    beside = snippet("NB914", "cd ..")
    assert kernel.run(*beside.cells).error == "SyntaxError"
    assert kernel.run(*beside.repaired().cells).error == ""
    assert kernel.value("__import__('os').getcwd()") == str(tmp_path.parent)


@pytest.mark.parametrize("example", snippets("NB915"))
def test_nb915_a_cell_magic_below_a_line_is_not_found(kernel: Kernel, example: Snippet) -> None:
    ran = kernel.run(*example.cells)
    assert "Line magic function `%%time` not found" in ran.message + ran.warned
    assert kernel.run("total").error == "NameError"


def test_nb915_at_the_top_it_is(kernel: Kernel) -> None:
    moved = snippet("NB915", "# How long").repaired()
    for example in (moved, *snippets("NB915", "Good")):
        assert kernel.run("total = 0", *example.cells).error == ""
        assert kernel.value("total") == 36
    for part in ("\n%%time\ntotal = 3", "%%capture out\n%%time", 'text = """'):
        (near_miss,) = [one for one in snippets("NB915", "Edge cases") if part in "\n" + one.script]
        assert kernel.run(*near_miss.cells).error == ""
