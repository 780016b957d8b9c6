"""Pairs that jupytext keeps: which files they are, when they are looked at, and what mends them."""

import json
import os
import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jupytext.cli import jupytext
from jupytext.formats import long_form_multiple_formats
from jupytext.paired_paths import InconsistentPath, paired_paths

from nbcoach import engine
from nbcoach.bridges.jupytext.declared import sides
from nbcoach.cli.outcome import outcome
from nbcoach.engine import Fixing, run
from nbcoach.report import Report
from nbcoach.settings import load
from tests.fakes import notebook_bytes
from tests.git.conftest import Git, git

__all__ = ["git"]

PAIR = {"jupytext": {"formats": "ipynb,py:percent"}}


def save(*cells: str, path: str = "a.ipynb", metadata: Any = PAIR) -> None:
    root = json.loads(notebook_bytes(*cells))
    root["metadata"] = metadata
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(json.dumps(root))


def save_text(*cells: str, path: str = "a.py", head: str = "") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(head + "\n".join(f"# %%\n{cell}\n" for cell in cells))


def check(*paths: str, fix: Fixing = "none", select: str = "NB621", **options: Any) -> Report:
    chosen = load(Path.cwd(), {"select": [select, "NB621"], "baseline": False, "ruff": False})
    return run(paths or ["."], chosen, fix=fix, **options)


def drifted(report: Report) -> list[str]:
    assert not any(file.error for file in report.files), report
    return [path for path, placed in report.findings() if placed.finding.code == "NB621"]


def test_the_notebook_speaks_for_both_and_the_text_where_the_notebook_is_left_out() -> None:
    save("x = 1")
    save_text(
        "x = 2", head="# ---\n# jupyter:\n#   jupytext:\n#     formats: ipynb,py:percent\n# ---\n\n"
    )
    assert drifted(check()) == ["a.ipynb"]
    assert drifted(check("a.ipynb")) == ["a.ipynb"]
    assert drifted(check("a.py")) == ["a.py"]


def test_the_notebook_may_be_the_only_one_that_knows() -> None:
    save("x = 1")
    save_text("x = 2")
    assert drifted(check("a.py")) == ["a.py"]
    save("x = 1", metadata={})
    assert drifted(check("a.py", "a.ipynb")) == []


@pytest.mark.parametrize(
    ("name", "text", "other"),
    [
        ("jupytext.toml", 'formats = "ipynb,py:percent"', "a b/c.py"),
        (".jupytext", 'formats = "ipynb,py:percent"', "a b/c.py"),
        ("jupytext.yml", "formats: ipynb,.nb.py:percent", "a b/c.nb.py"),
        ("jupytext.json", '{"formats": "ipynb,md"}', "a b/c.md"),
        ("pyproject.toml", '[tool.jupytext]\nformats = "ipynb,py:percent"', "a b/c.py"),
        ("jupytext.toml", '[formats]\n"a b/" = "ipynb"\n"text/" = "py:percent"', "text/c.py"),
        ("jupytext.toml", 'formats = "ipynb,../scripts//py:percent"', "scripts/c.py"),
    ],
)
def test_pairs_that_a_configuration_declares(name: str, text: str, other: str) -> None:
    Path(name).write_text(text)
    save("x = 1", path="a b/c.ipynb", metadata={})
    if other.endswith("md"):
        Path(other).write_text("```python\nx = 2\n```\n")
    else:
        save_text("x = 2", path=other)
    assert drifted(check("a b/c.ipynb")) == ["a b/c.ipynb"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".jupytext.py", 'raise SystemExit\nc.formats = "ipynb,py:percent"'),
        ("jupytext.toml", "formats = ["),
        ("jupytext.toml", 'formats = "ipynb,nonsense"'),
        ("jupytext.toml", 'notebook_metadata_filter = "-all"'),
        ("pyproject.toml", '[tool.other]\nname = "jupytext"'),
        ("pyproject.toml", "jupytext = ["),
    ],
)
def test_configurations_that_pair_nothing(name: str, text: str) -> None:
    Path(name).write_text(text)
    save("x = 1", metadata={})
    save_text("x = 2")
    assert drifted(check()) == []


@pytest.mark.parametrize("formats", [3, [], {}, [{"a": 1}], "ipynb,../../../b//py", "ipynb,x:y:z"])
def test_whatever_the_formats_are_it_is_no_fault(formats: object) -> None:
    save("x = 1", metadata={"jupytext": {"formats": formats}})
    save_text("x = 2")
    assert drifted(check()) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            "ipynb py py:percent md md:myst Rmd notebooks//ipynb scripts//py:percent "
            ".nb.py:light pre-/md ../b//py auto:percent".split()
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(["a.ipynb", "a.py", "notebooks/a.ipynb", "a.nb.py", "notebooks/scripts/a.md"]),
)
def test_the_sides_are_those_of_jupytext(formats: list[str], name: str) -> None:
    path = f"/nowhere/{name}"
    text = ",".join(formats)
    metadata = {"kernelspec": {"name": "python3", "language": "python"}}
    try:
        known = long_form_multiple_formats(text, metadata, auto_ext_requires_language_info=False)
        pairs = paired_paths(path, {"extension": os.path.splitext(name)[1]}, known)
    except InconsistentPath:
        pairs = []
    wanted = {os.path.normpath(other) for other, _ in pairs}
    assert {side.path for side in sides(path, text, metadata)} == wanted


