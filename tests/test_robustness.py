"""Whatever lies in a notebook's file: findings, never an error, and no format that gives up."""

import copy
import json
import unicodedata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from nbcoach.finding import Severity
from nbcoach.inspector import Inspector
from nbcoach.report import FileResult, Report
from nbcoach.reporters import concise, github, json_lines, junit, markdown, sarif, statistics, text
from nbcoach.reporters import json as json_reporter
from nbcoach.reporters.text import View
from nbcoach.settings import Settings
from nbcoach.tasks import Task
from tests.test_hostile_notebooks import NOTEBOOK, PLACES

fuzz = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))

TEXT = json.dumps(NOTEBOOK, indent=1).encode()
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}

ATTACKS = (
    *("\x1b[2J", "\x1b]0;a\x07", "\x9b", "\x00", "\r", "\n::error::a\n", "\u2028", "\u202e"),
    *("\ud800", "\ufeff", "\U000e0041", "|", "`", "]", "<script>", "![a](b)", "%%", "!"),
    *("# nbcoach: ignore[", "x = 1\n", "a", "a" * 300),
)
evil = st.lists(st.sampled_from(ATTACKS), min_size=1, max_size=8).map("".join)
odd = st.recursive(
    st.none()
    | st.booleans()
    | st.sampled_from([-1, 0, 1, 4, 5, 10**30, 1e308, float("nan"), -0.0])
    | evil,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(evil, inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def inspector() -> Inspector:
    chosen: dict[str, Any] = {"select": ("ALL",), "preview": True, "outputs": "source-only"}
    return Inspector(Settings(root=Path(), nested=False, show=Severity.INFO, **chosen))


def examined(inspector: Inspector, data: bytes, path: str = "a.ipynb") -> FileResult:
    """The results of checking and of repairing, neither of which may fail."""
    repaired = inspector.examine(path, data, Task("unsafe", raw_lines=True, diff=True))
    assert repaired.result.error == ""
    checked = inspector.examine(path, data, Task(raw_lines=True))
    assert checked.result.error == ""
    assert {found.finding.code for found in checked.result.findings} & {"NB003"} == set()
    show(Report((repaired.result,)))
    show(Report((checked.result,)))
    return checked.result


def show(report: Report) -> None:
    """Write a report in every format; what people and logs read holds nothing that acts."""
    for written in (
        text.report(report, View(show=Severity.INFO, paths=("a",), width=50)),
        concise.report(report),
        github.report(report),
        markdown.report(report),
        statistics.report(report),
    ):
        found = {one for one in written if unicodedata.category(one) in HIDDEN}
        assert found <= {"\n"}
        written.encode()
    number = sum(1 for _ in report.findings())
    assert len(json.loads(json_reporter.report(report))["findings"]) == number
    assert len([json.loads(line) for line in json_lines.report(report).splitlines()]) >= number
    assert len(json.loads(sarif.report(report, {}))["runs"][0]["results"]) == number
    ElementTree.fromstring(junit.report(report))


def changed(root: dict[str, Any], place: tuple[Any, ...], value: Any) -> None:
    """Put a value at a place, as far as earlier changes left that there."""
    *parents, last = place
    inside: Any = root
    for step in parents:
        if not is_part(inside, step):
            return
        inside = inside[step]
    if isinstance(inside, dict) or is_part(inside, last):
        inside[last] = value


def is_part(inside: Any, step: str | int) -> bool:
    """Whether a list or object has a part of this number or name."""
    if isinstance(inside, list):
        return isinstance(step, int) and step < len(inside)
    return isinstance(inside, dict) and step in inside


def is_unreadable(result: FileResult) -> bool:
    return [found.finding.code for found in result.findings] == ["NB001"]


@fuzz
@given(st.lists(st.tuples(st.sampled_from(PLACES), odd), min_size=1, max_size=5))
def test_odd_values_in_every_field(
    inspector: Inspector, changes: list[tuple[tuple[Any, ...], Any]]
) -> None:
    root = copy.deepcopy(NOTEBOOK)
    for place, value in changes:
        changed(root, place, value)
    examined(inspector, json.dumps(root).encode())


@settings(fuzz, max_examples=60)
@given(st.data())
def test_escape_sequences_in_every_text(inspector: Inspector, data: st.DataObject) -> None:
    def infected(value: Any) -> Any:
        match value:
            case str():
                return value + data.draw(evil) if data.draw(st.booleans()) else value
            case list():
                return [infected(part) for part in value]
            case dict():
                kept = {"cells", "source", "metadata"}
                keys = {key: key if key in kept else infected(key) for key in value}
                return {keys[key]: infected(part) for key, part in value.items()}
        return value

    examined(inspector, json.dumps(infected(NOTEBOOK)).encode())


@fuzz
@given(st.integers(0, len(TEXT) - 1))
def test_a_file_that_ends_too_early(inspector: Inspector, end: int) -> None:
    result = examined(inspector, TEXT[:end])
    assert is_unreadable(result)


@fuzz
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(TEXT)), st.integers(0, 6), st.binary(max_size=4) | st.just(b'"')
        ),
        min_size=1,
        max_size=4,
    )
)
def test_bytes_changed_anywhere(
    inspector: Inspector, changes: list[tuple[int, int, bytes]]
) -> None:
    data = TEXT
    for start, length, replacement in changes:
        data = data[:start] + replacement + data[start + length :]
    examined(inspector, data)


