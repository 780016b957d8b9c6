"""NB621 paired-file-drift: notebooks beside the text that jupytext writes, or once wrote."""

import json
from collections.abc import Callable
from copy import deepcopy
from itertools import product
from pathlib import Path
from typing import Any

import jupytext
import pytest
from nbformat import from_dict

from tests.rare_rules.harness import Case, every, findings

Cells = list[tuple[str, str]]

FORMATS = ("py:percent", "py:hydrogen", "py:light", "md", "md:myst", "Rmd")
MIXED: Cells = [
    ("markdown", "# Prices\n\nWhat they *are*:\n\n- one\n- two"),
    ("code", "%matplotlib inline\nimport pandas as pd"),
    (
        "code",
        "def total(rows):\n    kept = list(rows)\n\n    return sum(kept)\n\n\nprices = [3, 1]",
    ),
    ("raw", ".. note:: for readers"),
    ("code", "total(prices)  # 4 €"),
]
# What formats cannot hold as it is, or hold in a way of their own.
NOTEBOOKS: dict[str, Cells] = {
    "mixed": MIXED,
    "prose-side-by-side": [("markdown", "one"), ("markdown", "two\n\n\nthree"), ("code", "x = 1")],
    "empty-cells": [("code", ""), ("markdown", ""), ("code", "x = 1"), ("code", "")],
    "shell": [("code", "!ls -l"), ("code", "%%bash\nls\necho done"), ("code", "files = !ls")],
    "other-language": [("code", "%%html\n<b>bold</b>"), ("code", "%%R -i x\nplot(x)")],
    "looks-like-markers": [("code", "x = 1\n# %% not a cell\ny = 2"), ("code", "# +\nz = 3\n# -")],
    "looks-like-fences": [("markdown", "```python\nx = 1\n```"), ("code", 's = "```"\nt = 1')],
    "comments-only": [("code", "# nothing yet"), ("code", "# %load a.py"), ("raw", "# raw")],
    "blank-lines": [("code", "x = 1\n"), ("code", "\n\ny = 2\n\n\n\nz = 3"), ("markdown", "a\n")],
    "headings": [("markdown", "# A"), ("markdown", "## B\n# C"), ("code", "class A:\n    pass")],
}
META = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def root_of(cells: Cells, written: str = "") -> dict[str, Any]:
    """A notebook file with these cells."""
    plain = {"metadata": {}}
    code = {**plain, "outputs": [], "execution_count": None}
    metadata = {**META, "jupytext": {"formats": f"ipynb,{written}"}} if written else META
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": metadata,
        "cells": [
            {
                "cell_type": kind,
                "id": f"cell-{number}",
                "source": source,
                **deepcopy(code if kind == "code" else plain),
            }
            for number, (kind, source) in enumerate(cells)
        ],
    }


def case(name: str, written: str, root: dict[str, Any], cells: Cells, hits: int = 0) -> Case:
    """The notebook `root` beside the text that jupytext writes for `cells`."""
    text: str = jupytext.writes(from_dict(root_of(cells, written)), written)  # type: ignore[no-untyped-call]
    folder = written.replace(":", "-")
    path = f"{folder}/case.ipynb"
    return Case(f"{name}-{folder}", json.dumps(root).encode(), hits, path, (text,))


def without(number: int) -> Cells:
    return MIXED[:number] + MIXED[number + 1 :]


EDITS: dict[str, Cells] = {
    "code-edited": [*MIXED[:4], ("code", "total(prices)  # 5 €")],
    "prose-edited": [("markdown", MIXED[0][1].replace("are", "were")), *MIXED[1:]],
    "magic-edited": [MIXED[0], ("code", MIXED[1][1].replace("inline", "agg")), *MIXED[2:]],
    "indentation": [*MIXED[:2], ("code", MIXED[2][1].replace("    return", "return")), *MIXED[3:]],
    "first-gone": without(0),
    "middle-gone": without(2),
    "last-gone": without(4),
    "new-in-front": [("code", "import os"), *MIXED],
    "new-at-the-end": [*MIXED, ("markdown", "The end")],
    "moved": [*MIXED[:1], *MIXED[2:4], MIXED[1], MIXED[4]],
    "kind": [*MIXED[:4], ("markdown", MIXED[4][1])],
    "joined": [*MIXED[:1], ("code", f"{MIXED[1][1]}\n{MIXED[2][1]}"), *MIXED[3:]],
}


def run(root: dict[str, Any]) -> None:
    for number, cell in enumerate(root["cells"]):
        if cell["cell_type"] == "code":
            output = {"output_type": "stream", "name": "stdout", "text": ["1\n"]}
            cell |= {"execution_count": number + 1, "outputs": [output]}


def old(root: dict[str, Any]) -> None:
    root["nbformat_minor"] = 4
    for cell in root["cells"]:
        del cell["id"]


def noisy(root: dict[str, Any]) -> None:
    root["metadata"]["widgets"] = {"a": 1}
    for cell in root["cells"]:
        cell["metadata"] = {"collapsed": True, "execution": {"iopub.status.busy": "2026-01-01"}}


def listed(root: dict[str, Any]) -> None:
    for cell in root["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)


HARMLESS: dict[str, Callable[[dict[str, Any]], None]] = {
    "run": run,
    "old": old,
    "noisy": noisy,
    "listed": listed,
}


def changed(written: str, change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    root = deepcopy(root_of(MIXED, written))
    change(root)
    return root


CASES = [
    *(
        case(name, written, root_of(cells, written), MIXED, 1)
        for written, (name, cells) in product(FORMATS, EDITS.items())
    ),
    *(
        case(name, written, root_of(cells, written), cells)
        for written, (name, cells) in product(FORMATS, NOTEBOOKS.items())
    ),
    *(
        case(name, written, changed(written, change), MIXED)
        for written, (name, change) in product(FORMATS, HARMLESS.items())
    ),
]


@every(CASES)
def test_rule_sees_drift_and_nothing_else(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(case.path)
    path.parent.mkdir()
    path.write_bytes(case.data)
    suffix = {"py": ".py", "md": ".md", "Rmd": ".Rmd"}[path.parent.name.partition("-")[0]]
    path.with_suffix(suffix).write_text(case.sources[0], encoding="utf-8", newline="")
    assert len(findings("NB621", case)) == case.hits
    path.with_suffix(suffix).write_bytes(case.sources[0].replace("\n", "\r\n").encode())
    assert len(findings("NB621", case)) == case.hits
