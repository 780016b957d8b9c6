"""The next steps are those that gain most, with commands that can be copied."""

from nbcoach.report import FileResult, PlacedFinding, Repair, Report
from nbcoach.reporters.text.coaching import next_steps
from nbcoach.reporters.text.style import Style
from tests.reporters.results import ERROR, INFO, SAFE, UNSAFE, found, run, single


def steps(result: Report, *paths: str) -> list[str]:
    return list(next_steps(result, paths or (".",), Style(width=100)))


def in_files(number: int, placed: PlacedFinding) -> list[FileResult]:
    return [FileResult(f"{placed.finding.code}-{i}.ipynb", (placed,)) for i in range(number)]


def titles(result: Report) -> list[str]:
    return [line.split()[1] for line in steps(result) if line.startswith("  ") and "." in line[:4]]


def test_harm_times_notebooks_decides() -> None:
    result = run(
        *in_files(3, found("NB301")),
        *in_files(1, found("NB201", ERROR)),
        *in_files(5, found("NB611")),
        *in_files(2, found("NB901")),
    )
    assert titles(result) == ["NB611", "NB201", "NB301"]


def test_many_findings_in_one_notebook_weigh_less_than_many_notebooks() -> None:
    result = run(FileResult("a.ipynb", (found("NB301"),) * 50), *in_files(2, found("NB302")))
    assert titles(result) == ["NB302", "NB301"]


def test_equal_gains_stand_in_the_order_of_their_codes() -> None:
    assert titles(single(found("NB3"), found("NB1"), found("NB2"))) == ["NB1", "NB2", "NB3"]


def test_infos_are_no_advice() -> None:
    assert steps(single(found(severity=INFO))) == []


def test_each_step_has_its_command() -> None:
    result = single(found("NB1", fix=SAFE), found("NB2", fix=UNSAFE), found("NB3"))
    commands = [line.strip() for line in steps(result, "my notebooks") if "nbcoach" in line]
    assert commands == [
        "nbcoach check --fix --select NB1 'my notebooks'",
        "nbcoach check --diff --unsafe-fixes --select NB2 'my notebooks'",
        "nbcoach explain NB3",
    ]


def test_a_fix_that_was_refused_is_not_advised_again() -> None:
    refused = Repair("NB201", "move", 3, "refused: no")
    result = run(FileResult("a.ipynb", (found(fix=SAFE),), repairs=(refused,)))
    assert "    nbcoach explain NB201" in steps(result)
