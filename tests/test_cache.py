"""Cached results are those of a fresh run, or there are none."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nbcoach import cache as cache_module
from nbcoach.cache import Cache, digest_of
from nbcoach.inspector import Inspector
from nbcoach.project import ANYTHING, state_of
from nbcoach.report import FileResult
from nbcoach.settings import load
from nbcoach.tasks import Outcome, Task
from tests.fakes import notebook_bytes

RULES = '''
from collections.abc import Iterator
from nbcoach.api import *


@rule("TST101", CodeCell, default="on", fix=Safety.SAFE)
def old_word(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """Wants a new word."""
    start = cell.source.find("old")
    if start >= 0:
        span = Span(start, start + 3)
        edits = (SourceEdit(cell.index, span, "new"), FieldEdit(("metadata", "x"), {"a": [1]}))
        fix = Fix("Renew", edits, Safety.SAFE)
        related = [(context.notebook.cells[0], "the first")]
        yield context.finding(span, "`old` is old", fix, related=related)


@rule("TST102", Notebook, default="on")
def neighbour(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Looks beside the notebook."""
    if "beside" in notebook.code_text and context.project.beside(notebook.path, "data.csv"):
        yield context.finding(None, "there is data")


@rule("TST103", Notebook, default="on")
def crash(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Crashes at will."""
    if "crash" in notebook.code_text:
        raise ValueError("at will")
    return iter(())


@rule("TST104", Notebook, default="on")
def named(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Looks at the path."""
    yield context.finding(None, f"called {notebook.path}")
'''


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("nbcoach.plugins.rule_set.installed_packs", lambda: ())
    folder = tmp_path / "local_rules"
    folder.mkdir()
    (folder / "rules_for_tests.py").write_text(RULES)
    (tmp_path / "nbcoach.toml").write_text('rule-paths = ["local_rules"]\nselect = ["TST"]\n')
    return tmp_path


def inspector() -> Inspector:
    return Inspector(load(Path()))


def remember(data: bytes, path: str = "a.ipynb", task: Task | None = None) -> FileResult:
    """Examine a file and save the result."""
    fresh = inspector()
    cache = Cache(fresh, task or Task())
    outcome = fresh.examine(path, data, task or Task())
    cache.put(path, digest_of(data), outcome)
    cache.save()
    return outcome.result


def recall(data: bytes, path: str = "a.ipynb", task: Task | None = None) -> FileResult | None:
    """What a new run finds in the cache."""
    return Cache(inspector(), task or Task()).get(path, digest_of(data))


def files() -> list[Path]:
    return sorted(Path(".nbcoach_cache").glob("results-*"))


OLD = notebook_bytes("x = 1", "old = 2\n", "old")


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(["old = 1", "é𝄞 old", "x = 1\r\nold", ""]), max_size=4))
def test_a_cached_result_is_the_fresh_one(project: Path, sources: list[str]) -> None:
    data = notebook_bytes(*sources)
    fresh = remember(data)
    assert recall(data) == fresh
    assert remember(data, task=Task(raw_lines=True)) == recall(data, task=Task(raw_lines=True))


def test_the_result_has_all_its_parts(project: Path) -> None:
    remember(OLD)
    result = recall(OLD)
    assert result is not None
    placed = result.findings[1]
    assert placed.finding.fix is not None
    assert placed.finding.fix.edits
    assert (placed.place.cell, placed.place.line, placed.related[0].cell) == (2, 1, 1)


@pytest.mark.parametrize(
    "change",
    [
        "contents",
        "path",
        "raw lines",
        "settings",
        "nested settings",
        "project",
        "rules",
        "version",
        "Python",
        "baseline",
    ],
)
def test_whatever_a_result_depends_on_forgets_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    data, path, task = OLD, "a.ipynb", Task()
    remember(data)
    assert recall(data) is not None
    match change:
        case "contents":
            data += b"\n"
        case "path":
            path = "b.ipynb"
        case "raw lines":
            task = Task(raw_lines=True)
        case "settings":
            with open("nbcoach.toml", "a") as file:
                file.write('outputs = "kept"\n')
        case "nested settings":
            Path("sub").mkdir()
            path = os.path.join("sub", "a.ipynb")
            remember(data, path)
            assert recall(data, path) is not None
            Path("sub/nbcoach.toml").write_text('ignore = ["TST101"]\n')
        case "project":
            path = os.path.join("sub", "a.ipynb")
            Path("sub").mkdir()
            remember(data, path)
            assert recall(data, path) is not None
            Path("sub/.git").mkdir()
        case "rules":
            (project / "local_rules" / "rules_for_tests.py").write_text(RULES + "\n# changed\n")
        case "version":
            monkeypatch.setattr(cache_module, "__version__", "99")
        case "Python":
            monkeypatch.setattr(sys, "version_info", (3, 99, 0))
        case "baseline":
            from nbcoach import baseline

            found = inspector().examine("a.ipynb", data, Task()).result.findings
            known = baseline.entries([placed.finding for placed in found], None)
            Path(".nbcoach-baseline.json").write_text(
                baseline.dumps(baseline.Baseline({"a.ipynb": known}))
            )
    assert recall(data, path, task) is None


def test_a_result_that_looked_beside_the_notebook_holds_until_that_changes(project: Path) -> None:
    (project / ".git").mkdir()
    data = notebook_bytes("beside")
    assert len(remember(data).findings) == 1
    assert recall(data) is not None
    Path("data.csv").write_text("a,b\n")
    assert recall(data) is None
    assert len(remember(data).findings) == 2
    assert recall(data) is not None
    Path("data.csv").write_text("a,b,c\n")
    assert recall(data) is None


def test_what_may_depend_on_anything_is_not_kept(project: Path) -> None:
    fresh = inspector()
    cache = Cache(fresh, Task())
    cache.put("a.ipynb", "digest", Outcome(FileResult("a.ipynb"), {ANYTHING: "was possible"}))
    cache.save()
    assert files() == []


def test_a_failure_of_ours_is_not_kept(project: Path) -> None:
    data = notebook_bytes("crash")
    assert remember(data).error
    assert recall(data) is None


def test_the_folder_hides_itself(project: Path) -> None:
    remember(OLD)
    folder = Path(".nbcoach_cache")
    assert (folder / ".gitignore").read_text() == "*\n"
    assert (folder / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172789f")


def test_a_folder_of_the_users_gets_no_other_files(project: Path) -> None:
    folder = Path("mine")
    folder.mkdir()
    with open("nbcoach.toml", "a") as file:
        file.write('cache-dir = "mine"\n')
    remember(OLD)
    assert [path.name[:8] for path in folder.iterdir()] == ["results-"]
    assert recall(OLD) is not None


def test_where_nothing_can_be_written_there_is_no_cache_and_no_complaint(project: Path) -> None:
    Path(".nbcoach_cache").write_text("a file stands in the way")
    remember(OLD)
    assert recall(OLD) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"something else\n" * 9,
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"`old` is old", b"`new` is new"),
        lambda data: data.replace(b" 0 ", b" x "),
        lambda data: data[:-40] + b"\xff" * 39 + b"\n",
        lambda data: data.replace(b"[", b"{"),
    ],
)
def test_a_damaged_cache_is_ignored_and_written_anew(
    project: Path, damage: Callable[[bytes], bytes]
) -> None:
    fresh = remember(OLD)
    (file,) = files()
    file.write_bytes(damage(file.read_bytes()))
    assert recall(OLD) is None
    remember(OLD)
    assert recall(OLD) == fresh


def test_two_runs_at_once_keep_the_results_of_both(project: Path) -> None:
    one, other = inspector(), inspector()
    first, second = Cache(one, Task()), Cache(other, Task())
    for cache, name in ((first, "a.ipynb"), (second, "b.ipynb")):
        cache.put(name, digest_of(OLD), one.examine(name, OLD, Task()))
    first.save()
    second.save()
    assert recall(OLD, "a.ipynb") is not None
    assert recall(OLD, "b.ipynb") is not None


def test_results_that_nobody_needs_go_after_a_while(project: Path) -> None:
    remember(OLD, "forgotten.ipynb")
    remember(OLD, "needed.ipynb")
    for number in range(cache_module._RUNS + 1):
        fresh = inspector()
        cache = Cache(fresh, Task())
        assert cache.get("needed.ipynb", digest_of(OLD)) is not None
        name = f"{number}.ipynb"
        cache.put(name, digest_of(OLD), fresh.examine(name, OLD, Task()))
        cache.save()
    assert recall(OLD, "needed.ipynb") is not None
    assert recall(OLD, "forgotten.ipynb") is None


def test_files_of_old_configurations_go(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(cache_module._FILES + 3):
        monkeypatch.setattr(cache_module, "__version__", str(number))
        remember(OLD)
    assert len(files()) == cache_module._FILES
    assert recall(OLD) is not None


def test_the_state_of_a_file_is_empty_where_there_is_none(tmp_path: Path) -> None:
    assert state_of(tmp_path / "missing") == ""
    assert state_of(Path("\0")) == ""
    assert state_of(tmp_path) != ""
