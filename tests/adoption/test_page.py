"""The page about adoption shows what its commands print."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import notebook_bytes

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "adoption.md"
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_TIME = re.compile(r"in \d+\.\d+ s\b")


@pytest.fixture
def river(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with one neglected notebook."""
    folder = tmp_path / "river"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    neglected = json.loads((ROOT / "sample_notebooks/flawed/71_anatomy.ipynb").read_bytes())
    for cell in neglected["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    (folder / "levels.ipynb").write_text(json.dumps(neglected, indent=1) + "\n")
    for name in ("alarms", "gauges", "rain", "vendor/plots"):
        title = {"cell_type": "markdown", "source": f"# {name.title()}"}
        path = folder / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(notebook_bytes(title, "limit = 2.4\nprint(limit)"))
    (folder / "pyproject.toml").write_text('[project]\nname = "river"\n\n[tool.ruff]\n')
    subprocess.run(["git", "init", "-q"], check=True)
    return folder


@pytest.mark.skipif(sys.platform == "win32" or shutil.which("bash") is None, reason="needs bash")
def test_the_page_is_true(river: Path, pytestconfig: pytest.Config) -> None:
    text = PAGE.read_text(encoding="utf-8")
    now = _BLOCK.sub(lambda block: run(block[0]), text)
    if pytestconfig.getoption("accept"):
        PAGE.write_text(now, encoding="utf-8")
    else:
        assert now == text


def run(block: str) -> str:
    """The commands of a block with what they print."""
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    shown = (f"$ {command}\n{printed(command)}".strip("\n") for command in commands)
    return "".join(f"{lines}\n" + "\n" * ("\n" in lines) for lines in shown).rstrip("\n") + "\n"


def printed(command: str) -> str:
    beside = str(Path(sys.executable).parent)
    path = os.pathsep.join((beside, os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", f'nbcoach() {{ {sys.executable} -m nbcoach "$@"; }}; {command}'],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env=environment,
        encoding="utf-8",
        check=False,
    )
    return _TIME.sub("in 0.2 s", done.stdout)
