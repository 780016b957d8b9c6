"""What nbformat and nbclient do with notebooks that are broken, or that fail."""

import json
import warnings

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.reader import NotJSONError
from nbformat.validator import NotebookValidationError, ValidationError
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning

from tests.claims.kernel import Kernel
from tests.claims.snippets import Snippet, snippet, snippets

BROKEN = snippets("NB001")
INVALID = snippets("NB002")


@pytest.mark.parametrize("example", BROKEN)
def test_nb001_nbformat_opens_no_broken_file(example: Snippet) -> None:
    with pytest.raises((NotJSONError, ValidationError)):
        nbformat.validate(nbformat.reads(example.text, as_version=4))


@pytest.mark.parametrize("example", INVALID)
def test_nb002_nbformat_refuses_what_breaks_its_schema(example: Snippet) -> None:
    with pytest.raises(NotebookValidationError):
        nbformat.validate(json.loads(example.text))


def test_nb002_nbformat_takes_the_repaired_notebook() -> None:
    nbformat.validate(json.loads(INVALID[0].repaired("safe").text))
    for example in snippets("NB002", "Good"):
        nbformat.validate(json.loads(example.text))


def test_nb611_nbformat_warns_and_draws_another_id_each_time() -> None:
    text = snippet("NB611").text
    ids = set()
    for _ in range(2):
        with warnings.catch_warnings(), pytest.warns(MissingIDFieldWarning):
            ids.add(nbformat.reads(text, as_version=4).cells[0].id)
    assert len(ids) == 2
    repaired = snippet("NB611").repaired("safe").text
    assert (
        nbformat.reads(repaired, as_version=4).cells[0].id == json.loads(repaired)["cells"][0]["id"]
    )


def test_nb612_nbformat_wants_each_id_once() -> None:
    with pytest.warns(DuplicateCellId):
        nbformat.reads(snippet("NB612").text, as_version=4)
    nbformat.reads(snippet("NB612").repaired("safe").text, as_version=4)


def test_nb110_a_run_stops_at_an_error_unless_a_tag_expects_it(kernel: Kernel) -> None:
    with pytest.raises(CellExecutionError):
        executed(snippet("NB110", "rows = [3, 1, 2]"))
    tagged = executed(snippet("NB110", "1 / 0", section="Good"))
    assert tagged.cells[0].outputs[0].ename == "ZeroDivisionError"


def test_nb105_a_tag_leaves_a_cell_out() -> None:
    example = snippet("NB105", "%%html", section="Edge cases")
    assert [cell.execution_count for cell in executed(example).cells] == [1, None, 2, 3]


def test_nb111_results_carry_the_count_of_their_cell(kernel: Kernel) -> None:
    assert kernel.run("'one'", "two = 2", "two").counts == (1, 3)


def executed(example: Snippet) -> nbformat.NotebookNode:
    notebook = nbformat.reads(example.text, as_version=4)
    return NotebookClient(notebook, timeout=60).execute()
