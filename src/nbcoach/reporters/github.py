"""Workflow commands that GitHub shows as annotations beside the changed lines."""

from collections.abc import Iterator

from nbcoach.escaping import visible
from nbcoach.finding import Severity
from nbcoach.report import PlacedFinding, Report
from nbcoach.reporters.positions import position

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(report: Report) -> str:
    """A `::error file=…` line for each finding, errors first: GitHub shows the first few only."""
    found = sorted(report.findings(), key=lambda pair: -pair[1].finding.severity)
    lines = [_annotation(path, placed) for path, placed in found]
    return "".join(f"{line}\n" for line in [*_failures(report), *lines])


def _annotation(path: str, placed: PlacedFinding) -> str:
    finding, place = placed.finding, placed.place
    properties = {"file": path}
    if place.raw_line:
        properties |= {"line": str(place.raw_line), "endLine": str(place.raw_line)}
    properties["title"] = f"{finding.code} {finding.name}"
    text = ": ".join(filter(None, (position(place), finding.message)))
    return _command(_COMMANDS[finding.severity], properties, text)


def _failures(report: Report) -> Iterator[str]:
    for file in report.files:
        if file.error:
            yield _command("error", {"file": file.path, "title": "nbcoach failed"}, file.error)


def _command(name: str, properties: dict[str, str], text: str) -> str:
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{_data(text)}"


def _data(text: str) -> str:
    # Carriage returns and line feeds are visible by then, so no line can start a command.
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
