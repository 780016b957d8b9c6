"""The examples on the pages of rules, so that page and proof cannot part."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nbcoach import pages
from nbcoach.examples import notebook_text
from nbcoach.inspector import Inspector
from nbcoach.pages import Page
from nbcoach.settings import load
from nbcoach.tasks import Task
from nbcoach.testing import page_files


@dataclass(frozen=True)
class Cell:
    """A code cell of an example: its source, and what was saved of its last run."""

    source: str
    count: int | None
    results: tuple[str, ...]


@dataclass(frozen=True)
class Snippet:
    """An example as a notebook's text, and the report that its page has of it."""

    code: str
    text: str
    report: str = ""

    @property
    def code_cells(self) -> tuple[Cell, ...]:
        """Its code cells, from top to bottom."""
        cells = [c for c in json.loads(self.text)["cells"] if c["cell_type"] == "code"]
        return tuple(
            Cell(joined(cell["source"]), cell.get("execution_count"), results(cell))
            for cell in cells
        )

    @property
    def cells(self) -> tuple[str, ...]:
        """The sources of its code cells."""
        return tuple(cell.source for cell in self.code_cells)

    @property
    def script(self) -> str:
        """Its code cells as one program."""
        return "\n".join(self.cells)

    @property
    def reported(self) -> tuple[int, ...]:
        """The numbers, from 0, of the cells that the report names, in its order."""
        return tuple(int(number) - 1 for number in re.findall(r"^cell (\d+)", self.report, re.M))

    def repaired(self, fixing: str = "unsafe") -> "Snippet":
        """The example after the fixes of its rule."""
        outcome = _inspector(self.code).examine("a.ipynb", self.text.encode(), Task(fixing))  # type: ignore[arg-type]
        assert outcome.change is not None, f"{self.code} repairs nothing in\n{self.script}"
        return Snippet(self.code, outcome.change[1].decode())


def snippet(code: str, part: str = "", *, section: str = "Bad") -> Snippet:
    """The one example of that section of the rule's page that has `part` in it."""
    found = [one for one in snippets(code, section) if part in one.script]
    assert len(found) == 1, f"{len(found)} examples under {section} of {code} have {part!r}"
    return found[0]


def snippets(code: str, section: str = "Bad") -> list[Snippet]:
    """All examples of a section of a rule's page."""
    return [
        Snippet(code, text_of(example.source), example.report.text if example.report else "")
        for example in page_of(code).examples
        if example.section == section
    ]


def text_of(source: pages.Fence) -> str:
    """The text of the notebook file that an example is."""
    return notebook_text(source.text) if source.language == "python" else source.text


def page_of(code: str) -> Page:
    """The page of a rule."""
    return all_pages()[code]


@cache
def all_pages() -> dict[str, Page]:
    """The pages of the built-in rules by code."""
    return {page.code: page for page in map(pages.read, page_files("nbcoach_rules"))}


@cache
def _inspector(code: str) -> Inspector:
    here = {"select": [code], "preview": True, "confidence": "possible"}
    return Inspector(load(Path(__file__).parent, here))


def joined(source: str | list[str]) -> str:
    """The text of a field of a cell."""
    return source if isinstance(source, str) else "".join(source)


def results(cell: dict) -> tuple[str, ...]:  # type: ignore[type-arg]
    """The texts of what a cell has put out, whichever kind they are of."""
    return tuple(
        joined(output["text"] if "text" in output else output["data"]["text/plain"])
        for output in cell.get("outputs", ())
        if "text" in output or "text/plain" in output.get("data", {})
    )