def test_a_change_of_the_other_side_is_seen_although_time_and_size_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "_WORTH_CACHING", 0)
    save("x = 1")
    save_text("x = 1")
    assert drifted(check("a.ipynb")) == []
    before = os.stat("a.py")
    save_text("x = 2")
    os.utime("a.py", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert os.stat("a.py").st_size == before.st_size
    assert drifted(check("a.ipynb")) == ["a.ipynb"]
    os.utime("a.py", ns=(0, 0))
    save_text("x = 1")
    assert drifted(check("a.ipynb")) == []


def test_a_side_or_a_configuration_that_appears_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_WORTH_CACHING", 0)
    save("x = 1", metadata={})
    assert drifted(check("a.ipynb")) == []
    save_text("x = 2")
    assert drifted(check("a.ipynb")) == []
    Path("jupytext.toml").write_text('formats = "ipynb,py:percent"')
    assert drifted(check("a.ipynb")) == ["a.ipynb"]
    # The run now has the notebook, too, or has it no more.
    assert drifted(check("a.ipynb", "a.py")) == ["a.ipynb"]
    assert drifted(check("a.py")) == ["a.py"]


def test_fixes_of_both_sides_keep_the_pair_together() -> None:
    save("x = 1", "", "y = 2")
    save_text("x = 1", "", "y = 2")
    report = check(fix="safe", select="NB907")
    assert sum(len(file.repairs) for file in report.files) == 2
    assert drifted(report) == []


@pytest.mark.parametrize("fixed", ["a.ipynb", "a.py"])
def test_a_fix_of_one_side_is_told_and_the_other_is_left_alone(fixed: str) -> None:
    save("x = 1", "", "y = 2")
    save_text("x = 1", "", "y = 2")
    other = {"a.ipynb": "a.py", "a.py": "a.ipynb"}[fixed]
    before = Path(other).read_bytes()
    report = check(fixed, fix="safe", select="NB907")
    assert [len(file.repairs) for file in report.files] == [1]
    assert drifted(report) == [fixed]
    assert Path(other).read_bytes() == before


def test_a_fix_of_one_side_is_told_of_the_notebook_that_was_looked_at_before() -> None:
    save("x = 1", "", "y = 2", path="a.ipynb")
    save_text("x = 1", "", "y = 2", path="a.py")
    Path("nbcoach.toml").write_text('[per-file-ignores]\n"*.ipynb" = ["NB907"]\n')
    report = check(fix="safe", select="NB907")
    assert drifted(report) == ["a.ipynb"]


def test_staged_pairs_are_compared_as_they_are_staged(git: Git) -> None:
    save("x = 1")
    save_text("x = 1")
    git("add", ".")
    git("commit", "-qm", "One")
    save("x = 2")
    git("add", "a.ipynb")
    save_text("x = 2")
    assert drifted(check(since="HEAD", staged=True)) == ["a.ipynb"]
    git("add", "a.py")
    assert drifted(check(since="HEAD", staged=True)) == []


def test_a_text_that_changed_alone_is_told(git: Git) -> None:
    save("x = 1")
    save_text("x = 1")
    git("add", ".")
    git("commit", "-qm", "One")
    save_text("x = 2")
    assert drifted(check(since="HEAD")) == ["a.py"]


def test_a_comparison_with_an_old_version_says_nothing_of_pairs(
    git: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    save("x = 1")
    save_text("x = 1")
    git("add", ".")
    git("commit", "-qm", "One")
    save("x = 2")
    save_text("x = 2")
    assert outcome(["diff", "--select", "NB621", "--no-diff", "--quiet"]) == 0
    assert "NB621" not in capsys.readouterr().out
    assert outcome(["diff", "--select", "NB621", "a.ipynb", "a.py", "--no-diff"]) == 0


@pytest.mark.parametrize("keep", ["text", "notebook"])
@pytest.mark.parametrize("newer", ["text", "notebook"])
@pytest.mark.parametrize(
    ("notebook", "text", "formats"),
    [
        ("a.ipynb", "a.py", "ipynb,py:percent"),
        ("note books/ä b.ipynb", "scripts/ä b.py", "note books//ipynb,scripts//py:percent"),
    ],
)
def test_the_remedies_keep_the_side_they_name_whatever_the_time_stamps_say(
    notebook: str, text: str, formats: str, newer: str, keep: str
) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": ["kept\n"]}
    save("x = 1", "y = 1", path=notebook, metadata={"jupytext": {"formats": formats}})
    root = json.loads(Path(notebook).read_bytes())
    root["cells"][1] |= {"outputs": [output], "execution_count": 2}
    Path(notebook).write_text(json.dumps(root))
    save_text("x = 2", "y = 1", path=text)
    os.utime(notebook if newer == "text" else text, (1, 1))

    (found,) = [placed.finding for _, placed in check(notebook).findings()]
    assert found.fix is not None
    assert shlex.split(found.fix.title.split("`")[1]) == ["nbcoach", "diff", notebook, text]
    (way,) = (one.message for one in found.related if one.message.endswith(f"keeps the {keep}"))
    assert jupytext(shlex.split(way.split("`")[1])[1:]) == 0

    assert drifted(check(notebook)) == []
    cells = json.loads(Path(notebook).read_bytes())["cells"]
    assert "".join(cells[0]["source"]) == ("x = 2" if keep == "text" else "x = 1")
    assert "".join(cells[1]["outputs"][0]["text"]) == "kept\n"
