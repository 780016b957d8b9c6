from pathlib import Path
from typing import Any

import pytest

from nbcoach.errors import SettingsError
from nbcoach.finding import Severity
from nbcoach.plugins import Option, load_rules
from nbcoach.selection import Selection, matches, select
from nbcoach.settings import load
from nbcoach.settings.profiles import PROFILES
from tests.rule_entries import entry, rule_set

RULES = rule_set(
    entry("NB101", "run-order", family="execution", severity=Severity.ERROR),
    entry("NB102", "out-of-order", family="execution", severity=Severity.INFO),
    entry("NB103", family="execution", default="off"),
    entry("NB107", family="execution", default="off"),
    entry("NB341", "absolute-path", family="reproducibility"),
    entry("NB345", family="reproducibility", severity=Severity.ERROR),
    entry("NB351", family="reproducibility", default="preview"),
    entry("NB602", family="hygiene", default="off"),
    entry("NB603", family="hygiene", default="off"),
    entry("NB611", family="hygiene", default="preview"),
    entry("NBX001", "extra", family="state"),
)
DEFAULT = ["NB101", "NB102", "NB341", "NB345", "NBX001"]


def selected(**settings: Any) -> Selection:
    given = {key.replace("_", "-"): value for key, value in settings.items()}
    return select(RULES, load(Path("/project"), given, isolated=True))


def codes(**settings: Any) -> list[str]:
    return [rule.code for rule in selected(**settings).rules]


def test_what_is_on_runs() -> None:
    assert codes() == DEFAULT
    assert codes(preview=True) == sorted([*DEFAULT, "NB351", "NB611"])


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        (["NB341"], ["NB341"]),
        (["absolute-path"], ["NB341"]),
        (["NB34"], ["NB341", "NB345"]),
        (["NB1"], ["NB101", "NB102", "NB103", "NB107"]),
        (["execution"], ["NB101", "NB102", "NB103", "NB107"]),
        (["NB3"], ["NB341", "NB345"]),
        (["NB3", "NB351"], ["NB341", "NB345", "NB351"]),
        (["NBX"], ["NBX001"]),
        (["ALL"], [rule.code for rule in RULES if rule.default != "preview"]),
        ([], []),
    ],
)
def test_select_replaces_what_is_on(select: list[str], expected: list[str]) -> None:
    assert codes(select=select) == expected


def test_a_prefix_has_all_its_letters() -> None:
    assert "NBX001" not in codes(select=["NB"])
    with pytest.raises(SettingsError, match="names `X`"):
        codes(select=["X"])


def test_extend_select_adds() -> None:
    assert codes(extend_select=["NB103"]) == sorted([*DEFAULT, "NB103"])
    assert codes(extend_select=["NB3"]) == DEFAULT
    assert codes(extend_select=["NB351"]) == sorted([*DEFAULT, "NB351"])
    assert codes(select=["NB341"], extend_select=["NB1"])[-1] == "NB341"


def test_ignore_removes() -> None:
    assert codes(ignore=["NB1"]) == ["NB341", "NB345", "NBX001"]
    assert codes(ignore=["execution"], extend_ignore=["extra"]) == ["NB341", "NB345"]
    assert codes(ignore=["ALL"]) == []
    assert codes(profile="teaching", ignore=["ALL"]) == []


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (["NB341"], ["NB341"], []),
        (["NB341"], ["NB34"], ["NB341"]),
        (["absolute-path"], ["NB34"], ["NB341"]),
        (["NB34"], ["NB3"], ["NB341", "NB345"]),
        (["NB3"], ["NB34"], []),
        (["NB3"], ["reproducibility"], ["NB341", "NB345"]),
        (["reproducibility"], ["NB3"], []),
        (["reproducibility"], ["ALL"], ["NB341", "NB345"]),
        (["ALL"], ["NB1", "NB6", "NBX"], ["NB341", "NB345"]),
        (["ALL", "NB101"], ["execution", "NB6", "NBX", "NB3"], ["NB101"]),
    ],
)
def test_the_more_specific_wins(select: list[str], ignore: list[str], expected: list[str]) -> None:
    assert codes(select=select, ignore=ignore) == expected


