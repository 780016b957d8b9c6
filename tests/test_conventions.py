"""What every rule of the built-in pack keeps to."""

import ast
import re
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import nbcoach_rules
import pytest

from nbcoach import pages
from nbcoach.api import Rule, Safety

ROOT = Path(nbcoach_rules.__file__).parent
MODULES = sorted(path for path in ROOT.glob("*/*.py") if path.name != "__init__.py")
PAGES = sorted(ROOT.glob("*/*.md"))
REQUIRED = ("Why it matters", "Bad", "Good", "When to ignore it")

every_rule = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


def rules_of(path: Path) -> dict[str, Rule]:
    module = import_module(f"nbcoach_rules.{path.parent.name}.{path.stem}")
    return {name: value for name, value in vars(module).items() if isinstance(value, Rule)}


def rule_of(path: Path) -> Rule:
    return rules_of(path)[path.stem]


def by_hand(path: Path) -> list[tuple[str, str]]:
    """The messages on a rule's page with the titles of their manual fixes."""
    page = pages.read(path.with_suffix(".md"))
    reports = "".join(example.report.text for example in page.examples if example.report)
    found, message = [], ""
    for line in reports.splitlines():
        if line.startswith("  by hand: "):
            found.append((message, line.removeprefix("  by hand: ")))
        elif not line.startswith("  "):
            message = line
    return found


@every_rule
def test_file_function_rule_and_page_have_one_name(path: Path) -> None:
    assert list(rules_of(path)) == [path.stem]
    rule = rule_of(path)
    assert rule.name == path.stem.replace("_", "-")
    page = pages.read(path.with_suffix(".md"))
    assert (page.code, page.name) == (rule.code, rule.name)


@every_page
def test_every_page_has_a_rule(path: Path) -> None:
    assert path.with_suffix(".py").exists()


@every_rule
def test_code_is_of_the_family(path: Path) -> None:
    family = import_module(f"nbcoach_rules.{path.parent.name}").__doc__ or ""
    hundred = re.match(r"NB(\d)xx: ", family)
    assert hundred
    assert re.fullmatch(rf"NB{hundred[1]}\d\d", rule_of(path).code)


def test_codes_are_unique() -> None:
    codes = Counter(rule_of(path).code for path in MODULES)
    assert [code for code, number in codes.items() if number > 1] == []


@every_rule
def test_page_shows_a_diff_exactly_if_the_rule_fixes(path: Path) -> None:
    page = pages.read(path.with_suffix(".md"))
    shows = any(example.diff for example in page.examples)
    assert shows == (rule_of(path).safety in (Safety.SAFE, Safety.UNSAFE))


@every_rule
def test_page_shows_manual_fixes_if_the_rule_has_no_better_ones(path: Path) -> None:
    safety, titles = rule_of(path).safety, by_hand(path)
    assert titles if safety is Safety.MANUAL else safety is not None or not titles


@every_rule
def test_manual_fixes_say_more_than_the_message_and_fit_a_line(path: Path) -> None:
    for message, title in by_hand(path):
        assert len(title) <= 80
        assert not title.endswith(".")
        assert title.lower() not in message.lower()


@every_page
def test_page_has_the_required_sections_in_order(path: Path) -> None:
    page = pages.read(path)
    assert [title for title in page.sections if title in REQUIRED] == list(REQUIRED)
    for title in REQUIRED:
        assert page.sections[title].strip()
    assert {example.section for example in page.examples} >= {"Bad", "Good"}


@every_page
def test_messages_are_short_and_without_full_stop(path: Path) -> None:
    page = pages.read(path)
    reports = [example.report.text for example in page.examples if example.report]
    for line in re.sub(r"(?m)^  by hand: .*\n", "", "".join(reports)).splitlines():
        message = re.sub(rf"^.*? {page.code} | \[[a-z, ]+\]$", "", line)
        assert len(message) <= 100
        assert not message.endswith(".")


@every_rule
def test_summary_is_one_sentence(path: Path) -> None:
    words = re.sub(r"`[^`]+`", "`code`", rule_of(path).summary)
    assert re.fullmatch(r"[A-Z`][^.!?]*\.", words)


@every_rule
def test_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@every_rule
def test_rules_import_only_the_stable_surface(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = [
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [f"{'.' * node.level}{node.module or ''}"]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    ]
    strangers = [name for name in imported if name.partition(".")[0] not in sys.stdlib_module_names]
    assert set(strangers) <= {"nbcoach.api"}


@every_rule
def test_rule_fits_two_screens(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120
