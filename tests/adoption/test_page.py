"""The page about adoption shows what its commands print."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nbcoach.examples import notebook_text
from tests.fakes import notebook_bytes

ROOT = Path(__file__).parents[2]
NEGLECTED = """\
# %% [markdown]
# # The level of the river
#
# ![](gauge.png)
# %%
!pip install pandas

import pandas as pd
# %%
ls data
# %%
levels = pd.read_csv("/home/ana/river/data/levels.csv", parse_dates=["day"])
levels.head(3)
# %%
wet = levels[levels.rain > wet_limit]
len(wet)
# %%
wet_limit = 20
# %%
# %%
weekly = smooth(levels.height, days=7)
del wet
weekly.tail(2)
# %%
print(f"{len(wet) / len(levels):.0%} of the days were wet")
"""
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
    (folder / "levels.ipynb").write_text(notebook_text(NEGLECTED))
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
