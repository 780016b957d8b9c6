"""Notebooks compared with nbformat's schemas."""

import copy
import json
from pathlib import Path
from typing import Any

import fastjsonschema
import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbcoach.documents.schema import violations
from nbcoach.documents.shape import surely_valid
from tests.documents.notebooks import code, ipynb, notebook, prose, written_notebooks
from tests.documents.test_cells import FULL, OLD, _places, odd_values


def _without_required_ids(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_without_required_ids(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: _without_required_ids(value) for key, value in schema.items()}
    if isinstance(result.get("required"), list):
        result["required"] = [name for name in result["required"] if name != "id"]
    return result


def _published(name: str) -> Any:
    file = Path(nbformat.__file__).parent / name
    return fastjsonschema.compile(_without_required_ids(json.loads(file.read_text("utf-8"))))


VALIDATORS = {
    (4, minor): _published(f"v4/nbformat.v4.{minor}.schema.json") for minor in range(6)
} | {(3, 0): _published("v3/nbformat.v3.schema.json")}


def accepted(root: dict[str, Any], version: tuple[int, int]) -> bool:
    """Whether the usual validator accepts a notebook, missing ids aside."""
    try:
        VALIDATORS[version](root)
    except fastjsonschema.JsonSchemaException:
        return False
    return True


@settings(max_examples=200)
@given(st.data())
def test_the_same_verdict_as_the_usual_validator(data: st.DataObject) -> None:
    root = copy.deepcopy(data.draw(st.sampled_from([FULL, OLD])))
    version = (3, 0)
    if root["nbformat"] == 4:
        version = (4, data.draw(st.integers(0, 5)))
        root["nbformat_minor"] = version[1]
        if version[1] < 5 and data.draw(st.booleans()):
            del root["cells"][0]["id"]
    for _ in range(data.draw(st.integers(0, 2))):
        container, key = data.draw(st.sampled_from(_places(root)))
        if container is root and key in ("nbformat", "nbformat_minor"):
            continue
        if isinstance(container, dict) and data.draw(st.booleans()):
            del container[key]
        elif isinstance(container, dict) and data.draw(st.booleans()):
            name = st.sampled_from(["id", "name", "scrolled", "collapsed", "format", "x", "pdf"])
            container[data.draw(name)] = data.draw(odd_values)
        else:
            container[key] = data.draw(odd_values)
    before = json.dumps(root)
    found = violations(root)
    assert json.dumps(root) == before
    assert (not found) == accepted(root, version)
    if surely_valid(root):
        assert accepted(root, version)


@given(written_notebooks())
def test_ordinary_notebooks_pass_at_a_glance(written: tuple[str, dict[str, Any]]) -> None:
    assert surely_valid(written[1])


@pytest.mark.parametrize(
    "root",
    [
        FULL,
        notebook(),
        notebook(prose("x"), code("y"), minor=5),
        notebook(code(metadata={"tags": [], "scrolled": "auto", "collapsed": True, "name": "n"})),
        notebook(code(metadata={"jupyter": {"source_hidden": True}, "execution": {"a": "b"}})),
        notebook({"cell_type": "raw", "metadata": {"format": "x"}, "source": []}),
        notebook(metadata={"orig_nbformat": 2, "title": "t", "authors": [{"name": "a"}]}),
        notebook(metadata={"colab": {}, "language_info": {"name": "x", "codemirror_mode": {}}}),
    ],
)
def test_valid_notebooks_that_pass_at_a_glance(root: dict[str, Any]) -> None:
    assert accepted(root, (4, root["nbformat_minor"]))
    assert surely_valid(root)


def reasons(root: Any) -> list[tuple[str, str]]:
    return [
        (".".join(map(str, path)), found.reason)
        for found in ipynb(root).violations()
        for path in (found.path, *found.others)
    ]


def test_every_violation_is_told_with_its_place() -> None:
    stream = {"output_type": "stream", "name": "stdout"}
    root = notebook(
        {"cell_type": "code", "metadata": {}, "source": 3},
        prose("x", metadata={"tags": ["a,b", "c", "c", ""], "name": ""}, outputs=[]),
        code(outputs=[{**stream, "text": 1}, {"output_type": "pyout"}, {}, 4], execution_count=-1),
        {"cell_type": "heading", "source": "x"},
        {"source": "x"},
        "text",
        prose(["a", 1], id="a"),
        minor=4,
        metadata={"kernelspec": {"name": "x"}, "language_info": {"name": None}},
        extra=1,
    )
    assert reasons(root) == [
        ("cells.0.outputs", "`outputs` is missing"),
        ("cells.0.execution_count", "`execution_count` is missing"),
        ("cells.0.source", "must be a string or a list, is a whole number"),
        ("cells.1.metadata.tags.2", "`c` is here twice"),
        ("cells.1.metadata.tags.0", "must not be empty or hold a comma"),
        ("cells.1.metadata.tags.3", "must not be empty or hold a comma"),
        ("cells.1.metadata.name", "must not be empty"),
        ("cells.1.outputs", "`outputs` is not allowed here"),
        ("cells.2.execution_count", "must be at least 0, is -1"),
        ("cells.2.outputs.0.text", "must be a string or a list, is a whole number"),
        (
            "cells.2.outputs.1.output_type",
            "must be `execute_result`, `display_data`, `stream` or `error`",
        ),
        ("cells.2.outputs.2.output_type", "`output_type` is missing"),
        ("cells.2.outputs.3", "must be an object, is a whole number"),
        ("cells.3.cell_type", "must be `raw`, `markdown` or `code`"),
        ("cells.4.cell_type", "`cell_type` is missing"),
        ("cells.5", "must be an object, is a string"),
        ("cells.6.source.1", "must be a string, is a whole number"),
        ("cells.6.id", "`id` is not allowed here"),
        ("metadata.kernelspec.display_name", "`display_name` is missing"),
        ("metadata.language_info.name", "must be a string, is `null`"),
        ("extra", "`extra` is not allowed here"),
    ]


def test_what_is_wrong_in_the_same_way_is_told_once() -> None:
    root = notebook(prose("a", extra=1), prose("b", extra=2), prose("c", other=3), minor=5)
    extra, other = ipynb(root).violations()
    assert (extra.path, extra.others) == (("cells", 0, "extra"), (("cells", 1, "extra"),))
    assert (other.path, other.others) == (("cells", 2, "other"), ())


def test_ids_are_checked_but_not_demanded() -> None:
    root = notebook(prose("a"), prose("b", id="a b"), prose("c", id=""), prose("d", id="x" * 65))
    root["nbformat_minor"] = 5
    assert reasons(root) == [
        ("cells.1.id", "may hold only letters, digits, `-` and `_`"),
        ("cells.2.id", "may hold only letters, digits, `-` and `_`"),
        ("cells.3.id", "must have at most 64 characters"),
    ]
    twice = notebook(prose("a", id="x"), prose("b", id="x"), minor=5)
    assert reasons(twice) == []


def test_a_later_version_may_add_what_it_likes() -> None:
    root = notebook({"cell_type": "new", "metadata": {}}, prose("x", novel=1), minor=7, more={})
    root["cells"].append(code(outputs=[{"output_type": "hologram"}]))
    assert reasons(root) == []
    root["cells"].append(prose(3))
    assert reasons(root) == [("cells.3.source", "must be a string or a list, is a whole number")]


def test_versions_without_a_schema() -> None:
    assert reasons({"nbformat": 2, "nbformat_minor": 0, "worksheets": 3}) == []
    assert reasons({"cells": [], "nbformat": 5, "nbformat_minor": 1}) == [
        ("nbformat", "nbformat 5.1 is not known")
    ]
    assert reasons({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": -1}) == [
        ("nbformat", "nbformat 4.-1 is not known")
    ]
    assert reasons({"cells": []}) == [
        ("metadata", "`metadata` is missing"),
        ("nbformat_minor", "`nbformat_minor` is missing"),
        ("nbformat", "`nbformat` is missing"),
    ]


def test_violations_of_version_3() -> None:
    root = copy.deepcopy(OLD)
    del root["worksheets"][0]["cells"][1]["language"]  # type: ignore[index]
    assert reasons(root) == [("worksheets.0.cells.1.language", "`language` is missing")]
    assert reasons({**OLD, "worksheets": {}, "x": 2}) == [
        ("worksheets", "must be a list, is an object"),
        ("x", "`x` is not allowed here"),
    ]


def test_long_names_are_cut() -> None:
    ((_, reason),) = reasons(notebook(**{"x" * 500: 1}))
    assert len(reason) < 100
