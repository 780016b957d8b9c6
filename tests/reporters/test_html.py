"""The page that people open in a browser."""

import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from nbcoach.documents import read
from nbcoach.notebook import Notebook
from nbcoach.pages import parse
from nbcoach.report import FileResult, Place, Report
from nbcoach.reporters import html
from nbcoach.reporters.html import Shown
from nbcoach.subjects import Unreadable
from tests.fakes import notebook_bytes
from tests.reporters.results import ERROR, INFO, SAFE, found, run
from tests.reporters.test_hostile import ATTACK, hostile

PAGE = parse(
    "# NB201 used-before-defined\n\nA name read too early.\n\n## Why it matters\n\n"
    "It *breaks*: see [this](https://example.org) and ![that](http://example.org/a.png).\n"
)
PLACE = Place(2, "cell-1", 2, 5, 2, 11, "x = scaler.transform(y)", 42)


def notebook() -> Notebook:
    data = notebook_bytes(
        {"cell_type": "markdown", "source": "# A <title> that goes on and on " + "and on " * 40},
        "import numpy\nx = scaler.transform(y)",
        "print(1)",
        "print(2)",
    )
    document = read("train.ipynb", data)
    assert not isinstance(document, Unreadable)
    return document.notebook


def example() -> str:
    findings = (
        found("NB501", INFO, Place(1, "cell-0", 1, 1, 1, 4, "# A <title>", 3), name="no-title"),
        found(severity=ERROR, place=PLACE, fix=SAFE, related=((Place(4, "cell-3"), "here"),)),
    )
    result = run(FileResult("train.ipynb", findings), FileResult("clean.ipynb"))
    return html.report(result, Shown({"train.ipynb": notebook()}, {"NB201": PAGE}))


class Outline(HTMLParser):
    """What a page loads or links to, and whether its elements are closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.references: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.references += [v or "" for name, v in attributes if name in ("src", "href")]
        if tag not in ("meta", "input", "img", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def text_of(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def test_a_page_shows_cells_with_their_findings_and_counts_the_others() -> None:
    page = example()
    assert "cell 2 <small>code [ ]</small>" in page
    assert 'x = <mark class="error">scaler</mark>.transform(y)' in page
    assert "2 cells without findings" in page
    assert "1 notebook without findings." in page
    assert "safe fix (--fix): take the safe way" in text_of(page)
    assert "cell 4 here" in text_of(page)
    assert "print(1)" not in page


def test_a_page_says_why() -> None:
    page = example()
    assert '<a class="code" href="#NB201">' in page
    assert '<details id="NB201">' in page
    assert "It <em>breaks</em>" in page


def test_a_page_is_whole_and_loads_nothing() -> None:
    outline = Outline(example())
    assert outline.open == []
    links = [ref for ref in outline.references if not ref.startswith("#")]
    assert links == ["https://example.org", "http://example.org/a.png"]
    assert "<img" not in example()
    assert "src=" not in example()
    assert "default-src 'none'" in example()


def test_findings_of_files_that_cannot_be_shown_stand_alone() -> None:
    result = run(FileResult("a.ipynb", (found(),)), FileResult("b.ipynb", error="KeyError: 1"))
    page = html.report(result, Shown({}, {}))
    assert "nbcoach failed on b.ipynb: KeyError: 1" in text_of(page)
    assert "<h3>cell 3</h3>" in page


def test_nothing_found_is_said() -> None:
    page = html.report(run(FileResult("a.ipynb")), Shown({}, {}))
    assert "1 notebook: no findings" in text_of(page)
    assert "<fieldset>" not in page


def test_hostile_text_stays_text() -> None:
    data = notebook_bytes(ATTACK.replace("\ud800", ""))
    document = read("a.ipynb", data)
    assert not isinstance(document, Unreadable)
    result: Report = hostile(ATTACK)
    page = html.report(result, Shown({result.files[0].path: document.notebook}, {}))
    page.encode("utf-8")
    assert Outline(page).open == []
    assert page.count("<script") == 1
    assert "\x1b" not in page
    assert "\u202e" not in page


KEYS = """
<script>
const press = (key) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", {key, bubbles: true}));
const log = [];
const say = () => log.push(document.activeElement.innerText.split(" ").slice(0, 2).join(" "));
press("j"); say();
press("j"); say();
press("j"); say();
press("k"); say();
press("Enter");
setTimeout(() => {
  log.push(document.getElementById("NB201").open ? "open" : "closed");
  document.querySelector("[type=checkbox][data-severity=info]").click();
  log.push(document.querySelectorAll(".finding:not([hidden])").length);
  log.push(document.querySelectorAll(".cell:not([hidden])").length);
  log.push(document.documentElement.scrollWidth <= innerWidth ? "fits" : "too wide");
  document.body.dataset.log = log.join("|");
}, 50);
</script>
"""


def chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI installs Debian's chromium for this test")
        pytest.skip("needs Debian's chromium")
    return found


@pytest.mark.parametrize("width", [360, 1200])
def test_the_keyboard_leads_through_the_findings_in_chromium(tmp_path: Path, width: int) -> None:
    browser, page = chromium(), tmp_path / "page.html"
    page.write_text(example().replace("</body>", f"{KEYS}</body>"), encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"]
    command += [f"--user-data-dir={tmp_path}/profile", f"--window-size={width},900"]
    command += ["--virtual-time-budget=2000", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    log = re.search(r'data-log="([^"]*)"', done.stdout)
    assert log is not None, done.stderr
    assert log[1] == "info NB501|error NB201|info NB501|error NB201|open|1|1|fits"
    refused = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    assert not refused
