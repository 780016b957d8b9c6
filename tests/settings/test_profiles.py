"""One notebook with something for every profile to say, checked under each of them."""

from pathlib import Path

import pytest

from nbcoach.examples import notebook_text
from nbcoach.finding import Severity
from nbcoach.inspector import Inspector
from nbcoach.plugins import load_rules
from nbcoach.report import PlacedFinding
from nbcoach.settings import load
from nbcoach.settings.profiles import PROFILES
from nbcoach.tasks import Task

LONG = "\n".join(f"x{number} = {number}" for number in range(30))
FIGURE = '{"output_type": "display_data", "metadata": {}, "data": {"image/png": "AAAA"}}'
NOTEBOOK = f"""\
# %% [markdown]
# ![](https://example.org/loss.png)
# See [the end](#The-end).
# %% execution_count=3
%pip install pandas git+https://example.org/ana/solver
import pandas as pd
# %% execution_count=2
frame = pd.read_csv("/home/ana/prices.csv")
frame["price"][0] = 1
# %% execution_count=5 error="NameError: name 'tax' is not defined"
print(tax)
# %%
# %% execution_count=6 outputs=[{FIGURE}]
import math
frame.plot()
# %% execution_count=7
{LONG}
# %%
print(math.pi)"""
ALWAYS = {"NB102", "NB110", "NB202"}
USUAL = ALWAYS | {"NB331", "NB332", "NB341", "NB501", "NB521", "NB531", "NB831", "NB907"}
SPEAK = {
    "default": USUAL,
    "exploratory": {"NB110", "NB202"},
    "teaching": USUAL | {"NB522", "NB901", "NB904"},
    "publication": USUAL | {"NB103", "NB105", "NB522"},
    "hygiene": {"NB110"},
}
"""What speaks under each profile, of the codes that speak under any here."""


def found(folder: Path, profile: str) -> list[PlacedFinding]:
    (folder / ".git").mkdir(exist_ok=True)
    inspector = Inspector(load(folder, {"profile": profile, "ruff": False}))
    data = notebook_text(NOTEBOOK).encode()
    return list(inspector.examine(str(folder / "a.ipynb"), data, Task()).result.findings)


def codes(folder: Path, profile: str) -> set[str]:
    return {placed.finding.code for placed in found(folder, profile)}


@pytest.mark.parametrize("profile", SPEAK)
def test_the_rules_of_the_profile_speak(tmp_path: Path, profile: str) -> None:
    watched = set().union(*SPEAK.values())
    assert codes(tmp_path, profile) & watched == SPEAK[profile]


def severities(folder: Path, profile: str) -> dict[str, Severity]:
    return {placed.finding.code: placed.finding.severity for placed in found(folder, profile)}


def test_profiles_change_severities(tmp_path: Path) -> None:
    usual = severities(tmp_path, "default")
    teaching = severities(tmp_path, "teaching")
    publication = severities(tmp_path, "publication")
    assert (usual["NB521"], teaching["NB521"]) == (Severity.WARNING, Severity.ERROR)
    assert (publication["NB522"], teaching["NB522"]) == (Severity.INFO, Severity.ERROR)
    for code in ("NB102", "NB331"):
        assert (usual[code], publication[code]) == (Severity.INFO, Severity.WARNING)


def test_the_limit_of_teaching_is_its_own(tmp_path: Path) -> None:
    message = next(
        f.finding.message for f in found(tmp_path, "teaching") if f.finding.code == "NB901"
    )
    assert "(limit 25)" in message
    (tmp_path / "nbcoach.toml").write_text("[rules.long-cell]\nlimit = 30")
    assert "NB901" not in codes(tmp_path, "teaching")


def test_work_in_progress_fails_on_errors_only(tmp_path: Path) -> None:
    assert load(tmp_path, {"profile": "exploratory"}).fail_on is Severity.ERROR
    assert load(tmp_path, {"profile": "default"}).fail_on is Severity.WARNING


@pytest.mark.parametrize("profile", SPEAK)
def test_only_publication_asks_for_a_run(tmp_path: Path, profile: str) -> None:
    inspector = Inspector(load(tmp_path, {"profile": profile, "ruff": False}))
    data = notebook_text("# %% [markdown]\n# # Title\n# %%\nx = 1").encode()
    result = inspector.examine(str(tmp_path / "a.ipynb"), data, Task()).result
    speaking = {placed.finding.code for placed in result.findings}
    assert ("NB107" in speaking) is (profile == "publication")


def test_the_fast_subset_leaves_python_and_ruff_alone(tmp_path: Path) -> None:
    assert load(tmp_path, {"profile": "hygiene"}).ruff is False


@pytest.mark.parametrize("profile", SPEAK)
def test_the_documentation_names_what_a_profile_adds(profile: str) -> None:
    root = Path(__file__).parents[2]
    page = (root / "docs" / "configuration.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| `{profile}` |"))
    installed = {entry.code for entry in load_rules(load(root, {}))}
    assert installed.intersection(PROFILES[profile].adds) == {
        code for code in PROFILES[profile].adds if f"`{code}`" in row
    }
