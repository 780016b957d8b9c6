"""Headings, images and links, compared with what a full parser says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from nbcoach.notebook import Heading, MarkdownCell, Span

PARSER = MarkdownIt("commonmark")


def cell(source: str) -> MarkdownCell:
    return MarkdownCell(0, "a", source, {})


def levels(source: str) -> list[tuple[int, str]]:
    return [(heading.level, heading.text) for heading in cell(source).headings]


def test_headings_and_their_places() -> None:
    source = "# One\n\nTwo `x`\n---\n\n<h3 id='a'>Three</h3>\n###Four ##\n"
    assert levels(source) == [(1, "One"), (2, "Two `x`"), (3, "Three"), (3, "Four")]
    first, second, *_ = cell(source).headings
    assert first == Heading(1, "One", Span(0, 5), Span(0, 1))
    assert second.mark is None
    assert source[second.span.start : second.span.end] == "Two `x`\n---"


@pytest.mark.parametrize(
    "source",
    [
        "```\n# no\n```",
        "~~~python\n# no",
        "- item\n  ```\n  # no\n  ```",
        "<!--\n# no\n-->",
        "$$\nx\n=\n# no\n$$",
        r"\begin{align}" + "\nx\n=\n" + r"\end{align}",
        "#1 in the charts",
        "#!shebang",
        "####### seven",
        "a | b\n--- | ---",
        "- item\n---",
    ],
)
def test_no_headings(source: str) -> None:
    assert levels(source) == []


def test_code_ends_where_it_ends() -> None:
    assert levels("```\n# no\n```\n# Yes\n`a\n\n# Too`") == [(1, "Yes"), (1, "Too`")]


def test_images() -> None:
    source = (
        "![A [nested] text](a.png 'title') ![](b.png) ![label][ref]\n"
        '<IMG alt="A > B" src=c.png width=\'3\'> <img src="d.png" alt=""> `![no](e.png)`'
    )
    images = cell(source).images
    assert [(image.alt, image.target) for image in images] == [
        ("A [nested] text", "a.png"),
        (None, "b.png"),
        ("label", "ref"),
        ("A > B", "c.png"),
        ("", "d.png"),
    ]
    assert images[3].attributes["width"] == "3"
    assert source[images[1].span.start : images[1].span.end] == "![](b.png)"


@pytest.mark.parametrize(
    "piece", ["![", "![](", "![a][", "<img ", '<img "', "<h1>", "`` ", "<!--", "[![", "\\begin{a}"]
)
def test_what_is_left_open_a_thousand_times_is_soon_read(piece: str) -> None:
    many = cell("# x\n" + piece * 20_000)
    assert len(many.headings) <= 1
    assert len(many.images) <= 20_000


_LINES = st.lists(
    st.sampled_from(
        [
            "# one",
            "## two ##",
            "#",
            "",
            "text",
            "`a`",
            "```",
            "~~~",
            "\ntext\n====",
            "\na `b`\n---",
            "> q",
        ]
    ),
    max_size=8,
)


@given(_LINES)
def test_levels_are_those_of_a_parser(lines: list[str]) -> None:
    source = "\n".join(lines)
    expected = [int(token.tag[1]) for token in PARSER.parse(source) if token.type == "heading_open"]
    assert [heading.level for heading in cell(source).headings] == expected


@given(st.text("#`~-=*$<>!-[]()\\ \nab", max_size=40))
def test_prose_is_as_long_as_the_source_and_has_its_lines(source: str) -> None:
    prose = cell(source).prose
    assert len(prose) == len(source)
    assert [i for i, c in enumerate(prose) if c == "\n"] == [
        i for i, c in enumerate(source) if c == "\n"
    ]


def targets(source: str) -> list[str]:
    return [link.target for link in cell(source).links]


def test_links_and_their_places() -> None:
    source = (
        "[a](a.md 'title') ![b](<b c.png>) [c](c_(d).md) [e](#e%20f)\n[`f`]( f.md )\n"
        "<a class='x' href=\"g.html\">g</a> <IMG width=3 src=h.png>\n\n[i]: i.md 'title'\n"
    )
    found = cell(source).links
    assert [link.target for link in found] == (
        "a.md,b c.png,c_(d).md,#e%20f,f.md,g.html,h.png,i.md".split(",")
    )
    assert [source[link.span.start : link.span.end] for link in found] == targets(source)


@pytest.mark.parametrize(
    "source",
    [
        "`[a](b)`",
        "```\n[a](b)\n```",
        "<!-- [a](b) -->",
        r"\[x\](y)",
        "[a] (b)",
        "[^1]: note",
        "<abbr href=x>",
        "[a]()",
    ],
)
def test_no_links(source: str) -> None:
    assert targets(source) == []


WORDS = st.text("ab-_./#%", min_size=1, max_size=8)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_links_are_those_of_a_parser(pairs: list[tuple[str, str]]) -> None:
    source = "\n\n".join(f"[x{words}](y{target})" for words, target in pairs)
    parsed = [
        str(child.attrs["href"])
        for token in PARSER.parse(source)
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert targets(source) == [f"y{target}" for _, target in pairs]
    assert len(parsed) == len(pairs)
