from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from nbcoach.api import CodeCell, Context, Finding, rule
from nbcoach.errors import SettingsError
from nbcoach.plugins import check_options, options_for
from nbcoach.plugins.options import declared_options
from nbcoach.settings import load
from tests.rule_entries import entry


@dataclass(frozen=True)
class Options:
    limit: int = 50
    share: float = 0.5
    strict_mode: bool = False
    word: str = "a"
    names: tuple[str, ...] = ()
    remedies: Mapping[str, str] = field(default_factory=dict)
    tail: Literal["report", "ignore"] = "ignore"


@rule("NB901", CodeCell, options=Options())
def long_cell(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A cell."""
    yield context.finding(cell, "")


@rule("NB902", CodeCell)
def plain(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A cell."""
    yield context.finding(cell, "")


def options(rules: dict[str, Any], profile: str = "default") -> Options:
    settings = load(Path("/"), {"rules": rules, "profile": profile}, isolated=True)
    check_options(entry("NB901", "long-cell", options=declared_options(long_cell)), settings)
    result = options_for(long_cell, settings)
    assert isinstance(result, Options)
    return result


def test_what_nobody_sets_keeps_its_default() -> None:
    assert options({}) is long_cell.options
    assert options({"other": {"limit": 1}}) is long_cell.options


def test_every_kind_of_option_can_be_set() -> None:
    given = {
        "limit": 25,
        "share": 1,
        "strict-mode": True,
        "word": "b",
        "names": ["x"],
        "remedies": {"a": "b"},
        "tail": "report",
    }
    assert options({"long-cell": given}) == Options(
        25, 1.0, True, "b", ("x",), {"a": "b"}, "report"
    )


def test_a_rule_may_be_named_by_its_code() -> None:
    assert options({"NB901": {"limit": 30}}).limit == 30


def test_the_profile_lies_below() -> None:
    assert options({}, "teaching").limit == 25
    assert options({"long-cell": {"limit": 30}}, "teaching").limit == 30
    assert options({"long-cell": {"word": "b"}}, "teaching") == Options(25, word="b")


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"limt": 1}, "`rules.long-cell.limt` is unknown; the nearest is `limit`"),
        ({"strict_mode": True}, "the nearest is `strict-mode`"),
        ({"limit": "1"}, "`rules.long-cell.limit` must be a whole number, not `1`"),
        ({"limit": True}, "must be a whole number"),
        ({"limit": 1.5}, "must be a whole number"),
        ({"share": True}, "must be a number"),
        ({"strict-mode": 1}, "must be true or false"),
        ({"word": 1}, "must be text"),
        ({"names": "x"}, "must be a list of text"),
        ({"names": [1]}, "must be a list of text"),
        ({"remedies": {"a": 1}}, "must be a table of text"),
        ({"tail": "no"}, "must be `report` or `ignore`, not `no`"),
        ({"tail": ["report"]}, "must be `report` or `ignore`"),
    ],
)
def test_what_does_not_fit_is_told(given: dict[str, object], complaint: str) -> None:
    with pytest.raises(SettingsError) as error:
        options({"long-cell": given})
    assert str(error.value).startswith("command line: ")
    assert complaint in str(error.value)


def test_a_rule_without_options_takes_none() -> None:
    settings = load(Path("/"), {"rules": {"plain": {"limit": 1}}}, isolated=True)
    with pytest.raises(SettingsError, match="NB902 has no options"):
        options_for(plain, settings)
    assert options_for(plain, load(Path("/"), isolated=True)) is None
