"""Every rare rule that is on has cases enough."""

from importlib import import_module
from pathlib import Path

import pytest

from nbcoach.plugins import load_rules
from nbcoach.settings import load
from tests.rare_rules.harness import Case

LEAST = 50
FOLDER = Path(__file__).parent
CODES = sorted(
    path.stem.removeprefix("test_").upper() for path in FOLDER.glob("test_nb[0-9][0-9][0-9].py")
)
# The cases of NB003 are rules that crash, all on one notebook.
COUNTED = [code for code in CODES if code != "NB003"]


def cases_of(code: str) -> list[Case]:
    cases: list[Case] = import_module(f"tests.rare_rules.test_{code.lower()}").CASES
    return cases


@pytest.mark.parametrize("code", COUNTED)
def test_rule_has_enough_cases(code: str) -> None:
    cases = cases_of(code)
    for hits in (True, False):
        # What a rule looks at must differ, not only the name of the case.
        differing = {(case.data, case.path) for case in cases if bool(case.hits) == hits}
        assert len(differing) >= LEAST


@pytest.mark.parametrize("code", CODES)
def test_rule_is_on(code: str) -> None:
    entry = load_rules(load(FOLDER, {})).find(code)
    assert entry is not None
    assert entry.default == "on"
