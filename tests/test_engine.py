"""Whole runs: what is read, reported, written and left alone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from nbcoach import engine
from nbcoach.engine import check_bytes, fix_bytes, run
from nbcoach.errors import PackError, SettingsError
from nbcoach.report import FileResult, Report
from nbcoach.settings import Settings, load
from nbcoach.tasks import Task
from tests.fakes import notebook_bytes

RULES = '''
import os
from collections.abc import Iterator
from pathlib import Path
from nbcoach.api import *


@rule("TST101", CodeCell, default="on", fix=Safety.SAFE)
def old_word(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """Wants a new word."""
    start = cell.source.find("old")
    if start >= 0:
        span = Span(start, start + 3)
        fix = Fix("Renew", (SourceEdit(cell.index, span, "new"),), Safety.SAFE)
        yield context.finding(span, "`old` is old", fix)


@rule("TST102", Project, default="on")
def project(project: Project, context: Context) -> Iterator[Finding]:
    """Wants a requirements file."""
    if not (project.root / "requirements.txt").exists():
        yield context.finding(project.root / "requirements.txt", "there are no requirements")


@rule("TST103", Notebook, mentions=("crash", "die", "deep"), default="on")
def crash(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Fails at will."""
    if "crash" in notebook.code_text:
        raise ValueError("at will")
    if "die" in notebook.code_text:
        os._exit(7)
    return iter(())


@rule("TST104", Unreadable, default="on")
def unreadable(unreadable: Unreadable, context: Context) -> Iterator[Finding]:
    """Tells what cannot be read."""
    yield context.finding(None, f"{unreadable.kind}: {unreadable.reason}")


@rule("TST105", UnusedSuppression, UnknownSuppression, default="on")
def suppression(
    subject: UnusedSuppression | UnknownSuppression, context: Context
) -> Iterator[Finding]:
    """Tells what silences nothing."""
    yield context.finding(subject.suppression.location, type(subject).__name__)


@rule("TST106", Crash, default="on")
def crashed(crash: Crash, context: Context) -> Iterator[Finding]:
    """Tells of crashes."""
    yield context.finding(None, f"{crash.name} crashed")


