from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.subjects import Suppression
from nbcoach.suppression import suppressions
from tests.suppression.cells import code, markdown, notebook


def only(source: str, language: str = "python") -> Suppression:
    (found,) = suppressions(notebook(code(source, language)))
    return found


def lines(source: str, language: str = "python") -> tuple[int, int] | None:
    return only(source, language).lines


def test_most_notebooks_ask_for_nothing() -> None:
    cells = code("x = 1  # noqa", tags=["parameters"]), markdown("# Title")
    assert suppressions(notebook(*cells)) == ()


@pytest.mark.parametrize(
    ("comment", "codes", "reason"),
    [
        ("# nbcoach: ignore[NB341] on purpose", ("NB341",), "on purpose"),
        ("#nbcoach:ignore[NB341]", ("NB341",), ""),
        (
            "#  nbcoach :  ignore[ NB341 , absolute-path ]: see #12",
            ("NB341", "absolute-path"),
            "see #12",
        ),
        ("# nbcoach: ignore[NB3, NB4,]", ("NB3", "NB4"), ""),
        ("# nbcoach: ignore[NB3 NB4]", ("NB3", "NB4"), ""),
        ("# nbcoach: ignore", (), ""),
        ("# nbcoach: ignore - the path is right", (), "the path is right"),
        ("# nbcoach: ignore[NB341] why  # noqa: E501", ("NB341",), "why"),
        ("# noqa: E501  # nbcoach: ignore[NB341] why", ("NB341",), "why"),
        ("# why # nbcoach: ignore[NB341]", ("NB341",), ""),
    ],
)
def test_comments_name_codes_and_a_reason(
    comment: str, codes: tuple[str, ...], reason: str
) -> None:
    found = only(f"x = 1  {comment}")
    assert (found.codes, found.reason, found.form) == (codes, reason, "comment")


def test_a_comment_knows_where_it_stands() -> None:
    found = only("x = 1  # a  # nbcoach: ignore[NB1] b  # c")
    assert found.location.span is not None
    start, end = found.location.span.start, found.location.span.end
    assert "x = 1  # a  # nbcoach: ignore[NB1] b  # c"[start:end] == "# nbcoach: ignore[NB1] b "


@pytest.mark.parametrize(
    "source",
    [
        "x = 1  # nbcoach: defines a, b",
        "x = '# nbcoach: ignore'",
        'x = """\n# nbcoach: ignore\n"""',
        "nbcoach = 1  # about nbcoach, which is a tool",
        "import nbcoach",
    ],
)
def test_what_is_no_request_is_none(source: str) -> None:
    assert suppressions(notebook(code(source))) == ()


HERE = "# nbcoach: ignore"


@pytest.mark.parametrize(
    ("source", "covered"),
    [
        (f"a\nx = 1  {HERE}\nb", (1, 1)),
        (f"x = f(\n    1,  {HERE}\n)\nb", (0, 2)),
        (f"x = '''\n'''  {HERE}\nb", (0, 1)),
        (f"x = '''\n'''; y = 1  {HERE}", (0, 1)),
        (f"for a in b:  {HERE}\n    c\n    d", (0, 0)),
        (f"@a\ndef f(\n    b,  {HERE}\n):\n    c\n    d", (0, 3)),
        (f"@a  {HERE}\nclass F:\n    b", (0, 1)),
        (f"for a in b:\n    c  {HERE}\n    d", (1, 1)),
        (f"if a:\n    b\nelif c:  {HERE}\n    d", (2, 2)),
        (f"if a:\n    b\nelse:  {HERE}\n    d", (2, 2)),
        (f"try:\n    b\nexcept E:  {HERE}\n    d", (2, 2)),
        (f"try:\n    b\nfinally:\n    d  {HERE}", (3, 3)),
        (f"match a:\n    case 1:  {HERE}\n        b\n    case 2:\n        c  {HERE}", (1, 1)),
        (f"if a: b  {HERE}", (0, 0)),
        (f"async def f():\n    async with a:\n        b  {HERE}", (2, 2)),
        (f"!pip install \\\n  a \\\n  b  {HERE}\nx", (0, 2)),
        (f"%pip install a  {HERE}\nx", (0, 0)),
        (f"x = !ls  {HERE}\ny", (0, 0)),
        (f"x\ndef f(:  {HERE}\n    y", (1, 1)),
        (f"x\nü = 'ä'  {HERE}\ny", (1, 1)),
        (f"\f\nx = 1  {HERE}", (1, 1)),
    ],
)
def test_a_comment_at_a_line_s_end_covers_its_statement(
    source: str, covered: tuple[int, int]
) -> None:
    found, *_ = suppressions(notebook(code(source)))
    assert found.lines == covered


@pytest.mark.parametrize(
    "source",
    [
        f"{HERE}\nx = 1",
        f"\n\n  {HERE}\nx = 1",
        f"# About this cell.\n{HERE}\n\nx = 1",
        f"%%time\n{HERE}\nx = 1",
        f"{HERE}",
        f"{HERE}\nx = (",
        f"{HERE}\n%pip install a",
    ],
)
def test_a_comment_before_the_code_covers_the_cell(source: str) -> None:
    assert lines(source) is None


