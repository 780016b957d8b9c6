"""NB001 unreadable-file: bytes that are no notebook, and odd bytes that are one."""

import json
from collections.abc import Iterator
from itertools import product

import pytest

from tests.rare_rules.harness import Case, every, findings
from tests.rare_rules.test_nb612 import cell

CELLS = [cell("markdown", "# Größe", id="a"), cell("code", "print('é')", id="b")]
WHOLE = {"cells": CELLS, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
TEXT = json.dumps(WHOLE, ensure_ascii=False, indent=1)
DATA = TEXT.encode()

NO_NOTEBOOK = {
    "empty": b"",
    "blank": b" \n\n",
    "mark-only": b"\xef\xbb\xbf",
    "words": b"a notebook for a first look",
    "page": b"<!DOCTYPE html><html><body>404</body></html>",
    "pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    "archive": b"PK\x03\x04\x14\x00",
    "zeros": b"\x00" * 64,
    "latin-1": TEXT.encode("latin-1"),
    "utf-16": TEXT.encode("utf-16"),
    "number": b"1",
    "string": b'"cells"',
    "null": b"null",
    "list": json.dumps(CELLS).encode(),
    "other-object": b'{"name": "rivers"}',
    "twice": DATA * 2,
    "text-after": DATA + b"\nend",
    "text-before": b"var notebook = " + DATA,
    "single-quotes": DATA.replace(b'"', b"'"),
    "comma-left": DATA[:-1] + b",}",
    "key-unquoted": DATA.replace(b'"metadata"', b"metadata"),
    "colon-lost": DATA.replace(b'"nbformat":', b'"nbformat"'),
    "bad-escape": DATA.replace(b"print", b"\\print"),
    "line-in-string": DATA.replace(b"print", b"\nprint"),
}


def _hits() -> Iterator[Case]:
    for name, data in NO_NOTEBOOK.items():
        yield Case(name, data, 1)
    for end in range(1, len(DATA) - 1, len(DATA) // 30):
        yield Case(f"cut-at-{end}", DATA[:end], 1)


FORMS = {"plain": {}, "indented": {"indent": 4}, "compact": {"separators": (",", ":")}}
ENDS = {"none": "", "newline": "\n", "blank-lines": "\n\n \n", "crlf": "\r\n"}
STRANGE = {
    "whole": WHOLE,
    "no-cells": WHOLE | {"cells": []},
    "no-metadata": {name: WHOLE[name] for name in ("cells", "nbformat", "nbformat_minor")},
    "extra-key": WHOLE | {"größe": 3},
    "old-minor": WHOLE | {"nbformat_minor": 0},
    "null-metadata": WHOLE | {"metadata": None},
}


def _near_misses() -> Iterator[Case]:
    for (name, root), (form, options), (end, tail) in product(
        STRANGE.items(), FORMS.items(), ENDS.items()
    ):
        text = json.dumps(root, **options) + tail
        yield Case(f"{name}-{form}-{end}", text.encode(), 0)
        yield Case(f"{name}-{form}-{end}-mark", b"\xef\xbb\xbf" + text.encode(), 0)
    marks = "<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n"
    yield Case("conflict", (TEXT[:40] + "\n" + marks + TEXT[40:]).encode(), 0)


CASES = [*_hits(), *_near_misses()]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB001", case)) == case.hits


@pytest.mark.parametrize("case", [case for case in CASES if case.hits], ids=lambda case: case.name)
def test_what_is_reported_cannot_be_read_as_a_notebook(case: Case) -> None:
    try:
        root = json.loads(case.data.decode("utf-8-sig"))
    except ValueError:
        return
    assert not isinstance(root, dict) or not {"cells", "worksheets"} & root.keys()
