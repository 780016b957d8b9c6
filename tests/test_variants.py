"""Notebooks rewritten in ways that should not matter."""

import json
from typing import Any

import pytest

from nbcoach.examples import notebook_text
from nbcoach.variants import NAMES, variant

TEXT = notebook_text(
    '# %% execution_count=1 stream="3\\n"\nx = 1\nprint(x)\n# %% [markdown]\n# Hi\n'
)


def changed(name: str) -> Any:
    text = variant(name, TEXT)
    assert text is not None
    return json.loads(text)


def test_without_ids() -> None:
    notebook = changed("without-ids")
    assert notebook["nbformat_minor"] == 4
    assert not any("id" in cell for cell in notebook["cells"])


def test_other_source_form_is_its_own_inverse() -> None:
    notebook = changed("other-source-form")
    assert notebook["cells"][0]["source"] == "x = 1\nprint(x)"
    assert variant("other-source-form", json.dumps(notebook)) == TEXT


def test_empty_cell_below() -> None:
    assert changed("empty-cell-below")["cells"][2]["source"] == []


def test_without_outputs() -> None:
    cell = changed("without-outputs")["cells"][0]
    assert (cell["outputs"], cell["execution_count"]) == ([], None)


def test_crlf_changes_line_ends_only() -> None:
    text = variant("crlf", TEXT)
    assert text is not None
    assert text.count("\r\n") == TEXT.count("\n")
    assert json.loads(text) == json.loads(TEXT)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"cells": 3}', '{"cells": [1]}'])
def test_broken_notebooks_have_no_variants_but_their_line_ends(name: str, text: str) -> None:
    assert (variant(name, text) is None) == (name != "crlf")
