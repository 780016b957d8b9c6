"""What a start costs: modules that are imported although nothing asks for them."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

HEAVY = set(
    "asyncio difflib fastjsonschema importlib.metadata IPython jupytext logging markdown_it "
    "multiprocessing nbdime nbformat numpy pathspec sqlite3 subprocess tomllib torch yaml".split()
)
TELL = (
    "import sys; from nbcoach.cli import main\n"
    "try: main(sys.argv[1:])\n"
    "finally: print(*sys.modules, file=sys.stderr)"
)


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def imported(*arguments: str, given: bytes = b"") -> set[str]:
    """The modules after a run, that of a run with an index of the rules at hand."""
    command = [sys.executable, "-c", TELL, *arguments]
    subprocess.run(command, capture_output=True, check=False, timeout=60, input=given)
    process = subprocess.run(command, capture_output=True, check=False, timeout=60, input=given)
    return set(process.stderr.decode().split())


def notebook(*sources: str) -> str:
    """The path of a new notebook with these code cells."""
    cells = [cell(number, source) for number, source in enumerate(sources)]
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    Path("small.ipynb").write_text(json.dumps(content))
    return "small.ipynb"


def cell(number: int, source: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"cell-{number}",
        "metadata": {},
        "outputs": [],
        "source": source,
    }


def rules_in(modules: Iterable[str]) -> set[str]:
    return {name for name in modules if name.startswith("nbcoach_rules.") and name.count(".") == 2}


def test_the_version_needs_no_heavy_module() -> None:
    assert imported("--version") & HEAVY == set()


def test_a_check_needs_no_heavy_module() -> None:
    path = notebook("import numpy as np\n", "np.ones(3)\n" * 20)
    # Ruff is another process, and that is all that it costs.
    assert imported("check", path) & HEAVY == {"subprocess"}
    modules = imported("check", "--no-ruff", path)
    assert "nbcoach.engine" in modules
    assert modules & HEAVY == set()


def test_no_process_is_prepared_where_ruff_has_nothing_to_do() -> None:
    assert "subprocess" not in imported("check", notebook())
    path = notebook("x = 1")
    Path("ruff.toml").write_text("")
    assert "subprocess" not in imported("check", path)


def test_plain_paths_need_no_parser_of_options() -> None:
    assert "click" not in imported("check", notebook("x = 1"))
    assert "click" in imported("check", "-q", "small.ipynb")


def test_a_check_knows_nothing_of_lessons() -> None:
    ours = ("nbcoach.curriculum", "nbcoach.cli.learn")
    modules = imported("check", notebook("x = 1"))
    assert not [name for name in modules if name.startswith(ours)]


def test_lessons_can_be_listed_and_started_without_heavy_modules() -> None:
    for words in (("list",), ("start", "71"), ("hint", "71"), ("next",), ("spot", "71")):
        assert imported("learn", *words) & (HEAVY - {"tomllib"}) == set()


def test_the_filter_of_git_needs_no_parser_of_options() -> None:
    data = Path(notebook("x = 1")).read_bytes()
    modules = imported("clean", "--stdin-filename", "small.ipynb", "-", given=data)
    assert "nbcoach.fixing" in modules
    assert modules & {*HEAVY, "click"} == set()


def test_a_rule_is_imported_only_where_its_words_occur() -> None:
    name = "nbcoach_rules.data.inplace_result_assigned"
    without = rules_in(imported("check", notebook("x = [3, 1]")))
    assert without
    assert name not in without
    assert name in rules_in(imported("check", notebook("x = [3, 1].sort()")))


def test_a_run_without_options_is_one_with_their_defaults() -> None:
    from nbcoach.cli.check import command
    from nbcoach.cli.request import Request

    plain = vars(Request(paths=["."]))
    given = command.make_context("check", []).params
    del given["no_baseline"], given["paths"]
    assert given == {name: plain[name] for name in given}