@pytest.mark.parametrize(
    ("source", "covered"),
    [
        (f"a\n{HERE}\nb\nc", (2, 2)),
        (f"a\n{HERE}\n\n# b\nc(\n  1)", (4, 5)),
        (f"a\n{HERE}\ndef f():\n    b\n    c", (2, 2)),
        (f"def f():\n    a\n    {HERE}\n    b\n    c", (3, 3)),
        (f"def f():\n    {HERE}\n    b\n    c", (2, 2)),
        (f"a\n{HERE}\n!ls\nb", (2, 2)),
        (f"a\n{HERE}", (1, 1)),
    ],
)
def test_a_comment_alone_covers_the_statement_below(source: str, covered: tuple[int, int]) -> None:
    assert lines(source) == covered


@pytest.mark.parametrize(
    ("source", "covered"),
    [
        (f"%%bash\n{HERE}[NB1]\nls", None),
        (f"ls  {HERE}\nrm", (0, 0)),
        (f"%%bash\nls\n{HERE}\nrm", (2, 3)),
        ("SELECT 1\nFROM a -- nbcoach: ignore[NB1]", (1, 1)),
        ("let a = 1 // nbcoach: ignore[NB1]", (0, 0)),
    ],
)
def test_foreign_cells_are_read_line_by_line(source: str, covered: tuple[int, int] | None) -> None:
    assert lines(source, "bash") == covered


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("<!-- nbcoach: ignore[NB521] decoration -->\n![](a.png)", ("NB521",)),
        ("![](a.png)<!--nbcoach:ignore-->", ()),
        ("<!--\nnbcoach: ignore[NB521,\n  NB523]\n-->", ("NB521", "NB523")),
    ],
)
def test_markdown_comments_cover_the_cell(text: str, codes: tuple[str, ...]) -> None:
    (found,) = suppressions(notebook(code("x"), markdown(text)))
    assert (found.codes, found.cell, found.lines) == (codes, 1, None)
    assert found.location.span is not None


@pytest.mark.parametrize(
    "text",
    [
        "Write `<!-- nbcoach: ignore[NB521] -->` above it.",
        "```html\n<!-- nbcoach: ignore[NB521] -->\n```",
        "~~~\n<!-- nbcoach: ignore[NB521] -->",
        "<!-- nbcoach is a tool -->",
        "# nbcoach: ignore[NB521]",
    ],
)
def test_markdown_that_only_shows_a_comment_asks_for_nothing(text: str) -> None:
    assert suppressions(notebook(markdown(text))) == ()


@pytest.mark.parametrize(
    ("tag", "codes"),
    [
        ("nbcoach-ignore", ()),
        ("nbcoach-ignore-NB341", ("NB341",)),
        ("nbcoach-ignore-absolute-path", ("absolute-path",)),
    ],
)
def test_tags_cover_the_cell(tag: str, codes: tuple[str, ...]) -> None:
    (found,) = suppressions(notebook(code("x", tags=["other", tag])))
    assert (found.codes, found.cell, found.lines, found.form) == (codes, 0, None, "tag")


def test_metadata_covers_the_cell_or_the_notebook() -> None:
    of_cell = code("x", nbcoach={"ignore": ["NB341", "absolute-path"]})
    found = suppressions(notebook(of_cell, nbcoach={"ignore": ["NB101"], "gpu": "required"}))
    assert [(one.codes, one.cell, one.form) for one in found] == [
        (("NB101",), None, "metadata"),
        (("NB341", "absolute-path"), 0, "metadata"),
    ]


@pytest.mark.parametrize("ignore", [None, [], {}])
def test_metadata_may_ask_for_nothing(ignore: Any) -> None:
    ours = ignore if ignore == {} else {"ignore": ignore}
    assert suppressions(notebook(nbcoach=ours)) == ()


words = st.sampled_from(
    ["# nbcoach: ", "ignore", "[NB1", "]", "\n", "x", "'", '"""', "if a:", "    ", "(", "!", "<!--"]
)


@given(st.lists(words).map("".join), st.booleans())
def test_any_text_gives_places_within_it(source: str, python: bool) -> None:
    cell = code(source, "python" if python else "bash")
    for found in suppressions(notebook(cell)):
        span = found.location.span
        assert span is not None
        assert source[span.start : span.end].startswith("#")
        first, last = found.lines or (0, 0)
        assert 0 <= first <= last <= source.count("\n") + 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner),
    max_leaves=4,
)


@given(json_values, json_values)
def test_any_metadata_is_survived(ours: Any, tags: Any) -> None:
    cells = code("x", nbcoach=ours, tags=tags), code("x", nbcoach={"ignore": ours})
    for found in suppressions(notebook(*cells, nbcoach={"ignore": tags})):
        assert all(isinstance(one, str) for one in found.codes)
