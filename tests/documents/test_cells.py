"""Cells and outputs of every nbformat version, and of none."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbcoach.documents import Document, read
from nbcoach.errors import EditRefused
from nbcoach.finding import REMOVED, DeleteCell, FieldEdit, InsertCell, SourceEdit
from nbcoach.notebook import CodeCell, Location, MarkdownCell, Output, RawCell, Span
from nbcoach.subjects import SchemaViolation, Unreadable
from tests.documents.notebooks import code, ipynb, notebook, opened, prose


def output(**fields: Any) -> Output:
    cell = ipynb(notebook(code(outputs=[fields]))).notebook.code_cells[0]
    return cell.outputs[0]


def test_a_notebook_of_version_4() -> None:
    root = notebook(
        prose(["# Title\n", "text"], id="a1", attachments={"x.png": {"image/png": "AA"}}),
        code("x = 1\n", execution_count=3, metadata={"tags": ["setup", 3]}, id="b2"),
        {"cell_type": "raw", "metadata": {"format": "rst"}, "source": ""},
        minor=5,
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}, "x": 1},
    )
    found = ipynb(root).notebook
    assert (found.path, found.format, found.language) == ("a.ipynb", (4, 5), "python")
    assert found.metadata["x"] == 1
    title, assignment, raw = found.cells
    assert isinstance(title, MarkdownCell)
    assert (title.source, title.id, title.index) == ("# Title\ntext", "a1", 0)
    assert title.attachments == {"x.png": {"image/png": "AA"}}
    assert isinstance(assignment, CodeCell)
    assert (assignment.source, assignment.execution_count) == ("x = 1\n", 3)
    assert assignment.tags == ("setup",)
    assert isinstance(raw, RawCell)
    assert raw.metadata == {"format": "rst"}


def test_a_notebook_of_version_3() -> None:
    old_code = {"cell_type": "code", "language": "python", "collapsed": False, "outputs": []}
    root = {
        "metadata": {"name": "old"},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [
            {
                "cells": [
                    {"cell_type": "heading", "level": 2, "source": ["Title"], "metadata": {}},
                    {**old_code, "input": ["a\n", "b"], "prompt_number": 4},
                ]
            },
            {"cells": [{**old_code, "input": "library(x)", "language": "R"}], "metadata": {}},
        ],
    }
    found = ipynb(root).notebook
    assert found.format == (3, 0)
    heading, python, foreign = found.cells
    assert isinstance(heading, MarkdownCell)
    assert heading.source == "## Title"
    assert isinstance(python, CodeCell)
    assert (python.source, python.execution_count, python.language) == ("a\nb", 4, "python")
    assert isinstance(foreign, CodeCell)
    assert (foreign.index, foreign.language) == (2, "r")


def test_cells_may_state_their_language() -> None:
    cells = (code(language="IPython3"), code(language="Julia"), code(language=3), code("%%sh\nls"))
    found = ipynb(notebook(*cells)).notebook
    assert [cell.language for cell in found.code_cells] == ["python", "julia", "python", "bash"]


def test_outputs_of_version_3_are_told_as_those_of_version_4() -> None:
    result = output(output_type="pyout", prompt_number=2, text=["1\n", "2"], png="AA", html="<b>")
    assert (result.kind, result.text, result.execution_count) == ("execute_result", "1\n2", 2)
    assert result.data == {"text/plain": ["1\n", "2"], "image/png": "AA", "text/html": "<b>"}
    assert output(output_type="stream", stream="stderr", text="x").name == "stderr"
    assert output(output_type="pyerr", ename="E", evalue="v", traceback=[]).kind == "error"


def test_stream_and_result() -> None:
    stream = output(output_type="stream", name="stdout", text=["a\n", "b\n"])
    assert (stream.kind, stream.name, stream.text, stream.data) == (
        "stream",
        "stdout",
        "a\nb\n",
        {},
    )
    result = output(
        output_type="execute_result",
        data={"text/plain": "7", "image/png": "AAAA"},
        metadata={"m": 1},
        execution_count=5,
    )
    assert (result.text, result.execution_count, result.metadata) == ("7", 5, {"m": 1})
    assert output(output_type="display_data", data={"image/png": "A"}, metadata={}).text == ""


def test_an_error_is_told_without_colours() -> None:
    lines = ["\x1b[0;31mValueError\x1b[0m: ", "\x1b[38;5;241mat\x1b[K line 1"]
    error = output(output_type="error", ename="ValueError", evalue="no", traceback=lines)
    assert error.name == "ValueError"
    assert error.text == "ValueError: \nat line 1\nValueError: no"
    known = output(output_type="error", ename="E", evalue="line 1", traceback=lines)
    assert known.text.count("line 1") == 1
    assert output(output_type="error", ename="E", evalue="v", traceback=None).text == "E: v"


def test_large_outputs_are_not_copied() -> None:
    document = ipynb(notebook(code(outputs=[{"output_type": "display_data", "data": {}}])))
    data = document._root["cells"][0]["outputs"][0]["data"]
    assert document.notebook.code_cells[0].outputs[0].data is data


def test_escapes_and_line_ends_in_sources() -> None:
    source = r'["a\r\n", "\u00e9\ud83d\ude00\/", "\ud800"]'
    text = f'{{"cells": [{{"cell_type": "code", "source": {source}}}]}}'
    assert opened(text).notebook.cells[0].source == "a\r\né😀/\ud800"


@pytest.mark.parametrize(
    ("fields", "version"),
    [
        ({"nbformat": 4, "nbformat_minor": 2}, (4, 2)),
        ({"nbformat": 4}, (4, 0)),
        ({}, (4, 0)),
        ({"nbformat": "4", "nbformat_minor": None}, (4, 0)),
        ({"nbformat": True}, (4, 0)),
        ({"nbformat": 5, "nbformat_minor": 1}, (5, 1)),
    ],
)
def test_versions(fields: dict[str, Any], version: tuple[int, int]) -> None:
    assert ipynb({"cells": [], **fields}).notebook.format == version
    assert ipynb({"worksheets": []}).notebook.format == (3, 0)


def test_the_last_of_equal_keys_counts() -> None:
    first, last = (json.dumps([code(source)]) for source in "ab")
    document = opened(f'{{"cells": {first}, "cells": {last}}}')
    assert document.notebook.cells[0].source == "b"
    assert document.splices(SourceEdit(0, Span(0, 1), "c"))[0].start > document.text.index('"b"')


odd_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 10**20)
    | st.floats()
    | st.sampled_from(["", "code", "markdown", "heading", "error", "pyout", "\ud800", "%%bash"]),
    lambda values: (
        st.lists(values, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "language", "text/plain", "cells", "tags", "x"]),
            values,
            max_size=3,
        )
    ),
    max_leaves=5,
)
FULL = notebook(
    code(
        ["a\n", "b"],
        id="one",
        metadata={"tags": ["t"], "vscode": {"languageId": "python"}, "execution": {"x": "y"}},
        outputs=[
            {"output_type": "stream", "name": "stdout", "text": ["x"]},
            {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]},
            {
                "output_type": "execute_result",
                "data": {"text/plain": ["1"], "application/json": {}},
                "metadata": {},
                "execution_count": 1,
            },
        ],
    ),
    prose("x", attachments={"a": {"image/png": "A"}}),
    minor=5,
    metadata={
        "kernelspec": {"name": "p", "display_name": "P", "language": "python"},
        "language_info": {"name": "python", "version": "3", "codemirror_mode": {}},
    },
)
OLD = {
    "metadata": {"kernel_info": {"name": "x", "language": "python"}},
    "nbformat": 3,
    "nbformat_minor": 0,
    "worksheets": [
        {
            "cells": [
                {"cell_type": "heading", "level": 1, "source": "T"},
                {
                    "cell_type": "code",
                    "input": "x",
                    "language": "python",
                    "prompt_number": 1,
                    "outputs": [{"output_type": "pyout", "prompt_number": 1, "text": "1"}],
                },
            ]
        }
    ],
}


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every container with every key or index in it."""
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    else:
        return []
    return [(value, key) for key, _ in pairs] + [
        place for _, inner in pairs for place in _places(inner)
    ]


