"""The percent format, read as jupytext reads it."""

import warnings
from typing import Any

import jupytext
import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import v4

from nbcoach.documents.percent import percent_file
from tests.documents.notebooks import percent

HEADER = """# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

"""
# What jupytext alone notes down, to write the same file again.
_NOTES = {
    "cell_marker",
    "lines_to_next_cell",
    "lines_to_end_of_cell_marker",
    "region_name",
    "incorrectly_encoded_metadata",
}

Cells = list[tuple[str, str, dict[str, Any]]]


def known(metadata: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in metadata.items() if key not in _NOTES}


def as_jupytext_reads(text: str) -> Cells:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cells = jupytext.reads(text, "py:percent").cells
    return [(cell.cell_type, cell.source, known(cell.metadata)) for cell in cells]


def as_we_read(text: str) -> Cells:
    cells = percent_file(text).cells
    return [(cell.kind, cell.source(text), known(cell.metadata)) for cell in cells]


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "# %%\nx = 1\n\n# %% [markdown]\n# # Title\n#\n# text\n",
        HEADER.replace("# jupyter", "# title: T\n# jupyter") + "# %%\n1",
        "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n\n# %%\n1",
        "# ---\n# title: only this\n# ---\n\n# %%\n1\n",
        '"""Docs."""\nimport os\n\n# %%\n1\n\n\n# %%\n2\n',
        '# %% A title [markdown] tags=["a", "b"] flag\n"""\n# Title\n\n  text\n"""\n',
        '# %% [raw]\n# text\n\n# %% [md] {"a": 1}\n# x\n',
        "# %%\n# %matplotlib inline\n  # %time f()\n# !ls \\\n# -l\n# files = !ls\n# f?\n# x\n",
        "# %%\n%matplotlib inline\n!ls\n# ls -l\n",
        '# %%\nx = """\n# %%\n# %time\n"""\n# %time\n',
        '# %% language="bash" magic_args="-e"\n# ls\n# cd ..\n',
        '# %% language="python"\nx\n# %% language="klingon"\n# x\n',
        '# %% active="ipynb"\n# f()\n# %% active="py"\nf()\n# %% tags=["active-ipynb"]\n# f()\n',
        '# %% run_control={"frozen": true}\n# f()\n# %% %% sub cell\n1\n',
        "# %% [markdown]\n# ```mermaid\n# %% not a cell\n# ```\n# %%\n1\n",
        "# %%\n1\n# <codecell>\n2\n# In[3]:\n3\n",
        "# %% title with = sign\n1\n# %% a=b c\n2\n# %% x={1, 2}\n3\n# %% {broken\n4\n",
        "# %%\n# + cell\n# # + cell\n\n\n\n# %%\n\n\n# %%\n",
        "# %%\r\nx\r\n\r\n# %% [markdown]\r\n# y\r\n",
        "# %%\nx = 1\x0cy = 2\n",
        "# %% [markdown]\n# # Really?\n# why?\n",
        "# %%",
        "# %% tags=['a'] x='\\d'\n1",
    ],
)
def test_cells_are_those_of_jupytext(text: str) -> None:
    assert as_we_read(text) == as_jupytext_reads(text)


