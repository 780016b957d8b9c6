"""Nothing that a notebook says may act on a terminal, a log, a page or a parser."""

import json
import unicodedata
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.finding import Fix
from nbcoach.report import FileResult, Place, Repair, Report
from nbcoach.reporters import (
    concise,
    github,
    gitlab,
    json_lines,
    junit,
    markdown,
    rdjson,
    sarif,
    statistics,
    text,
)
from nbcoach.reporters import json as json_reporter
from nbcoach.reporters.text import View
from tests.reporters.results import INFO, found, run

Reporter = Callable[[Report], str]

ATTACK = (
    "\x1b[2J\x1b]0;owned\x07\u202e\u2066\u200b\ud800\x00\r\n::error::x\n"
    "| `</code><script>alert(1)</script>` | ![x](http://a) ]]> &amp; \\| \x85\u2028"
)


def hostile(evil: str) -> Report:
    place = Place(1, evil, 1, 1, 1, 4, evil.replace("\n", " ") + "code", 3)
    finding = found(
        place=place,
        name=evil,
        message=evil,
        fix=Fix(evil),
        related=((place, evil),),
    )
    repairs = (Repair("NB1", evil, 1, f"refused: {evil}"), Repair("NB1", evil, 1, "applied"))
    return run(
        FileResult(evil, (finding, found(severity=INFO, name=evil)), 0, repairs, evil, (1,)),
        FileResult(f"{evil}.ipynb", error=evil),
    )


def for_people(report: Report) -> str:
    return text.report(report, View(paths=(ATTACK,), width=60))


def for_scanning(report: Report) -> str:
    return sarif.report(report, {})


READ_BY_PEOPLE: list[Reporter] = [
    for_people,
    concise.report,
    github.report,
    markdown.report,
    statistics.report,
]
FOR_PROGRAMS = [json_reporter.report, json_lines.report, junit.report, gitlab.report, rdjson.report]
ALL = [*READ_BY_PEOPLE, for_scanning, *FOR_PROGRAMS]


@pytest.mark.parametrize("reporter", ALL)
def test_no_format_lets_a_hidden_character_through(reporter: Reporter) -> None:
    written = reporter(hostile(ATTACK))
    hidden = {c for c in written if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert hidden <= {"\n"}
    written.encode("utf-8")


@pytest.mark.parametrize("reporter", READ_BY_PEOPLE)
def test_hostile_text_adds_no_lines(reporter: Reporter) -> None:
    lines = reporter(hostile(ATTACK)).splitlines()
    assert not any(line.startswith(("::error::x", "|`", "| `")) for line in lines)


def test_no_line_of_github_commands_is_forged() -> None:
    lines = github.report(hostile(ATTACK)).splitlines()
    assert len(lines) == 3
    assert all(line.startswith(("::error file=", "::warning file=", "::notice ")) for line in lines)


def test_markdown_holds_no_markup_but_ours() -> None:
    written = markdown.report(hostile(ATTACK))
    assert "<script" not in written
    assert "![" not in written
    assert "http://" not in written
    rows = [line for line in written.splitlines() if line.startswith("| warning")]
    assert [row.count("|") for row in rows] == [6]


@given(st.text(st.characters(codec=None), min_size=1, max_size=40))
def test_every_text_leaves_xml_and_json_whole(evil: str) -> None:
    result = hostile(evil)
    ElementTree.fromstring(junit.report(result))
    assert len(json.loads(json_reporter.report(result))["findings"]) == 2
    assert len(json_lines.report(result).splitlines()) == 3
    assert len(json.loads(for_scanning(result))["runs"][0]["results"]) == 2


@given(st.text(st.characters(codec=None), min_size=1, max_size=40))
def test_every_text_can_be_shown(evil: str) -> None:
    result = hostile(evil)
    for reporter in READ_BY_PEOPLE:
        reporter(result).encode("utf-8")
