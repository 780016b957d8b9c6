"""`nbcoach init`, with git itself, in a terminal and elsewhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke, write
from tests.cli.test_processes import nbcoach

CONFIGURATION = """\
# Written by `nbcoach init`, which saw 3 notebooks; all else is at its default.

# 3 of 3 notebooks have no outputs and no run counts
outputs = "source-only"
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of one's own, without any configuration."""
    place = tmp_path / "größe eins"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.delenv("GIT_DIR", raising=False)
    from nbcoach.plugins import packs

    monkeypatch.setattr("nbcoach.plugins.rule_set.installed_packs", packs.installed_packs)
    subprocess.run(["git", "init", "-q"], check=True)
    return place


def contents() -> dict[str, bytes]:
    files = (path for path in Path().rglob("*") if path.is_file())
    ours = (path for path in files if path.parts[0] not in (".git", ".nbcoach_cache"))
    return {path.as_posix(): path.read_bytes() for path in ours}


def three_notebooks(*cells: str) -> None:
    for number in range(3):
        write(f"n {number}.ipynb", *cells)


def test_elsewhere_it_writes_the_configuration_and_offers_the_rest(invoke: Invoke) -> None:
    three_notebooks("print(total)")
    before = contents()
    result = invoke("init")
    assert result.code == 0
    assert contents() == {**before, "nbcoach.toml": CONFIGURATION.encode()}
    assert result.out.startswith("Looked at 3 notebooks here: 3 .ipynb\n\nnbcoach.toml is new:\n")
    assert "\nFound today: 3 errors\n\nWrote nbcoach.toml\n" in result.out
    assert "  nbcoach init --hooks     check the notebooks of each commit" in result.out
    assert "  nbcoach init --baseline  keep these findings silent" in result.out
    assert result.out.endswith("  nbcoach check         what is found now\n")
    assert invoke("config").out.startswith("Configuration file: ")


def test_with_yes_a_project_is_set_up_and_silent(invoke: Invoke) -> None:
    three_notebooks("print(total)")
    Path("pyproject.toml").write_bytes(b'[project]\r\nname = "x"\r\n')
    result = invoke("init", "--yes")
    assert result.code == 0
    table = f"\n[tool.nbcoach]\n{CONFIGURATION}".replace("\n", "\r\n").encode()
    assert Path("pyproject.toml").read_bytes() == b'[project]\r\nname = "x"\r\n' + table
    assert "id: nbcoach-check" in Path(".pre-commit-config.yaml").read_text()
    assert "Wrote .nbcoach-baseline.json: 3 findings in 3 notebooks\n" in result.out
    assert "git add pyproject.toml .pre-commit-config.yaml .nbcoach-baseline.json" in result.out
    assert "pre-commit install" in result.out
    assert invoke("check", "--show", "info").code == 0


def test_a_second_time_nothing_changes(invoke: Invoke) -> None:
    three_notebooks("print(total)")
    invoke("init", "--yes")
    before = contents()
    result = invoke("init", "--yes")
    assert result.code == 0
    assert "nbcoach.toml configures nbcoach already and stays as it is" in result.out
    assert ".pre-commit-config.yaml has the hook already" in result.out
    assert ".nbcoach-baseline.json is there already; `nbcoach baseline` renews it" in result.out
    assert "Wrote nothing" in result.out
    assert contents() == before


def test_what_is_on_offer_can_be_had_later(invoke: Invoke) -> None:
    three_notebooks("print(total)")
    invoke("init")
    assert "Wrote .pre-commit-config.yaml\n" in invoke("init", "--hooks", "--no-baseline").out
    assert "Wrote .nbcoach-baseline.json\n" in invoke("init", "--baseline").out
    assert invoke("check").code == 0


@pytest.mark.parametrize("more", [[], ["--yes"], ["--hooks", "--baseline"]])
def test_a_dry_run_writes_nothing_and_shows_all(invoke: Invoke, more: list[str]) -> None:
    three_notebooks("print(total)")
    before = contents()
    result = invoke("init", "--dry-run", *more)
    assert result.code == 0
    assert contents() == before
    assert '    outputs = "source-only"\n' in result.out
    names = "nbcoach.toml, .pre-commit-config.yaml, .nbcoach-baseline.json"
    assert f"Would write {names if more else 'nbcoach.toml'}\n" in result.out
    assert ("          - id: nbcoach-check\n" in result.out) == bool(more)


def test_what_is_declined_is_not_offered(invoke: Invoke) -> None:
    three_notebooks("print(total)")
    result = invoke("init", "--no-hooks", "--no-baseline", "--yes")
    assert "Also on offer" not in result.out
    assert "Found today" not in result.out
    assert sorted(name for name in contents() if not name.endswith("ipynb")) == ["nbcoach.toml"]


def test_an_empty_folder_needs_nothing_yet(invoke: Invoke) -> None:
    result = invoke("init")
    assert result.code == 0
    assert result.out.startswith("There are no notebooks here\n\nNo configuration is needed")
    assert "Wrote nothing\n\nAlso on offer\n  nbcoach init --hooks  check" in result.out
    assert contents() == {}


