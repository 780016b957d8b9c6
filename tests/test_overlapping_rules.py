"""Where two rules could say the same of a notebook, one of them does."""

from nbcoach.inspector import Inspector
from nbcoach.settings import Settings
from nbcoach.tasks import Task
from tests.documents.notebooks import code
from tests.fakes import notebook_bytes
from tests.fix_laws import everything


def codes(data: bytes, settings: Settings) -> set[str]:
    result = Inspector(settings).examine("a.ipynb", data, Task()).result
    return {found.finding.code for found in result.findings}


def printed(size: int) -> dict[str, object]:
    output = {"output_type": "stream", "name": "stdout", "text": "x" * size}
    return code("print(text)", outputs=[output])


def sizes(*of_outputs: int, select: tuple[str, ...] = ("NB604", "NB605")) -> set[str]:
    data = notebook_bytes(*(printed(size) for size in of_outputs))
    return codes(data, everything(select=select))


def test_one_large_output_is_told_of_once() -> None:
    assert sizes(2_100_000) == {"NB604"}
    assert sizes(2_100_000, 500_000) == {"NB604"}


def test_a_large_notebook_is_told_of_where_more_than_one_cell_makes_it_large() -> None:
    assert sizes(1_100_000, 1_100_000) == {"NB604", "NB605"}
    assert sizes(700_000, *[500_000] * 5) == {"NB604", "NB605"}
    assert sizes(*[500_000] * 5) == {"NB605"}


def test_a_rule_that_does_not_run_tells_nothing() -> None:
    assert sizes(2_100_000, select=("NB605",)) == {"NB605"}
