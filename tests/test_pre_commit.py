"""The hooks, run by pre-commit in an environment that it builds from this repository."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest

from tests.fakes import notebook_bytes

ROOT = Path(__file__).parent.parent
NEEDED = ("src", "rules", "sample_notebooks", "pyproject.toml", "README.md", "LICENSE")
MANIFEST = ".pre-commit-hooks.yaml"
NO_PACKAGES = "(from versions: none)"
"""What pip says when no package index answers."""

HOOKS = ("nbcoach-check", "nbcoach-fix", "nbcoach-hygiene")
TITLE = {"cell_type": "markdown", "source": "# Title"}
CLEAN = notebook_bytes(TITLE, "x = 1\nprint(x)")
FLAWED = notebook_bytes(TITLE, "print(total)")
REPAIRABLE = notebook_bytes(TITLE, "x = 1  # nbcoach: ignore[NB341] moved long ago\nprint(x)")
REPAIRED = notebook_bytes(TITLE, "x = 1\nprint(x)")
CONFLICT = notebook_bytes(TITLE, "<<<<<<< ours\nx = 1\n=======\nx = 2\n>>>>>>> theirs")
NAME = "größe 1.ipynb"


class Hooks(NamedTuple):
    """A repository that offers the hooks, and the commands that run them."""

    repository: Path
    revision: str
    pre_commit: str
    environment: dict[str, str]


class Project:
    """Somebody's repository with notebooks, where the hooks are configured."""

    def __init__(self, root: Path, hooks: Hooks, **settings: object) -> None:
        """With `settings`, `nbcoach-check` alone is configured, and so."""
        self.root = root
        self._hooks = hooks
        self.git("init", "-q", "-b", "main")
        chosen = [{"id": HOOKS[0], **settings}] if settings else [{"id": hook} for hook in HOOKS]
        source = {"repo": str(hooks.repository), "rev": hooks.revision, "hooks": chosen}
        self.stage(".pre-commit-config.yaml", json.dumps({"repos": [source]}).encode())

    def write(self, name: str, data: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def stage(self, name: str, data: bytes) -> None:
        self.write(name, data)
        self.git("add", name)

    def git(self, *arguments: str, code: int = 0) -> str:
        return self._run("git", *arguments, code=code)

    def run(self, hook: str, *arguments: str, code: int = 0) -> str:
        """Run one hook on what is staged; what pre-commit prints."""
        return self.pre_commit("run", hook, *arguments, code=code)

    def pre_commit(self, *arguments: str, code: int = 0) -> str:
        return self._run(self._hooks.pre_commit, *arguments, code=code)

    def _run(self, *command: str, code: int) -> str:
        done = _run(*command, cwd=self.root, environment=self._hooks.environment)
        assert done.returncode == code, done.stdout
        return done.stdout


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    """The hooks in one environment, which processes that share the tests share as well."""
    pre_commit = _pre_commit()
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    environment = _environment(shared)
    repository = _repository(shared, environment)
    revision = _run("git", "rev-parse", "HEAD", cwd=repository, environment=environment).stdout
    found = Hooks(repository, revision.strip(), pre_commit, environment)
    first = Project(tmp_path_factory.mktemp("first"), found)
    done = _run(pre_commit, "install-hooks", cwd=first.root, environment=environment)
    if NO_PACKAGES in done.stdout:
        _give_up("needs a package index")
    assert done.returncode == 0, done.stdout
    return found


@pytest.fixture
def project(tmp_path: Path, hooks: Hooks) -> Project:
    return Project(tmp_path, hooks)


def _environment(shared: Path) -> dict[str, str]:
    """Where no setting for git and no surrounding repository or hook matters."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    kept.pop("SKIP", None)
    kept.pop("PYTHONPATH", None)
    person = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", "A"), ("EMAIL", "a@example.org"))
    }
    settings = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "PIP_RETRIES": "2"}
    home = {"PRE_COMMIT_HOME": str(shared / "pre-commit"), "PYTHONIOENCODING": "utf-8"}
    return {**kept, **person, **settings, **home}


def _repository(shared: Path, environment: dict[str, str]) -> Path:
    """The working tree as a repository with one commit."""
    repository = shared / "nbcoach"
    mine = shared / f"nbcoach-{os.getpid()}"
    mine.mkdir()
    for name in (*NEEDED, MANIFEST):
        if (ROOT / name).is_dir():
            caches = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(ROOT / name, mine / name, ignore=caches)
        else:
            shutil.copy(ROOT / name, mine)
    for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "All")):
        done = _run("git", *command, cwd=mine, environment=environment)
        assert done.returncode == 0, done.stdout
    try:
        mine.rename(repository)
    except OSError:
        if not repository.exists():
            raise  # otherwise another process was first
    return repository


def _pre_commit() -> str:
    """The command, from the environment of the tests if it is there."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("pre-commit", path=beside) or shutil.which("pre-commit")
    return found or _give_up("needs pre-commit")


def _give_up(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"the hooks are tested in CI: {reason}")
    pytest.skip(reason)


def _run(*command: str, cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


@pytest.mark.parametrize("hook", HOOKS)
def test_a_clean_notebook_passes(project: Project, hook: str) -> None:
    project.stage(NAME, CLEAN)
    assert "Passed" in project.run(hook)
    assert (project.root / NAME).read_bytes() == CLEAN


def test_a_finding_fails_and_is_shown(project: Project) -> None:
    project.stage(NAME, FLAWED)
    text = project.run("nbcoach-check", code=1)
    assert f"{NAME}  1 error" in text
    assert "error NB202 undefined-name" in text
    assert "`total` is never defined in this notebook" in text
    assert (project.root / NAME).read_bytes() == FLAWED


@pytest.mark.parametrize("name", ["two words.ipynb", "größe.ipynb", "наука/日本 語/1 %s.ipynb"])
def test_names_of_all_kinds(project: Project, name: str) -> None:
    project.stage(name, FLAWED)
    assert f"{name}  1 error" in project.run("nbcoach-check", code=1)


def test_many_notebooks_make_one_report(project: Project) -> None:
    for number in range(20):
        project.stage(f"{number}.ipynb", FLAWED)
    assert "Checked 20 notebooks" in project.run("nbcoach-check", code=1)


def test_a_repair_fails_once(project: Project) -> None:
    project.stage(NAME, REPAIRABLE)
    text = project.run("nbcoach-fix", code=1)
    assert "files were modified by this hook" in text
    assert "NB011" in text
    assert (project.root / NAME).read_bytes() == REPAIRED
    project.git("add", NAME)
    assert "Passed" in project.run("nbcoach-fix")


def test_what_cannot_be_repaired_is_reported(project: Project) -> None:
    project.stage(NAME, FLAWED)
    assert "NB202" in project.run("nbcoach-fix", code=1)
    assert (project.root / NAME).read_bytes() == FLAWED


def test_hygiene_analyses_no_code(project: Project) -> None:
    project.stage("flawed.ipynb", FLAWED)
    assert "Passed" in project.run("nbcoach-hygiene")
    project.stage("conflict.ipynb", CONFLICT)
    text = project.run("nbcoach-hygiene", code=1)
    assert "conflict.ipynb" in text
    assert "flawed.ipynb" not in text


def test_only_what_is_staged_is_checked(project: Project) -> None:
    project.stage("old.ipynb", FLAWED)
    project.git("commit", "-q", "-m", "Old")
    project.write("untracked.ipynb", FLAWED)
    project.stage("new.ipynb", CLEAN)
    assert "Passed" in project.run("nbcoach-check")
    assert "old.ipynb" in project.run("nbcoach-check", "--all-files", code=1)


def test_of_a_notebook_the_staged_state_is_checked(project: Project) -> None:
    project.stage(NAME, CLEAN)
    project.write(NAME, FLAWED)
    assert "Passed" in project.run("nbcoach-check")
    assert (project.root / NAME).read_bytes() == FLAWED


def test_other_files_are_no_concern(project: Project) -> None:
    project.stage("module.py", b"print(total)\n")
    project.stage("page.md", b"# Page\n")
    assert "no files to check" in project.run("nbcoach-check")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("first steps.py", b"# %%\nprint(total)\n"),
        ("first steps.Rmd", b"# Title\n\n```{python}\nprint(total)\n```\n"),
        ("first steps.ipynb", FLAWED),
    ],
)
def test_text_notebooks_where_the_hook_is_told(
    tmp_path: Path, hooks: Hooks, name: str, data: bytes
) -> None:
    files = r"\.(ipynb|py|md|Rmd|qmd)$"
    project = Project(tmp_path, hooks, types_or=["text"], files=files)
    project.stage("module.py", b"print(total)\n")
    project.stage("two words.md", b"# Page\n\nIt says `# %%`.\n")
    assert "Passed" in project.run("nbcoach-check")
    project.stage(f"notebooks/{name}", data)
    text = project.run("nbcoach-check", code=1)
    assert f"notebooks/{name}  1 error" in text
    assert "NB202" in text
    assert "Checked 1 notebook " in text