@fuzz
@given(st.binary(max_size=60), st.sampled_from(["a.ipynb", "a.py", "a.md", "a"]))
def test_random_bytes(inspector: Inspector, data: bytes, path: str) -> None:
    assume(b"# %%" not in data)
    assert is_unreadable(examined(inspector, data, path))


@fuzz
@given(st.lists(evil | st.sampled_from(["# %%", "# %% [markdown]", "\n", "# ---\n"]), max_size=9))
def test_random_text_notebooks(inspector: Inspector, parts: list[str]) -> None:
    data = ("# %%\n" + "".join(parts)).encode("utf-8", "surrogatepass")
    examined(inspector, data, "a.py")


@pytest.mark.parametrize("depth", [100, 1_000, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"cells":', '{"cells":[{"metadata":'])
def test_absurd_nesting(inspector: Inspector, opening: str, depth: int) -> None:
    assert is_unreadable(examined(inspector, opening.encode() * depth))
    closing = "".join("]" if one == "[" else "}" for one in reversed(opening) if one in "[{")
    examined(inspector, (opening * depth + "1" + closing * depth).encode())


@pytest.mark.parametrize("depth", [50, 90, 5_000])
@pytest.mark.parametrize(
    "one", ["(", "[", "-", "not ", "f(", "x.a[", "lambda: ", "1 + ", "if x:\n"]
)
def test_absurd_nesting_of_code(inspector: Inspector, one: str, depth: int) -> None:
    root = copy.deepcopy(NOTEBOOK)
    closed = one * depth + "x" + "".join(")" if c == "(" else "]" for c in one if c in "([") * depth
    root["cells"][1]["source"] = closed
    result = examined(inspector, json.dumps(root).encode())
    assert not is_unreadable(result)


@pytest.mark.parametrize("one", ["> ", "- ", "*", "[", "<a>", "`", "![", "# "])
def test_absurd_nesting_of_prose(inspector: Inspector, one: str) -> None:
    root = copy.deepcopy(NOTEBOOK)
    root["cells"][0]["source"] = one * 3_000 + "x"
    assert not is_unreadable(examined(inspector, json.dumps(root).encode()))


def test_numbers_of_many_digits(inspector: Inspector) -> None:
    for digits in ("9" * 5_000, "-" + "9" * 5_000, "1" + "0" * 400 + ".5", "1e999"):
        changes = [("nbformat_minor", "5"), ("execution_count", "1")]
        for key, value in changes:
            data = TEXT.replace(f'"{key}": {value}'.encode(), f'"{key}": {digits}'.encode())
            assert data != TEXT
            examined(inspector, data)


def test_many_cells_and_long_lines(inspector: Inspector) -> None:
    root = copy.deepcopy(NOTEBOOK)
    root["cells"] = [{**root["cells"][1], "source": "y" * 100_000}] + root["cells"][1:2] * 400
    result = examined(inspector, json.dumps(root).encode())
    assert "NB601" not in [found.finding.code for found in result.findings]
