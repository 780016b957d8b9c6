"""`nbcoach diff`: what became of notebooks, from real git through nbdime to the report."""

import builtins
import json
import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from nbcoach.cli.outcome import outcome
from tests.fakes import notebook_bytes
from tests.git.conftest import Git

pytestmark = pytest.mark.skipif(
    find_spec("nbdime") is None and "CI" not in os.environ,
    reason="NOT INSTALLED: nbdime; `pip install --group tools`",
)

OLD = ("# a\nprint(early)", "early = 1", "print(never)")
RULES = ("--select", "NB001,NB2,NB8")
Diff = Callable[..., dict[str, Any]]


@pytest.fixture
def diff(git: Git, capsys: pytest.CaptureFixture[str]) -> Diff:
    """Two committed notebooks, and a call of the command that reads its JSON."""
    write(*OLD)
    write(*OLD, name="same.ipynb")
    git("add", ".")
    git("commit", "-qm", "One")

    def call(*words: str, code: int = 0) -> dict[str, Any]:
        assert outcome(["diff", *RULES, "--output-format", "json", *words]) == code
        found = json.loads(capsys.readouterr().out)
        assert isinstance(found, dict)
        assert found["summary"]["exit_code"] == code
        return found

    return call


def write(*cells: str | dict[str, Any], name: str = "a b.ipynb") -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(notebook_bytes(*cells))


def changed(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(str(one["before"]), str(one["after"])) for one in found["notebooks"]]


def told(found: dict[str, Any], key: str) -> list[tuple[str, str, int]]:
    return [
        (one["path"], one["code"], one["cell"] or 0)
        for notebook in found["notebooks"]
        for one in notebook[key]
    ]


def test_nothing_changed(diff: Diff) -> None:
    assert diff()["notebooks"] == []


def test_what_appeared_and_disappeared(diff: Diff) -> None:
    write("early = 1", OLD[0], "print(neither)")
    found = diff(code=1)
    assert told(found, "appeared") == [("a b.ipynb", "NB202", 3)]
    assert told(found, "disappeared") == [("a b.ipynb", "NB201", 1), ("a b.ipynb", "NB202", 3)]
    assert found["before"] == "HEAD"
    assert found["after"] is None
    assert found["notebooks"][0]["diff"][0]["op"] == "patch"


def test_what_disappeared_is_no_failure(diff: Diff) -> None:
    write("early = 1", "print(early)")
    assert len(told(diff(), "disappeared")) == 2


@pytest.mark.parametrize("with_ids", [True, False])
def test_a_finding_that_moved_is_neither(diff: Diff, git: Git, with_ids: bool) -> None:
    def save(*cells: dict[str, Any]) -> None:
        write(*cells)
        if not with_ids:
            data = json.loads(Path("a b.ipynb").read_bytes())
            for cell in data["cells"]:
                del cell["id"]
            data["nbformat_minor"] = 4
            Path("a b.ipynb").write_text(json.dumps(data))

    first, second = (
        {"id": "x", "source": "print(never)\nx = 1\ny = 2"},
        {"id": "y", "source": "z = 1"},
    )
    save(first, second)
    git("commit", "-qam", "Two")
    edited = {"id": "x", "source": "x = 1\n\n    print(never)\ny = 3".replace("    ", "")}
    save({"id": "new", "source": "w = 1"}, second, edited)
    found = diff()
    assert told(found, "appeared") == told(found, "disappeared") == []
    assert len(found["notebooks"]) == 1


def test_a_line_takes_its_finding_to_another_cell(diff: Diff) -> None:
    write(*OLD[:2], "b = 1", {"id": "other", "source": "print(early)\nprint(never)"})
    found = diff()
    assert told(found, "appeared") == []
    assert told(found, "disappeared") == []


def test_a_second_finding_on_an_equal_line_appeared(diff: Diff, git: Git) -> None:
    lost = "rows = [2, 1]\nrows = rows.sort()"
    write(lost)
    git("commit", "-qam", "Two")
    write(lost, lost)
    assert told(diff(code=1), "appeared") == [("a b.ipynb", "NB835", 2)]


