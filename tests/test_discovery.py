import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from nbcoach.discovery import Found, discover
from nbcoach.settings import NestedSettings, load
from nbcoach.subjects import Unreadable


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Whatever lies above the temporary folder must not count.
    project = tmp_path / "project"
    project.mkdir()
    (project / "nbcoach.toml").write_text("")
    monkeypatch.chdir(project)
    return project


def make(folder: Path, *paths: str, text: str = "{}") -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def found(*paths: str | Path, **settings: Any) -> tuple[Found, ...]:
    given = {key.replace("_", "-"): value for key, value in settings.items()}
    return discover(paths, NestedSettings(load(Path(), given)))


def names(*paths: str | Path, **settings: Any) -> list[str]:
    results = found(*paths, **settings)
    assert all(result.problem is None for result in results)
    return [result.path for result in results]


def problem(result: Found) -> tuple[str, str]:
    assert isinstance(result.problem, Unreadable)
    return result.path, result.problem.kind


def repository(folder: Path) -> None:
    (folder / ".git" / "info").mkdir(parents=True)


def test_folders_are_searched_and_paths_sorted(folder: Path) -> None:
    make(folder, "b.ipynb", "a/c.ipynb", "a/b/d.ipynb", "a.txt", "a/data.json")
    assert names(".") == ["a/b/d.ipynb", "a/c.ipynb", "b.ipynb"]
    assert names("./") == names(".")
    assert names("a") == names("a/") == ["a/b/d.ipynb", "a/c.ipynb"]
    assert names(folder / "a") == [f"{folder}/a/b/d.ipynb", f"{folder}/a/c.ipynb"]
    assert names() == []


def test_every_notebook_is_found_once(folder: Path) -> None:
    make(folder, "a/b.ipynb", "a/c.ipynb")
    assert names("a/b.ipynb", "a", ".", folder) == ["a/b.ipynb", "a/c.ipynb"]


@pytest.mark.parametrize(
    ("text", "is_notebook"),
    [
        ("# %%\nx = 1\n", True),
        ('"""A script."""\n\n#%% Load\n', True),
        ("# ---\n# jupyter:\n#   kernelspec:\n#     name: python3\n# ---\n", True),
        ("# ---\n# jupyter:\n#   jupytext:\n", False),
        ("x = 1\n", False),
        ("    # %%\n", False),
        ("#%%time\n", False),
        ("x = 1\n#%%", True),
        ('"""\n# %%\n"""\n', False),
        ("# jupyter: a tool\n", False),
        ("", False),
    ],
)
def test_a_script_counts_only_if_it_looks_like_a_notebook(
    folder: Path, text: str, is_notebook: bool
) -> None:
    make(folder, "a.py", text=text)
    assert names(".") == (["a.py"] if is_notebook else [])
    assert names("a.py") == ["a.py"]


def test_other_tools_folders_are_left_out(folder: Path) -> None:
    for name in ("venv", ".venv", "node_modules", "a/build", ".git", ".ipynb_checkpoints"):
        make(folder, f"{name}/b.ipynb")
    make(folder, "builder/c.ipynb")
    assert names(".") == ["builder/c.ipynb"]
    assert names("venv") == ["venv/b.ipynb"]
    assert names("a/build/b.ipynb") == ["a/build/b.ipynb"]


def test_checkpoints_are_never_searched(folder: Path) -> None:
    make(folder, "a/.ipynb_checkpoints/a-checkpoint.ipynb")
    assert names(".", exclude=[], include=["*.ipynb", ".ipynb_checkpoints"]) == []


def test_globs_are_relative_to_the_configuration(folder: Path) -> None:
    make(folder, "a/old/b.ipynb", "old/c.ipynb", "a/draft_1.ipynb", "a/d.ipynb")
    assert names(".", extend_exclude=["a/old", "draft_*"]) == ["a/d.ipynb", "old/c.ipynb"]
    assert names("a", extend_exclude=["a/old/*", "draft_*"]) == ["a/d.ipynb"]
    assert names(".", include=["a/*.ipynb"]) == ["a/d.ipynb", "a/draft_1.ipynb"]
    assert names(".", include=["*.txt"]) == []


