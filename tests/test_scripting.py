"""Notebooks checked from a script."""

import json
from pathlib import Path

import nbformat
import pytest

from nbcoach.api import check, load_settings
from nbcoach.errors import SettingsError
from tests.fakes import notebook_bytes

BAD = notebook_bytes("print(total)", "total = 1")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.ipynb").write_bytes(BAD)


def codes(notebook: object, **given: object) -> set[str]:
    result = check(notebook, **given)  # type: ignore[arg-type]
    return {placed.finding.code for placed in result.findings}


def test_a_file_and_its_contents_give_the_same() -> None:
    from_file = check(Path("a.ipynb"))
    assert from_file.path == "a.ipynb"
    assert "NB201" in codes("a.ipynb")
    assert codes(json.loads(BAD)) == codes("a.ipynb")
    assert codes(nbformat.reads(BAD.decode(), as_version=4)) == codes("a.ipynb")
    assert check(json.loads(BAD), path="b.ipynb").path == "b.ipynb"


def test_settings_are_those_of_the_project_or_as_given() -> None:
    Path("nbcoach.toml").write_text('select = ["NB202"]\n')
    assert "NB201" not in codes("a.ipynb")
    assert codes("a.ipynb", settings=load_settings(Path(), {"select": ["NB201"]})) == {"NB201"}


def test_unreadable_files_are_findings() -> None:
    assert codes("nowhere.ipynb") == {"NB001"}
    Path("b.ipynb").write_bytes(b"{")
    assert codes("b.ipynb") == {"NB001"}


def test_nonsense_is_refused() -> None:
    with pytest.raises(TypeError):
        check({"cells": object()})
    with pytest.raises(SettingsError):
        load_settings(Path(), {"selekt": []})
