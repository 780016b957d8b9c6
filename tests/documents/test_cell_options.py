"""What stands behind the marker of a percent-format cell."""

from typing import Any

import pytest

from nbcoach.documents.cell_options import cell_options, is_active


@pytest.mark.parametrize(
    ("text", "kind", "metadata"),
    [
        ("", "", {}),
        ("A title", "", {"title": "A title"}),
        ("[markdown]", "markdown", {}),
        ("Title [md] x", "markdown", {"title": "Title  x"}),
        ('[raw] {"a": [1]}', "raw", {"a": [1]}),
        ('tags=["a", "b"] name="x y"', "", {"tags": ["a", "b"], "name": "x y"}),
        ("name='single'", "", {"name": "single"}),
        ('title key="a=b"', "", {"title": "title", "key": "a=b"}),
        ("x=1 flag other=true", "", {"x": 1, "flag": None, "other": True}),
        (".class x=1", "", {"x": 1, ".class": None}),
        ("%% deeper", "", {"cell_depth": 2, "title": "deeper"}),
        ("x=nonsense here", "", {"incorrectly_encoded_metadata": "x=nonsense", "here": None}),
        ("{broken", "", {"incorrectly_encoded_metadata": "{broken"}),
        ("{1, 2}", "", {"incorrectly_encoded_metadata": "{1, 2}"}),
        ('x="\\d"', "", {"x": "\\d"}),
        ("x=" + "[" * 5000, "", {"incorrectly_encoded_metadata": "x=" + "[" * 5000}),
    ],
)
def test_options(text: str, kind: str, metadata: dict[str, Any]) -> None:
    assert cell_options(text) == (kind, metadata)


@pytest.mark.parametrize(
    ("metadata", "in_python", "in_notebook"),
    [
        ({}, True, True),
        ({"active": "py"}, True, False),
        ({"active": "ipynb"}, False, True),
        ({"active": "ipynb,py"}, True, True),
        ({"active": ""}, False, False),
        ({"active": 3}, True, True),
        ({"tags": ["x", "active-ipynb"]}, False, True),
        ({"tags": [1, "active-py-ipynb"]}, True, True),
        ({"tags": "active-py"}, True, True),
        ({"run_control": {"frozen": True}}, False, True),
        ({"run_control": 1}, True, True),
    ],
)
def test_where_a_cell_is_active(
    metadata: dict[str, Any], in_python: bool, in_notebook: bool
) -> None:
    assert is_active("py", metadata) == in_python
    assert is_active("ipynb", metadata) == in_notebook
