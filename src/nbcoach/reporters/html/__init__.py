"""One page that stands alone: each notebook with its findings in place, the why and the fix."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from nbcoach import __version__
from nbcoach.escaping import visible
from nbcoach.finding import Severity
from nbcoach.notebook import Notebook
from nbcoach.pages import Page
from nbcoach.report import Report
from nbcoach.reporters.counting import count, label, notebooks, severities
from nbcoach.reporters.html.cells import sections
from nbcoach.reporters.html.rules import explanations

__all__ = ["Shown", "report"]


class Shown(NamedTuple):
    """What a page shows beside the findings: notebooks by their path, rules' pages by code.

    `lessons` are sentences about what teaches a rule, by its code.
    """

    notebooks: Mapping[str, Notebook]
    pages: Mapping[str, Page]
    lessons: Mapping[str, Sequence[str]] = {}


def report(report: Report, shown: Shown) -> str:
    """A page without references to anything outside, for people and for archives of CI."""
    found = [placed for _, placed in report.findings()]
    numbers = severities(placed.finding.severity for placed in found) or "no findings"
    title = f"{count(notebooks(report), 'notebook')}: {numbers}"
    body = [
        _header(title, {placed.finding.severity for placed in found}),
        "<main>",
        *sections(report, shown.notebooks),
        *explanations(found, shown.pages, shown.lessons),
        "</main>",
        f"<footer>nbcoach {__version__}</footer>",
    ]
    return _PAGE.format(
        title=escape(f"nbcoach: {title}"),
        style=_asset("style.css"),
        script=_asset("script.js"),
        body="\n".join(body),
    )


def _header(title: str, present: set[Severity]) -> str:
    boxes = "".join(
        f'<label class="{label(severity)}">'
        f'<input type="checkbox" checked data-severity="{label(severity)}"> {label(severity)}s'
        "</label>"
        for severity in sorted(present, reverse=True)
    )
    hint = "<kbd>j</kbd> next finding, <kbd>k</kbd> previous, <kbd>Enter</kbd> why it matters"
    tools = f'<fieldset><legend>Show</legend>{boxes}</fieldset><p class="keys">{hint}</p>'
    return f"<header><h1>nbcoach</h1><p>{escape(visible(title))}</p>{tools * bool(boxes)}</header>"


def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


# The policy lets nothing be loaded, whatever the prose of a third party's rule may hold.
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{body}
<script>
{script}</script>
</body>
</html>
"""