def test_nested_configuration_holds_below_its_folder(folder: Path) -> None:
    make(folder, "a/b.ipynb", "a/keep/c.ipynb", "b.ipynb")
    make(folder, "a/nbcoach.toml", text='extend-exclude = ["b.ipynb"]')
    assert names(".") == ["a/keep/c.ipynb", "b.ipynb"]


def test_named_files_that_are_no_notebooks_are_passed_over_where_asked(folder: Path) -> None:
    files = {
        "module.py": b"x = 1\n",
        "latin.py": b"# \xe9\n",
        "page.md": b"# Title\n",
        "data.json": b"{}",
        "empty.py": b"",
        "cells.py": b"# %%\nx = 1\n",
        "latin cells.py": b"# %%\n# \xe9\n",
        "r.Rmd": b"```{r}\nx\n```\n",
        "broken.ipynb": b"{",
        "empty.ipynb": b"",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    assert names(*files) == sorted(files)
    skipped = [one.path for one in found(*files, "missing.py", skip_non_notebooks=True)]
    kept = ["broken.ipynb", "cells.py", "empty.ipynb", "latin cells.py", "missing.py", "r.Rmd"]
    assert skipped == kept


def test_a_named_file_is_taken_unless_forced_out(folder: Path) -> None:
    make(folder, "a/b.ipynb", "c.txt")
    assert names("a/b.ipynb", "c.txt", exclude=["a"]) == ["a/b.ipynb", "c.txt"]
    assert names("a/b.ipynb", "c.txt", exclude=["a"], force_exclude=True) == ["c.txt"]
    make(folder.parent, "elsewhere.ipynb")
    assert names("../elsewhere.ipynb", exclude=["project"], force_exclude=True) != []


def test_what_git_ignores_is_left_out(folder: Path) -> None:
    repository(folder)
    make(folder, "a.ipynb", "b.ipynb", "out/c.ipynb", "sub/d.ipynb", "sub/e.ipynb", "f.ipynb")
    make(folder, ".gitignore", text="# comment\nb.ipynb\nout/\n!\n/sub/*\n!e.ipynb\n")
    make(folder, "sub/.gitignore", text="!d.ipynb\n")
    (folder / ".git" / "info" / "exclude").write_text("f.ipynb")
    assert names(".") == ["a.ipynb", "sub/d.ipynb", "sub/e.ipynb"]
    assert names("sub") == ["sub/d.ipynb", "sub/e.ipynb"]
    assert len(names(".", respect_gitignore=False)) == 6


def test_who_names_an_ignored_folder_or_file_gets_it(folder: Path) -> None:
    repository(folder)
    make(folder, "out/a.ipynb", "out/b/c.ipynb")
    make(folder, ".gitignore", text="out/")
    assert names(".") == []
    assert names("out") == ["out/a.ipynb", "out/b/c.ipynb"]
    assert names("out/b") == ["out/b/c.ipynb"]
    assert names("out/a.ipynb") == ["out/a.ipynb"]


def test_ignore_files_count_only_in_a_repository(folder: Path) -> None:
    make(folder, "a.ipynb", "inner/a.ipynb")
    make(folder, ".gitignore", "inner/.gitignore", text="a.ipynb")
    repository(folder / "inner")
    assert names(".") == ["a.ipynb"]


def test_a_repository_in_a_repository_starts_anew(folder: Path) -> None:
    repository(folder)
    repository(folder / "inner")
    make(folder, "a.ipynb", "inner/a.ipynb")
    make(folder, ".gitignore", text="a.ipynb")
    assert names(".") == ["inner/a.ipynb"]


def test_git_agrees(folder: Path) -> None:
    patterns = "*.tmp.ipynb\n/top/\nname\n!keep.tmp.ipynb\nd?/*.ipynb\n**/deep/x.ipynb\nb[12]\n"
    for name in ("a", "top", "name", "d1", "d1/deep", "b1", "c/top", "c/deep"):
        make(folder, *(f"{name}/{file}.ipynb" for file in ("x", "y.tmp", "keep.tmp", "b2", "name")))
    make(folder, ".gitignore", text=patterns)
    make(folder, "c/.gitignore", text="!y.tmp.ipynb\n/deep/keep*\n")
    command = "init --quiet", "ls-files --others --exclude-standard *.ipynb"
    for arguments in command:
        run = subprocess.run(
            ["git", *arguments.split()], cwd=folder, check=True, capture_output=True, text=True
        )
    assert names(".") == sorted(run.stdout.split())


def test_a_missing_path_stops_nothing(folder: Path) -> None:
    make(folder, "a.ipynb")
    good, bad = found("missing.ipynb", "a.ipynb")
    assert (good, problem(bad)) == (Found("a.ipynb"), ("missing.ipynb", "missing"))


@pytest.fixture
def links(folder: Path) -> Path:
    try:
        (folder / "probe").symlink_to("nowhere")
    except OSError:
        pytest.skip("this system has no links")
    (folder / "probe").unlink()
    return folder


def test_a_link_within_the_folder_counts_once(links: Path) -> None:
    make(links, "b.ipynb", "store/x1", "real/d.ipynb")
    (links / "a.ipynb").symlink_to("b.ipynb")
    (links / "c.ipynb").symlink_to("store/x1")
    (links / "alias").symlink_to("real", target_is_directory=True)
    assert names(".") == ["b.ipynb", "c.ipynb", "real/d.ipynb"]
    assert names("a.ipynb") == ["a.ipynb"]
    assert names("alias") == ["alias/d.ipynb"]
    assert names("alias", "real") == ["alias/d.ipynb"]


def test_links_that_lead_astray_are_told_once_each(links: Path) -> None:
    make(links.parent, "outside/a.ipynb")
    make(links, "good.ipynb")
    (links / "folder").symlink_to("../outside", target_is_directory=True)
    (links / "file.ipynb").symlink_to("../outside/a.ipynb")
    (links / "broken.ipynb").symlink_to("nowhere")
    (links / "broken.txt").symlink_to("nowhere")
    (links / "circle.ipynb").symlink_to("circle.ipynb")
    (links / "a").mkdir()
    (links / "a" / "back").symlink_to("..", target_is_directory=True)
    results = found(".")
    assert [problem(result) for result in results if result.problem] == [
        ("a/back", "outside"),
        ("broken.ipynb", "missing"),
        ("circle.ipynb", "missing"),
        ("file.ipynb", "outside"),
        ("folder", "outside"),
    ]
    assert [result.path for result in results if not result.problem] == ["good.ipynb"]
    assert [problem(result) for result in found("broken.ipynb")] == [("broken.ipynb", "missing")]


def test_links_that_are_left_out_are_not_told(links: Path) -> None:
    make(links.parent, "outside/a.ipynb")
    (links / "venv").symlink_to("../outside", target_is_directory=True)
    (links / "out").symlink_to("../outside", target_is_directory=True)
    repository(links)
    make(links, ".gitignore", text="out")
    assert found(".") == ()


def test_a_closed_folder_stops_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(folder, "a.ipynb", "closed/b.ipynb")
    scandir = os.scandir

    def refuse(path: str) -> Any:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    good, bad = found(".")
    assert (good, problem(bad)) == (Found("a.ipynb"), ("closed/", "permission"))


def test_odd_names_are_no_obstacle(folder: Path) -> None:
    for name in ("a b.ipynb", "ä.ipynb", "-.ipynb", "[1].ipynb", "#.ipynb", "x\ny.ipynb"):
        make(folder, name)
    (folder / "folder.ipynb").mkdir()
    make(folder, "folder.ipynb/a.ipynb")
    assert len(names(".")) == 7


def test_deep_folders_are_searched(folder: Path) -> None:
    deep = "/".join("a" * 400)
    make(folder, f"{deep}/b.ipynb")
    assert names(".") == [f"{deep}/b.ipynb"]