def test_new_deleted_and_renamed_notebooks(diff: Diff, git: Git) -> None:
    git("mv", "a b.ipynb", "ä.ipynb")
    Path("same.ipynb").unlink()
    # Long enough that git does not take it for another one that was renamed.
    write("print(fresh)", *(f"# {number}" * 50 for number in range(9)), name="deep/new.ipynb")
    git("add", "-N", "deep")
    found = diff(code=1)
    assert sorted(changed(found)) == [
        ("None", "deep/new.ipynb"),
        ("a b.ipynb", "ä.ipynb"),
        ("same.ipynb", "None"),
    ]
    assert told(found, "appeared") == [("deep/new.ipynb", "NB202", 1)]
    assert {path for path, _, _ in told(found, "disappeared")} == {"same.ipynb"}
    # A name is enough to follow a file to where it went, and back to where it came from.
    assert changed(diff("HEAD", "ä.ipynb")) == [("a b.ipynb", "ä.ipynb")]
    assert changed(diff("HEAD", "--", "a b.ipynb")) == [("a b.ipynb", "ä.ipynb")]


def test_revisions_and_paths(diff: Diff, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    write(*OLD, "print(second)", name="sub/c.ipynb")
    git("add", ".")
    git("commit", "-qm", "Two")
    git("tag", "second")
    write("x = 1")
    git("commit", "-qam", "Three")
    everything = [("None", "sub/c.ipynb"), ("a b.ipynb", "a b.ipynb")]
    for words in (["HEAD~2", "HEAD"], ["HEAD~2..HEAD"], ["HEAD~2...HEAD"], ["HEAD~2.."]):
        assert sorted(changed(diff(*words, code=1))) == everything, words
    assert changed(diff("HEAD~2", "HEAD", "sub", code=1)) == [("None", "sub/c.ipynb")]
    assert changed(diff("second", "HEAD")) == [("a b.ipynb", "a b.ipynb")]
    assert changed(diff("second", "HEAD~2", "--", "sub")) == [("sub/c.ipynb", "None")]
    monkeypatch.chdir("sub")
    assert changed(diff("HEAD~2", "second", "c.ipynb", code=1)) == [("None", "c.ipynb")]
    assert changed(diff("second")) == [("../a b.ipynb", "../a b.ipynb")]


def test_two_files(diff: Diff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    monkeypatch.chdir(outside)
    write(*OLD, name="old.ipynb")
    write(*OLD[:2], "print(other)", name="new.ipynb")
    found = diff("old.ipynb", "new.ipynb", code=1)
    assert changed(found) == [("old.ipynb", "new.ipynb")]
    assert told(found, "appeared") == [("new.ipynb", "NB202", 3)]
    assert found["before"] is None


def test_text_notebooks_and_other_texts(diff: Diff, git: Git) -> None:
    Path("c.py").write_text("# %%\nx = 1\n\n# %%\nprint(a)\n")
    Path("plain.py").write_text("x = 1\n")
    git("add", ".")
    git("commit", "-qm", "Two")
    Path("c.py").write_text("# %%\nx = 1\n\n# %%\nprint(a)\nprint(b)\n")
    Path("plain.py").write_text("x = 2\n")
    found = diff(code=1)
    assert changed(found) == [("c.py", "c.py")]
    assert told(found, "appeared") == [("c.py", "NB202", 2)]


def test_between_json_and_text_only_the_cells_differ(diff: Diff) -> None:
    write("x = 1", {"cell_type": "markdown", "source": "# A", "metadata": {"k": 1}}, name="d.ipynb")
    Path("d.md").write_text(
        "---\njupyter:\n  kernelspec:\n    name: python3\n---\n\n```python\nx = 1\n```\n\n# A\n"
    )
    assert diff("d.ipynb", "d.md")["notebooks"][0]["diff"] == []


@pytest.mark.parametrize("broken", ["before", "after", "both"])
def test_what_is_no_notebook_is_told_and_the_rest_compared(
    diff: Diff, git: Git, broken: str
) -> None:
    if broken != "after":
        Path("a b.ipynb").write_text("{")
        git("commit", "-qam", "Two")
        write(*OLD)
    if broken != "before":
        Path("a b.ipynb").write_text('{"cells": [')
    write("print(x)", name="same.ipynb")
    found = diff(code=1)
    one, other = found["notebooks"]
    assert len(one["problems"]) == (2 if broken == "both" else 1)
    verb = "is" if broken == "after" else "was"
    assert f"a b.ipynb {verb} no notebook: line 1" in one["problems"][0]
    assert other["problems"] == []
    assert ("same.ipynb", "NB202", 1) in told(found, "appeared")
    codes = {
        key: {code for _, code, _ in told({"notebooks": [one]}, key)}
        for key in one
        if key.endswith("ppeared")
    }
    assert (
        codes
        == {
            "before": {"appeared": {"NB201", "NB202"}, "disappeared": {"NB001"}},
            "after": {"appeared": {"NB001"}, "disappeared": set()},
            "both": {"appeared": set(), "disappeared": set()},
        }[broken]
    )


def test_outputs_only_if_asked_for(
    diff: Diff, git: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    def printed(text: str) -> dict[str, Any]:
        output = {"output_type": "stream", "name": "stdout", "text": [text]}
        return {"source": "x = 1", "outputs": [output], "execution_count": 1}

    write(printed("one\n"))
    git("commit", "-qam", "Two")
    write(printed("two\n"))
    assert outcome(["diff", *RULES]) == 0
    assert "one" not in capsys.readouterr().out
    assert outcome(["diff", *RULES, "--outputs"]) == 0
    out = capsys.readouterr().out
    assert "-      one" in out
    assert "+      two" in out


def test_the_report_for_people(diff: Diff, capsys: pytest.CaptureFixture[str]) -> None:
    write("# a\nprint(early)", "early = 1", "print(neither)  # \x1b[31m")
    write("x = 1", name="new.ipynb")
    assert outcome(["diff", *RULES, "--color", "always", "--output-format", "concise"]) == 1
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert lines[0] == "\x1b[1m--- a b.ipynb\x1b[0m\x1b[2m  (HEAD)\x1b[0m"
    assert "\x1b[1m## modified cell 3/source:\x1b[0m" in lines
    assert "\x1b[32m+  print(neither)  # \\x1b[31m\x1b[0m" in lines
    assert "a b.ipynb:cell 3:1:7: error NB202 `neither` is never defined" in told.out
    assert "same.ipynb" not in told.out
    assert "Compared 1 notebook (HEAD and files on disk)" in lines[-1]
    assert "1 notebook that git does not track" in told.err


def test_quiet_and_without_diff(diff: Diff, capsys: pytest.CaptureFixture[str]) -> None:
    write(*OLD, "print(x)")
    assert outcome(["diff", *RULES, "-q", "--no-diff", "--output-format", "concise"]) == 1
    told = capsys.readouterr()
    assert "##" not in told.out
    assert told.out.splitlines()[-2].startswith("a b.ipynb:cell 4:1:7: error NB202")
    assert told.err == ""
    assert outcome(["diff", *RULES, "--exit-zero", "--fail-on", "error"]) == 0


def test_without_nbdime_findings_are_still_told(
    diff: Diff, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any) -> Any:
        if name.startswith("nbdime"):
            raise ImportError(name)
        return real(name, *arguments)

    write(*OLD, "print(x)")
    monkeypatch.setattr(builtins, "__import__", without)
    assert outcome(["diff", *RULES]) == 1
    told = capsys.readouterr()
    assert told.err.count("nbdime") == 1
    assert 'pip install "nbcoach[diff]"' in told.err
    assert "Appeared in a b.ipynb" in told.out
    assert outcome(["diff", *RULES, "--no-diff"]) == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere"], "`nowhere` is neither a revision that git knows nor a file"),
        (["HEAD", "gone.ipynb"], "`gone.ipynb` is neither a revision"),
        (["same.ipynb", "gone.ipynb"], "`gone.ipynb` does not exist"),
        (["nowhere", "--", "same.ipynb"], "git knows no revision `nowhere`"),
        (["HEAD", "HEAD", "HEAD"], "two revisions can be compared, not 3"),
        (["main"], "`main` is a revision and a path"),
    ],
)
def test_misuse_is_told(
    git: Git, diff: Diff, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    Path("main").mkdir()
    assert outcome(["diff", *words]) == 2
    assert message in capsys.readouterr().err


def test_dashes_settle_what_a_word_is(git: Git, diff: Diff) -> None:
    write("print(x)", name="main/d.ipynb")
    git("add", ".")
    git("commit", "-qm", "Two")
    write("x = 1", name="main/d.ipynb")
    write("x = 1")
    assert len(changed(diff("main", "--"))) == 2
    assert changed(diff("--", "main")) == [("main/d.ipynb", "main/d.ipynb")]


def test_outside_of_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert outcome(["diff"]) == 2
    assert "compare two files: `nbcoach diff OLD NEW`" in capsys.readouterr().err
