"""What counts tell of the runs of a notebook."""

import pytest

from nbcoach.documents.languages import cell_language
from nbcoach.execution_log import ExecutionLog, is_live
from nbcoach.notebook import CodeCell, Notebook
from tests.runs import STREAM, notebook


def log(*counts: int | None, source: str = "f()") -> ExecutionLog:
    return ExecutionLog(notebook(*((count, source) for count in counts)))


def test_states() -> None:
    assert log(None, None).state == "stripped"
    assert log().state == "stripped"
    assert log(None, 1).state == "logged"
    assert log(0, -1).state == "stripped"
    uncounted = CodeCell(0, None, "1", {}, {}, (STREAM,))
    alone = Notebook("test.ipynb", (4, 5), "python", {}, (uncounted,))
    assert ExecutionLog(alone).state == "countless"


def test_gaps_are_found_in_the_order_of_the_counts() -> None:
    gaps = [(gap.cell.index, gap.missing) for gap in log(9, 4, 1, None).gaps]
    assert gaps == [(1, 2), (0, 4)]
    assert log(9, 4, 1, None).lost == 6
    assert log(3).lost == 2
    assert log(1, 2, 2, 3).lost == 0


def test_cells_that_share_a_count() -> None:
    groups = [[cell.index for cell in group] for group in log(2, 1, 2, 0, 0, 1).repeated]
    assert groups == [[1, 5], [0, 2]]


def test_steps_back() -> None:
    pairs = [(one.index, two.index) for one, two in log(2, None, 1, 3, 3).steps_back]
    assert pairs == [(0, 2)]


def test_cells_without_a_count() -> None:
    some = log(None, 1, None, 2, None)
    assert [cell.index for cell in some.passed_over] == [0, 2]
    assert [cell.index for cell in some.tail] == [4]
    assert not log(None, None).passed_over
    assert not log(None, 1, source="# nothing").passed_over


@pytest.mark.parametrize("source", ["", "  ", "# note", "%%html\n<b>bold</b>"])
def test_cells_with_nothing_to_run(source: str) -> None:
    assert not is_live(_cell(source))


@pytest.mark.parametrize("source", ["x = 1", "!ls", "x = (", "%%bash\nls"])
def test_cells_with_something_to_run(source: str) -> None:
    assert is_live(_cell(source))


def test_skipped_cells_are_not_to_run() -> None:
    assert not is_live(CodeCell(0, None, "x = 1", {"tags": ["skip-execution"]}))


def _cell(source: str) -> CodeCell:
    return CodeCell(0, None, source, {}, language=cell_language(source, {}, "python"))
