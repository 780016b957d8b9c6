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


# NB831: what is stored through two brackets, and what `loc` stores.
FRAME = (
    "import pandas as pd\nframe = pd.DataFrame({'town': ['Leeds', 'York'], 'price': [3.0, 4.0]})"
)
CHAINED = {
    "column, then mask": "frame['price'][frame.town == 'York'] = 9.0",
    "mask, then column": "frame[frame.town == 'York']['price'] = 9.0",
    "loc, then column": "frame.loc[frame.town == 'York']['price'] = 9.0",
    "mask, then attribute": "frame[frame.town == 'York'].price = 9.0",
    "attribute, then mask": "frame.price[frame.town == 'York'] = 9.0",
}


@pytest.mark.parametrize("form", CHAINED)
def test_nb831_a_chained_assignment_changes_a_copy(kernel: Kernel, form: str) -> None:
    ran = kernel.run(FRAME, CHAINED[form])
    assert ran.error == ""
    assert kernel.value("frame.price.tolist()") == [3.0, 4.0]


def test_nb831_loc_changes_the_frame(kernel: Kernel) -> None:
    assert kernel.run(FRAME, "frame.loc[frame.town == 'York', 'price'] = 9.0").error == ""
    assert kernel.value("frame.price.tolist()") == [3.0, 9.0]
