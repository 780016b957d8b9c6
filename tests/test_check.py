"""Rules are asked about what they look at, and about nothing else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from nbcoach.check import Checked, check, check_project, check_subjects
from nbcoach.finding import Confidence, Finding, Severity
from nbcoach.notebook import (
    WHOLE_NOTEBOOK,
    Cell,
    CodeCell,
    Location,
    MarkdownCell,
    Notebook,
    Output,
    RawCell,
    Span,
)
from nbcoach.project import Project
from nbcoach.rule import Context, Rule, rule
from nbcoach.settings import Settings
from nbcoach.subjects import (
    Crash,
    SchemaViolation,
    Suppression,
    UnknownSuppression,
    Unreadable,
    UnusedSuppression,
)
from tests.fakes import FakeRuleSet, active_rules, document_of

HERE = Settings(root=Path())
CELLS = (
    "x = 1",
    {"cell_type": "markdown", "source": "# Title"},
    {"cell_type": "raw", "source": "raw"},
    {
        "source": "print(x)",
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "1\n"}] * 2,
    },
    "%%bash\necho x",
    "this is no Python",
)


def checked(*rules: Rule, cells: tuple[object, ...] = CELLS, settings: Settings = HERE) -> Checked:
    document = document_of(*cells)  # type: ignore[arg-type]
    return check(document, active_rules(*rules, settings=settings), Project(None), "a.ipynb")


def seen(kind: type, cells: tuple[object, ...] = CELLS) -> list[int | None]:
    """The cells that a rule about subjects of this type is called for."""

    @rule("NB990", kind)
    def fake(subject: object, context: Context) -> Iterator[Finding]:
        assert type(subject) is kind or kind is Cell
        yield context.finding(context.cell, f"subject {id(subject)}")

    return [finding.location.cell for finding in checked(fake, cells=cells).findings]


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (Notebook, [None]),
        (Cell, [0, 1, 2, 3, 4, 5]),
        (CodeCell, [0, 3, 4, 5]),
        (MarkdownCell, [1]),
        (RawCell, [2]),
        (Output, [3, 3]),
        (ast.Name, [0, 3, 3]),
        (ast.Module, [0, 3]),
        (ast.Await, []),
        (SchemaViolation, []),
        (Unreadable, []),
        (Crash, []),
        (Project, []),
    ],
)
def test_each_subject_is_asked_about_once(kind: type, cells: list[int | None]) -> None:
    assert seen(kind) == cells


def test_breaks_of_the_schema_are_subjects() -> None:
    broken = {"metadata": {"tags": "no list"}}
    assert seen(SchemaViolation, cells=(broken,))


def test_the_schema_is_only_consulted_where_a_rule_asks() -> None:
    class Untouchable:
        notebook = document_of("x = 1").notebook

        def violations(self) -> tuple[SchemaViolation, ...]:
            raise AssertionError("nobody asked")

    result = check(Untouchable(), active_rules(), Project(None), "a.ipynb")  # type: ignore[arg-type]
    assert result == Checked()


def test_an_unreadable_file_is_a_subject_with_its_path() -> None:
    @rule("NB990", Unreadable)
    def fake(unreadable: Unreadable, context: Context) -> Iterator[Finding]:
        yield context.finding(None, f"{context.notebook.path}: {unreadable.reason}")

    result = check(Unreadable("empty", "it is empty"), active_rules(fake), Project(None), "b.ipynb")
    assert [finding.message for finding in result.findings] == ["b.ipynb: it is empty"]


def test_suppressions_and_projects_are_subjects() -> None:
    @rule("NB990", UnknownSuppression, UnusedSuppression)
    def about_suppressions(
        subject: UnknownSuppression | UnusedSuppression, context: Context
    ) -> Iterator[Finding]:
        yield context.finding(None, type(subject).__name__)

    @rule("NB991", Project)
    def about_project(project: Project, context: Context) -> Iterator[Finding]:
        yield context.finding(project.root, "found")

    active = active_rules(about_suppressions, about_project)
    suppression = Suppression((), "", WHOLE_NOTEBOOK, None)
    events = (
        UnknownSuppression(suppression, "NB9", "NB990"),
        UnusedSuppression(suppression, (), None),
    )
    found = check_subjects(events, document_of("").notebook, active, Project(None))
    assert [finding.message for finding in found.findings] == [
        "UnknownSuppression",
        "UnusedSuppression",
    ]
    (finding,) = check_project(Project(Path("/somewhere")), active).findings
    assert finding.path == str(Path("/somewhere"))


def mentioning(*words: str) -> Rule:
    @rule("NB990", CodeCell, MarkdownCell, mentions=words)
    def fake(cell: Cell, context: Context) -> Iterator[Finding]:
        yield context.finding(cell, "seen")

    return fake


@pytest.mark.parametrize(
    ("words", "source", "runs"),
    [
        ((), "", True),
        (("torch",), "import torch", True),
        (("torch",), "import torchvision", False),
        (("torch",), "import numpy", False),
        (("jax", "torch"), "import torch as t", True),
        (("torch",), "x.torch.y", True),
        (("größe",), "größe = 1", True),
        (("%run",), "%run other.py", True),
        (("%run",), "run()", False),
        (("os.chdir",), "os.chdir('x')", True),
    ],
)
def test_a_rule_runs_where_a_word_of_its_occurs(
    words: tuple[str, ...], source: str, runs: bool
) -> None:
    found = checked(mentioning(*words), cells=(source,)).findings
    assert bool(found) == runs


def test_words_count_in_any_code_cell_but_not_in_prose() -> None:
    prose = {"cell_type": "markdown", "source": "torch"}
    assert not checked(mentioning("torch"), cells=(prose, "x")).findings
    assert len(checked(mentioning("torch"), cells=(prose, "x", "torch")).findings) == 3


def test_a_lone_surrogate_in_code_hides_no_word() -> None:
    assert checked(mentioning("torch"), cells=("'\ud800'; torch",)).findings


def test_rules_without_a_subject_or_a_word_are_not_even_loaded() -> None:
    @rule("NB991", ast.Await)
    def about_nothing(node: ast.Await, context: Context) -> Iterator[Finding]:
        yield context.finding(node, "seen")

    active = active_rules(mentioning("torch"), about_nothing)
    check(document_of("x = 1"), active, Project(None), "a.ipynb")
    assert isinstance(active.rules, FakeRuleSet)
    assert active.rules.loaded == []


@rule("NB998", Cell)
def crashing(cell: Cell, context: Context) -> Iterator[Finding]:
    """Raises on the second cell."""
    yield context.finding(cell, "before")
    if cell.index == 1:
        raise ValueError("no\nreason")


@rule("NB999", Crash)
def about_crashes(crash: Crash, context: Context) -> Iterator[Finding]:
    """Reports crashes."""
    yield context.finding(None, f"{crash.code} {crash.name}")


def test_a_rule_that_raises_is_a_subject_and_stops_nobody_else() -> None:
    @rule("NB997", Cell)
    def sound(cell: Cell, context: Context) -> Iterator[Finding]:
        yield context.finding(cell, "fine")

    result = checked(crashing, about_crashes, sound, cells=("", "", ""))
    assert [(f.code, f.location.cell) for f in result.findings] == [
        ("NB999", None),
        ("NB997", 0),
        ("NB998", 0),
        ("NB997", 1),
        ("NB998", 1),
        ("NB997", 2),
    ]
    (crash,) = result.crashes
    assert (crash.code, crash.name) == ("NB998", "crashing")
    assert crash.error.startswith("ValueError: no reason (test_check.py:")


def test_a_crash_is_told_even_where_no_rule_looks_at_crashes() -> None:
    result = checked(crashing, cells=("", ""))
    assert [crash.code for crash in result.crashes] == ["NB998"]


def test_a_rule_about_crashes_may_crash() -> None:
    @rule("NB999", Crash)
    def about(crash: Crash, context: Context) -> Iterator[Finding]:
        raise KeyError(crash.code)
        yield

    result = checked(crashing, about, cells=("", ""))
    assert [crash.code for crash in result.crashes] == ["NB998", "NB999"]


def test_endless_recursion_in_a_rule_is_a_crash() -> None:
    @rule("NB990", Notebook)
    def deep(notebook: Notebook, context: Context) -> Iterator[Finding]:
        yield from deep.check(notebook, context)

    (crash,) = checked(deep).crashes
    assert crash.error.startswith("RecursionError")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError, SystemExit])
def test_what_is_not_the_rules_fault_goes_through(stop: type[BaseException]) -> None:
    @rule("NB990", Notebook)
    def stopped(notebook: Notebook, context: Context) -> Iterator[Finding]:
        raise stop
        yield

    with pytest.raises(stop):
        checked(stopped)


def test_a_rule_that_yields_something_else_is_a_crash() -> None:
    @rule("NB990", Notebook)
    def careless(notebook: Notebook, context: Context) -> Iterator[Finding]:
        yield "a text"  # type: ignore[misc]

    (crash,) = checked(careless).crashes
    assert "yields a str instead of a Finding" in crash.error


def test_findings_come_in_the_order_of_the_notebook_and_once() -> None:
    @rule("NB991", Notebook)
    def later(notebook: Notebook, context: Context) -> Iterator[Finding]:
        for index, start in ((1, 3), (1, 0), (0, 2), (1, 3)):
            context = Context(context.rule, notebook, context.project, notebook.cells[index])
            yield context.finding(Span(start, start + 1), "same")
        yield context.finding(notebook.cells[1], "whole cell")

    @rule("NB990", Notebook)
    def earlier(notebook: Notebook, context: Context) -> Iterator[Finding]:
        yield context.finding(Location(1, Span(3, 4)), "same")
        yield context.finding(None, "whole notebook")

    findings = checked(later, earlier, cells=("x = 1", "y = 2")).findings
    places = [
        (finding.code, finding.location.cell, span and span.start)
        for finding in findings
        for span in [finding.location.span]
    ]
    assert places == [
        ("NB990", None, None),
        ("NB991", 0, 2),
        ("NB991", 1, None),
        ("NB991", 1, 0),
        ("NB990", 1, 3),
        ("NB991", 1, 3),
    ]


@pytest.mark.parametrize(
    ("floor", "messages"),
    [
        (Confidence.POSSIBLE, ["CERTAIN", "LIKELY", "POSSIBLE"]),
        (Confidence.LIKELY, ["CERTAIN", "LIKELY"]),
        (Confidence.CERTAIN, ["CERTAIN"]),
    ],
)
def test_findings_below_the_floor_of_confidence_are_left_out(
    floor: Confidence, messages: list[str]
) -> None:
    @rule("NB990", Notebook)
    def fake(notebook: Notebook, context: Context) -> Iterator[Finding]:
        for confidence in Confidence:
            yield context.finding(None, confidence.name, confidence=confidence)

    settings = Settings(root=Path(), confidence=floor)
    assert [f.message for f in checked(fake, settings=settings).findings] == messages


def test_the_settings_severity_replaces_even_what_the_rule_chose() -> None:
    @rule("NB990", Notebook, severity=Severity.WARNING)
    def fake(notebook: Notebook, context: Context) -> Iterator[Finding]:
        yield context.finding(None, "usual")
        yield context.finding(None, "milder", severity=Severity.INFO)

    active = active_rules(fake, severity={"NB990": Severity.ERROR})
    result = check(document_of(""), active, Project(None), "a.ipynb")
    assert {finding.severity for finding in result.findings} == {Severity.ERROR}


def test_a_rule_sees_the_policy_for_outputs() -> None:
    @rule("NB990", Notebook)
    def fake(notebook: Notebook, context: Context) -> Iterator[Finding]:
        yield context.finding(None, context.policy)

    settings = Settings(root=Path(), outputs="source-only")
    (finding,) = checked(fake, settings=settings).findings
    assert finding.message == "source-only"
