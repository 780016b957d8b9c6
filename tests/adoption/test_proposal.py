"""Which settings fit which project."""

from pathlib import Path

import pytest

from nbcoach.adoption.proposal import propose
from nbcoach.adoption.survey import Seen, Survey

BARE = Seen("a.ipynb", code=True)
DONE = Seen("a.ipynb", code=True, runs=True, results=True, complete=True)
KEPT = Seen("a.ipynb", code=True, results=True)
LESSON = Seen("a.ipynb", exercise=True)


def proposed(*seen: Seen, ruff: Path | None = None, **foreign: str) -> dict[str, str]:
    found = Survey(Path(), seen, foreign, ruff=ruff)
    return {
        ("# " if one.hint else "") + f"{one.key} = {one.value}": one.reason
        for one in propose(found)
    }


def test_defaults_need_no_line() -> None:
    assert proposed() == {}
    assert proposed(*[BARE] * 5, *[DONE] * 5) == {}


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (BARE, {"outputs = source-only": "9 of 10 notebooks have no outputs and no run counts"}),
        (DONE, {"outputs = executed": "9 of 10 notebooks are saved with every cell run"}),
        (KEPT, {"outputs = kept": "9 of 10 notebooks have outputs and no run counts"}),
    ],
)
def test_what_most_notebooks_hold_becomes_the_rule(most: Seen, expected: dict[str, str]) -> None:
    other = Seen("b.ipynb", code=True, runs=True, results=True)
    assert proposed(*[most] * 9, other) == expected
    assert proposed(*[most] * 8, other, other) == {}
    assert proposed(most, most) == {}
    text = Seen("c.py", code=True)
    assert proposed(*[most] * 9, other, *[text] * 9) == expected


def test_notebooks_for_students() -> None:
    reason = "2 of 6 notebooks leave cells for a student's code"
    assert proposed(LESSON, LESSON, *[BARE, DONE] * 2) == {"profile = teaching": reason}
    assert proposed(LESSON, LESSON, BARE, DONE, *[KEPT] * 3) == {}
    assert proposed(LESSON) == {}


def test_what_others_wrote_is_left_out() -> None:
    found = proposed(BARE, vendor="others' work", **{"docs/_build": "made by a program"})
    reason = "vendor is others' work; docs/_build is made by a program"
    assert found == {"extend-exclude = ['/vendor', 'docs/_build']": reason}


def test_what_is_a_choice_is_a_hint() -> None:
    assert list(proposed(BARE, ruff=Path("ruff.toml"))) == ["# ruff = True"]
    pair = Seen("x/a.ipynb"), Seen("x/a.py"), Seen("b.py")
    assert proposed(*pair) == {
        "# include = ['*.ipynb']": (
            "Kept as .ipynb and as text: 1 notebook; to check one of the two"
        )
    }
