"""A notebook and all that was found out about it go as soon as nobody refers to them."""

import gc
import json
from weakref import ref

from nbcoach.documents import read
from nbcoach.subjects import Unreadable


def test_analysed_notebook_is_freed_without_a_collection() -> None:
    cells = [
        code(3, "import numpy as np\ndef f(x):\n    return f(x - 1) + total\nf(3)"),
        code(1, "total = 0\nfor i in range(3):\n    total += i\n!ls {total}"),
        code(2, "def broken(:"),
    ]
    data = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    document = read("a.ipynb", json.dumps(data).encode())
    assert not isinstance(document, Unreadable)
    notebook = document.notebook
    seen = ref(notebook)
    assert notebook.as_read.uses
    assert notebook.as_run.uses
    assert notebook.log.steps_back
    assert notebook.conflicts is not None
    gc.disable()
    try:
        del notebook, document
        assert seen() is None
    finally:
        gc.enable()


def code(count: int, source: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": {},
        "outputs": [],
        "source": source,
    }
