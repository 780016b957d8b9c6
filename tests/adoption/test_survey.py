"""What is seen of a project."""

from pathlib import Path
from typing import Any

import pytest

from nbcoach.adoption.survey import Seen, Survey, survey
from nbcoach.settings import load
from tests.fakes import notebook_bytes

OUTPUT = {"output_type": "stream", "name": "stdout", "text": ["1\n"]}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "a project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(name: str, *cells: str | dict[str, Any]) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(notebook_bytes(*cells))


def seen(folder: str = ".") -> Survey:
    return survey(Path(folder), load(Path(folder)))


def test_what_a_notebook_holds() -> None:
    write("a.ipynb", "x = 1")
    write("b.ipynb", {"source": "x", "execution_count": 1, "outputs": [OUTPUT]}, "", "y")
    write("c.ipynb", {"source": "x", "execution_count": 1})
    write("d.ipynb", {"source": "x", "outputs": [OUTPUT]}, "# YOUR CODE HERE")
    write("e.ipynb", {"cell_type": "markdown", "metadata": {"nbgrader": {}}})
    Path("f.py").write_text("# %%\nx = 1\n")
    Path("g.ipynb").write_text("{")
    assert seen().notebooks == (
        Seen("a.ipynb", code=True),
        Seen("b.ipynb", code=True, runs=True, results=True),
        Seen("c.ipynb", code=True, runs=True, complete=True),
        Seen("d.ipynb", code=True, results=True, exercise=True),
        Seen("e.ipynb", exercise=True),
        Seen("f.py", code=True),
        Seen("g.ipynb"),
    )
    assert seen().formats == {".ipynb": 6, ".py": 1}


def test_the_work_of_others_is_apart(folder: Path) -> None:
    for place in ("", "vendor/x/", "docs/Auto_Examples/", "lib/deep/", "libs/"):
        write(f"{place}a.ipynb")
    (folder / ".gitmodules").write_text('[submodule "x"]\n\tpath = lib/deep\n\turl = y\n')
    found = seen()
    assert [one.path for one in found.notebooks] == ["a.ipynb", "libs/a.ipynb"]
    assert found.foreign == {
        "docs/Auto_Examples": "made by a program, by its name",
        "lib/deep": "a submodule of git",
        "vendor": "others' work, by its name",
    }


def test_what_surrounds_them(folder: Path) -> None:
    write("größe/a.ipynb")
    assert (seen().repository, seen().ruff) == (None, None)
    (folder / ".git").mkdir()
    (folder / "pyproject.toml").write_text("[tool.ruff]\n")
    inside = seen("größe")
    assert (inside.repository, inside.ruff) == (folder, folder / "pyproject.toml")
    assert inside.notebooks == (Seen("a.ipynb"),)
