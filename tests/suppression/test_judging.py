import pytest

from nbcoach.finding import Finding
from nbcoach.notebook import Notebook, Span
from nbcoach.suppression import silence, suppressions, unused
from tests.rule_entries import entry, rule_set
from tests.suppression.cells import code, finding, markdown, notebook

RULES = rule_set(
    entry("NB010", subjects=("nbcoach.subjects.UnknownSuppression",)),
    entry("NB011", subjects=("nbcoach.subjects.UnusedSuppression",)),
    entry("NB102", reads_runs=True),
    entry("NB301"),
    entry("NB341"),
    entry("NB342", default="off"),
    entry("NB351", default="preview"),
    entry("NB521"),
)
ALL = frozenset(rule.code for rule in RULES)


def judged(about: Notebook, *findings: Finding, ran: frozenset[str] = ALL) -> list[tuple[str, ...]]:
    requests = suppressions(about)
    result = silence(findings, requests, about, RULES)
    return [event.codes for event in unused(requests, result, about, RULES, ran)]


def test_what_silenced_nothing_is_told() -> None:
    about = notebook(code("x  # nbcoach: ignore[NB341, NB301]\ny  # nbcoach: ignore[NB521]"))
    assert judged(about) == [("NB341", "NB301"), ("NB521",)]
    assert judged(about, finding("NB341", 0, 0)) == [("NB301",), ("NB521",)]


def test_what_silenced_something_is_not_told() -> None:
    about = notebook(code("x  # nbcoach: ignore"), nbcoach={"ignore": ["NB3"]})
    assert judged(about, finding("NB341", 0, 0)) == []


def test_a_rule_that_did_not_run_says_nothing() -> None:
    about = notebook(code("x  # nbcoach: ignore[NB341]"))
    assert judged(about, ran=ALL - {"NB341"}) == []
    assert judged(notebook(code("x  # nbcoach: ignore[NB999]"))) == []


@pytest.mark.parametrize("written", ["[NB3]", ""])
def test_of_many_rules_all_but_those_off_must_have_run(written: str) -> None:
    about = notebook(code(f"x  # nbcoach: ignore{written}"))
    assert len(judged(about, ran=ALL - {"NB342"})) == 1
    assert judged(about, ran=ALL - {"NB301"}) == []
    assert judged(about, ran=ALL - {"NB351"}) == []
    assert judged(about, ran=frozenset()) == []


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("x = 1  # nbcoach: ignore[NB341] why\ny", "x = 1\ny"),
        ("x = 1  # nbcoach: ignore[NB341]  # noqa", "x = 1  # noqa"),
        ("x = 1  # noqa  # nbcoach: ignore[NB341]", "x = 1  # noqa"),
        ("# nbcoach: ignore[NB341]\nx", "x"),
        ("# nbcoach: ignore[NB341]\r\nx", "x"),
        ("a\n  # nbcoach: ignore[NB341]  \nx", "a\nx"),
        ("a\n# nbcoach: ignore[NB341]", "a"),
        ("a\r\n# nbcoach: ignore[NB341]", "a"),
        ("# nbcoach: ignore[NB341]", ""),
    ],
)
def test_the_removal_leaves_no_trace(source: str, left: str) -> None:
    about = notebook(code(source))
    requests = suppressions(about)
    nothing = silence((), requests, about, RULES)
    (event,) = unused(requests, nothing, about, RULES, ALL)
    assert isinstance(event.removal, Span)
    assert source[: event.removal.start] + source[event.removal.end :] == left


def test_only_comments_have_a_removal() -> None:
    about = notebook(code("x", tags=["nbcoach-ignore-NB341"]), nbcoach={"ignore": ["NB341"]})
    requests = suppressions(about)
    nothing = silence((), requests, about, RULES)
    events = unused(requests, nothing, about, RULES, ALL)
    assert [event.removal for event in events] == [None, None]


def executed(source: str, **metadata: object) -> Notebook:
    about = notebook(code(source), **metadata)
    object.__setattr__(about.cells[0], "execution_count", 1)
    return about


@pytest.mark.parametrize("written", ["NB010", "NB011"])
def test_suppressions_of_rules_about_suppressions_are_not_judged(written: str) -> None:
    assert judged(notebook(code(f"x  # nbcoach: ignore[{written}]"))) == []


def test_a_stripped_notebook_hides_what_rules_about_runs_would_say() -> None:
    ours = {"ignore": ["NB102", "NB341"]}
    assert judged(notebook(code("x"), nbcoach=ours)) == [("NB341",)]
    assert judged(executed("x", nbcoach=ours)) == [("NB102", "NB341")]
    assert judged(notebook(code("# nbcoach: ignore[NB102]\nx"))) == []
    assert judged(executed("# nbcoach: ignore[NB102]\nx")) == [("NB102",)]
    assert judged(notebook(code("x  # nbcoach: ignore[NB102]"))) == [("NB102",)]


def test_code_that_does_not_parse_hides_what_rules_would_say() -> None:
    source = "x  # nbcoach: ignore[NB341]\ny = ("
    assert judged(notebook(code(source))) == []
    assert judged(notebook(code(source, "bash"))) == [("NB341",)]
    ours = {"ignore": ["NB341"]}
    assert judged(notebook(code("y = ("), nbcoach=ours)) == []
    assert judged(notebook(code("y = ("), markdown("<!-- nbcoach: ignore[NB521] -->"))) == [
        ("NB521",)
    ]
