"""What an HTML report shows beside the findings: the notebooks, and why their rules matter."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from nbcoach.documents import read
from nbcoach.errors import PackError
from nbcoach.reporters.html import Shown
from nbcoach.subjects import Unreadable

if TYPE_CHECKING:
    from nbcoach.notebook import Notebook
    from nbcoach.pages import Page
    from nbcoach.plugins import RuleEntry
    from nbcoach.report import Report


def shown(report: "Report", rules: "Mapping[str, RuleEntry]", stdin: bytes | None) -> Shown:
    """The notebooks with findings, as they are now, the pages of the rules that spoke, lessons."""
    from nbcoach.curriculum.catalogue import lessons_about

    paths = {file.path for file in report.files if file.findings}
    codes = {placed.finding.code for _, placed in report.findings()} & rules.keys()
    notebooks = {path: _notebook(path, stdin) for path in paths}
    pages = {code: _page(Path(rules[code].file).with_suffix(".md")) for code in codes}
    return Shown(
        {path: notebook for path, notebook in notebooks.items() if notebook is not None},
        {code: page for code, page in pages.items() if page is not None},
        {code: lessons_about(code) for code in codes},
    )


def _notebook(path: str, stdin: bytes | None) -> "Notebook | None":
    """A file's notebook; None where it can be read no more, so that its findings stand alone."""
    try:
        data = Path(path).read_bytes() if stdin is None else stdin
    except OSError:
        return None
    document = read(path, data)
    return None if isinstance(document, Unreadable) else document.notebook


def _page(path: Path) -> "Page | None":
    from nbcoach.pages import read as read_page

    try:
        return read_page(path)
    except PackError:
        return None
