import subprocess
from pathlib import Path

import pytest

from nbcoach.project import Project, Repository, find_root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "project" / "a" / "b").mkdir(parents=True)
    return tmp_path / "project"


def test_the_repository_is_the_root(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / "a" / "nbcoach.toml").write_text("")
    assert find_root(folder / "a" / "b" / "c.ipynb") == folder


def test_a_worktree_is_a_repository(folder: Path) -> None:
    (folder / ".git").write_text("gitdir: elsewhere")
    assert find_root(folder / "a" / "c.ipynb") == folder


def test_without_a_repository_the_configuration_is_the_root(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.nbcoach]")
    (folder / "a" / "pyproject.toml").write_text("[tool.other]")
    assert find_root(folder / "a" / "b" / "c.ipynb") == folder


def test_a_stray_notebook_has_no_root(folder: Path) -> None:
    assert find_root(folder / "a" / "c.ipynb") is None


def test_the_working_folder_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder / "a")
    assert find_root(Path("c.ipynb")) == folder


def test_files_beside_a_notebook_are_found_inside_the_project(folder: Path) -> None:
    (folder / "data.csv").touch()
    (folder.parent / "secret").touch()
    project = Project(folder, Repository(folder))
    notebook = str(folder / "a" / "c.ipynb")
    assert project.beside(notebook, "../data.csv") == folder / "data.csv"
    assert project.beside(notebook, "../../secret") is None
    assert project.beside(notebook, "missing.csv") is None
    assert project.beside(notebook, "bad\0name") is None
    assert Project(None).beside(notebook, "../data.csv") is None


def test_the_remotes_are_those_of_the_configuration(folder: Path) -> None:
    assert Project(folder).remotes == ()
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text(
        '[remote "origin"]\n\turl = git@example.org:ana/solver.git\n\tfetch = +refs/heads/*\n'
        '[remote "upstream"]\n\turl=https://example.org/lab/solver\n\tpushurl = nowhere\n'
    )
    project = Project(folder)
    assert project.remotes == ("git@example.org:ana/solver.git", "https://example.org/lab/solver")
    assert str(folder / ".git" / "config") in project.told
    assert Project(None).remotes == ()


def test_names_are_those_of_a_folder_inside_the_project(folder: Path) -> None:
    (folder / "a" / "Data.csv").touch()
    project, here = Project(folder), str(folder / "a" / "c.ipynb")
    assert project.names_in(here, ".") == {"b", "Data.csv"}
    assert project.names_in(here, "..") == {"a"}
    assert project.names_in(here, "b") == set()
    assert project.names_in(here, "../..") is None
    assert project.names_in(here, "Data.csv") is None
    assert project.names_in(here, "none") is None
    assert str(folder / "a") in project.told
    assert Project(None).names_in(here, ".") is None


def test_another_notebook_is_read_once(folder: Path) -> None:
    text = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    (folder / "d.ipynb").write_text(text)
    (folder / "e.ipynb").write_text("{")
    project, here = Project(folder), str(folder / "a" / "c.ipynb")
    other = project.notebook_at(here, "../d.ipynb")
    assert other is not None
    assert project.notebook_at(here, "../d.ipynb") is other
    assert project.notebook_at(here, "../e.ipynb") is None
    assert project.notebook_at(here, "../none.ipynb") is None
    assert project.notebook_at(here, "..") is None


def test_tracked_files_are_found_by_name(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    for name in ("plot.png", "a/b/plot.png", "a/other.png"):
        (folder / name).touch()
    subprocess.run(["git", "-C", str(folder), "add", "."], check=True)
    project, here = Project(folder, Repository(folder)), str(folder / "a" / "c.ipynb")
    assert project.files_named(here, "plot.png") == ("b/plot.png", "../plot.png")
    assert project.files_named(here, "none.png") == ()
    assert Project(None).files_named(here, "plot.png") == ()
