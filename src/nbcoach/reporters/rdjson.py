"""Reviewdog's diagnostic format, for comments on pull requests of many services."""

import json
from pathlib import PurePath
from typing import Any

from nbcoach.escaping import visible
from nbcoach.finding import Severity
from nbcoach.report import PlacedFinding, Report
from nbcoach.reporters.positions import position

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def report(report: Report) -> str:
    """One result with a diagnostic for each finding; lines are those of the file on disk."""
    diagnostics = [_diagnostic(path, placed) for path, placed in report.findings()]
    diagnostics += [
        {
            "message": visible(f"nbcoach failed: {file.error}"),
            "location": _location(file.path, 0),
            "severity": "ERROR",
        }
        for file in report.files
        if file.error
    ]
    result = {"source": {"name": "nbcoach"}, "diagnostics": diagnostics}
    return json.dumps(result, indent=2) + "\n"


def _diagnostic(path: str, placed: PlacedFinding) -> dict[str, Any]:
    finding, place = placed.finding, placed.place
    message = ": ".join(filter(None, (position(place), visible(finding.message))))
    return {
        "message": message,
        "location": _location(path, place.raw_line),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }


def _location(path: str, line: int) -> dict[str, Any]:
    location: dict[str, Any] = {"path": visible(PurePath(path).as_posix())}
    if line:
        location["range"] = {"start": {"line": line}}
    return location
