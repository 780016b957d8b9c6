"""GitLab's Code Quality report, for the widget in merge requests."""

import json
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from nbcoach.escaping import visible
from nbcoach.finding import Severity
from nbcoach.report import Report
from nbcoach.reporters.fingerprints import fingerprinted
from nbcoach.reporters.positions import position

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def report(report: Report) -> str:
    """A list of issues; GitLab knows an issue again by its fingerprint, so each has its own."""
    issues = [
        _issue(path, placed.place.raw_line, fingerprint)
        | {
            "check_name": visible(f"{placed.finding.code} {placed.finding.name}"),
            "description": ": ".join(
                filter(None, (position(placed.place), visible(placed.finding.message)))
            ),
            "severity": _SEVERITIES[placed.finding.severity],
        }
        for path, placed, fingerprint in fingerprinted(report.findings())
    ]
    issues += [
        _issue(file.path, 0, "failure")
        | {
            "check_name": "nbcoach failed",
            "description": visible(file.error),
            "severity": "blocker",
        }
        for file in report.files
        if file.error
    ]
    return json.dumps(issues, indent=2) + "\n"


def _issue(path: str, line: int, fingerprint: str) -> dict[str, Any]:
    identity = f"{path}\0{fingerprint}".encode("utf-8", "surrogatepass")
    return {
        "fingerprint": sha256(identity).hexdigest()[:32],
        "location": {
            "path": visible(PurePath(path).as_posix()),
            "lines": {"begin": max(line, 1)},
        },
    }