def test_what_the_configuration_excludes(project: Project) -> None:
    project.stage("old/1.ipynb", FLAWED)
    assert "old/1.ipynb" in project.run("nbcoach-check", code=1)
    project.stage("nbcoach.toml", b'extend-exclude = ["old"]\n')
    assert "Passed" in project.run("nbcoach-check")


def test_known_findings_pass(project: Project) -> None:
    project.stage(NAME, FLAWED)
    baseline = (sys.executable, "-m", "nbcoach", "baseline")
    done = _run(*baseline, cwd=project.root, environment=dict(os.environ))
    assert done.returncode == 0, done.stdout
    project.git("add", ".nbcoach-baseline.json")
    assert "Passed" in project.run("nbcoach-check")
    project.stage("new.ipynb", FLAWED)
    text = project.run("nbcoach-check", code=1)
    assert "new.ipynb  1 error" in text
    assert NAME not in text


def test_what_is_new_in_an_old_notebook(tmp_path: Path, hooks: Hooks) -> None:
    project = Project(tmp_path, hooks, args=["--staged"])
    project.stage(NAME, FLAWED)
    project.git("commit", "-q", "-m", "Old")
    project.pre_commit("install")
    project.write(NAME, notebook_bytes(TITLE, "print(total)", "x = 1\nprint(x)"))
    project.git("commit", "-a", "-m", "More")
    project.write(NAME, notebook_bytes(TITLE, "print(total)", "print(mean)"))
    text = project.git("commit", "-a", "-m", "Worse", code=1)
    assert "`mean` is never defined" in text
    assert "`total`" not in text


def test_a_commit_is_held_back(project: Project) -> None:
    project.pre_commit("install")
    project.stage(NAME, FLAWED)
    assert "NB202" in project.git("commit", "-m", "Flawed", code=1)
    project.stage(NAME, CLEAN)
    project.git("commit", "-m", "Clean")
    assert project.git("status", "--porcelain") == ""
