import pytest

from nbcoach.documents import read
from nbcoach.examples import notebook_text
from nbcoach.notebook import Notebook
from nbcoach.preamble import imports_of, own_lines, preamble
from nbcoach.subjects import Unreadable


def notebook(*cells: str) -> Notebook:
    document = read("a.ipynb", notebook_text("\n".join(f"# %%\n{cell}" for cell in cells)).encode())
    assert not isinstance(document, Unreadable)
    return document.notebook


def ends(*cells: str) -> tuple[int | None, list[int]]:
    found = preamble(notebook(*cells))
    home = found.import_cell.index if found.import_cell else None
    return home, [cell.index for cell in found.below]


def test_without_imports_there_is_none() -> None:
    assert ends("x = f()", "y = 2") == (None, [])


def test_it_starts_where_imports_start() -> None:
    assert ends("x = f()", "import os", "y = f()") == (1, [2])


@pytest.mark.parametrize(
    "cell",
    [
        "import b",
        "import b\nx = f()",
        "%pip install b",
        "SEED = 1",
        "b.set_option(1)",
        "def f():\n    return g()",
        "class A:\n    pass",
        "if x:\n    import b",
        "'''Settings'''",
        "",
    ],
)
def test_preparing_cells_belong_to_it(cell: str) -> None:
    assert ends("import a", cell, "x = f()")[1] == [2]


@pytest.mark.parametrize("cell", ["x = f()", "for x in y:\n    pass", "x = = 1", "y", "x += 1"])
def test_work_ends_it(cell: str) -> None:
    assert ends("import a", cell, "import b") == (0, [1, 2])


def test_the_last_cell_with_imports_is_the_import_cell() -> None:
    assert ends("import a", "X = 1", "from b import c", "Y = 1", "z = f()") == (2, [4])


def test_cells_that_do_not_run_are_left_out() -> None:
    skipped = notebook("import a", "x = f()")
    assert len(preamble(skipped).below) == 1
    percent = '# %%\nimport a\n# %% tags=["raises-exception"]\nx = f()\n# %%\nimport b\n'
    document = read("a.ipynb", notebook_text(percent).encode())
    assert not isinstance(document, Unreadable)
    assert preamble(document.notebook).below == ()


def test_only_sure_imports_count() -> None:
    cell = notebook(
        "from __future__ import annotations\nimport a\ntry:\n    import b\nexcept ImportError:\n"
        "    pass\n\n\ndef f():\n    import c"
    ).code_cells[0]
    assert [node.names[0].name for node in imports_of(cell)] == ["a"]


@pytest.mark.parametrize(
    ("source", "lines"),
    {
        "x = 1\nimport a\ny = 2": "import a\n",
        "x = 1\nimport a  # why\ny = 2": "import a  # why\n",
        "from a import (\n    b,\n)": "from a import (\n    b,\n)",
        "import a; x = 1": None,
        "x = 1; import a": None,
    }.items(),
)
def test_own_lines(source: str, lines: str | None) -> None:
    cell = notebook(source).code_cells[0]
    span = own_lines(imports_of(cell)[0], cell)
    assert (cell.source[slice(*span)] if span else None) == lines
