"""Notebooks that do not say what they are about."""

import re
from collections.abc import Iterator
from itertools import islice

from nbcoach.api import (
    Cell,
    Confidence,
    Context,
    Finding,
    Fix,
    MarkdownCell,
    Notebook,
    RawCell,
    Safety,
    Severity,
    rule,
)

_SMALL = 3  # code cells; below that a notebook is a scratch pad
_LICENCE = re.compile(r"\bcopyright\b|\blicen[cs]ed?\b", re.IGNORECASE)
_HIDING_TAGS = {"hide-cell", "injected-parameters", "parameters", "remove-cell", "remove_cell"}
_BADGES = re.compile(r"(?s)<a\b.*?</a>|<[^>]+>|\[?!?\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?|\W+")
_FRONT_MATTER_TITLE = re.compile(r"^title:", re.MULTILINE)
# Text in bold, large or in the middle is meant as a title, though not marked up as one.
_DRESSED_UP = re.compile(r"\s*(?:\*\*|__|<(?:b|big|center|div|font|h\d|p|strong)\b)", re.IGNORECASE)


@rule(
    "NB501",
    Notebook,
    severity=Severity.INFO,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.MANUAL,
)
def missing_title(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A notebook without a title in its first three cells."""
    if sum(1 for cell in notebook.code_cells if cell.source.strip()) < _SMALL:
        return
    first = tuple(islice(filter(_is_read, notebook.cells), 3))
    if not any(map(_has_title, first)) and not _DRESSED_UP.match(_prose(first[0])):
        message = "Notebook has no title; start with a `# Title` cell"
        yield context.finding(None, message, Fix("Add a title cell", safety=Safety.MANUAL))


def _is_read(cell: Cell) -> bool:
    """Whether people look here for a title: not at licences, badges, settings or nothing."""
    if not _HIDING_TAGS.isdisjoint(cell.tags) or _LICENCE.search(cell.source[:300]):
        return False
    if isinstance(cell, MarkdownCell):
        return bool(cell.headings) or _BADGES.sub("", cell.prose) != ""
    return not cell.source.isspace() and cell.source != ""


def _has_title(cell: Cell) -> bool:
    if isinstance(cell, MarkdownCell) and cell.headings:
        return True
    is_text = isinstance(cell, MarkdownCell | RawCell)
    return is_text and _FRONT_MATTER_TITLE.search(cell.source) is not None


def _prose(cell: Cell) -> str:
    return cell.prose if isinstance(cell, MarkdownCell) else ""
