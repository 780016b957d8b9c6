"""SARIF 2.1.0, for code scanning services."""

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from nbcoach import __version__
from nbcoach.escaping import visible
from nbcoach.finding import Confidence, Finding, Severity
from nbcoach.plugins import RuleEntry
from nbcoach.report import FileResult, Place, PlacedFinding, Report
from nbcoach.reporters.counting import label
from nbcoach.reporters.fingerprints import fingerprinted
from nbcoach.reporters.positions import position

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

# What GitHub sorts by.
_PRECISIONS = {
    Confidence.CERTAIN: "very-high",
    Confidence.LIKELY: "high",
    Confidence.POSSIBLE: "medium",
}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}


def report(report: Report, rules: Mapping[str, RuleEntry]) -> str:
    """A log with one run; regions are places in the file as it lies on disk."""
    found = list(report.findings())
    names = {placed.finding.code: placed.finding.name for _, placed in found}
    indices = {code: index for index, code in enumerate(sorted(names))}
    run = {
        "tool": {
            "driver": {
                "name": "nbcoach",
                "version": __version__,
                "rules": [_rule(code, names[code], rules.get(code)) for code in indices],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report.files)],
        "results": _results(found, indices),
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=2) + "\n"


def _rule(code: str, name: str, rule: RuleEntry | None) -> dict[str, Any]:
    summary = rule.summary if rule else name
    described: dict[str, Any] = {
        "id": code,
        "name": name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": f"{summary} See `nbcoach explain {code}`." if rule else summary},
    }
    if rule is not None:
        described["defaultConfiguration"] = {"level": _LEVELS[rule.severity]}
        described["properties"] = {
            "tags": [rule.family or rule.pack],
            "precision": _PRECISIONS[rule.confidence],
            "problem.severity": _PROBLEMS[rule.severity],
        }
    return described


def _invocation(files: Iterable[FileResult]) -> dict[str, Any]:
    files = list(files)
    failures = [_notification("error", file.error, file.path) for file in files if file.error]
    notes = [_notification("note", file.note, file.path) for file in files if file.note]
    return {"executionSuccessful": not failures, "toolExecutionNotifications": failures + notes}


def _notification(level: str, text: str, path: str) -> dict[str, Any]:
    return {
        "level": level,
        "message": {"text": visible(text)},
        "locations": [{"physicalLocation": _artifact(path)}],
    }


def _results(
    found: Iterable[tuple[str, PlacedFinding]], indices: Mapping[str, int]
) -> list[dict[str, Any]]:
    results = []
    for path, placed, fingerprint in fingerprinted(found):
        result = _result(path, placed, indices[placed.finding.code])
        # The name that GitHub reads: without it GitHub hashes the raw lines around, which change
        # with every saved output.
        result["partialFingerprints"] = {"primaryLocationLineHash": fingerprint}
        results.append(result)
    return results


def _result(path: str, placed: PlacedFinding, index: int) -> dict[str, Any]:
    finding = placed.finding
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(placed)},
        "locations": [_location(path, placed.place)],
        "properties": _properties(finding),
    }
    if placed.related:
        result["relatedLocations"] = [
            {**_location(path, place), "message": {"text": visible(related.message)}}
            for related, place in zip(finding.related, placed.related, strict=True)
        ]
    return result


def _message(placed: PlacedFinding) -> str:
    # In SARIF, square brackets in a message may be a link and a backslash escapes them.
    text = ": ".join(filter(None, (position(placed.place), visible(placed.finding.message))))
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _properties(finding: Finding) -> dict[str, str]:
    properties = {"confidence": label(finding.confidence)}
    if finding.fix is not None:
        properties |= {"fix": visible(finding.fix.title), "fixSafety": label(finding.fix.safety)}
    return properties


def _location(path: str, place: Place) -> dict[str, Any]:
    physical = _artifact(path)
    physical["region"] = _region(place)
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.cell:
        logical = {"name": f"cell {place.cell}", "kind": "element"}
        if place.cell_id:
            logical["fullyQualifiedName"] = visible(place.cell_id)
        location["logicalLocations"] = [logical]
    return location


def _region(place: Place) -> dict[str, int]:
    if not place.raw_column:
        # GitHub leaves out what has no region, such as a file that is missing.
        return {"startLine": max(place.raw_line, 1)}
    return {
        "startLine": place.raw_line,
        "startColumn": place.raw_column,
        "endLine": place.raw_end_line,
        "endColumn": place.raw_end_column,
    }


def _artifact(path: str) -> dict[str, Any]:
    uri = PurePath(path).as_posix()
    encoded = quote(uri, errors="backslashreplace")
    if PurePath(path).is_absolute():
        return {"artifactLocation": {"uri": f"file://{encoded}"}}
    return {"artifactLocation": {"uri": encoded, "uriBaseId": "%SRCROOT%"}}