def use(document: Document) -> None:
    """Ask a document for everything; only a refusal of an edit may be raised."""
    found = document.notebook
    for cell in found.cells:
        assert isinstance(cell.source, str)
        assert cell.tags is not None
        if isinstance(cell, CodeCell):
            assert all(isinstance(output.text, str) for output in cell.outputs)
            assert cell.skipped or not cell.skipped
    for violation in document.violations():
        assert isinstance(violation, SchemaViolation)
        assert violation.reason
    last = len(found.cells) - 1
    spans = (None, Span(0, 0), Span(0, len(found.cells[last].source) if found.cells else 0))
    for span in spans:
        assert (
            1 <= document.region(Location(max(last, 0), span)).line <= document.text.count("\n") + 1
        )
    for edit in (
        SourceEdit(last, Span(0, 0), "x\ny"),
        FieldEdit(("metadata", "kernelspec"), {"name": "x"}),
        FieldEdit(("cells", 0, "outputs"), REMOVED),
        InsertCell(0, "code", "z"),
        DeleteCell(last),
    ):
        try:
            splices = document.splices(edit)
        except EditRefused:
            continue
        result = document.text
        for splice in reversed(splices):
            result = result[: splice.start] + splice.text + result[splice.end :]
        assert read(document.path, document.encode(result)) is not None


@settings(max_examples=120)
@given(st.data())
def test_any_field_may_be_anything(data: st.DataObject) -> None:
    root = json.loads(json.dumps(data.draw(st.sampled_from([FULL, OLD]))))
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(_places(root)))
        if isinstance(container, dict) and data.draw(st.booleans()):
            del container[key]
        else:
            container[key] = data.draw(odd_values)
    document = read("a.ipynb", json.dumps(root, indent=1).encode())
    if not isinstance(document, Unreadable):
        use(document)


@settings(max_examples=120)
@given(st.data())
def test_mangled_bytes_never_raise(data: st.DataObject) -> None:
    text = data.draw(
        st.sampled_from([json.dumps(FULL, indent=1).encode(), b"# %%\nx\n# %%\n'''\n"])
    )
    mangled = bytearray(text)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(mangled)))
        new = data.draw(
            st.sampled_from([b"", b'"', b"{", b"]", b",", b"\\", b"\n", b"\xff", b"9", b"\r"])
        )
        mangled[place : place + data.draw(st.integers(0, 20))] = new
    for path in ("a.ipynb", "a.py", "a"):
        document = read(path, bytes(mangled))
        if isinstance(document, Unreadable):
            assert document.reason
        else:
            use(document)
