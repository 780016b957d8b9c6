import pytest

from nbcoach.spelling import meant, nearest

SLIPS = "heigth height, lenght length, prces prices, tabel table, true True, X_Train X_train, "
SLIPS += "modell model, test_scroes test_scores, larninng_rate larnning_rate"
OTHERS = "df1 df2, x_train y_train, xtest ytest, mean_a_b mean_c_b, step stop, model models, "
OTHERS += "model_ model, xmodel model, price_1 price_2, row rows, x y, pd np, total total, "
OTHERS += "Model model, openai OpenAI, x X, URL url, test_data best_dat, abcdef ab, coats cs"


def pairs(text: str) -> list[list[str]]:
    return [pair.split() for pair in text.split(", ")]


@pytest.mark.parametrize(("word", "known"), pairs(SLIPS))
def test_a_slip_is_told_from_another_name(word: str, known: str) -> None:
    assert meant(word, ["a", known, "something"]) == known


@pytest.mark.parametrize(("word", "known"), pairs(OTHERS))
def test_names_that_are_alike_on_purpose_are_not_taken_for_each_other(
    word: str, known: str
) -> None:
    assert meant(word, [known]) == ""


def test_nothing_is_meant_where_two_could_be() -> None:
    assert meant("later", ["lamer", "laser"]) == ""


def test_the_nearest_word_is_found_however_far_it_is() -> None:
    assert nearest("slect", ["select", "ignore"]) == "select"
    assert nearest("zzz", ["select", "ignore"]) in ("select", "ignore")
    assert nearest("select", []) == ""
    assert nearest("NB20l", ["NB240", "NB201", "NB102"]) == "NB201"
