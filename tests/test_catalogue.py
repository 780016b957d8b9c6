"""The built-in rules are those of `catalogue.json`: what the project has decided to ship.

A rule whose evidence does not yet suffice may be a preview; docs/precision.md then says why.
"""

import json
from pathlib import Path
from typing import Any

import nbcoach_rules
import pytest
from click.testing import CliRunner

from nbcoach import pages
from nbcoach.cli.application import application
from tests.test_conventions import REQUIRED
from tests.test_precision import ROWS

ROOT = Path(nbcoach_rules.__file__).parent
CATALOGUE: dict[str, dict[str, str]] = {
    rule["code"]: rule
    for rule in json.loads(Path(__file__).with_name("catalogue.json").read_text(encoding="utf-8"))
}
FIELDS = ("name", "family", "severity", "fix")


@pytest.fixture(scope="module")
def listed() -> dict[str, dict[str, Any]]:
    """What `nbcoach rules` lists, by code."""
    result = CliRunner().invoke(application, ["rules", "--isolated", "--output-format", "json"])
    rules = {rule["code"]: rule for rule in json.loads(result.stdout)}
    assert list(rules) == sorted(rules)
    return rules


def test_no_rule_is_missing_and_none_is_extra(listed: dict[str, dict[str, Any]]) -> None:
    assert sorted(CATALOGUE.keys() - listed.keys()) == []
    assert sorted(listed.keys() - CATALOGUE.keys()) == []


def test_rules_are_what_the_catalogue_says(listed: dict[str, dict[str, Any]]) -> None:
    shipped = {code: [rule[field] for field in FIELDS] for code, rule in listed.items()}
    wanted = {code: [rule[field] for field in FIELDS] for code, rule in CATALOGUE.items()}
    assert shipped == {code: wanted[code] for code in shipped}


def test_a_rule_has_its_default_or_another_for_a_reason(
    listed: dict[str, dict[str, Any]],
) -> None:
    different = {
        code: (CATALOGUE[code]["default"], rule["default"])
        for code, rule in listed.items()
        if rule["default"] != CATALOGUE[code]["default"]
    }
    # What is on has the evidence that the tests of the page about precision ask for.
    assert set(different.values()) <= {("on", "preview"), ("preview", "on")}, different
    previews = [code for code in different if listed[code]["default"] == "preview"]
    assert [c for c in previews if not ROWS[c]["evidence"].startswith("preview: ")] == []


def test_every_rule_has_a_summary(listed: dict[str, dict[str, Any]]) -> None:
    assert [code for code, rule in listed.items() if not rule["summary"].endswith(".")] == []


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_rule_has_its_page(code: str) -> None:
    rule = CATALOGUE[code]
    page = pages.read(ROOT / rule["family"] / f"{rule['name'].replace('-', '_')}.md")
    assert (page.code, page.name) == (code, rule["name"])
    assert set(REQUIRED) <= page.sections.keys()
