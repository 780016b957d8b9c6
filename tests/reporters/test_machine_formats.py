"""The formats that programs read."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from nbcoach.finding import (
    REMOVED,
    DeleteCell,
    FieldEdit,
    Fix,
    InsertCell,
    MoveCell,
    Safety,
    SourceEdit,
)
from nbcoach.notebook import Span
from nbcoach.report import FileResult, Place, Report
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
)
from nbcoach.reporters import json as json_reporter
from tests.reporters.results import (
    EARLY,
    ERROR,
    INFO,
    LATE,
    SAFE,
    UNSAFE,
    found,
    run,
    single,
)
from tests.rule_entries import entry

WHOLE = Place(raw_line=1)


def test_concise_has_a_line_for_each_finding() -> None:
    result = single(found(severity=ERROR, fix=UNSAFE), found("NB611", place=WHOLE, message="no id"))
    assert concise.report(result) == (
        "train.ipynb:cell 3:2:5: error NB201 `scaler` is used before cell 7 defines it; move it up"
        " [--fix --unsafe-fixes]\n"
        "train.ipynb: warning NB611 no id\n"
    )


def test_concise_is_silent_where_all_is_well() -> None:
    assert concise.report(run(FileResult("a.ipynb"))) == ""


def test_concise_names_our_failures() -> None:
    result = run(FileResult("a.ipynb", error="KeyError: 1"))
    assert concise.report(result) == "a.ipynb: internal error: KeyError: 1\n"


def test_github_points_at_the_line_of_the_file_and_puts_errors_first() -> None:
    result = single(found("NB501", INFO, EARLY, name="a", message="b"), found("NB1", ERROR))
    assert github.report(result).splitlines() == [
        (
            "::error file=train.ipynb,line=42,endLine=42,title=NB1 used-before-defined::"
            "cell 3:2:5: `scaler` is used before cell 7 defines it; move it up"
        ),
        "::notice file=train.ipynb,line=9,endLine=9,title=NB501 a::cell 1:1:1: b",
    ]


def test_github_escapes_what_means_something_to_it() -> None:
    odd = FileResult("a,b:c%.ipynb", (found(message="50% of a, b:\r\n::error::x", name="a::b"),))
    (line,) = github.report(run(odd)).splitlines()
    assert "file=a%2Cb%3Ac%25.ipynb," in line
    assert "title=NB201 a%3A%3Ab::" in line
    assert line.endswith(r"50%25 of a, b:\r\n::error::x")


@pytest.fixture
def log() -> dict[str, Any]:
    result = run(
        FileResult("my notebooks/é#1.ipynb", (found(related=((EARLY, "here"),)), found(fix=SAFE))),
        FileResult("b.ipynb", (found("F401", INFO, WHOLE, message="see [this](x)"),)),
        FileResult("c.ipynb", error="KeyError: 1"),
    )
    rules = {"NB201": entry("NB201", "used-before-defined", summary="A name is read too early")}
    log: dict[str, Any] = json.loads(sarif.report(result, rules))
    return log


def test_sarif_describes_its_rules(log: dict[str, Any]) -> None:
    assert log["version"] == "2.1.0"
    driver = log["runs"][0]["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == ["F401", "NB201"]
    assert driver["rules"][1]["shortDescription"] == {"text": "A name is read too early"}
    for result in log["runs"][0]["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_places_results_in_the_file_and_in_the_cell(log: dict[str, Any]) -> None:
    first, _, whole = log["runs"][0]["results"]
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {
                    "uri": "my%20notebooks/%C3%A9%231.ipynb",
                    "uriBaseId": "%SRCROOT%",
                },
                "region": {"startLine": 42},
            },
            "logicalLocations": [
                {"name": "cell 3", "kind": "element", "fullyQualifiedName": LATE.cell_id}
            ],
        }
    ]
    assert first["relatedLocations"][0]["message"] == {"text": "here"}
    assert whole["level"] == "note"
    assert whole["message"] == {"text": r"see \[this\](x)"}


def test_sarif_reports_our_failures_as_a_failed_run(log: dict[str, Any]) -> None:
    (invocation,) = log["runs"][0]["invocations"]
    assert not invocation["executionSuccessful"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"] == {"text": "KeyError: 1"}


def fingerprints(result: Report) -> list[str]:
    results = json.loads(sarif.report(result, {}))["runs"][0]["results"]
    return [item["partialFingerprints"]["primaryLocationLineHash"] for item in results]


def test_fingerprints_survive_moving_and_indenting() -> None:
    moved = Place(9, LATE.cell_id, 7, 9, 7, 15, f"    {LATE.source}", 420)
    assert fingerprints(single(found())) == fingerprints(single(found(place=moved)))


def test_fingerprints_differ_by_rule_cell_line_and_count() -> None:
    other = Place(4, "other", 2, 5, 2, 11, LATE.source)
    line = Place(3, LATE.cell_id, 2, 5, 2, 11, "y = scaler")
    all_of_them = fingerprints(
        single(found(), found("NB202"), found(place=other), found(place=line), found())
    )
    assert len(set(all_of_them)) == 5


def test_gitlab_has_an_issue_for_each_finding_and_failure() -> None:
    files = (
        FileResult("é b.ipynb", (found(severity=ERROR), found(severity=ERROR))),
        FileResult("a.ipynb", (found("NB501", INFO, WHOLE, name="a", message="b"),), error="no"),
    )
    first, twin, whole, failure = json.loads(gitlab.report(run(*files)))
    assert first == {
        "fingerprint": first["fingerprint"],
        "location": {"path": "é b.ipynb", "lines": {"begin": 42}},
        "check_name": "NB201 used-before-defined",
        "description": "cell 3:2:5: `scaler` is used before cell 7 defines it; move it up",
        "severity": "critical",
    }
    assert len({issue["fingerprint"] for issue in (first, twin, whole, failure)}) == 4
    assert (whole["severity"], whole["location"]["lines"]) == ("info", {"begin": 1})
    assert (failure["severity"], failure["description"]) == ("blocker", "no")


def test_gitlab_knows_the_same_issue_in_another_file_as_another() -> None:
    files = [FileResult(path, (found(),)) for path in ("a.ipynb", "b.ipynb")]
    first, second = json.loads(gitlab.report(run(*files)))
    assert first["fingerprint"] != second["fingerprint"]


def test_rdjson_has_a_diagnostic_for_each_finding_and_failure() -> None:
    files = (
        FileResult("a.ipynb", (found(), found("NB1", INFO, Place()))),
        FileResult("b", error="x"),
    )
    result = json.loads(rdjson.report(run(*files)))
    assert result["source"] == {"name": "nbcoach"}
    first, whole, failure = result["diagnostics"]
    assert first == {
        "message": "cell 3:2:5: `scaler` is used before cell 7 defines it; move it up",
        "location": {"path": "a.ipynb", "range": {"start": {"line": 42}}},
        "severity": "WARNING",
        "code": {"value": "NB201"},
    }
    assert whole["location"] == {"path": "a.ipynb"}
    assert (failure["severity"], failure["message"]) == ("ERROR", "nbcoach failed: x")


def test_json_has_all_there_is_to_know() -> None:
    result = single(found(severity=ERROR, related=((EARLY, "here"),), fix=UNSAFE))
    document = json.loads(json_reporter.report(result))
    assert set(document) == {"version", "files", "findings", "summary"}
    assert document["findings"] == [
        {
            "path": "train.ipynb",
            "cell": 3,
            "cell_id": "a1b2c3d4-e5f6",
            "row": 2,
            "column": 5,
            "end_row": 2,
            "end_column": 11,
            "file_line": 42,
            "code": "NB201",
            "name": "used-before-defined",
            "severity": "error",
            "confidence": "likely",
            "message": "`scaler` is used before cell 7 defines it; move it up",
            "fix": {"title": "take the short way", "safety": "unsafe", "edits": []},
            "related": [
                {
                    "message": "here",
                    "cell": 1,
                    "cell_id": "id-1",
                    "row": 1,
                    "column": 1,
                    "end_row": 1,
                    "end_column": 4,
                    "file_line": 9,
                }
            ],
        }
    ]
    assert document["summary"]["errors"] == 1
    assert document["summary"]["exit_code"] == 1


def test_json_writes_every_kind_of_edit_strictly() -> None:
    edits = (
        SourceEdit(2, Span(4, 6), "new"),
        FieldEdit(("metadata", 0), {"a": [float("nan"), 1.5]}),
        FieldEdit(("cells", 1, "id"), REMOVED),
        InsertCell(0, "markdown", "# Title"),
        DeleteCell(3),
        MoveCell(3, 1),
    )
    result = single(found(fix=Fix("all", edits, Safety.SAFE)))
    text = json_reporter.report(result)
    assert "NaN" not in text
    assert json.loads(text)["findings"][0]["fix"]["edits"] == [
        {"kind": "source", "cell": 2, "start": 4, "end": 6, "text": "new"},
        {"kind": "set-field", "path": ["metadata", 0], "value": {"a": [None, 1.5]}},
        {"kind": "remove-field", "path": ["cells", 1, "id"]},
        {"kind": "insert-cell", "index": 0, "type": "markdown", "source": "# Title"},
        {"kind": "delete-cell", "cell": 3},
        {"kind": "move-cell", "cell": 3, "before": 1},
    ]


def test_json_lines_are_the_findings_of_json() -> None:
    result = run(FileResult("a.ipynb", (found(), found("NB1"))), FileResult("b", error="no"))
    *lines, failure = map(json.loads, json_lines.report(result).splitlines())
    assert lines == json.loads(json_reporter.report(result))["findings"]
    assert failure == {"path": "b", "error": "no"}


def test_junit_has_a_test_for_each_file_and_rule() -> None:
    result = run(
        FileResult("a.ipynb", (found(), found(severity=ERROR), found("NB501", INFO, name="t"))),
        FileResult("b.ipynb"),
        FileResult("c.ipynb", error="KeyError: 1"),
    )
    root = ElementTree.fromstring(junit.report(result))
    assert root.attrib == {
        "name": "nbcoach",
        "time": "0.250",
        "tests": "4",
        "failures": "1",
        "errors": "1",
    }
    first, clean, broken = root
    assert [case.get("name") for case in first] == ["NB201 used-before-defined", "NB501 t"]
    assert [child.tag for case in first for child in case] == ["failure", "system-out"]
    assert [case.get("name") for case in clean] == ["no findings"]
    assert broken.find("testcase/error") is not None


def test_markdown_is_a_table_the_worst_first() -> None:
    result = single(found(), found("NB1", ERROR, name="bad"))
    lines = markdown.report(result).splitlines()
    assert lines[:3] == ["## nbcoach", "", "1 notebook: 1 error, 1 warning"]
    assert lines[-2] == (
        "| error | train.ipynb | cell 3:2:5 | NB1 bad"
        " | <code>scaler</code> is used before cell 7 defines it; move it up |"
    )


def test_markdown_stays_below_the_limit_of_a_step_summary() -> None:
    text = markdown.report(single(*[found(message="x" * 100)] * 5_000))
    assert len(text) < 2**20
    assert "4,000 more findings are left out here." in text


def test_statistics_count_by_rule() -> None:
    result = single(*[found("NB611", name="missing-cell-id", fix=SAFE)] * 12, found(severity=ERROR))
    assert statistics.report(result) == (
        "12  warning  NB611 missing-cell-id [--fix]\n 1  error    NB201 used-before-defined\n"
    )
    assert statistics.report(run()) == ""


def test_numbers_in_junit_are_those_of_the_report() -> None:
    text = junit.report(single(found(), found("NB1", path="other.py")))
    assert re.findall(r'tests="(\d+)"', text) == ["2", "2"]
    assert "other.py: cell 3:2:5" in text


NOTE = "ruff is not installed: `pip install ruff` \x1b"
NOTED = run(FileResult("a.ipynb", (found(),), note=NOTE), FileResult("b.ipynb", note=NOTE))


def test_junit_tells_what_was_left_out() -> None:
    for suite in ElementTree.fromstring(junit.report(NOTED)):
        assert suite[-1].tag == "system-err"
        said = suite.findtext("system-err")
        assert said == r"Not looked at in full: ruff is not installed: `pip install ruff` \x1b"


def test_markdown_tells_what_was_left_out_once() -> None:
    lines = markdown.report(NOTED).splitlines()
    said = "ruff is not installed&#58; <code>pip install ruff</code> &#92;x1b"
    assert lines[3:6] == ["", f"- Not looked at in full: {said}", ""]
