"""A repository of one's own, where no setting of this machine matters."""

import subprocess
from pathlib import Path
from typing import Protocol

import pytest


class Git(Protocol):
    """Run git in the repository; its output."""

    def __call__(self, *arguments: str, code: int = 0) -> str: ...


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("GIT_DIR", raising=False)
    repository = tmp_path / "a project"
    repository.mkdir()
    monkeypatch.chdir(repository)

    def run(*arguments: str, code: int = 0) -> str:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        return done.stdout

    run("init", "-q", "-b", "main")
    run("config", "user.email", "a@example.org")
    run("config", "user.name", "A")
    return run
