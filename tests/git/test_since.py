"""Files as they were."""

import os
from pathlib import Path

import pytest

from nbcoach.errors import ToolFailed
from nbcoach.git.since import Since
from tests.git.conftest import Git


@pytest.fixture
def history(git: Git) -> Git:
    for name in ("same", "edited", "renamed", "gone", "größe 1"):
        Path(f"{name}.ipynb").write_text(f"{name}\n" * 9)
    git("add", ".")
    git("commit", "-qm", "One")
    Path("edited.ipynb").write_text("new\n")
    Path("größe 1.ipynb").write_text("new\n")
    Path("gone.ipynb").unlink()
    git("mv", "renamed.ipynb", "moved.ipynb")
    Path("untracked.ipynb").write_text("x")
    Path("added.ipynb").write_text("x")
    git("add", "added.ipynb")
    return git


def test_what_changed_since_a_revision(history: Git) -> None:
    since = Since(Path(), "HEAD")
    changed = {path.stem for path in Path().glob("*.ipynb") if since.is_changed(str(path))}
    assert changed == {"edited", "größe 1", "untracked", "added"} | {"moved"}


def test_what_it_was_before(history: Git) -> None:
    since = Since(Path(), "HEAD")
    assert since.before("edited.ipynb") == b"edited\n" * 9
    assert since.before("größe 1.ipynb") == "größe 1\n".encode() * 9
    assert since.before("moved.ipynb") == b"renamed\n" * 9
    assert since.before("same.ipynb") == b"same\n" * 9
    assert since.before("untracked.ipynb") is None
    assert since.before("added.ipynb") is None


def test_what_is_staged(history: Git) -> None:
    since = Since(Path(), "HEAD", staged=True)
    assert set(since.staged) == {"added.ipynb", "moved.ipynb"}
    assert not since.is_changed("edited.ipynb")
    assert since.now("edited.ipynb") == b"edited\n" * 9
    Path("added.ipynb").write_text("later")
    assert since.now("added.ipynb") == b"x"
    assert since.now("untracked.ipynb") is None


def test_paths_from_a_folder_below(history: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("below").mkdir()
    monkeypatch.chdir("below")
    since = Since(Path(), "HEAD")
    assert since.before(os.path.join("..", "edited.ipynb")) == b"edited\n" * 9
    assert since.before(str(Path("../edited.ipynb").resolve())) == b"edited\n" * 9
    assert "../added.ipynb" in Since(Path(), "HEAD", staged=True).staged


def test_files_elsewhere_are_new(history: Git, tmp_path: Path) -> None:
    since = Since(Path(), "HEAD")
    assert since.is_changed(str(tmp_path / "x.ipynb"))
    assert since.before(str(tmp_path / "x.ipynb")) is None


@pytest.mark.parametrize("revision", ["nowhere", "--help", ""])
def test_revisions_that_are_none(history: Git, revision: str) -> None:
    with pytest.raises(ToolFailed):
        Since(Path(), revision)
