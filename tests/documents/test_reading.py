"""Files that are notebooks, and why others are not."""

import json
import sys

import pytest

from nbcoach.documents import read
from nbcoach.documents.ipynb import IpynbDocument
from nbcoach.documents.text import TextDocument
from nbcoach.subjects import Unreadable
from tests.documents.notebooks import code, notebook, opened, refused

TEXT = json.dumps(notebook(code("a = 1")), indent=1)
DATA = TEXT.encode()


@pytest.mark.parametrize(
    ("path", "data", "kind"),
    [
        ("a.ipynb", DATA, IpynbDocument),
        ("a.IPYNB", DATA, IpynbDocument),
        ("a.json", b"\xef\xbb\xbf \n" + DATA, IpynbDocument),
        ("-", DATA, IpynbDocument),
        ("a.py", b"# %%\n1\n", TextDocument),
        ("a.py", b"#%% title\n1\n", TextDocument),
        ("a.py", b"# ---\n# jupyter:\n#   kernelspec: {name: x}\n# ---\n\n1\n", TextDocument),
    ],
)
def test_suffix_and_content_choose_the_format(path: str, data: bytes, kind: type) -> None:
    assert isinstance(read(path, data), kind)


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        ("a.ipynb", b"", Unreadable("empty", "it is empty")),
        ("a.ipynb", b"\xef\xbb\xbf \n\n", Unreadable("empty", "it holds only white space")),
        ("a.ipynb", b"[]", Unreadable("not-notebook", "it is JSON, but has no `cells`")),
        ("a.ipynb", b'{"a": 1}', Unreadable("not-notebook", "it is JSON, but has no `cells`")),
        (
            "a.ipynb",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
            Unreadable("not-notebook", "it is a Git LFS pointer: run `git lfs pull`", 1),
        ),
        (
            "a.md",
            b"# Title\n",
            Unreadable(
                "not-notebook", "it is Markdown without a jupytext header or `{code-cell}` blocks"
            ),
        ),
        (
            "a.txt",
            b"# Title\n",
            Unreadable("not-notebook", "it is neither JSON nor a text notebook that we read"),
        ),
        (
            "a.py",
            b"import os\n# %matplotlib inline\n",
            Unreadable("not-notebook", "it is Python without a jupytext header or `# %%` cells"),
        ),
        (
            "a.py",
            b'"""\n# %%\n"""\n',
            Unreadable("not-notebook", "it is Python without a jupytext header or `# %%` cells"),
        ),
        (
            "a.py",
            b"# ---\n# jupyter:\n#  jupytext: {text_representation: {format_name: light}}\n# ---\n",
            Unreadable("not-notebook", "it is in jupytext's `light` format; save it as `percent`"),
        ),
        (
            "a.py",
            b"# ---\n# jupyter:\n#   a: [\n# ---\n\n# %%\n1\n",
            Unreadable("not-notebook", "its header is not valid YAML"),
        ),
        (
            "a.ipynb",
            "é".encode("utf-16"),
            Unreadable("not-utf8", "it is UTF-16: save it as UTF-8", 1),
        ),
        (
            "a.ipynb",
            b'{\n "cells": "caf\xe9"}',
            Unreadable("not-utf8", "line 2: byte 0xe9 at offset 16 is not UTF-8", 2),
        ),
        (
            "a.py",
            b"# %%\n# caf\xe9\n",
            Unreadable("not-utf8", "line 2: byte 0xe9 at offset 10 is not UTF-8", 2),
        ),
    ],
)
def test_no_notebook(path: str, data: bytes, expected: Unreadable) -> None:
    assert read(path, data) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            '{"cells": [1 2]}',
            "line 1, column 14: expected a comma or the end of the list or object",
        ),
        ('{\n "cells": [],\n}', "line 3, column 1: expected a key in double quotes"),
        ('{"cells" []}', "line 1, column 10: expected a colon after the key"),
        ('{"cells": [\n1,]}', "line 2, column 3: expected a value"),
        ('{"cells": []} x', "line 1, column 15: more text follows the end of the notebook"),
        (
            '{"cells": "a\nb"}',
            "line 1, column 13: a control character stands unescaped in a string",
        ),
        ('{"cells": "\\q"}', "line 1, column 12: unknown escape in a string"),
        ('{"cells": "abc', "line 1, column 11: this string never ends"),
        ('{"cells": [\n{},', "line 2: the file ends too early"),
    ],
)
def test_the_first_error_of_broken_json_is_named(text: str, reason: str) -> None:
    found = refused("a.ipynb", text.encode())
    assert found.kind == "not-json"
    if found.reason.endswith("a comma with nothing behind it"):
        assert ",\n}" in text or ",]" in text  # since Python 3.13, which points at the comma
    else:
        assert found.reason == reason
        assert f"line {found.line}" in reason


def test_every_truncation_is_unreadable() -> None:
    for length in range(1, len(DATA)):
        assert isinstance(read("a.ipynb", DATA[:length]), Unreadable)


CONFLICT = '{\n<<<<<<< HEAD\n "cells": []\n=======\n "cells": [1]\n>>>>>>> topic\n}'


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_conflict_is_told_before_the_syntax_error(line_end: str) -> None:
    data = CONFLICT.replace("\n", line_end).encode()
    assert refused("a.ipynb", data) == Unreadable(
        "conflict", "line 2: a merge conflict starts here", 2
    )


def test_a_conflict_wins_over_a_wrong_encoding() -> None:
    assert refused("a.ipynb", CONFLICT.encode() + b"\xff").kind == "conflict"


def test_conflict_markers_in_a_cell_are_text() -> None:
    lesson = "<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> topic\n"
    document = opened(json.dumps(notebook(code(lesson))))
    assert document.notebook.cells[0].source == lesson


def test_half_a_conflict_is_a_syntax_error() -> None:
    assert refused("a.ipynb", b"{\n<<<<<<< HEAD\n}").kind == "not-json"
    assert refused("a.ipynb", b"{\n>>>>>>> b\n<<<<<<< a\n}").kind == "not-json"


def test_a_file_over_the_limit_is_not_parsed() -> None:
    data = b" " * (3 * 1024 * 1024)
    found = refused("a.ipynb", data, max_size=1024 * 1024)
    assert found == Unreadable("too-large", "it takes 3.0 MiB, more than the limit of 1.0 MiB")
    assert refused("a.py", data, max_size=1024 * 1024).kind == "too-large"


def test_absurd_nesting() -> None:
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        depth = 200_000
        data = f'{{"cells": {opening * depth}{closing * depth}}}'.encode()
        assert refused("a.ipynb", data).kind in ("too-deep", "not-json")
    assert refused("a.ipynb", b'{"cells": ' + b"[" * 200_000).kind == "too-deep"


def test_numbers_that_python_dislikes() -> None:
    digits = "9" * (sys.get_int_max_str_digits() + 1)
    cells = (
        f'[{{"cell_type": "code", "execution_count": {digits}, "source": "a", "level": -1e999}}]'
    )
    text = f'{{"cells": {cells}, "metadata": {{"x": NaN, "y": -Infinity, "z": 1E400}}}}'
    document = opened(text)
    assert document.notebook.cells[0].source == "a"
    assert document.violations()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_bytes_come_back(mark: bytes) -> None:
    for path, data in (("a.ipynb", mark + DATA + b"\r\n"), ("a.py", mark + b"# %%\r\nx\r\n\r\n")):
        document = read(path, data)
        assert not isinstance(document, Unreadable)
        assert document.encode(document.text) == data
        assert not document.text.startswith("\ufeff")