def test_profiles_choose_the_rules() -> None:
    assert codes(profile="exploratory") == ["NB345"]
    assert codes(profile="publication") == sorted([*DEFAULT, "NB103", "NB107"])
    assert codes(profile="hygiene") == []
    assert codes(profile="hygiene", preview=True) == ["NB611"]
    assert codes(profile="hygiene", select=["NB101"]) == ["NB101"]
    assert codes(profile="publication", ignore=["NB103"]) == sorted([*DEFAULT, "NB107"])


def test_output_policies_choose_rules() -> None:
    assert codes(outputs="source-only") == sorted([*DEFAULT, "NB602", "NB603"])
    assert codes(outputs="kept") == sorted([*DEFAULT, "NB603"])
    assert codes(outputs="executed") == sorted([*DEFAULT, "NB107"])
    assert codes(outputs="kept", ignore=["NB6"]) == DEFAULT


def test_severities_come_from_the_most_specific_word() -> None:
    given = {"NB1": "error", "NB102": "warning", "ALL": "info"}
    severity = selected(severity=given).severity
    assert severity["NB101"] is Severity.ERROR
    assert severity["NB102"] is Severity.WARNING
    assert severity["NB341"] is Severity.INFO
    assert selected().severity == {}


def test_severities_of_the_user_beat_the_profile() -> None:
    assert selected(profile="publication").severity == {"NB102": Severity.WARNING}
    given = selected(profile="publication", severity={"NB1": "error"}).severity
    assert given["NB102"] is Severity.ERROR


def test_rules_can_be_ignored_for_some_files() -> None:
    selection = selected(per_file_ignores={"drafts": ["NB1"], "*_test.ipynb": ["absolute-path"]})
    assert selection.for_path("/project/a.ipynb") == selection.rules

    def left(path: str) -> list[str]:
        return [rule.code for rule in selection.for_path(path)]

    assert left("/project/drafts/a.ipynb") == ["NB341", "NB345", "NBX001"]
    assert left("/project/drafts/a_test.ipynb") == ["NB345", "NBX001"]
    assert left("/elsewhere/a_test.ipynb") == ["NB101", "NB102", "NB345", "NBX001"]
    one = selection.for_path("/project/drafts/a.ipynb")
    assert selection.for_path("/project/drafts/b.ipynb") is one


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"select": ["NB9"]}, "`select` names `NB9`"),
        ({"select": ["nb341"]}, "the nearest is `NB341`"),
        ({"extend_select": ["executon"]}, "`extend-select` names `executon`"),
        ({"ignore": ["absolut-path"]}, "the nearest is `absolute-path`"),
        ({"extend_ignore": [""]}, "`extend-ignore` names ``"),
        ({"per_file_ignores": {"*": ["NB999"]}}, "`per-file-ignores` names `NB999`"),
        ({"severity": {"NB9": "info"}}, "`severity` names `NB9`"),
        ({"rules": {"absolut-path": {}}}, "`rules` names `absolut-path`"),
        ({"rules": {"NB3": {}}}, "`rules` names `NB3`"),
        ({"rules": {"absolute-path": {"x": 1}}}, "NB341 has no options"),
    ],
)
def test_what_nobody_has_is_told(settings: dict[str, Any], complaint: str) -> None:
    with pytest.raises(SettingsError) as error:
        selected(**settings)
    assert str(error.value).startswith("command line: ")
    assert complaint in str(error.value)


def test_options_are_checked_before_any_rule_runs() -> None:
    rules = rule_set(entry("NB901", "long-cell", options=(Option("limit", "a whole number", 50),)))
    settings = load(Path("/"), {"rules": {"long-cell": {"limit": "x"}}}, isolated=True)
    with pytest.raises(SettingsError, match="must be a whole number"):
        select(rules, settings)


def test_without_rules_nothing_is_unknown() -> None:
    settings = load(Path("/"), {"select": ["ALL"]}, isolated=True)
    assert select(rule_set(), settings).rules == ()


@pytest.mark.parametrize("selector", ["NB1011", "101", "B101", "NB101 ", "run", ""])
def test_what_is_no_selector_names_nothing(selector: str) -> None:
    assert all(matches(rule, selector) is None for rule in RULES)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_fits_the_built_in_rules(profile: str, tmp_path: Path) -> None:
    settings = load(tmp_path, {"profile": profile, "preview": True}, isolated=True)
    selection = select(load_rules(settings), settings)
    assert {rule.code for rule in selection.rules} <= {rule.code for rule in load_rules(settings)}
