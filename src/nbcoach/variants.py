"""Notebooks rewritten in ways that must not change what is found in them."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from nbcoach.examples import as_json

Notebook = dict[str, Any]


def _without_ids(notebook: Notebook) -> None:
    if notebook.get("nbformat") == 4:
        notebook["nbformat_minor"] = min(4, notebook.get("nbformat_minor", 4))
    for cell in notebook["cells"]:
        cell.pop("id", None)


def _other_source_form(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        source = cell.get("source")
        if isinstance(source, str):
            cell["source"] = source.splitlines(keepends=True)
        elif isinstance(source, list):
            cell["source"] = "".join(source)


def _empty_cell_below(notebook: Notebook) -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": []}
    if (notebook["nbformat"], notebook["nbformat_minor"]) >= (4, 5):
        cell["id"] = "below"
    notebook["cells"].append(cell)


def _without_outputs(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        if cell.get("cell_type") == "code":
            cell |= {"outputs": [], "execution_count": None}


_CHANGES: Final[Mapping[str, Callable[[Notebook], None]]] = {
    "without-ids": _without_ids,
    "other-source-form": _other_source_form,
    "empty-cell-below": _empty_cell_below,
    "without-outputs": _without_outputs,
}
NAMES: Final = (*_CHANGES, "crlf")


def variant(name: str, text: str) -> str | None:
    """The text of a notebook file in the variant of that name; None where it has none.

    Findings may disappear "without-outputs"; all others must leave them as they are.
    """
    if name == "crlf":
        return text.replace("\n", "\r\n")
    try:
        notebook = json.loads(text)
        _CHANGES[name](notebook)
    except (ValueError, TypeError, KeyError, AttributeError):
        # Examples of broken notebooks have no variants but in their line ends.
        return None
    return as_json(notebook)
