"""`nbcoach check --add-ignores`."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Invoke, write
from tests.fakes import notebook_bytes

HOUSE_RULES = '''
from collections.abc import Iterator
from nbcoach.api import *


@rule("HSE401", Notebook, default="on")
def nameless(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A notebook without a heading."""
    if not any(cell.source.startswith("#") for cell in notebook.cells):
        yield context.finding(None, "Notebook has no heading; write one")


@rule("HSE402", Cell, default="on")
def shouting(cell: Cell, context: Context) -> Iterator[Finding]:
    """A cell that shouts."""
    if "LOUD" in cell.source:
        yield context.finding(cell, "Cell shouts; say it calmly")


@rule("HSE403", CodeCell, default="on")
def old_in_shell(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A magic about last year."""
    for magic in cell.code.magics if cell.code else ():
        if "old" in magic.arguments:
            yield context.finding(magic.span, "Command is old; renew it")


@rule("HSE404", CodeCell, default="on")
def wide_line(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A line that is too wide."""
    start = 0
    for line in cell.source.splitlines(keepends=True):
        if len(line) > 60:
            yield context.finding(Span(start, start + 1), "Line is wide; break it")
        start += len(line)
'''


@pytest.fixture(autouse=True)
def more_rules(project: Path) -> None:
    (project / "house" / "more.py").write_text(HOUSE_RULES)


def sources(name: str = "a.ipynb") -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(Path(name).read_bytes())["cells"]]


def after(invoke: Invoke, *cells: str | dict[str, Any], codes: str = "HSE1") -> list[str]:
    """The sources after suppressions were written, which a second check agrees with."""
    write("a.ipynb", *cells)
    assert invoke("check", "--select", codes, "--add-ignores", "--reason", "why").code == 0
    written = Path("a.ipynb").read_bytes()
    assert invoke("check", "--select", f"{codes},NB010,NB011", "--show", "info").code == 0
    invoke("check", "--select", codes, "--add-ignores")
    assert Path("a.ipynb").read_bytes() == written
    return sources()


@pytest.fixture(autouse=True)
def house_and_suppression_rules(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The house's rules beside the built-in ones, of which those about suppressions matter."""
    from nbcoach.plugins import packs

    monkeypatch.setattr("nbcoach.plugins.rule_set.installed_packs", packs.installed_packs)


HERE = "# nbcoach: ignore[HSE101] why"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("x = old", f"x = old  {HERE}"),
        ("x = old\n", f"x = old  {HERE}\n"),
        ("x = old \ny = 1", f"x = old  {HERE} \ny = 1"),
        ("x = old  # a year", f"x = old  # a year  {HERE}"),
        ("x = old  # noqa: F821", f"x = old  # noqa: F821  {HERE}"),
        ("x = old;", f"x = old;  {HERE}"),
        ("x = [\n    1,\n    old,\n]", f"x = [\n    1,\n    old,  {HERE}\n]"),
        ("x = [\n    old,\n    old,\n]", f"x = [\n    old,  {HERE}\n    old,\n]"),
        ("for old in x:\n    y = 1", f"for old in x:  {HERE}\n    y = 1"),
        ("if x:\n    y = old", f"if x:\n    y = old  {HERE}"),
        ("y = old + \\\n    1", f"y = old + \\\n    1  {HERE}"),
        ('y = f"""\n{old}\n"""', f'y = f"""\n{{old}}\n"""  {HERE}'),
        ("x = old\r\ny = old", f"x = old  {HERE}\r\ny = old  {HERE}"),
        ("ü = 'ä'; x = old", f"ü = 'ä'; x = old  {HERE}"),
        (
            "x = 1\ny = old  # @param {type: 'raw'}",
            f"x = 1\n{HERE}\ny = old  # @param {{type: 'raw'}}",
        ),
        ("y = old  # @param {type: 'raw'}", f"{HERE}\ny = old  # @param {{type: 'raw'}}"),
        ("%%time\ny = old", f"%%time\ny = old  {HERE}"),
    ],
)
def test_a_statement_gets_a_comment_beside_it(invoke: Invoke, before: str, expected: str) -> None:
    assert after(invoke, before) == [expected]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("x = 1\n!run old\ny = 1", "x = 1\n# nbcoach: ignore[HSE403] why\n!run old\ny = 1"),
        ("!run old\ny = 1", "# nbcoach: ignore[HSE403] why\n!run old\ny = 1"),
        ("if x:\n    !run old", "if x:\n    # nbcoach: ignore[HSE403] why\n    !run old"),
        ("x = 1\r\n!run \\\r\n  old", "x = 1\r\n# nbcoach: ignore[HSE403] why\r\n!run \\\r\n  old"),
        ("%%time old\ny = 1", "%%time old\n# nbcoach: ignore[HSE403] why\ny = 1"),
        ("%%time old", "%%time old\n# nbcoach: ignore[HSE403] why"),
    ],
)
def test_a_magic_gets_a_comment_above_it(invoke: Invoke, before: str, expected: str) -> None:
    assert after(invoke, before, codes="HSE403") == [expected]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("x = 'LOUD'", "# nbcoach: ignore[HSE402] why\nx = 'LOUD'"),
        ("  x = 'LOUD'\n  y = 1", "  # nbcoach: ignore[HSE402] why\n  x = 'LOUD'\n  y = 1"),
        ("#| echo: false\nx = 'LOUD'", "#| echo: false\n# nbcoach: ignore[HSE402] why\nx = 'LOUD'"),
        ("%%time\n\nx = 'LOUD'", "%%time\n# nbcoach: ignore[HSE402] why\n\nx = 'LOUD'"),
        (
            {"cell_type": "markdown", "source": "LOUD\n"},
            "LOUD\n\n<!-- nbcoach: ignore[HSE402] why -->\n",
        ),
        (
            {"cell_type": "markdown", "source": "a\r\nLOUD  "},
            "a\r\nLOUD  \r\n\r\n<!-- nbcoach: ignore[HSE402] why -->",
        ),
    ],
)
def test_a_cell_gets_a_comment_of_its_own(
    invoke: Invoke, before: str | dict[str, Any], expected: str
) -> None:
    assert after(invoke, before, codes="HSE402") == [expected]


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "raw", "source": "LOUD"},
        "%%html\n<b>LOUD</b>",
        "%%writefile a.txt\nLOUD",
        "ls LOUD",
        {"cell_type": "markdown", "source": "```\nLOUD"},
        {"source": "%%bash\necho LOUD", "metadata": {"tags": ["first"]}},
    ],
)
def test_a_cell_whose_text_counts_gets_a_tag(invoke: Invoke, cell: str | dict[str, Any]) -> None:
    source = cell if isinstance(cell, str) else cell["source"]
    assert after(invoke, cell, codes="HSE402") == [source]
    (written,) = json.loads(Path("a.ipynb").read_bytes())["cells"]
    assert written["metadata"]["tags"][-1] == "nbcoach-ignore-HSE402"


def test_a_notebook_gets_metadata(invoke: Invoke) -> None:
    assert after(invoke, "x = 1", codes="HSE401") == ["x = 1"]
    metadata = json.loads(Path("a.ipynb").read_bytes())["metadata"]
    assert metadata == {"nbcoach": {"ignore": ["HSE401"]}}


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "x = old + risky  # nbcoach: ignore[HSE102] we must",
            "x = old + risky  # nbcoach: ignore[HSE102, HSE101] we must",
        ),
        (
            "x = old + risky  # nbcoach: ignore[ HSE102 , ]  # noqa",
            "x = old + risky  # nbcoach: ignore[ HSE102, HSE101 , ]  # noqa",
        ),
        ("x = old + risky", "x = old + risky  # nbcoach: ignore[HSE101, HSE102] why"),
        (
            "x = [\n    old,  # nbcoach: ignore[HSE102] we must\n    risky,\n]",
            "x = [\n    old,  # nbcoach: ignore[HSE102, HSE101] we must\n    risky,\n]",
        ),
    ],
)
def test_codes_of_one_line_are_one_comment(invoke: Invoke, before: str, expected: str) -> None:
    assert after(invoke, before) == [expected]


def test_what_the_comment_itself_causes_is_silent_too(invoke: Invoke) -> None:
    line = "rather_long_name = rather_long_function(old)"
    comment = "# nbcoach: ignore[HSE101, HSE404] why"
    assert after(invoke, f"{line}\ny = 1", codes="HSE101,HSE404") == [f"{line}  {comment}\ny = 1"]


def test_the_default_reason_says_that_nobody_looked(invoke: Invoke) -> None:
    write("a.ipynb", "old")
    invoke("check", "--add-ignores")
    assert "old  # nbcoach: ignore[HSE101] not reviewed" in sources()
    write("a.ipynb", "old")
    invoke("check", "--add-ignores", "--reason", "")
    assert "old  # nbcoach: ignore[HSE101]" in sources()


def test_it_tells_what_it_did(invoke: Invoke) -> None:
    write("größe 1.ipynb", "old", "old + risky")
    result = invoke("check", "--select", "HSE1", "--add-ignores")
    assert result.code == 0
    assert result.out.startswith("Ignored 3 findings in 1 notebook\n  2  HSE101 old-name\n")
    assert "3 findings kept silent" in result.out
    assert "Ignored" not in invoke("check", "--select", "HSE1", "--add-ignores").out


def test_diff_writes_nothing(invoke: Invoke) -> None:
    data = write("a.ipynb", "old")
    result = invoke("check", "--select", "HSE1", "--add-ignores", "--diff")
    assert result.code == 1
    assert '+   "source": "old  # nbcoach: ignore[HSE101] not reviewed"\n' in result.out
    assert result.err.startswith("Would ignore 1 finding in 1 notebook\n")
    assert Path("a.ipynb").read_bytes() == data


def test_standard_input_comes_back_with_suppressions(invoke: Invoke) -> None:
    data = notebook_bytes("old")
    result = invoke("check", "--select", "HSE1", "--add-ignores", "-", stdin=data)
    assert result.code == 0
    assert result.out == data.decode().replace(
        '"old"', '"old  # nbcoach: ignore[HSE101] not reviewed"'
    )


def test_only_what_is_reported_is_ignored(invoke: Invoke) -> None:
    write("a.ipynb", "old")
    invoke("baseline")
    write("a.ipynb", "old", "x = 1\nold + risky")
    assert invoke("check", "--select", "HSE101", "--add-ignores").code == 0
    assert sources() == ["old", "x = 1\nold + risky  # nbcoach: ignore[HSE101] not reviewed"]


HEAD = "---\njupyter:\n  kernelspec:\n    name: python3\n---\n\n"
MYST = HEAD.replace("jupyter:\n  kernelspec:\n    name", "kernelspec:\n  name")
SHOUT = "# nbcoach: ignore[HSE402] why"


@pytest.mark.parametrize(
    ("name", "before", "expected"),
    [
        ("a.py", "# %%\nx = old\n", f"# %%\nx = old  {HERE}\n"),
        ("a.py", "# %%\n# %run old\n", "# %%\n# nbcoach: ignore[HSE403] why\n# %run old\n"),
        (
            "a.py",
            "# %% [markdown]\n# LOUD\n",
            "# %% [markdown]\n# LOUD\n#\n# <!-- nbcoach: ignore[HSE402] why -->\n",
        ),
        ("a.py", "# %% [raw]\n# LOUD\n", '# %% [raw] tags=["nbcoach-ignore-HSE402"]\n# LOUD\n'),
        ("a.md", f"{HEAD}```python\nx = old\n```\n", f"{HEAD}```python\nx = old  {HERE}\n```\n"),
        (
            "a.md",
            f"{MYST}```{{code-cell}}\nx = old\n```\n",
            f"{MYST}```{{code-cell}}\nx = old  {HERE}\n```\n",
        ),
        ("a.md", f"{HEAD}LOUD\n", f"{HEAD}LOUD\n\n<!-- nbcoach: ignore[HSE402] why -->\n"),
        ("a.Rmd", "```{python}\nx = old\n```\n", f"```{{python}}\nx = old  {HERE}\n```\n"),
        ("a.Rmd", "```{r}\nLOUD\n```\n", f"```{{r}}\n{SHOUT}\nLOUD\n```\n"),
        (
            "a.qmd",
            "```{python}\n#| a: 1\nx = 'LOUD'\n```\n",
            f"```{{python}}\n#| a: 1\n{SHOUT}\nx = 'LOUD'\n```\n",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_text_notebooks(
    invoke: Invoke, name: str, before: str, expected: str, line_end: str
) -> None:
    bom = b"\xef\xbb\xbf" if name == "a.py" else b""
    Path(name).write_bytes(bom + before.replace("\n", line_end).encode())
    codes = "HSE101,HSE402,HSE403"
    result = invoke("check", name, "--select", codes, "--add-ignores", "--reason", "why")
    assert result.code == 0, result.out
    assert Path(name).read_bytes() == bom + expected.replace("\n", line_end).encode()
    assert invoke("check", name, "--select", f"{codes},NB010,NB011").code == 0


def test_a_text_notebook_has_its_metadata_in_its_head(invoke: Invoke) -> None:
    Path("a.md").write_text(f"{HEAD}Text\n")
    assert invoke("check", "a.md", "--select", "HSE401", "--add-ignores").code == 0
    field = '  nbcoach: {"ignore": ["HSE401"]}\n'
    assert Path("a.md").read_text() == HEAD.replace("  kernel", f"{field}  kernel") + "Text\n"
    assert invoke("check", "a.md", "--select", "HSE401,NB011").code == 0


def test_a_pair_stays_a_pair(invoke: Invoke) -> None:
    root = json.loads(notebook_bytes("x = old"))
    root["metadata"] = {"jupytext": {"formats": "ipynb,py:percent"}}
    Path("a.ipynb").write_text(json.dumps(root))
    Path("a.py").write_text("# %%\nx = old\n")
    result = invoke("check", "--select", "HSE101,NB621", "--add-ignores", "--reason", "why")
    assert result.code == 0, result.out
    assert sources() == [f"x = old  {HERE}"]
    assert Path("a.py").read_text() == f"# %%\nx = old  {HERE}\n"


def test_what_no_suppression_helps_is_told_and_left(invoke: Invoke) -> None:
    Path("broken.ipynb").write_bytes(b"{")
    write("a.ipynb", "old  # nbcoach: ignore[HSE999]")
    bare = b"# %%\nx = 1\n"
    Path("b.py").write_bytes(bare)
    result = invoke("check", "--select", "HSE101,HSE401,NB010", "--add-ignores")
    assert result.code == 1
    assert "NB001" in result.out or "NB002" in result.out
    assert "NB010 in a.ipynb, cell 1: it tells of the file or of nbcoach itself" in result.out
    assert "HSE401 in b.py: the file has no header for Jupyter" in result.out
    assert Path("b.py").read_bytes() == bare
    assert Path("broken.ipynb").read_bytes() == b"{"
    assert sources() == ["old  # nbcoach: ignore[HSE999, HSE101]"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--add-ignores", "--fix"], "fix first, then ignore"),
        (["--add-ignores", "--diff", "--unsafe-fixes"], "fix first, then ignore"),
        (["--add-ignores", "--staged"], "ignore in the files"),
        (["--reason", "why"], "add that"),
        (["--add-ignores", "--reason", "a --> b"], "one line of plain text"),
        (["--add-ignores", "--reason", "a\nb"], "one line of plain text"),
    ],
)
def test_misuse(invoke: Invoke, arguments: list[str], reason: str) -> None:
    data = write("a.ipynb", "old")
    result = invoke("check", *arguments)
    assert result.code == 2
    assert reason in result.err
    assert Path("a.ipynb").read_bytes() == data


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_what_leads_outside_is_not_written(invoke: Invoke, tmp_path: Path) -> None:
    outside = tmp_path / "outside.ipynb"
    data = notebook_bytes("old")
    outside.write_bytes(data)
    Path("link.ipynb").symlink_to(outside)
    result = invoke("check", "link.ipynb", "--add-ignores")
    assert result.code == 3
    assert outside.read_bytes() == data
