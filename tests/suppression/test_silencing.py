import pytest

from nbcoach.finding import Finding
from nbcoach.notebook import Cell, Notebook
from nbcoach.suppression import Silence, silence, suppressions, unknown
from tests.rule_entries import entry, rule_set
from tests.suppression.cells import code, finding, markdown, notebook

RULES = rule_set(
    entry("NB301", "unseeded", family="reproducibility"),
    entry("NB341", "absolute-path", family="reproducibility"),
    entry("NB342", family="reproducibility", default="off"),
    entry("NB351", family="data", default="preview"),
    entry("NB521", family="documentation"),
)


def silenced(about: Notebook, *findings: Finding) -> Silence:
    return silence(findings, suppressions(about), about, RULES)


def kept(about: Notebook, *findings: Finding) -> list[str]:
    result = silenced(about, *findings)
    assert result.silenced + len(result.kept) == len(findings)
    return [one.code for one in result.kept]


@pytest.mark.parametrize("written", ["NB341", "NB34", "NB3", "absolute-path", "reproducibility"])
def test_codes_prefixes_names_and_families_work(written: str) -> None:
    about = notebook(code(f"x = 1  # nbcoach: ignore[{written}]"))
    assert kept(about, finding("NB341", 0, 0), finding("NB521", 0, 0)) == ["NB521"]


def test_without_codes_all_is_silent() -> None:
    about = notebook(code("x = 1  # nbcoach: ignore"))
    assert kept(about, finding("NB341", 0, 0), finding("NB521", 0, 4)) == []


def test_a_statement_s_comment_covers_the_statement_only() -> None:
    about = notebook(code("x = 1\ny = 2  # nbcoach: ignore[NB341]\nz = 3"), code("y"))
    findings = [
        finding("NB341", 0, 0),
        finding("NB341", 0, 6),
        finding("NB341", 0, 40),
        finding("NB341", 0),
        finding("NB341", 1, 0),
        finding("NB341"),
    ]
    result = silenced(about, *findings)
    assert [one for one in findings if one not in result.kept] == [findings[1]]


def test_a_cell_s_comment_covers_the_cell_only() -> None:
    about = notebook(code("# nbcoach: ignore[NB341]\nx"), code("y"))
    findings = finding("NB341", 0, 25), finding("NB341", 0), finding("NB341", 1), finding("NB341")
    assert silenced(about, *findings).kept == findings[2:]


def test_foreign_lines_are_covered() -> None:
    about = notebook(code("ls\nls  # nbcoach: ignore[NB341]\nls", "bash"))
    findings = finding("NB341", 0, 0), finding("NB341", 0, 3), finding("NB341", 0, 33)
    assert silenced(about, *findings).kept == (findings[0], findings[2])


def test_markdown_tags_and_metadata_cover_their_cells() -> None:
    about = notebook(
        markdown("![](a) <!-- nbcoach: ignore[NB521] -->"),
        code("x", tags=["nbcoach-ignore-NB341"]),
        code("x", nbcoach={"ignore": ["NB341"]}),
        code("x"),
    )
    findings = (
        finding("NB521", 0, 0),
        finding("NB341", 1, 0),
        finding("NB341", 2),
        finding("NB341", 3),
    )
    assert silenced(about, *findings).kept == findings[3:]


def test_the_notebook_s_metadata_covers_all() -> None:
    about = notebook(code("x"), nbcoach={"ignore": ["NB301"]})
    findings = finding("NB301"), finding("NB301", 0, 0), finding("NB341")
    assert silenced(about, *findings).kept == findings[2:]


def test_findings_of_other_tools_go_by_their_code() -> None:
    about = notebook(code("import os  # nbcoach: ignore[F401]"))
    assert kept(about, finding("F401", 0, 0), finding("F4010", 0, 0)) == ["F4010"]


@pytest.mark.parametrize(
    ("comment", "told", "near"),
    [
        ("ignore[NB331]", "NB331", "NB3"),
        ("ignore[NB341, absolut-path]", "absolut-path", "absolute-path"),
        ("ignore[nb341]", "nb341", "NB341"),
        ("ignore NB341", "nbcoach: ignore NB341", "nbcoach: ignore[NB341]"),
        ("ignroe[NB341]", "nbcoach: ignroe[NB341]", "nbcoach: ignore[NB341]"),
        ("ignore[NB341, NB301", "nbcoach: ignore[NB341, NB301", "nbcoach: ignore[NB341, NB301]"),
        ("NB341", "nbcoach: NB341", "nbcoach: ignore[NB341]"),
        ("ignore[]", "nbcoach: ignore[]", "nbcoach: ignore"),
        ("Ignore", "nbcoach: Ignore", "nbcoach: ignore"),
        ("ignored", "nbcoach: ignored", "nbcoach: ignore"),
        ("", "nbcoach: ", "nbcoach: ignore"),
    ],
)
def test_what_nobody_understands_is_told(comment: str, told: str, near: str) -> None:
    about = notebook(code(f"x  # nbcoach: {comment}"))
    requests = suppressions(about)
    (event,) = unknown(requests, about, RULES)
    assert (event.suppression, event.code) == (requests[0], told)
    assert event.near.startswith(near)
    assert "NB341" in comment or kept(about, finding("NB341", 0, 0)) == ["NB341"]


@pytest.mark.parametrize(
    "cell",
    [
        code("x", tags=["nbcoach-ignroe"]),
        code("x", tags=["nbcoach-ignore-NB999"]),
        code("x", nbcoach={"ignore": "NB341"}),
        code("x", nbcoach={"ignore": [1]}),
        markdown("<!-- nbcoach: ignore[NB999] -->"),
    ],
)
def test_every_form_can_be_misunderstood(cell: Cell) -> None:
    about = notebook(cell)
    assert len(unknown(suppressions(about), about, RULES)) == 1
    assert kept(about, finding("NB341", 0, 0)) == ["NB341"]


def test_what_is_known_is_not_told() -> None:
    about = notebook(code("x  # nbcoach: ignore[NB341, absolute-path, NB3, data, ALL]"))
    assert unknown(suppressions(about), about, RULES) == ()