@rule("TST107", Notebook, mentions=("slow",), default="on", fix=Safety.SAFE)
def slow(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Takes its time."""
    import time

    Path("started").touch()
    time.sleep(0.05)
    yield context.finding(None, "slow")
'''


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("nbcoach.plugins.rule_set.installed_packs", lambda: ())
    # Workers must see that, so they fork, even if another test's kernel has left a thread behind.
    monkeypatch.setattr("threading.active_count", lambda: 1)
    folder = tmp_path / "local_rules"
    folder.mkdir()
    (folder / "rules_for_tests.py").write_text(RULES)
    (tmp_path / "nbcoach.toml").write_text(
        'rule-paths = ["local_rules"]\nselect = ["TST"]\nignore = ["TST102"]\n'
    )
    return tmp_path


def settings(overrides: Mapping[str, object] | None = None) -> Settings:
    return load(Path(), overrides)


def write(name: str, *cells: str) -> bytes:
    data = notebook_bytes(*cells)
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(data)
    return data


def by_path(report: Report) -> dict[str, list[str]]:
    return {
        result.path: [placed.finding.message for placed in result.findings]
        for result in report.files
    }


def only(report: Report) -> FileResult:
    (result,) = report.files
    return result


def test_findings_come_with_their_files_and_places() -> None:
    write("b.ipynb", "x = 1", "y = old")
    write("a.ipynb", "fine")
    report = run(["."], settings())
    assert by_path(report) == {"a.ipynb": [], "b.ipynb": ["`old` is old"]}
    place = report.files[1].findings[0].place
    assert (place.cell, place.line, place.column, place.source) == (2, 1, 5, "y = old")
    assert report.exit_code == 1
    assert report.elapsed > 0
    assert report.packs == (str(Path("local_rules").absolute()),)


def test_lines_of_files_come_where_asked_for() -> None:
    data = write("a.ipynb", "old")
    line = next(number for number, text in enumerate(data.splitlines(), 1) if b'"old"' in text)
    assert only(run(["a.ipynb"], settings())).findings[0].place.raw_line == 0
    assert only(run(["a.ipynb"], settings(), raw_lines=True)).findings[0].place.raw_line == line


def test_the_report_fails_from_the_settings_severity_on() -> None:
    write("a.ipynb", "old")
    assert run(["."], settings({"fail-on": "error"})).exit_code == 0
    severe = settings({"fail-on": "error", "severity": {"TST101": "error"}})
    assert run(["."], severe).exit_code == 1


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.ipynb", b"", "empty: "),
        ("a.ipynb", b"\xff\x00", "not-utf8: "),
        ("a.ipynb", b"{", "not-json: "),
        ("a.ipynb", b"[]", "not-notebook: "),
        ("a.ipynb", b"[" * 100_000, "too-deep: "),
    ],
)
def test_unreadable_files_are_findings(name: str, data: bytes, message: str) -> None:
    Path(name).write_bytes(data)
    write("z.ipynb", "old")
    report = run(["."], settings())
    found = by_path(report)
    assert found[name][0].startswith(message)
    assert found["z.ipynb"] == ["`old` is old"]
    assert report.exit_code == 1


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = write("a.ipynb", "old")
    report = run(["a.ipynb"], settings({"max-size": len(data) - 1}))
    assert by_path(report)["a.ipynb"][0].startswith("too-large: it takes 0.0 MiB")
    assert by_path(run(["a.ipynb"], settings({"max-size": len(data)})))["a.ipynb"] == [
        "`old` is old"
    ]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs to lack permission")
def test_a_file_that_may_not_be_read_is_a_finding() -> None:
    write("a.ipynb", "old")
    Path("a.ipynb").chmod(0)
    assert by_path(run(["a.ipynb"], settings()))["a.ipynb"][0].startswith("permission: ")


def test_a_file_that_fails_to_be_read_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.ipynb", "old")

    def refuse(path: str, flags: int) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("nbcoach.reading.os.open", refuse)
    assert by_path(run(["a.ipynb"], settings()))["a.ipynb"] == [
        "permission: it cannot be read (Permission denied)"
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_hold_the_run() -> None:
    os.mkfifo("a.ipynb")
    from nbcoach.reading import contents
    from nbcoach.subjects import Unreadable

    assert contents("a.ipynb", 100) == Unreadable("not-notebook", "it is no regular file")


def test_a_crashing_rule_is_reported_and_the_run_goes_on() -> None:
    write("a.ipynb", "crash", "old")
    write("b.ipynb", "old")
    report = run(["."], settings())
    assert by_path(report) == {
        "a.ipynb": ["crash crashed", "`old` is old"],
        "b.ipynb": ["`old` is old"],
    }
    assert report.files[0].error.startswith("rule `crash` crashed: ValueError: at will (rules_")
    assert report.exit_code == 3


def test_a_crash_that_no_rule_tells_of_is_told_all_the_same() -> None:
    write("a.ipynb", "crash")
    report = run(["."], settings({"select": ["TST103"]}))
    assert "at will" in only(report).error
    assert report.exit_code == 3


def test_a_failure_of_ours_with_one_file_is_told_and_the_run_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from nbcoach import inspector

    def fail(document: object, *rest: object, path: str, **more: object) -> object:
        if path == "a.ipynb":
            raise AssertionError("that cannot be")
        return inspect(document, *rest, path=path, **more)  # type: ignore[arg-type]

    inspect = inspector.inspect
    monkeypatch.setattr(inspector, "inspect", fail)
    write("a.ipynb", "old")
    write("b.ipynb", "old")
    report = run(["."], settings())
    assert report.files[0].error.startswith("AssertionError: that cannot be")
    assert by_path(report)["b.ipynb"] == ["`old` is old"]
    assert report.exit_code == 3


def test_wrong_settings_and_packs_stop_the_run(project: Path) -> None:
    write("sub/a.ipynb", "old")
    Path("sub/nbcoach.toml").write_text('confidence = "sometimes"\n')
    with pytest.raises(SettingsError):
        run(["."], settings())
    (project / "local_rules" / "broken.py").write_text("1 / 0\n")
    with pytest.raises(PackError, match="ZeroDivisionError"):
        run(["."], settings())


def test_suppressed_findings_are_counted_and_unused_suppressions_found() -> None:
    write("a.ipynb", "old  # nbcoach: ignore[TST101] reason", "x  # nbcoach: ignore[TST101] no")
    result = only(run(["."], settings()))
    assert result.silenced == 1
    assert [placed.finding.message for placed in result.findings] == ["UnusedSuppression"]


def test_a_suppression_that_names_nothing_is_found() -> None:
    write("a.ipynb", "x  # nbcoach: ignore[TST999] reason")
    result = only(run(["."], settings()))
    assert [placed.finding.message for placed in result.findings] == ["UnknownSuppression"]


def test_findings_in_the_baseline_stay_silent() -> None:
    from nbcoach import baseline
    from nbcoach.documents import read

    data = write("a.ipynb", "old", "y")
    found = [placed.finding for placed in only(run(["."], settings())).findings]
    notebook = read("a.ipynb", data).notebook  # type: ignore[union-attr]
    known = baseline.Baseline({"a.ipynb": baseline.entries(found, notebook)})
    Path(".nbcoach-baseline.json").write_text(baseline.dumps(known))
    result = only(run(["."], settings()))
    assert (result.findings, result.silenced) == ((), 1)
    assert only(run(["."], settings({"baseline": False}))).findings


def test_project_rules_run_once_for_each_project() -> None:
    for name in ("one/a.ipynb", "one/b.ipynb", "two/sub/c.ipynb", "three/d.ipynb"):
        write(name, "x")
    for name in ("one", "two", "three"):
        Path(name, ".git").mkdir()
    Path("three/requirements.txt").touch()
    report = run(["."], settings({"select": ["TST102"], "ignore": []}))
    found = {path: messages for path, messages in by_path(report).items() if messages}
    message = ["there are no requirements"]
    assert found == {
        os.path.join("one", "requirements.txt"): message,
        os.path.join("two", "requirements.txt"): message,
    }
    assert sorted({path for path, _ in report.findings()}) == sorted(found)


def test_progress_counts_every_file() -> None:
    for name in "abc":
        write(f"{name}.ipynb", "x")
    calls: list[tuple[int, int]] = []
    run([".", "missing.ipynb"], settings(), progress=lambda done, all_: calls.append((done, all_)))
    assert calls == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_standard_input_is_checked_under_its_name_and_never_written(project: Path) -> None:
    data = notebook_bytes("old")
    report = run([], settings(), stdin=("sub/new.ipynb", data), fix="safe")
    result = only(report)
    assert (result.path, result.findings) == ("sub/new.ipynb", ())
    assert [repair.outcome for repair in result.repairs] == ["applied"]
    assert not Path("sub").exists()


def test_bytes_are_checked_and_repaired_without_a_file() -> None:
    data = notebook_bytes("old")
    assert [p.finding.code for p in check_bytes("a.ipynb", data, settings()).findings] == ["TST101"]
    result, repaired = fix_bytes("a.ipynb", data, settings(), diff=True)
    assert repaired == data.replace(b"old", b"new")
    assert result.findings == ()
    assert '-   "source": "old"\n+   "source": "new"\n' in result.diff
    assert fix_bytes("a.ipynb", repaired, settings())[1] is repaired
    assert fix_bytes("a.ipynb", b"{", settings())[1] == b"{"


def test_repairs_are_written_and_only_then_gone() -> None:
    data = write("a.ipynb", "old = 1", "x")
    untouched = write("b.ipynb", "x")
    before = Path("b.ipynb").stat().st_mtime_ns
    report = run(["."], settings(), fix="safe")
    assert Path("a.ipynb").read_bytes() == data.replace(b"old", b"new")
    assert Path("b.ipynb").read_bytes() == untouched
    assert Path("b.ipynb").stat().st_mtime_ns == before
    assert report.files[0].findings == ()
    assert [repair.outcome for repair in report.files[0].repairs] == ["applied"]
    assert report.exit_code == 0
    again = run(["."], settings(), fix="safe")
    assert again.files[0].repairs == ()


def test_a_diff_is_shown_instead_of_written() -> None:
    data = write("sub/a.ipynb", "old = 1")
    report = run(["."], settings(), fix="safe", diff=True)
    assert Path("sub/a.ipynb").read_bytes() == data
    Path("change.diff").write_text(only(report).diff)
    subprocess.run(["git", "init", "--quiet"], check=True)
    subprocess.run(["git", "apply", "change.diff"], check=True)
    assert Path("sub/a.ipynb").read_bytes() == data.replace(b"old", b"new")


def test_a_file_that_changed_meanwhile_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.ipynb", "old = 1")
    replace = engine.writing.replace

    def meddle(path: Path, old: bytes, new: bytes, *, root: Path) -> None:
        path.write_bytes(b"someone else's")
        replace(path, old, new, root=root)

    monkeypatch.setattr(engine.writing, "replace", meddle)
    report = run(["a.ipynb"], settings(), fix="safe")
    assert Path("a.ipynb").read_bytes() == b"someone else's"
    result = only(report)
    assert "changed by another program" in result.error
    assert "changed by another program" in result.repairs[0].outcome
    assert [placed.finding.code for placed in result.findings] == ["TST101"]
    assert report.exit_code == 3


def test_a_link_out_of_the_project_is_not_written(tmp_path: Path) -> None:
    data = write("elsewhere/a.ipynb", "old")
    Path("mine/.git").mkdir(parents=True)
    Path("mine/a.ipynb").symlink_to(Path("elsewhere/a.ipynb").absolute())
    result = only(run(["mine/a.ipynb"], settings(), fix="safe"))
    assert Path("elsewhere/a.ipynb").read_bytes() == data
    assert result.error or result.findings


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every batch counts as large."""
    monkeypatch.setattr(engine, "_WORTH_CACHING", 0)
    monkeypatch.setattr(engine, "_WORTH_SHARING", 0)
    monkeypatch.setattr("nbcoach.sharing._PORTION", 1000)


def write_many() -> None:
    for number in range(12):
        write(f"{number:02}.ipynb", "x = 1", "old" if number % 3 else "crash", f"y = {number}")
    Path("broken.ipynb").write_text("{")


@pytest.mark.usefixtures("large")
def test_any_number_of_jobs_reports_the_same() -> None:
    write_many()
    alone = run([".", "missing.ipynb"], settings(), jobs=1, cached=False)
    shared = run([".", "missing.ipynb"], settings(), jobs=3, cached=False)
    assert shared.files == alone.files
    assert len(alone.files) == 14


@pytest.mark.usefixtures("large")
def test_any_number_of_jobs_writes_the_same() -> None:
    write_many()
    before = {path: path.read_bytes() for path in sorted(Path().glob("*.ipynb"))}
    alone = run(["."], settings(), jobs=1, fix="safe")
    after = {path: path.read_bytes() for path in before}
    for path, data in before.items():
        path.write_bytes(data)
    shared = run(["."], settings(), jobs=3, fix="safe")
    assert shared.files == alone.files
    assert {path: path.read_bytes() for path in before} == after != before


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("jobs", [1, 3])
def test_a_cached_run_reports_the_same(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    write_many()
    fresh = run(["."], settings(), jobs=jobs)
    examined: list[str] = []
    examine = engine.Inspector.examine_all

    def count(
        self: engine.Inspector, files: list[tuple[str, bytes]], task: Task
    ) -> Iterator[engine.Outcome]:
        examined.extend(path for path, _ in files)
        return examine(self, files, task)

    monkeypatch.setattr(engine.Inspector, "examine_all", count)
    monkeypatch.setattr(engine, "_WORTH_SHARING", 10**9)
    cached = run(["."], settings(), jobs=jobs)
    assert cached.files == fresh.files
    # What a crash cut short is looked at again; the rest is remembered.
    assert examined == ["00.ipynb", "03.ipynb", "06.ipynb", "09.ipynb"]
    write("01.ipynb", "fine now")
    assert by_path(run(["."], settings(), jobs=jobs))["01.ipynb"] == []


@pytest.mark.usefixtures("large")
def test_repairs_neither_use_nor_fill_the_cache() -> None:
    write_many()
    run(["."], settings(), fix="safe", jobs=1)
    assert not Path(".nbcoach_cache").exists()
    run(["."], settings({"cache": False}), jobs=1)
    assert not Path(".nbcoach_cache").exists()


def test_a_small_batch_is_not_worth_a_cache() -> None:
    write("a.ipynb", "old")
    run(["."], settings())
    assert not Path(".nbcoach_cache").exists()


@pytest.mark.usefixtures("large")
def test_a_file_that_kills_its_process_is_found_out() -> None:
    write_many()
    write("05.ipynb", "die")
    report = run(["."], settings(), jobs=2, cached=False)
    errors = {result.path: result.error for result in report.files if "died" in result.error}
    assert list(errors) == ["05.ipynb"]
    assert by_path(report)["04.ipynb"] == by_path(report)["11.ipynb"] == ["`old` is old"]
    assert report.exit_code == 3


_RUN = """
import sys
from pathlib import Path
from nbcoach import engine, sharing
from nbcoach.plugins import rule_set
from nbcoach.settings import load
rule_set.installed_packs = lambda: ()
engine._WORTH_SHARING = 0
sharing._PORTION = 1000
engine.run(["."], load(Path()), fix="safe", jobs=2)
"""


@pytest.mark.skipif(os.name != "posix", reason="sends an interrupt to a group of processes")
def test_an_interrupted_run_ends_soon_and_leaves_every_notebook_whole() -> None:
    contents = {write(f"{number:03}.ipynb", "slow", f"old = {number}") for number in range(100)}
    contents |= {data.replace(b"old", b"new") for data in contents}
    command = [sys.executable, "-c", _RUN]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=environment,
        # Tests that run in the background ignore interrupts, and what they start would, too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while not Path("started").exists():
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, complaint = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGINT or b"KeyboardInterrupt" in complaint
    assert complaint.count(b"Traceback") == 1
    assert all(path.read_bytes() in contents for path in Path().glob("*.ipynb"))
    assert not list(Path().glob(".nbcoach-*"))


def test_wrong_settings_are_told_where_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="NB20l"):
        run([tmp_path], load(tmp_path, {"select": ["NB20l"]}))
