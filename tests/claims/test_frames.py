"""What pandas and Python's own containers give back, and what they change."""

import pytest

from tests.claims.kernel import Kernel
from tests.claims.libraries import needed
from tests.claims.snippets import Snippet, snippet, snippets

needed("pandas")


@pytest.mark.parametrize("example", snippets("NB835"))
def test_nb835_what_works_in_place_returns_none(kernel: Kernel, example: Snippet) -> None:
    name = example.report.split("`")[3]
    assert kernel.run(*example.cells).error == ""
    assert kernel.value(f"{name} is None") is True
    ran = kernel.run(f"{name}.anything")
    assert ran.error == "AttributeError"
    assert ran.message.startswith("'NoneType' object has no attribute")


def test_nb835_the_cell_fails_when_it_runs_again(kernel: Kernel) -> None:
    example = snippet("NB835", "columns=")
    last = example.cells[0].splitlines()[-1]
    assert kernel.run(*example.cells, last).error == "AttributeError"


def test_nb835_without_it_the_frame_stays(kernel: Kernel) -> None:
    example = snippet("NB835", "columns=")
    assert kernel.run(*example.repaired().cells).error == ""
    assert kernel.value("list(frame.columns)") == ["price"]
    assert kernel.run(*snippet("NB835", section="Good").cells).error == ""
    assert kernel.value("rows, ordered, list(frame.columns)") == ([1, 2, 3], [1, 2, 3], ["price"])


@pytest.mark.parametrize("call", ["dropna(inplace=True)", "rename(columns=(names), inplace=True)"])
def test_nb835_reported_methods_return_none(kernel: Kernel, call: str) -> None:
    assert call in snippet("NB835", "names", section="Edge cases").script
    kernel.run("import pandas as pd; frame, names = pd.DataFrame({'a': [1]}), {'a': 'b'}")
    assert kernel.value(f"frame.{call} is None") is True


def test_nb835_some_methods_of_pandas_3_return_the_frame(kernel: Kernel) -> None:
    example = snippet("NB835", "fillna(0", section="Edge cases")
    assert kernel.run("import pandas as pd; frame = pd.DataFrame({'a': [1]})").error == ""
    assert kernel.run(*example.cells).error == ""
    assert kernel.value("type(frame).__name__, list(frame.a)") == ("DataFrame", [2])


CHAINED = [*snippets("NB831"), *snippets("NB831", "Edge cases")[:2]]
UNCHANGED = [[3.0, 4], [-1.0, 0]]


@pytest.mark.parametrize("example", CHAINED)
def test_nb831_a_chained_assignment_leaves_the_frame_alone(
    kernel: Kernel, example: Snippet
) -> None:
    *setup, last = example.cells[0].rpartition("})\n")
    for line in last.splitlines():
        ran = kernel.run("".join(setup), line)
        assert ran.error == ""
        assert kernel.value("frame.to_numpy().tolist()") == UNCHANGED, line


def test_nb831_a_warning_is_all_that_tells(kernel: Kernel) -> None:
    assert "ChainedAssignmentError" in kernel.run(*CHAINED[0].cells).warned


def test_nb831_loc_changes_the_frame(kernel: Kernel) -> None:
    ran = kernel.run(*CHAINED[0].repaired().cells)
    assert (ran.error, ran.warned) == ("", "")
    assert kernel.value("frame.price.tolist()") == [2.0, 0.0]
    assert kernel.run(*snippet("NB831", section="Good").cells).warned == ""
    assert kernel.value("frame.to_numpy().tolist()") == [[2.0, 4.0], [0.0, 1.0]]


def test_nb831_what_lies_in_dictionaries_and_cells_is_changed(kernel: Kernel) -> None:
    example = snippet("NB831", "sheets", section="Edge cases")
    lines = [line for line in example.cells[0].splitlines() if "sheets" not in line]
    assert kernel.run("\n".join(lines)).error == ""
    assert kernel.value("prices, frame.tags[0]") == ({"tea": {"price": 0}}, {"a": 2})
