import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nbcoach.plugins import packs
from nbcoach.plugins.packs import installed_packs
from tests.plugins.conftest import WriteRule

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "nbcoach-acme"
version = "1.0"

[project.entry-points."nbcoach.rules"]
acme = "acme_rules"

[tool.hatch.build.targets.wheel]
packages = ["acme_rules"]
"""
ASK = """
import json, sys
from pathlib import Path
from nbcoach.plugins import load_rules
from nbcoach.settings import Settings

rules = load_rules(Settings(root=Path()))
warm = "importlib.metadata" not in sys.modules
imported = [name for name in sys.modules if name.startswith("acme_rules.")]
found = rules.find("ACME001")
code = rules.rule("ACME001").code if found else None
print(json.dumps([list(rules.packs), warm, imported, found and found.family, code]))
"""


def run(
    cache: Path, *arguments: str, path: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    changes = {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(path or "")}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **changes},
        cwd=cache.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def ask(cache: Path, path: Path | None = None) -> Any:
    answer = run(cache, "-c", ASK, path=path)
    return json.loads(answer.stdout) if answer.returncode == 0 else answer.stderr


def install(project: Path, target: Path) -> None:
    options = "--quiet --disable-pip-version-check --no-deps --no-index --no-build-isolation"
    command = [sys.executable, "-m", "pip", "install", *options.split(), "--target", str(target)]
    subprocess.run([*command, str(project)], check=True, capture_output=True)


def test_an_installed_pack_is_found_and_imported_by_need(
    tmp_path: Path, write_rule: WriteRule
) -> None:
    project, target, cache = tmp_path / "acme", tmp_path / "site", tmp_path / "cache"
    write_rule(project / "acme_rules" / "style", "shouting", "ACME001")
    (project / "acme_rules" / "__init__.py").touch()
    (project / "acme_rules" / "style" / "__init__.py").touch()
    (project / "pyproject.toml").write_text(PROJECT)
    install(project, target)
    cold, warm, without = ask(cache, target), ask(cache, target), ask(cache)
    assert cold[0] == ["acme_rules", "nbcoach_rules"]
    assert cold[1] is False
    assert cold[3:] == ["style", "ACME001"]
    assert warm == [cold[0], True, [], "style", "ACME001"]
    assert without == [["nbcoach_rules"], False, [], None, None]

    assert "ACME001 shouting" in run(cache, "-m", "nbcoach", "rules", path=target).stdout

    broken = target / "acme_rules" / "style" / "shouting.py"
    broken.write_text("import no_such_module")
    assert "PackError: rule pack `acme_rules` does not load" in ask(cache, target)
    assert "No module named 'no_such_module'" in ask(cache, target)


@pytest.mark.parametrize(
    ("root", "complaint"),
    [
        ("no_such_pack", "rule pack `no_such_pack` is no package; reinstall or remove it"),
        ("json.decoder", "rule pack `json.decoder` is no package"),
        ("no_such.pack", "rule pack `no_such.pack` does not load"),
    ],
)
def test_a_pack_that_is_not_there_is_told(tmp_path: Path, root: str, complaint: str) -> None:
    information = tmp_path / "site" / "broken-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text(f"[nbcoach.rules]\nbroken = {root}\n")
    assert complaint in ask(tmp_path / "cache", tmp_path / "site")


def test_the_built_in_rules_come_through_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    found = installed_packs()
    assert "nbcoach_rules" in [pack.package for pack in found]
    monkeypatch.setattr(packs, "_ask_distributions", lambda: iter(()))
    assert installed_packs() == found
