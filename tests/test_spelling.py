from nbcoach.spelling import nearest


def test_the_nearest_word_is_found_however_far_it_is() -> None:
    assert nearest("slect", ["select", "ignore"]) == "select"
    assert nearest("zzz", ["select", "ignore"]) in ("select", "ignore")
    assert nearest("select", []) == ""
    assert nearest("NB20l", ["NB240", "NB201", "NB102"]) == "NB201"
