"""Notebooks for the tests of documents: written by hand, and drawn at random."""

import json
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from nbcoach.documents import Document, Splice, read
from nbcoach.documents.ipynb import IpynbDocument
from nbcoach.documents.text import TextDocument
from nbcoach.subjects import Unreadable

# Each is how some program writes notebooks: Jupyter, formatters, minifiers, scripts.
STYLES: tuple[dict[str, Any], ...] = (
    {"indent": 1, "ensure_ascii": False},
    {"indent": 1, "ensure_ascii": True},
    {"indent": 2, "ensure_ascii": False},
    {"indent": "\t", "ensure_ascii": False},
    {"indent": 4, "ensure_ascii": True, "separators": (",", " : ")},
    {"indent": 0, "ensure_ascii": False},
    {"indent": None, "ensure_ascii": True},
    {"indent": None, "ensure_ascii": False, "separators": (",", ":")},
)


def code(source: str | list[str] = "", **fields: Any) -> dict[str, Any]:
    """A code cell of nbformat 4."""
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    return {**cell, "source": source, **fields}


def prose(source: str | list[str] = "", **fields: Any) -> dict[str, Any]:
    """A Markdown cell of nbformat 4."""
    return {"cell_type": "markdown", "metadata": {}, "source": source, **fields}


def notebook(*cells: Any, minor: int = 4, **fields: Any) -> dict[str, Any]:
    """A notebook of nbformat 4."""
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": minor, **fields}


def ipynb(root: Any, **style: Any) -> IpynbDocument:
    """The document that holds a notebook."""
    return opened(json.dumps(root, **(style or STYLES[0])))


def opened(text: str | bytes) -> IpynbDocument:
    """The document of a JSON text."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    document = read("a.ipynb", data)
    assert isinstance(document, IpynbDocument), document
    return document


def percent(text: str) -> TextDocument:
    """The document of a text in percent format."""
    document = read("a.py", text.encode())
    assert isinstance(document, TextDocument), document
    return document


def refused(path: str, data: bytes, **options: Any) -> Unreadable:
    """What is said of a file that is no notebook."""
    result = read(path, data, **options)
    assert isinstance(result, Unreadable), result
    return result


def spliced(document: Document, splices: Iterable[Splice]) -> str:
    """The text of a document with changes made, which must not overlap."""
    text, position = "", 0
    for splice in splices:
        assert position <= splice.start <= splice.end, "the splices overlap"
        text += document.text[position : splice.start] + splice.text
        position = splice.end
    return text + document.text[position:]


# Text with all that is awkward in JSON: quotes, escapes, line ends, letters beyond 16 bits.
letters = st.sampled_from(
    [*"ab1 #%'\"\\/\n\n\n\t", "\r\n", "\x00", "\x7f", "é", "中", "😀", "\u2028"]
)
sources = st.lists(letters, max_size=30).map("".join)


def _stored(source: str, as_list: bool) -> str | list[str]:
    if not as_list:
        return source
    lines = source.split("\n")
    stored = [line + "\n" for line in lines[:-1]]
    return [*stored, lines[-1]] if lines[-1] else stored


stored_sources = st.builds(_stored, sources, st.booleans())
cells = st.one_of(
    st.builds(code, stored_sources, execution_count=st.none() | st.integers(0, 9)),
    st.builds(
        prose, stored_sources, metadata=st.just({}) | st.just({"tags": ["x"], "a": {"b": [1]}})
    ),
)


@st.composite
def written_notebooks(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A valid notebook in some style, as text and parsed."""
    root = notebook(*draw(st.lists(cells, min_size=1, max_size=4)))
    if draw(st.booleans()):
        root = dict(reversed(root.items()))
    text = json.dumps(root, **draw(st.sampled_from(STYLES)), sort_keys=draw(st.booleans()))
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return text + draw(st.sampled_from(["", "\n", "\r\n\r\n"])), json.loads(text)