def test_another_folder_is_named_in_the_commands(invoke: Invoke) -> None:
    write("a b/x.ipynb", "print(total)")
    result = invoke("init", "a b")
    assert Path("a b/nbcoach.toml").exists()
    assert "nbcoach init --baseline 'a b'" in result.out
    assert "nbcoach check 'a b'" in result.out
    assert invoke("init", "a b", "--baseline").code == 0
    assert Path("a b/.nbcoach-baseline.json").exists()


def test_a_configuration_above_holds_here_too(invoke: Invoke) -> None:
    Path("nbcoach.toml").write_text("")
    write("a/x.ipynb", "x = 1")
    assert "nbcoach.toml configures nbcoach already" in invoke("init", "a").out
    assert not Path("a/nbcoach.toml").exists()


def test_what_is_left_out_is_not_in_the_baseline(invoke: Invoke) -> None:
    write("vendor/x.ipynb", "print(total)")
    result = invoke("init", "--baseline")
    assert result.out.startswith("There are no notebooks here, beside those in vendor\n")
    assert 'extend-exclude = ["/vendor"]' in Path("nbcoach.toml").read_text()
    assert "No notebooks found here" in invoke("check").out


def test_outside_of_a_repository_there_are_no_hooks(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(".git")
    write("a.ipynb", "x = 1")
    result = invoke("init", "--hooks")
    assert result.code == 2
    assert "run `git init` first" in result.err
    assert not Path("nbcoach.toml").exists()
    assert "hooks" not in invoke("init").out


def test_a_hook_that_cannot_be_put_in_is_printed(invoke: Invoke) -> None:
    Path(".pre-commit-config.yaml").write_text("repos: []\n")
    result = invoke("init", "--hooks")
    assert result.code == 0
    assert "put this below `repos:`\n\n    - repo: local\n" in result.out
    assert Path(".pre-commit-config.yaml").read_text() == "repos: []\n"


def test_broken_files_of_others_are_named(invoke: Invoke) -> None:
    Path(".pre-commit-config.yaml").write_text("a: [\n")
    write("a.ipynb", "x = 1")
    result = invoke("init")
    assert result.code == 0
    assert ".pre-commit-config.yaml: is not YAML: " in result.err
    assert invoke("init", "--hooks").code == 2
    Path("nbcoach.toml").unlink()
    Path("pyproject.toml").write_text("[project\n")
    result = invoke("init")
    assert result.code == 2
    assert "pyproject.toml: is not TOML: " in result.err
    assert Path("pyproject.toml").read_text() == "[project\n"


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write everything"
)
def test_a_folder_that_may_not_be_written_is_named(invoke: Invoke, place: Path) -> None:
    write("a.ipynb", "x = 1")
    place.chmod(0o500)
    try:
        result = invoke("init")
    finally:
        place.chmod(0o700)
    assert result.code == 2
    assert "`nbcoach.toml` cannot be written: " in result.err


def test_pre_commit_runs_the_hook(invoke: Invoke) -> None:
    beside = str(Path(sys.executable).parent)
    program = shutil.which("pre-commit", path=beside) or shutil.which("pre-commit")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI installs pre-commit for this test")
        pytest.skip("needs pre-commit")
    three_notebooks("print(total)")
    invoke("init", "--hooks")
    subprocess.run([program, "validate-config"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    run = [program, "run", "--all-files"]
    path = os.pathsep.join((beside, os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(run, capture_output=True, check=False, env=environment)
    assert done.returncode == 1, done.stderr
    assert b"NB202" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal")
@pytest.mark.parametrize(
    ("answers", "written"),
    [
        ("\n\n\n", {"nbcoach.toml", ".pre-commit-config.yaml", ".nbcoach-baseline.json"}),
        ("y\nn\nn\n", {"nbcoach.toml"}),
        ("n\nn\nn\n", set()),
    ],
)
def test_in_a_terminal_it_asks(answers: str, written: set[str]) -> None:
    import pty

    three_notebooks("print(total)")
    master, terminal = pty.openpty()
    command = [sys.executable, "-m", "nbcoach", "init"]
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        os.write(master, answers.encode())
        shown = b""
        try:
            while piece := os.read(master, 4096):
                shown += piece
        except OSError:  # so Linux tells that the other end was closed
            pass
    os.close(master)
    assert process.returncode == 0
    assert b"Write nbcoach.toml? [Y/n]" in shown
    assert b"Check the notebooks of each commit, by pre-commit? [Y/n]" in shown
    assert b"Keep these findings silent until their cells change? [Y/n]" in shown
    assert {name for name in contents() if not name.endswith(".ipynb")} == written


def test_a_pipe_is_not_asked() -> None:
    three_notebooks("x = 1\nprint(x)")
    process = nbcoach("init", stdin=b"n\nn\nn\n")
    assert process.returncode == 0
    assert Path("nbcoach.toml").exists()
