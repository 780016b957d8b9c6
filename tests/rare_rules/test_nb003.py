"""NB003 rule-crash: rules that raise, and rules that handle what they meet."""

import ast
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from nbcoach_rules.validity.rule_crash import rule_crash

from nbcoach.api import CodeCell, Context, Finding, Notebook, Output, rule
from nbcoach.check import check
from nbcoach.documents import read
from nbcoach.project import Project
from tests.fakes import active_rules
from tests.rare_rules.harness import notebook

CASE = notebook("plain", "# %%\nx = [1]\nprint('größe')\n# %% [markdown]\n# Größe")
SUBJECTS = (Notebook, CodeCell, ast.Call, ast.Name)
ERRORS = (
    ValueError("größe"),
    TypeError(),
    KeyError("a"),
    IndexError(1),
    AttributeError("no `x`"),
    ZeroDivisionError(),
    AssertionError(),
    RecursionError("deep"),
    UnicodeError("\ud800"),
    OSError(2, "gone"),
    NotImplementedError("x" * 500),
    LookupError("two\nlines"),
    Exception(),
    StopAsyncIteration(),
)


def crashing(subject: type, error: Exception, first: bool) -> Callable[..., Iterator[Finding]]:
    def crash(thing: object, context: Context) -> Iterator[Finding]:
        if not first:
            yield context.finding(None, "something")
        raise error

    return rule("XX001", subject)(crash)


def reported(*rules: object) -> list[str]:
    document = read("case.ipynb", CASE.data)
    active = active_rules(*rules, rule_crash)
    checked = check(document, active, Project(None), "case.ipynb")
    return [finding.code for finding in checked.findings if finding.code == "NB003"]


@pytest.mark.parametrize(
    ("subject", "error", "first"), list(product(SUBJECTS, ERRORS, (True, False)))
)
def test_reports_each_rule_that_raises_once(subject: type, error: Exception, first: bool) -> None:
    assert reported(crashing(subject, error, first)) == ["NB003"]


@pytest.mark.parametrize(
    ("subject", "error"),
    list(product((*SUBJECTS, Output), ERRORS)),
    ids=lambda part: repr(part)[:40],
)
def test_is_silent_about_errors_that_a_rule_handles(subject: type, error: Exception) -> None:
    def careful(thing: object, context: Context) -> Iterator[Finding]:
        try:
            raise error
        except type(error) as caught:
            yield context.finding(None, f"{type(caught).__name__} {caught}"[:50])

    assert not reported(rule("XX001", subject)(careful))
