"""Pages as tests, for the built-in rules and for everyone's.

In a pack's `conftest.py`:

    pytest_plugins = ["nbcoach.testing"]

and in one of its test modules:

    from nbcoach.testing import Case, Prove, page_tests

    @page_tests("my_pack")  # a package, or the path of a folder with rules
    def test_page(case: Case, prove: Prove) -> None:
        prove(case)

`pytest --accept` rewrites the `report` and `diff` fences of the pages to what the rules do now.
"""

import difflib
import importlib.util
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nbcoach import examples, pages
from nbcoach.finding import Safety
from nbcoach.inspector import Inspector
from nbcoach.pages import Example, Page
from nbcoach.report import FileResult, Place, PlacedFinding
from nbcoach.settings import load
from nbcoach.subjects import Crash
from nbcoach.tasks import Task
from nbcoach.variants import NAMES, variant


@dataclass(frozen=True, slots=True)
class Case:
    """One example of one page: the page's file, the example's number from 0, its rule's pack."""

    page: Path
    number: int
    pack: str | Path


Prove = Callable[[Case], None]


def page_tests(pack: str | Path) -> pytest.MarkDecorator:
    """Call the decorated test with each example of each page of a package or folder as `case`."""
    return pytest.mark.parametrize("case", list(_cases(pack)))


def page_files(pack: str | Path) -> tuple[Path, ...]:
    """The pages of a package or folder: Markdown files beside a module of the same name."""
    folder = pack if isinstance(pack, Path) else _folder_of(pack)
    return tuple(sorted(p for p in folder.rglob("*.md") if p.with_suffix(".py").exists()))


def _folder_of(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"there is no package `{package}`")
    return Path(found.submodule_search_locations[0])


def _cases(pack: str | Path) -> Iterator[Any]:
    for path in page_files(pack):
        page = pages.read(path)
        for number, example in enumerate(page.examples):
            section = example.section.lower().replace(" ", "-")
            name = f"{page.code}-{page.name}-{section}-{number + 1}"
            yield pytest.param(Case(path, number, pack), id=name)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Pytest's hook: the option `--accept`."""
    parser.getgroup("nbcoach").addoption(
        "--accept", action="store_true", help="rewrite what pages say that rules report and fix"
    )


@pytest.fixture
def prove(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> Prove:
    """A function that runs an example and fails where its page is wrong about it."""
    monkeypatch.chdir(tmp_path)

    def prove(case: Case) -> None:
        page = pages.read(case.page)
        example = page.examples[case.number]
        trial = Trial(page, example, tmp_path, case.pack)
        report, diff = trial.report(), trial.diff()
        if example.section == "Bad":
            assert report, "an example under `## Bad` reports nothing"
        if example.section == "Good":
            assert not report, f"an example under `## Good` reports\n{report}"
        if pytestconfig.getoption("accept"):
            case.page.write_text(pages.rewrite(page, example, report, diff), encoding="utf-8")
        else:
            assert report == (example.report.text if example.report else "")
            assert diff == (example.diff.text if example.diff else "")
        for name in NAMES:
            if name not in page.exemptions:
                trial.check_variant(name)

    return prove


class Trial:
    """One example as a file in a folder of its own, and what the page's rule does with it.

    The `toml` fence before an example is the project's `nbcoach.toml`. Its last table, `[example]`,
    may give the notebook's `filename`, more `files` (path = "text"), and `git = true` to track all.
    """

    def __init__(self, page: Page, example: Example, folder: Path, pack: str | Path) -> None:
        configuration = example.settings.text if example.settings else ""
        parsed = tomllib.loads(configuration)
        about = parsed.get("example", {})
        self._percent = example.source.language == "python"
        source = example.source.text
        self._text = examples.notebook_text(source) if self._percent else source
        self._path: str = about.get("filename", "example.ipynb")
        settings = re.split(r"^\[example\b", configuration, maxsplit=1, flags=re.MULTILINE)[0]
        files = {"nbcoach.toml": settings, self._path: self._text, **about.get("files", {})}
        _write(folder, files, track=about.get("git", False))
        local = [str(pack)] if isinstance(pack, Path) else []
        overrides = {
            "select": [page.code, *parsed.get("select", ())],
            "preview": True,
            "confidence": "possible",
            "rule-paths": [*local, *parsed.get("rule-paths", ())],
        }
        self._inspector = Inspector(load(folder, overrides))
        self._rule = self._inspector.rules.rule(page.code)

    def report(self) -> str:
        """What the rule finds, a line each."""
        return self._report(self._text)

    def diff(self) -> str:
        """What all fixes of the rule change, as a diff of the cells or, for JSON, of the file."""
        fixed = self._fixed(self._text)
        if fixed == self._text:
            return ""
        assert self._fixed(fixed) == fixed, "fixing a second time changes the notebook again"
        shown = examples.percent_text if self._percent else str
        before, after = (shown(text).splitlines() for text in (self._text, fixed))
        # Whole context, so that there is one hunk; its first three lines are about line numbers.
        lines = difflib.unified_diff(before, after, n=len(before), lineterm="")
        return "".join(f"{line.rstrip()}\n" for line in list(lines)[3:])

    def check_variant(self, name: str) -> None:
        """Fail where the notebook reports something else when it is written differently."""
        text = variant(name, self._text)
        if text is None:
            return
        plain, varied = (set(report.splitlines()) for report in (self.report(), self._report(text)))
        if name == "without-outputs":
            assert varied <= plain, f"in the variant `{name}`"
        else:
            assert varied == plain, f"in the variant `{name}`"
        if name == "crlf":
            assert self._fixed(text) == variant(name, self._fixed(self._text))

    def _report(self, text: str) -> str:
        results = [
            self._inspector.examine(self._path, text.encode(), Task()).result,
            *self._inspector.examine_projects([self._path]),
        ]
        if Crash not in self._rule.subjects:
            assert not any(result.error for result in results), results
        lines = [line for file in results for line in self._lines(file)]
        return "".join(f"{line}\n" for line in lines)

    def _fixed(self, text: str) -> str:
        outcome = self._inspector.examine(self._path, text.encode(), Task("unsafe"))
        refused = [repair for repair in outcome.result.repairs if repair.outcome != "applied"]
        assert not refused, refused
        return outcome.change[1].decode() if outcome.change else text

    def _lines(self, file: FileResult) -> Iterator[str]:
        for found in file.findings:
            if found.finding.code == self._rule.code:
                place = _written(found.place) if file.path == self._path else file.path
                yield f"{place} {found.finding.code} {found.finding.message}{self._marks(found)}"
                for other, related in zip(found.related, found.finding.related, strict=True):
                    yield f"  {_written(other)} {related.message}"
                fix = found.finding.fix
                if fix is not None and fix.safety is Safety.MANUAL:
                    yield f"  by hand: {fix.title}"

    def _marks(self, found: PlacedFinding) -> str:
        """What is unusual for the rule: a severity, a confidence."""
        pairs = (
            (found.finding.severity, self._rule.severity),
            (found.finding.confidence, self._rule.confidence),
        )
        marks = [value.name.lower() for value, usual in pairs if value != usual]
        return f" [{', '.join(marks)}]" if marks else ""


def _written(place: Place) -> str:
    if not place.cell:
        return "notebook"
    return f"cell {place.cell}:{place.line}:{place.column}" if place.line else f"cell {place.cell}"


def _write(folder: Path, files: dict[str, str], *, track: bool) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    if track:
        subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
        subprocess.run(["git", "add", "--all", "--force"], cwd=folder, check=True)
