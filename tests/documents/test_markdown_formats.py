"""Markdown, R Markdown and MyST, read as jupytext reads them; Quarto, which it cannot alone."""

import warnings
from functools import partial
from typing import Any

import jupytext
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbformat import v4

from nbcoach.documents import read
from nbcoach.documents.markdown_file import markdown_file
from nbcoach.documents.myst_file import myst_file
from nbcoach.documents.text import TextDocument
from nbcoach.errors import EditRefused
from nbcoach.finding import DeleteCell, Edit, InsertCell, MoveCell, SourceEdit
from nbcoach.notebook import CodeCell, Location, Span
from nbcoach.subjects import Unreadable
from tests.documents.notebooks import spliced

MARKDOWN = """---
jupyter:
  jupytext:
    text_representation:
      extension: .md
      format_name: markdown
  kernelspec:
    display_name: Python 3
    language: python
    name: python3
---

"""
MYST = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

"""
FORMATS = {
    "md:markdown": ("a.md", MARKDOWN),
    "Rmd": ("a.Rmd", MARKDOWN.replace("markdown", "rmarkdown")),
    "md:myst": ("a.md", MYST),
}

READERS = {
    "md:markdown": markdown_file,
    "Rmd": partial(markdown_file, format_name="rmarkdown"),
    "md:myst": myst_file,
}

Cells = list[tuple[str, str, Any]]


def document(path: str, text: str) -> TextDocument:
    found = read(path, text.encode())
    assert isinstance(found, TextDocument), found
    return found


def as_we_read(name: str, body: str) -> Cells:
    text = FORMATS[name][1] + body
    file = READERS[name](text)
    return [(c.kind, c.source(text), tags(name, c.metadata)) for c in file.cells]


def as_jupytext_reads(name: str, body: str) -> Cells:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cells = jupytext.reads(FORMATS[name][1] + body, name).cells
    if name == "md:myst" and cells and cells[-1].cell_type != "markdown":
        # To a block that is never closed jupytext adds a line end that is not in the file.
        cells[-1].source = cells[-1].source.removesuffix("\n")
    return [(cell.cell_type, cell.source, tags(name, cell.metadata)) for cell in cells]


def tags(name: str, metadata: Any) -> Any:
    return metadata.get("tags") if name != "Rmd" else None  # jupytext makes tags of knitr's options


BODIES = [
    "# Title\n\ntext\n\n```python\nx = 1\n```\n",
    "text\n\n\nsecond cell\n\n\n\nthird\n",
    '```python tags=["a", "b"]\n%time 1\n# %time 2\n!ls\n```\n\n```bash\nls\n```\n',
    "```\nnot code\n```\n\n```python\n\n\n```\n```python\nx\n```",
    "````python\n```\n````\n\n```klingon\nx\n```\n\n```python .noeval\nx\n```\n",
    '<!-- #region A title tags=["a"] -->\na\n\n```python\nno\n```\n\n\nb\n<!-- #endregion -->\n',
    "<!-- #raw -->\nr\n<!-- #endraw -->\n\n<!-- #md -->\nm\n<!-- #endmd -->\nrest\n",
    '```python active="py"\ny\n```\n\ntext\n    indented\n\n    ```python\n    no\n    ```\n',
    "```python\ns = '''\n```\n'''\n```\n\nend",
    "a\n\n<!-- #region -->\nnever closed\n",
    "```python\nnever closed\n",
    "\n\n\ntext\n\n\n",
    "# One\n\n# Two\n\n\n# Three\n",
    "```{r}\n# %time 1\n```\n",
    "```{r}\nx\n```\n\n```{python echo=FALSE}\n# %matplotlib inline\n%time 1\nx\n```\n",
    "```{r}\n'''\n```\n\n```{bash}\nls\n```\n\n```{bibliography}\n\n\nx\n```\n\n```{code-cell}\nx\n```\n",
    "```{code-cell} ipython3\n:tags: [a, b]\n\nx = 1\n\n%time 1\n```\n\ntext  \n\n",
    'a\n\n+++ {"tags": ["a"]}\n\nb\n\n+++\n\n+++\n\nc\n',
    "```{code-cell}\n---\ntags: [x]\n---\ny\n```\n",
    "- item\n  ```{code-cell}\n  no\n  ```\n\n> ```{code-cell}\n> no\n> ```\n",
    "````{code-cell}\n```\n````\n\n~~~{code-cell}\nx\n~~~\n\n```{raw-cell}\nr\n```\n",
    "```{code-cell}\n```\n\n```{code-cell}\nnever closed\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n<div>\n\n```{code-cell}\nx\n```\n\n</div>\n",
    "```{note}\nx\n```\n+++\n    +++\n",
]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("body", BODIES)
def test_cells_are_those_of_jupytext(name: str, body: str) -> None:
    if name == "Rmd":
        body = body.replace("```python", "```{python").replace("{python\n", "{python}\n")
    assert as_we_read(name, body) == as_jupytext_reads(name, body)


LINES = st.sampled_from(
    """
    |text|# Title|```python|```|```{python}|```{code-cell}|```{r}|````|x = 1|'''|    indented
    |- item|  ```|+++|+++ {"tags": ["a"]}|:tags: [a]|---|<!-- #region -->|<!-- #endregion -->
    |<!-- #raw -->|<!-- #endraw -->|%time 1|# %time 1|```bash|> quote|```text|$$|  |text  |\t|~~~
    """.replace("\n    ", "").split("|")
)
TEXTS = st.lists(LINES, max_size=14).map("\n".join)


@pytest.mark.parametrize("name", FORMATS)
@given(body=TEXTS)
@settings(max_examples=150, deadline=None)
def test_any_text_reads_as_jupytext_reads_it(name: str, body: str) -> None:
    try:
        expected = as_jupytext_reads(name, body)
    except Exception:
        return  # jupytext refuses some texts, such as odd YAML in a cell
    assert as_we_read(name, body) == expected


PROSE = st.lists(st.sampled_from(["a", "# T", "- b", "c d", "$x$"]), min_size=1, max_size=3)
CODE = st.lists(st.sampled_from(["x = 1", "", "  y", "%time 1", "!ls", "# c"]), max_size=4)


@pytest.mark.parametrize("name", FORMATS)
@given(
    parts=st.lists(
        st.one_of(PROSE.map(lambda x: ("p", x)), CODE.map(lambda x: ("c", x))),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=60, deadline=None)
def test_what_jupytext_writes_is_read_back(name: str, parts: list[tuple[str, list[str]]]) -> None:
    notebook = v4.new_notebook(
        metadata={"kernelspec": {"language": "python", "name": "python3", "display_name": "P"}}
    )
    for kind, lines in parts:
        source = "\n".join(lines)
        made = v4.new_code_cell(source) if kind == "c" else v4.new_markdown_cell(source)
        notebook.cells.append(made)
    text = jupytext.writes(notebook, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = [cell.source for cell in jupytext.reads(text, name).cells]
    assert [cell.source(text) for cell in READERS[name](text).cells] == expected


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("body", BODIES)
def test_places_are_lines_of_the_file(name: str, body: str) -> None:
    path, head = FORMATS[name]
    found = read(path, (head + body).encode())
    if isinstance(found, Unreadable):
        return
    lines = found.text.split("\n")
    for cell in found.notebook.cells:
        offset = 0
        for line in cell.source.split("\n"):
            number = found.region(Location(cell.index, Span(offset, offset))).line
            if line.strip() and not cell.source.startswith(("---", "%%")):
                assert line.strip().lstrip("# ") in lines[number - 1]
            offset += len(line) + 1


QUARTO = """---
title: A report
jupyter: python3
---

# Title

```{python}
#| label: fig
%time 1
# %time 2
```

```{r}
y
```
"""


def test_quarto_keeps_its_comments_and_its_magics() -> None:
    head, prose, python, other = document("a.qmd", QUARTO).notebook.cells
    assert head.source.startswith("---\ntitle")
    assert prose.source == "# Title"
    assert python.source == "#| label: fig\n%time 1\n# %time 2"
    assert isinstance(python, CodeCell)
    assert isinstance(other, CodeCell)
    assert (python.language, other.language) == ("python", "r")


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("README.md", "# Title\n\n```python\nx\n```\n", "without a jupytext header"),
        ("a.md", "---\ntitle: x\n---\n\ntext\n", "without a jupytext header"),
        ("a.Rmd", "text\n", "without a block of code to run"),
        ("a.qmd", "text", "without a block of code to run"),
        ("a.md", MARKDOWN.replace("markdown", "pandoc"), "`pandoc` format"),
    ],
)
def test_files_that_are_no_notebooks(path: str, text: str, reason: str) -> None:
    found = read(path, text.encode())
    assert isinstance(found, Unreadable)
    assert found.kind == "not-notebook"
    assert reason in found.reason


def after(name: str, body: str, *edits: Edit) -> str:
    path, head = FORMATS[name]
    found = document(path, head + body)
    result = spliced(found, found.splices(*edits))
    assert result.startswith(head)
    return result[len(head) :]


@pytest.mark.parametrize("name", FORMATS)
def test_edits_change_their_own_lines(name: str) -> None:
    fence = {"md:markdown": "```python", "Rmd": "```{python}", "md:myst": "```{code-cell}"}[name]
    body = f"text\n\n{fence}\nx = 1\ny = 2\n```\n\nmore\n\n{fence}\nz\n```\n"
    assert after(name, body, SourceEdit(1, Span(4, 5), "10")) == body.replace("= 1", "= 10")
    assert after(name, body, SourceEdit(2, Span(0, 4), "a\nb")) == body.replace("more", "a\nb")
    assert after(name, body, SourceEdit(1, Span(0, 0), "import a\n")) == body.replace(
        "x = 1", "import a\nx = 1"
    )
    with pytest.raises(EditRefused):  # the prose around would become one cell
        after(name, body, DeleteCell(1))
    without = after(name, body, DeleteCell(3))
    assert without == body[: body.rindex("more") + 5]
    added = after(name, body, InsertCell(2, "code", "w = 1"))
    assert f"{fence}\nw = 1\n```\n\nmore" in added
    moved = after(name, body, MoveCell(3, 1))
    assert moved.startswith(f"text\n\n{fence}\nz\n```\n\n{fence}\nx = 1")


@example(body="```python\nx\n```\n", start=0, new="y\n")
@given(body=TEXTS, start=st.integers(0, 30), new=st.sampled_from(["", "a", "a\nb", "```", "\n"]))
@settings(max_examples=150, deadline=None)
def test_edits_do_what_they_say_or_are_refused(body: str, start: int, new: str) -> None:
    found = document("a.md", MARKDOWN + body)
    for cell in found.notebook.cells:
        place = min(start, len(cell.source))
        try:
            splices = found.splices(SourceEdit(cell.index, Span(place, place), new))
        except EditRefused:
            continue
        text = spliced(found, splices)
        wanted = cell.source[:place] + new + cell.source[place:]
        assert document("a.md", text).notebook.cells[cell.index].source == wanted
