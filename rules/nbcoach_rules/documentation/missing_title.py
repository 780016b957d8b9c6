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
_FIRST = 5  # setup, badges and authors' names often come before a title
_LICENCE = re.compile(r"[Cc]opyright |[Ll]icen[cs]e|LICEN[CS]E|©")
_HIDING_TAGS = {"hide-cell", "injected-parameters", "parameters", "remove-cell", "remove_cell"}
_BADGES = re.compile(
    r"(?s)<a\b.{0,1000}?</a>|<[^<>]+>"
    r"|\[!\[[^\[\]]*\]\([^()\s]*\)\]\([^()\s]*\)?|!?\[[^\[\]]*\]\([^()\s]*\)?"
)
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
    """A notebook without a title in its first five cells."""
    if sum(1 for cell in notebook.code_cells if cell.source.strip()) < _SMALL:
        return
    first = tuple(islice(filter(_is_read, notebook.cells), _FIRST))
    if not any(map(_has_title, first)) and not _DRESSED_UP.match(_prose(first[0])):
        message = "Notebook has no title; start with a `# Title` cell"
        how = "Put a Markdown cell on top; below the title, say what is done with which data"
        yield context.finding(None, message, Fix(how, safety=Safety.MANUAL))


def _is_read(cell: Cell) -> bool:
    """Whether people look here for a title: not at licences, badges, settings or nothing."""
    if isinstance(cell, MarkdownCell):
        return bool(cell.headings or (_has_words(cell.prose) and not _is_hidden(cell)))
    return bool(cell.source.strip()) and not _is_hidden(cell)


def _has_words(prose: str) -> bool:
    return re.search(r"\w", _BADGES.sub("", prose)) is not None


def _is_hidden(cell: Cell) -> bool:
    return not _HIDING_TAGS.isdisjoint(cell.tags) or bool(_LICENCE.search(cell.source[:300]))


def _has_title(cell: Cell) -> bool:
    if isinstance(cell, MarkdownCell) and cell.headings:
        return True
    is_text = isinstance(cell, MarkdownCell | RawCell)
    return is_text and _FRONT_MATTER_TITLE.search(cell.source) is not None


def _prose(cell: Cell) -> str:
    return cell.prose if isinstance(cell, MarkdownCell) else ""
