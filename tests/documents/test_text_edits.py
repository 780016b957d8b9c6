"""Edits of percent-format files."""

import jupytext
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nbformat import v4

from nbcoach.documents import read
from nbcoach.documents.text import TextDocument
from nbcoach.errors import EditRefused
from nbcoach.finding import DeleteCell, Edit, FieldEdit, InsertCell, MoveCell, SourceEdit
from nbcoach.notebook import Location, Span
from tests.documents.notebooks import percent, spliced

TEXT = '''# %%
x = 1
# %time f(x)
y = 2

# %% [markdown]
# # Title
#
# text

# %% [markdown]
"""
Quoted
text
"""

# %% [raw]
# raw

# %% language="bash"
# ls
'''


def after(text: str, *edits: Edit) -> str:
    """The text after edits."""
    document = percent(text)
    return spliced(document, document.splices(*edits))


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (SourceEdit(0, Span(4, 5), "10"), "x = 1\n", "x = 10\n"),
        (SourceEdit(0, Span(0, 0), "import a\n"), "x = 1\n", "import a\nx = 1\n"),
        (SourceEdit(0, Span(0, 6), ""), "x = 1\n", ""),
        (SourceEdit(0, Span(12, 16), "g(y)"), "# %time f(x)", "# %time g(y)"),
        (SourceEdit(0, Span(6, 6), "!ls\n"), "# %time", "# !ls\n# %time"),
        (SourceEdit(0, Span(6, 12), ""), "# %time f(x)", "f(x)"),
        (SourceEdit(0, Span(16, 22), ""), "# %time f(x)\ny = 2\n", "# %time f(x)\n"),
        (SourceEdit(0, Span(0, 22), ""), "x = 1\n# %time f(x)\ny = 2\n", ""),
        (SourceEdit(1, Span(2, 7), "Name"), "# # Title", "# # Name"),
        (SourceEdit(1, Span(8, 8), "more"), "#\n# text", "# more\n# text"),
        (SourceEdit(1, Span(9, 13), "a\n\nb"), "# text\n", "# a\n#\n# b\n"),
        (SourceEdit(2, Span(6, 7), "\n\n"), "Quoted\ntext", "Quoted\n\ntext"),
        (SourceEdit(3, Span(0, 3), "x"), "# raw", "# x"),
        (SourceEdit(4, Span(7, 9), "cd"), "# ls", "# cd"),
        (DeleteCell(1), TEXT[TEXT.index("# %% [m") : TEXT.index('# %% [markdown]\n"')], ""),
        (DeleteCell(4), '\n\n# %% language="bash"\n# ls\n', "\n"),
        (InsertCell(0, "code", "a\n%time b"), "# %%\nx", "# %%\na\n# %time b\n\n# %%\nx"),
        (
            InsertCell(3, "markdown", "a\n\nb"),
            "# %% [raw]",
            "# %% [markdown]\n# a\n#\n# b\n\n# %% [raw]",
        ),
        (InsertCell(5, "code", "a"), "# ls\n", "# ls\n\n# %%\na\n"),
        (InsertCell(5, "code", ""), "# ls\n", "# ls\n\n# %%\n"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_edits(edit: Edit, old: str, new: str, line_end: str) -> None:
    assert TEXT.count(old) == 1
    expected = TEXT.replace(old, new).replace("\n", line_end)
    assert after(TEXT.replace("\n", line_end), edit) == expected


def test_markers_are_written_as_in_the_file() -> None:
    assert after("#%%\na\n", InsertCell(1, "code", "b")) == "#%%\na\n\n#%%\nb\n"
    assert after("#%%\na", InsertCell(1, "code", "b")) == "#%%\na\n\n#%%\nb\n"


def test_a_cell_before_code_without_a_marker() -> None:
    result = after("import a\n\n# %%\nb\n", InsertCell(0, "markdown", "Title"))
    assert result == "# %% [markdown]\n# Title\n\n# %%\nimport a\n\n# %%\nb\n"


QUOTED = TEXT[TEXT.index('# %% [markdown]\n"') : TEXT.index("# %% [raw]")]
LAST = '# %% language="bash"\n# ls\n'


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (MoveCell(2, 0), QUOTED + TEXT.replace(QUOTED, "")),
        (MoveCell(0, 2), TEXT.replace(QUOTED, TEXT[: TEXT.index("# %% [m")] + QUOTED)),
        (MoveCell(2, 5), f"{TEXT.replace(QUOTED, '')}\n{QUOTED}"),
        (MoveCell(4, 2), TEXT.replace(f"\n{LAST}", "").replace(QUOTED, f"{LAST}\n{QUOTED}")),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_cell_moves_with_the_blank_lines_around_it(
    edit: MoveCell, expected: str, line_end: str
) -> None:
    first = edit.cell == 0 and TEXT[: TEXT.index("# %% [m")]
    if first:
        expected = expected.replace(first, "", 1)
    if edit.before == len(percent(TEXT).notebook.cells):
        expected = expected.rstrip("\n") + "\n"
    assert after(TEXT.replace("\n", line_end), edit) == expected.replace("\n", line_end)


def test_code_without_a_marker_gets_one_where_it_is_not_first() -> None:
    text = "import a\n\n# %%\nb\n"
    moved = "# %%\nb\n\n# %%\nimport a\n"
    assert after(text, MoveCell(0, 2)) == moved
    assert after(text, MoveCell(1, 0)) == moved


def test_the_first_lines_of_an_empty_cell() -> None:
    assert (
        after("# %%\n\n# %%\nb\n", SourceEdit(0, Span(0, 0), "a\nc")) == "# %%\na\nc\n\n# %%\nb\n"
    )
    assert after("# %% [markdown]", SourceEdit(0, Span(0, 0), "a")) == "# %% [markdown]\n# a"


def test_several_edits() -> None:
    edits = (SourceEdit(0, Span(0, 1), "a"), SourceEdit(0, Span(4, 5), "3"), DeleteCell(2))
    result = percent(after(TEXT, *edits)).notebook
    assert result.cells[0].source.startswith("a = 3\n")
    assert len(result.cells) == 4
    with pytest.raises(EditRefused, match="overlap"):
        after(TEXT, SourceEdit(0, Span(0, 4), "a"), SourceEdit(0, Span(2, 5), "b"))


HEAD = "# ---\n# title: T\n# jupyter:\n#   a: 1\n# ---\n\n# %%\nx\n"


@pytest.mark.parametrize(
    ("text", "edit", "reason"),
    [
        (TEXT, FieldEdit(("cells", 0, "execution_count"), 1), "does not store this field"),
        (TEXT, FieldEdit(("cells", 9, "metadata", "tags"), []), "does not store this field"),
        ("x = 1\n\n# %%\nb\n", FieldEdit(("cells", 0, "metadata", "tags"), []), "not store"),
        ('# %% tags=["a"]\nb\n', FieldEdit(("cells", 0, "metadata", "tags", 1), "b"), "not store"),
        ('# %% {"a": 1}\nb\n', FieldEdit(("cells", 0, "metadata", "tags"), ["b"]), "not store"),
        (HEAD, FieldEdit(("metadata", "a"), 2), "has `a` already"),
        (TEXT, FieldEdit(("metadata", "a"), 2), "no header for Jupyter"),
        (TEXT, SourceEdit(9, Span(0, 0), ""), "no cell 10"),
        (TEXT, SourceEdit(0, Span(0, 99), ""), "no characters"),
        (TEXT, SourceEdit(4, Span(2, 4), "x"), "first line stands for an option"),
        (TEXT, SourceEdit(0, Span(0, 0), "# %%\n"), "cannot hold"),
        (TEXT, SourceEdit(0, Span(0, 0), '"""'), "cannot hold"),
        (TEXT, SourceEdit(0, Span(22, 22), "\n"), "cannot hold"),
        (TEXT, SourceEdit(2, Span(0, 0), "a\n# %% b\n\n"), None),
        (TEXT, InsertCell(9, "code", ""), "no place 9"),
        (TEXT, InsertCell(0, "heading", ""), "`heading`"),
        (TEXT, InsertCell(0, "code", '"""'), "cannot hold"),
        (HEAD, SourceEdit(0, Span(0, 0), "x"), "by hand"),
        (HEAD, DeleteCell(0), "by hand"),
        (HEAD, MoveCell(1, 0), "by hand"),
        (TEXT, MoveCell(1, 2), "cell 2 cannot move to place 2"),
        (TEXT, MoveCell(1, 9), "cell 2 cannot move to place 9"),
        ("# %%\nx\n", DeleteCell(0), "no notebook"),
        ('# %% [markdown]\n""""""\n', SourceEdit(0, Span(0, 0), "x"), "cannot hold"),
        ("# %%\nx\n", SourceEdit(0, Span(0, 0), "\ud800"), "surrogate"),
    ],
)
def test_refusals(text: str, edit: Edit, reason: str | None) -> None:
    if reason is None:
        assert after(text, edit)
        return
    with pytest.raises(EditRefused, match=reason):
        after(text, edit)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_fields_in_the_head_and_tags_beside_markers(line_end: str) -> None:
    edits = (
        FieldEdit(("metadata", "b"), {"c": ["d é"]}),
        FieldEdit(("cells", 1, "metadata", "tags"), ["e"]),
        SourceEdit(1, Span(1, 1), "  # why"),
    )
    result = after(HEAD.replace("\n", line_end), *edits)
    expected = HEAD.replace("#   a", '#   b: {"c": ["d \\u00e9"]}\n#   a')
    expected = expected.replace("# %%\nx", '# %% tags=["e"]\nx  # why')
    assert result == expected.replace("\n", line_end)
    assert percent(result).notebook.metadata == {"a": 1, "b": {"c": ["d é"]}}


def test_lines_of_the_file() -> None:
    document = percent(TEXT)
    lines = TEXT.split("\n")
    assert document.region(Location()).line == document.region(Location(99)).line == 1
    for cell, offset, line in (
        (0, 0, "x = 1"),
        (0, 6, "# %time f(x)"),
        (0, 17, "y = 2"),
        (1, 0, "# # Title"),
        (1, 9, "# text"),
        (2, 7, "text"),
        (4, 0, "# ls"),
        (4, 8, "# ls"),
    ):
        assert lines[document.region(Location(cell, Span(offset, offset))).line - 1] == line
    assert lines[document.region(Location(1)).line - 1] == "# %% [markdown]"


_LINES = st.sampled_from(
    [
        "x = 1",
        "%time f()",
        "",
        "# c",
        'y = """',
        'b"""',
        "!ls",
        "def f():",
        "    1",
        "# %foo",
        "- a?",
    ]
)
_CELLS = st.tuples(
    st.sampled_from(["code", "markdown", "raw"]),
    st.lists(_LINES, max_size=5).map(lambda lines: "\n".join(lines).strip("\n")),
)
_NEW = st.sampled_from(["", "z", "z\n", "\nz", "q\n\nr", "%magic", "!ls\nx", "\n", "é", '"""'])


@settings(max_examples=250)
@given(st.lists(_CELLS, min_size=1, max_size=4), st.booleans(), st.data())
def test_jupytext_reads_what_was_asked_for(
    cells: list[tuple[str, str]], windows: bool, data: st.DataObject
) -> None:
    makers = {
        "code": v4.new_code_cell,
        "markdown": v4.new_markdown_cell,
        "raw": v4.new_raw_cell,
    }
    text = jupytext.writes(
        v4.new_notebook(cells=[makers[kind](source) for kind, source in cells]), "py:percent"
    )
    text = text.replace("\n", "\r\n") if windows else text
    document = read("a.py", text.encode())
    assume(isinstance(document, TextDocument))
    assert isinstance(document, TextDocument)
    sources = [cell.source for cell in document.notebook.cells]
    index = data.draw(st.integers(0, len(sources) - 1))
    start = data.draw(st.integers(0, len(sources[index])))
    end = data.draw(st.integers(start, len(sources[index])))
    new = data.draw(_NEW)
    before = data.draw(st.integers(0, len(sources)))
    replacement = SourceEdit(index, Span(start, end), new)
    edit = data.draw(st.sampled_from([replacement, DeleteCell(index), MoveCell(index, before)]))
    try:
        splices = document.splices(edit)
    except EditRefused:
        return
    if isinstance(edit, DeleteCell):
        del sources[index]
    elif isinstance(edit, MoveCell):
        sources.insert(before - (before > index), sources.pop(index))
    else:
        sources[index] = sources[index][:start] + new + sources[index][end:]
    result = jupytext.reads(spliced(document, splices), "py:percent")
    assert [cell.source for cell in result.cells] == sources


@pytest.mark.parametrize("line", ["x = 1", "%time f()", "# text", "!ls", ""])
@pytest.mark.parametrize("kind", ["", " [markdown]"])
def test_plain_edits_are_never_refused(line: str, kind: str) -> None:
    mark = "# " if kind else ""
    text = f"# %%{kind}\n{mark}one\n{mark}two\n\n# %%\nend\n"
    for offset in range(8 if kind else 7):
        document = percent(text)
        source = document.notebook.cells[0].source
        new = f"\n{line}\n"
        result = percent(
            spliced(document, document.splices(SourceEdit(0, Span(offset, offset), new)))
        )
        assert result.notebook.cells[0].source == source[:offset] + new + source[offset:]
