"""NB002 invalid-notebook: notebooks that nbformat's own validation refuses, and accepts."""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

import nbformat

from tests.rare_rules.harness import Case, every, findings
from tests.rare_rules.test_nb612 import KINDS, cell, file

STREAM = {"output_type": "stream", "name": "stdout", "text": "é"}
SHOWN = {"output_type": "display_data", "data": {"text/plain": "é"}, "metadata": {}}
RESULT = SHOWN | {"output_type": "execute_result", "execution_count": 1}
ERROR = {"output_type": "error", "ename": "E", "evalue": "é", "traceback": []}
OUTPUTS = {"stream": STREAM, "shown": SHOWN, "result": RESULT, "error": ERROR}
WRONG: dict[str, Any] = {"number": 1, "text": "x", "list": [1], "object": {"a": 1}, "null": None}
# What each field of a code cell may not be.
FIELDS = {
    "metadata": ("number", "text", "list", "null"),
    "source": ("number", "list", "object", "null"),
    "outputs": ("number", "text", "list", "object", "null"),
    "execution_count": ("text", "list", "object"),
}


def _hits() -> Iterator[Case]:
    code = cell("code", "é = 1", id="a")
    for field, kinds in FIELDS.items():
        for kind in kinds:
            yield file(f"{field}-{kind}", code | {field: WRONG[kind]}, hits=1)
        yield file(f"no-{field}", {k: v for k, v in code.items() if k != field}, hits=1)
    for kind, minor in product(KINDS, range(5)):
        yield file(f"id-{kind}-{minor}", cell(kind, "1", id="a"), hits=1, minor=minor)
    for kind, field in product(("markdown", "raw"), ("outputs", "execution_count")):
        yield file(f"{kind}-has-{field}", cell(kind, "1", id="a") | {field: None}, hits=1)
    for name, output in OUTPUTS.items():
        for field in sorted(output.keys() - {"output_type"}):
            less = {key: value for key, value in output.items() if key != field}
            yield file(f"{name}-without-{field}", code | {"outputs": [less]}, hits=1)
        yield file(f"{name}-with-more", code | {"outputs": [output | {"extra": 1}]}, hits=1)


def _near_misses() -> Iterator[Case]:
    for kind, minor in product(KINDS, range(5)):
        yield file(f"valid-{kind}-{minor}", cell(kind, "é = 1"), minor=minor)
    for name, output in OUTPUTS.items():
        for count in (None, 1, 12):
            code = cell("code", "1", id="a", outputs=[output], execution_count=count)
            yield file(f"{name}-{count}", code)
            yield file(f"{name}-{count}-twice", code, code | {"id": "b"})
        more = output | ({"metadata": {"größe": 3}} if "metadata" in output else {})
        yield file(f"{name}-own-metadata", cell("code", "1", id="a", outputs=[more]))
    for key, value in WRONG.items():
        yield file(f"own-metadata-{key}", cell("code", "1", id="a", metadata={"own": value}))
    for kind in KINDS:
        yield file(f"lines-{kind}", cell(kind, id="a") | {"source": ["a\n", "b"]})
        yield file(f"tags-{kind}", cell(kind, id="a", metadata={"tags": ["größe", "b"]}))
    yield file("no-cells")


CASES = [*_hits(), *_near_misses()]


def accepted(data: bytes) -> bool:
    root = json.loads(data)
    try:
        nbformat.validate(root, version=4, version_minor=root["nbformat_minor"])
    except nbformat.ValidationError:
        return False
    return True


@every(CASES)
def test_reports_what_nbformat_refuses(case: Case) -> None:
    assert bool(findings("NB002", case)) == bool(case.hits)
    assert accepted(case.data) != bool(case.hits)