_LINES = st.sampled_from(
    """# %%|# %% [markdown]|#%%|# %% [md] title tags=["a"]|# %% [raw]|# %% {"a": 1}
# %% language="bash"|# %% language="bash" magic_args="-o x"|# %% active="ipynb"|# %% active="py"
# %% tags=["active-ipynb"]|# %% title [markdown] key="v" flag|# %% %% deep|# In[3]:|# <codecell>
|| |x = 1|# comment|# # two|#x|\"\"\"|'''|r\"\"\"|text \"\"\"|\"\"\"text\"\"\"|# \"\"\"|# \"\"\" x
# %matplotlib inline|%time f()|# !ls|!ls \\|# foo \\|  # %foo|# +|# # +|# # + x|#+|# ```
# ```mermaid|```|~~~|# ~~~|# - a?|a?|# # what?|# %%bash|%%bash|# %%time x|ls|# ls -l|ls = 3
x = !ls|# x = %foo|print("it's")|a = 'b\\'|# cd ..|# ?x|\tx|# ---|# title: x|---|    y = \"\"\"
'''a'''|# %% [markdown] cell_marker="x"|# %%x|# %% a=b=c|# %% run_control={"frozen": true}
# % foo|# %load x # noescape|# %load x # escape|# %% language="python"|é = "😀"|# 中文""".replace(
        "\n", "|"
    ).split("|")
)
_HEADS = st.sampled_from(
    [
        "",
        HEADER,
        "# ---\n# title: a\n# jupyter:\n#   jupytext:\n#     formats: ipynb,py:percent\n# ---\n",
        "#!/usr/bin/env python\n",
        "# -*- coding: utf-8 -*-\n",
    ]
)


@settings(max_examples=300)
@given(_HEADS, st.lists(_LINES, max_size=14), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_lines_make_the_cells_that_jupytext_makes(
    head: str, lines: list[str], line_end: str, ended: bool
) -> None:
    text = (head + "\n".join(lines) + "\n" * ended).replace("\n", line_end)
    assert as_we_read(text) == as_jupytext_reads(text)


_SOURCES = st.lists(
    st.sampled_from(["x = 1", "%time f()", "", "# c", 'y = """', '"""', "!ls", "def f():", "  1"]),
    max_size=6,
).map("\n".join)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["code", "markdown", "raw"]), _SOURCES), max_size=4))
def test_files_that_jupytext_wrote(cells: list[tuple[str, str]]) -> None:
    makers = {
        "code": v4.new_code_cell,
        "markdown": v4.new_markdown_cell,
        "raw": v4.new_raw_cell,
    }
    notebook: nbformat.NotebookNode = v4.new_notebook(
        cells=[makers[kind](source) for kind, source in cells]
    )
    text = jupytext.writes(notebook, "py:percent")
    assert as_we_read(text) == as_jupytext_reads(text)


@settings(max_examples=100)
@given(st.text(alphabet="#% []{}=\"'\n\r\\+-!?abc:`~\t\x0c\u2028", max_size=80))
def test_no_text_is_too_strange(text: str) -> None:
    file = percent_file(text)
    assert "".join(text[cell.start : cell.end] for cell in file.cells) in text
    for cell in file.cells:
        assert isinstance(cell.source(text), str)


def test_magics_stay_commented_where_the_header_says_so() -> None:
    head = HEADER.replace("#   kernelspec", "#     comment_magics: false\n#   kernelspec")
    text = head + "# %%\n# %time f()\n"
    assert as_we_read(text)[0][1] == "# %time f()"
    hydrogen = HEADER.replace("format_name: percent", "format_name: hydrogen")
    assert as_we_read(hydrogen + "# %%\n# %time f()\n%time g()\n")[0][1] == "# %time f()\n%time g()"


def test_the_notebook() -> None:
    document = percent(
        HEADER
        + '# %% tags=["t"]\n# %time f()\n\n# %% [markdown]\n# Text\n\n# %% [raw]\n# raw\n'
        + '# %% language="bash"\n# ls\n# %% language="klingon"\n# x\n'
    )
    found = document.notebook
    assert (found.format, found.size) == ((4, 4), len(document.text))
    assert found.metadata["jupytext"]["formats"] == "ipynb,py:percent"
    assert [type(cell).__name__ for cell in found.cells] == [
        "CodeCell",
        "MarkdownCell",
        "RawCell",
        "CodeCell",
        "CodeCell",
    ]
    assert found.cells[0].tags == ("t",)
    assert [cell.language for cell in found.code_cells] == ["python", "bash", "klingon"]
    assert all(cell.id is None for cell in found.cells)
    assert document.violations() == ()
