"""Names in a kernel: what fails from top to bottom, what the history holds, what runs twice."""

import pytest

from tests.claims.kernel import Kernel
from tests.claims.libraries import needed
from tests.claims.snippets import Snippet, snippet, snippets

needed("numpy", "pandas")


def every(code: str, section: str = "Bad") -> pytest.MarkDecorator:
    return pytest.mark.parametrize("example", snippets(code, section))


@every("NB201")
def test_nb201_fails_when_it_is_run_from_the_top(kernel: Kernel, example: Snippet) -> None:
    assert kernel.run(*example.cells).error == "NameError"


@every("NB201", "Good")
def test_nb201_runs_when_the_cells_are_in_order(kernel: Kernel, example: Snippet) -> None:
    assert kernel.run(*example.cells).error == ""


def test_nb202_fails_where_no_cell_defines_the_name(kernel: Kernel) -> None:
    assert kernel.run(*snippet("NB202", "pd.DataFrame").cells).error == "NameError"
    assert kernel.run(*snippet("NB202", "heigth").cells).error == ""
    assert kernel.run("area(1, 2)").error == "NameError"
    assert kernel.run(*snippet("NB202", section="Good").cells).error == ""


def test_nb202_knows_the_names_of_every_kernel(kernel: Kernel) -> None:
    known = snippet("NB202", "get_ipython()", section="Edge cases")
    assert kernel.run("1", known.script.removesuffix("exit")).error == ""
    assert kernel.value("callable(exit)") is True


def test_nb202_timeit_keeps_its_names_and_time_does_not(kernel: Kernel) -> None:
    example = snippet("NB202", "%%timeit", section="Edge cases")
    cells = [cell.replace("%%timeit", "%%timeit -n1 -r1") for cell in example.cells]
    ran = kernel.run(*cells)
    assert (ran.error, ran.message) == ("NameError", "name 'z' is not defined")
    assert kernel.value("y") == 2


@every("NB205")
def test_nb205_deleted_names_are_gone(kernel: Kernel, example: Snippet) -> None:
    assert kernel.run(*example.cells).error == "NameError"


def test_nb205_handlers_delete_their_name_and_items_are_no_names(kernel: Kernel) -> None:
    handler = snippet("NB205", "except ValueError as error", section="Edge cases")
    assert kernel.run(*handler.cells).error == "NameError"
    assert kernel.run(*snippet("NB205", section="Good").cells).error == ""
    assert kernel.run(*snippet("NB205", "del rows[0]", section="Edge cases").cells).error == ""


@every("NB210")
def test_nb210_cells_fail_when_they_run_again(kernel: Kernel, example: Snippet) -> None:
    assert kernel.run(*example.cells).error == ""
    assert kernel.run(example.cells[example.reported[0]]).error in (
        "KeyError",
        "NameError",
        "FileExistsError",
    )


@every("NB210", "Good")
def test_nb210_cells_that_keep_their_input_run_again(kernel: Kernel, example: Snippet) -> None:
    assert kernel.run(*example.cells, *example.cells, example.cells[-1]).error == ""


@every("NB211")
def test_nb211_results_change_when_cells_run_again(kernel: Kernel, example: Snippet) -> None:
    name = example.report.split("`")[1]
    assert kernel.run(*example.cells).error == ""
    once = kernel.value(f"str({name})")
    assert kernel.run(example.cells[example.reported[0]]).error == ""
    assert kernel.value(f"str({name})") != once


@every("NB211", "Good")
def test_nb211_results_stay_when_the_input_does(kernel: Kernel, example: Snippet) -> None:
    kernel.run(*example.cells)
    once = kernel.value("prices, rows")
    assert kernel.run(example.cells[-1]).error == ""
    assert kernel.value("prices, rows") == once


def test_nb220_numbers_of_the_history_change_with_every_run(kernel: Kernel) -> None:
    cells = snippet("NB220").cells
    assert kernel.run(*cells).error == ""
    assert kernel.value("smallest") == 2
    kernel.run("get_ipython().reset()")
    assert kernel.run("9", *cells).error == "TypeError"  # the first cell is another one now


def test_nb220_names_stay_what_they_are(kernel: Kernel) -> None:
    assert kernel.run("'one more cell'", *snippet("NB220", section="Good").cells).error == ""
    assert kernel.value("smallest") == 1


@every("NB101")
def test_nb101_from_top_to_bottom_the_saved_results_do_not_come_back(
    kernel: Kernel, example: Snippet
) -> None:
    ran = kernel.run(*example.cells)
    assert ran.error == ""
    assert ran.results != saved(example)


@pytest.mark.parametrize("part", ["sales.price.mean()", "rate = 0.3"])
def test_nb101_in_the_order_of_the_counts_they_do(kernel: Kernel, part: str) -> None:
    example = snippet("NB101", part)
    assert kernel.run(*by_count(example)).results == saved(example)


@every("NB101", "Good")
def test_nb101_good_examples_give_what_they_show(kernel: Kernel, example: Snippet) -> None:
    assert kernel.run(*example.cells).results == saved(example)


def saved(example: Snippet) -> tuple[str, ...]:
    return tuple(result for cell in example.code_cells for result in cell.results)


def by_count(example: Snippet) -> list[str]:
    return [cell.source for cell in sorted(example.code_cells, key=lambda cell: cell.count or 0)]
