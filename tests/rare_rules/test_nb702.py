"""NB702 secret-in-output: secrets that a run printed, showed or raised."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.rare_rules.harness import Case, every, findings, repaired
from tests.rare_rules.secret_cases import lookalikes, secrets

Output = Mapping[str, Any]


def stream(text: str) -> Output:
    return {"output_type": "stream", "name": "stdout", "text": f"größe: {text}\n"}


def errors(text: str) -> Output:
    lines = f"WARNING: {text}\n".splitlines(keepends=True)
    return {"output_type": "stream", "name": "stderr", "text": lines}


def split(text: str) -> Output:
    middle = len(text) // 2
    return {"output_type": "stream", "name": "stdout", "text": [text[:middle], text[middle:]]}


def result(text: str) -> Output:
    data = {"text/plain": [f"'{text}'"]}
    return {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}


def table(text: str) -> Output:
    data = {"text/plain": "<table>", "text/html": ["<td>", text, "</td>"]}
    return {"output_type": "display_data", "metadata": {}, "data": data}


def traceback(text: str) -> Output:
    return {
        "output_type": "error",
        "ename": "ValueError",
        "evalue": text.partition("\n")[0],
        "traceback": [f"\x1b[0;31mValueError\x1b[0m: {text}"],
    }


FORMS: Mapping[str, Callable[[str], Output]] = {
    form.__name__: form for form in (stream, errors, split, result, table, traceback)
}

FEW = ("split", "table")


def _file(name: str, hits: int, *outputs: Output, source: str = "show()", **data: Any) -> Case:
    cell = {"cell_type": "code", "execution_count": 1, "id": "a", "metadata": {}}
    cells = [cell | {"source": source, "outputs": outputs} | data]
    root = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return Case(name, json.dumps(root, ensure_ascii=False).encode(), hits)


def _cases() -> Iterator[Case]:
    for hits, texts in ((1, secrets()), (0, lookalikes())):
        for name, text in texts:
            for form in FORMS if hits else FEW:
                yield _file(f"{name}-{form}", hits, stream("before"), FORMS[form](text))
    secret = dict(secrets())["gitlab"]
    yield _file("one-finding-a-cell", 1, stream(secret), result(secret))
    yield _file("in-source-only", 0, stream("done"), source=f"key = '{secret}'")
    yield _file("in-metadata-only", 0, stream("done"), metadata={"key": secret})
    for kind in ("image/png", "image/jpeg", "application/pdf", "application/javascript"):
        data = {kind: secret, "text/plain": "<Figure>"}
        output = {"output_type": "display_data", "metadata": {}, "data": data}
        yield _file(f"in-{kind}", 0, output)


CASES = list(_cases())


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB702", case)) == case.hits


@every([case for case in CASES if case.hits])
def test_fix_clears_the_outputs(case: Case) -> None:
    [cell] = json.loads(repaired("NB702", case))["cells"]
    assert cell["outputs"] == []
