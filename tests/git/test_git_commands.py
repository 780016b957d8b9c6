"""`nbcoach git` and `nbcoach clean`, with git itself and nbdime."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nbcoach.cli.outcome import outcome as main
from tests.fakes import notebook_bytes
from tests.git.conftest import Git

OUTPUT = {"output_type": "stream", "name": "stdout", "text": ["1\n"]}
RUN = {"source": "print(1)", "outputs": [OUTPUT], "execution_count": 3}
NAME = "größe 1.ipynb"


@pytest.fixture
def nbdime() -> None:
    beside = Path(sys.executable).with_name("git-nbdiffdriver")
    if not beside.exists() and shutil.which("git-nbdiffdriver") is None:
        if os.environ.get("CI"):
            pytest.fail("CI installs nbdime for this test")
        pytest.skip("needs nbdime")


def write(*cells: str | dict[str, object], name: str = NAME) -> bytes:
    data = notebook_bytes(*cells)
    Path(name).write_bytes(data)
    return data


def sources(text: str) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(text)["cells"]]


def test_the_filter_commits_clean_and_leaves_the_file(git: Git) -> None:
    data = write("x = 1", RUN)
    assert main(["git", "setup", "--only-clean"]) == 0
    git("add", ".")
    assert Path(NAME).read_bytes() == data
    committed = git("show", f":{NAME}")
    assert committed == data.decode().replace(
        json.dumps([OUTPUT], indent=1).replace("\n", "\n   "), "[]"
    ).replace('"execution_count": 3', '"execution_count": null')
    git("commit", "-qm", "One")
    assert git("status", "--porcelain") == ""
    assert git("diff") == ""


def test_the_filter_keeps_what_is_no_notebook(git: Git, capfd: pytest.CaptureFixture[str]) -> None:
    main(["git", "setup", "--only-clean"])
    Path("b.ipynb").write_bytes(b"{broken")
    git("add", ".")
    assert git("show", ":b.ipynb") == "{broken"


def test_setup_refuses_where_another_filter_is_at_work(
    git: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(".gitattributes").write_text("*.ipynb filter=nbstripout\n")
    assert main(["git", "setup", "--only-clean"]) == 2
    assert "`filter=nbstripout`" in capsys.readouterr().err
    assert "nbcoach" not in git("config", "--local", "--list")


def test_undo_leaves_no_trace(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    before = git("config", "--local", "--list")
    Path(".gitattributes").write_text("*.py text\n")
    main(["git", "setup", "--only-clean"])
    main(["git", "setup", "--only-clean", "--local"])
    assert main(["git", "undo"]) == 0
    assert git("config", "--local", "--list") == before
    assert Path(".gitattributes").read_text() == "*.py text\n"
    capsys.readouterr()
    main(["git", "undo"])
    assert capsys.readouterr().out == "Nothing was set up here\n"


def test_undo_leaves_what_others_set_up(git: Git) -> None:
    git("config", "diff.jupyternotebook.command", "git-nbdiffdriver diff")
    before = git("config", "--local", "--list")
    main(["git", "setup", "--only-clean"])
    assert main(["git", "undo"]) == 0
    assert git("config", "--local", "--list") == before


def test_outside_of_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["git", "status"]) == 2
    assert "not a git repository" in capsys.readouterr().err


def test_status_tells_what_is_marked_but_not_set_up(
    git: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(".gitattributes").write_text("*.ipynb filter=nbcoach diff=other\n")
    assert main(["git", "status"]) == 0
    shows, merges, cleans = capsys.readouterr().out.splitlines()
    assert shows == "diffs cell by cell: by another driver, `other`"
    assert merges == "merges cell by cell: not set up"
    assert cleans.endswith("marked, but not set up in this clone; run `nbcoach git setup`")


def conflict(git: Git) -> None:
    """Two branches that changed the same cell."""
    write("x = 1", "print(x)")
    git("add", ".")
    git("commit", "-qm", "One")
    git("switch", "-qc", "other")
    write("x = 2", "print(x)")
    git("commit", "-qam", "Two")
    git("switch", "-q", "main")
    write("x = 3", "print(x)")
    git("commit", "-qam", "Three")


def test_status_explains_a_conflict_and_its_ways_out_work(
    git: Git, nbdime: None, capsys: pytest.CaptureFixture[str]
) -> None:
    conflict(git)
    git("merge", "other", code=1)
    assert main(["check", NAME, "--isolated"]) == 1
    assert "NB601" in capsys.readouterr().out
    assert main(["git", "status"]) == 1
    text = capsys.readouterr().out
    assert f"{NAME} is in conflict" in text
    git("checkout", "--theirs", NAME)
    assert sources(Path(NAME).read_text()) == ["x = 2", "print(x)"]
    main(["git", "setup", "--local"])
    git("checkout", "--merge", NAME)
    json.loads(Path(NAME).read_text())  # nbdime leaves a notebook that opens
    git("add", NAME)
    assert main(["git", "status"]) == 0


def test_nbdime_merges_changes_of_different_cells(git: Git, nbdime: None) -> None:
    write("x = 1", "y = 1")
    assert main(["git", "setup", "--clean"]) == 0
    git("add", ".")
    git("commit", "-qm", "One")
    git("switch", "-qc", "other")
    write("x = 2", "y = 1")
    git("commit", "-qam", "Two")
    git("switch", "-q", "main")
    write("x = 1", "y = 3")
    git("commit", "-qam", "Three")
    git("merge", "-q", "other", "-m", "Four")
    assert sources(Path(NAME).read_text()) == ["x = 2", "y = 3"]


def test_nbdime_shows_changed_cells_only_though_outputs_stay(git: Git, nbdime: None) -> None:
    write("x = 1", RUN)
    main(["git", "setup", "--clean"])
    git("add", ".")
    git("commit", "-qm", "One")
    write("x = 2", RUN)
    shown = git("diff")
    assert "cells/0/source" in shown
    assert "outputs" not in shown


def clean(data: bytes, *arguments: str) -> bytes:
    command = [sys.executable, "-m", "nbcoach", "clean", *arguments, "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return done.stdout


def test_cleaning_twice_is_cleaning_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = notebook_bytes({**RUN, "metadata": {"scrolled": True, "tags": ["a"]}}, indent=None)
    cleaned = clean(data)
    assert clean(cleaned) == cleaned
    (cell,) = json.loads(cleaned)["cells"]
    assert (cell["outputs"], cell["execution_count"]) == ([], None)
    assert cell["metadata"] == {"tags": ["a"]}
    assert b"\n" not in cleaned.rstrip(b"\n")


def test_outputs_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (cell,) = json.loads(clean(notebook_bytes(RUN), "--keep-outputs"))["cells"]
    assert (cell["outputs"], cell["execution_count"]) == ([OUTPUT], None)
    Path("nbcoach.toml").write_text('outputs = "kept"\n')
    (cell,) = json.loads(clean(notebook_bytes(RUN)))["cells"]
    assert (cell["outputs"], cell["execution_count"]) == ([OUTPUT], None)


def test_settings_for_other_purposes_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("nbcoach.toml").write_text('select = ["NB907"]\nignore = ["NB602"]\n')
    (cell,) = json.loads(clean(notebook_bytes(RUN)))["cells"]
    assert cell["outputs"] == []


def test_notebooks_are_cleaned_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(RUN, name="a.ipynb")
    write("x = 1", name="b.ipynb")
    Path("c.ipynb").write_bytes(b"{broken")
    assert main(["clean", "."]) == 1
    told = capsys.readouterr().err
    assert "Cleaned 1 notebook of 3" in told
    assert "c.ipynb" in told
    assert json.loads(Path("a.ipynb").read_text())["cells"][0]["outputs"] == []
    assert Path("c.ipynb").read_bytes() == b"{broken"


def test_cleaning_asks_for_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clean"]) == 2
    assert "name the notebooks to clean" in capsys.readouterr().err
