"""A pack of others, with pages, proved by `nbcoach.testing`."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

RULE = '''\
"""Prints that shout."""

from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, SourceEdit, Span, rule


@rule("TEAM001", CodeCell, default="on", fix=Safety.SAFE)
def loud_print(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A text in capitals."""
    start = cell.source.find("HELLO")
    if start >= 0:
        span = Span(start, start + 5)
        fix = Fix("Whisper", (SourceEdit(cell.index, span, "hello"),), Safety.SAFE)
        yield context.finding(span, "This shouts; whisper", fix)
'''
PAGE = """\
# TEAM001 loud-print

A text in capitals.

## Bad

```python
# %%
print("HELLO")
```
```report
cell 1:1:8 TEAM001 This shouts; whisper
```
```diff
 # %%
-print("HELLO")
+print("hello")
```

## Good

```python
# %%
print("hello")
```
"""
CONFTEST = 'pytest_plugins = ["nbcoach.testing"]\n'
TESTS = """\
from pathlib import Path

from nbcoach.testing import page_tests


@page_tests(Path(__file__).parent / "team_rules")
def test_page(case, prove):
    prove(case)
"""


def make_pack(folder: Path, page: str) -> Path:
    rules = folder / "team_rules"
    rules.mkdir()
    (rules / "loud_print.py").write_text(RULE)
    (rules / "loud_print.md").write_text(page)
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_team.py").write_text(TESTS)
    return rules / "loud_print.md"


def outcomes(pytester: pytest.Pytester, *arguments: str) -> dict[str, int]:
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", *arguments)
    found: dict[str, int] = result.parseoutcomes()
    return found


def test_true_pages_pass(pytester: pytest.Pytester) -> None:
    make_pack(pytester.path, PAGE)
    assert outcomes(pytester) == {"passed": 2}


def test_reports_show_manual_fixes(pytester: pytest.Pytester) -> None:
    page = make_pack(pytester.path, PAGE)
    module = page.with_suffix(".py")
    edits = '(SourceEdit(cell.index, span, "hello"),), Safety.SAFE'
    module.write_text(RULE.replace(edits, "safety=Safety.MANUAL").replace("SAFE", "MANUAL"))
    assert outcomes(pytester, "--accept") == {"passed": 2}
    told = "cell 1:1:8 TEAM001 This shouts; whisper\n  by hand: Whisper\n"
    without, diff = PAGE.partition("```diff\n")[::2]
    expected = without.replace("cell 1:1:8 TEAM001 This shouts; whisper\n", told)
    assert page.read_text() == expected + diff.partition("```\n")[2]


def test_wrong_pages_fail_until_accepted(pytester: pytest.Pytester) -> None:
    wrong = PAGE.replace("cell 1:1:8", "cell 1:1:9").replace("-print(", "-show(")
    page = make_pack(pytester.path, wrong)
    assert outcomes(pytester) == {"passed": 1, "failed": 1}
    assert outcomes(pytester, "--accept") == {"passed": 2}
    assert page.read_text() == PAGE


@pytest.mark.parametrize(
    ("old", "new"),
    [('\nprint("HELLO")', '\nprint("Hello")'), ('\nprint("hello")', '\nprint("HELLO")')],
    ids=["a bad example without findings", "a good example with findings"],
)
def test_some_things_are_never_accepted(pytester: pytest.Pytester, old: str, new: str) -> None:
    page = make_pack(pytester.path, PAGE.replace(old, new))
    before = page.read_text()
    assert outcomes(pytester, "--accept") == {"passed": 1, "failed": 1}
    assert page.read_text() == before
