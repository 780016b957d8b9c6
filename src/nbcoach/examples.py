"""Examples on pages: cells in percent format as the text of a notebook file, and back."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from nbcoach.errors import PackError

KERNEL: Final = {"display_name": "Python 3", "language": "python", "name": "python3"}
_MARK = re.compile(r"# %%(?: \[(markdown|raw)\])?(?: (.*))?$")
_NOTEBOOK = re.compile(r"# notebook (.*)$")
_KEY = re.compile(r"\s*(\w+)=")
_NUMBERED_ID = re.compile(r"cell-\d+$")


def notebook_text(percent: str) -> str:
    """The text of the `.ipynb` file with the cells of `percent`; raises PackError if it has none.

    A cell starts with `# %%`, `# %% [markdown]` or `# %% [raw]`; after that come its fields as
    `key=JSON`. `tags` stands for the field of the metadata; `stream`, `result` and `error` for
    outputs with that text. A first line `# notebook key=JSON` sets fields of the notebook.
    """
    notebook: dict[str, Any] = {"metadata": {"kernelspec": KERNEL}, "nbformat": 4}
    notebook |= {"nbformat_minor": 5, "cells": []}
    first, _, rest = percent.partition("\n")
    if head := _NOTEBOOK.match(first):
        notebook |= dict(_options(head[1]))
        percent = rest
    for kind, options, lines in _parts(percent):
        number = len(notebook["cells"]) + 1
        notebook["cells"].append(_cell(kind, f"cell-{number}", dict(_options(options)), lines))
    if not notebook["cells"]:
        raise PackError("an example has no cell: cells start with `# %%`")
    return as_json(notebook)


def percent_text(text: str) -> str:
    """The percent format of a notebook that `notebook_text` made, whatever became of it since."""
    notebook = json.loads(text)
    fields = {key: notebook[key] for key in ("metadata", "nbformat_minor") if key in notebook}
    plain = {"metadata": {"kernelspec": KERNEL}, "nbformat_minor": 5}
    changed = {key: value for key, value in fields.items() if value != plain[key]}
    head = [f"# notebook{_written(changed)}"] if changed else []
    return "\n".join([*head, *(line for cell in notebook["cells"] for line in _shown(cell))]) + "\n"


def as_json(notebook: Any) -> str:
    """A notebook as Jupyter writes it."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _parts(percent: str) -> Iterator[tuple[str, str, list[str]]]:
    lines: list[str] = []
    mark: re.Match[str] | None = None
    for line in percent.splitlines():
        if following := _MARK.match(line):
            if mark or any(lines):
                yield (mark and mark[1]) or "code", (mark and mark[2]) or "", lines
            mark, lines = following, []
        else:
            lines.append(line)
    if mark or any(lines):
        yield (mark and mark[1]) or "code", (mark and mark[2]) or "", lines


def _options(text: str) -> Iterator[tuple[str, Any]]:
    decoder = json.JSONDecoder()
    position = 0
    while key := _KEY.match(text, position):
        try:
            value, position = decoder.raw_decode(text, key.end())
        except json.JSONDecodeError as error:
            raise PackError(f"`{key[1]}=` is not followed by JSON in `{text}`") from error
        yield key[1], value
    if text[position:].strip():
        raise PackError(f"`{text[position:].strip()}` is not a `key=JSON` field of a cell")


def _cell(kind: str, identity: str, options: dict[str, Any], lines: list[str]) -> dict[str, Any]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if kind == "markdown":
        lines = [line.removeprefix("#").removeprefix(" ") for line in lines]
    metadata = options.pop("metadata", {})
    if "tags" in options:
        metadata["tags"] = options.pop("tags")
    cell: dict[str, Any] = {"cell_type": kind, "id": identity, "metadata": metadata}
    if kind == "code":
        cell |= {"execution_count": options.get("execution_count"), "outputs": []}
        for form in [key for key in options if key in ("stream", "result", "error")]:
            cell["outputs"].append(_output(form, options.pop(form), cell["execution_count"]))
    cell["source"] = "\n".join(lines).splitlines(keepends=True)
    cell |= options
    return {key: value for key, value in cell.items() if key != "id" or value is not None}


def _output(form: str, text: str, count: int | None) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    if form == "stream":
        return {"name": "stdout", "output_type": "stream", "text": lines}
    if form == "error":
        name, _, value = text.partition(": ")
        return {"ename": name, "evalue": value, "output_type": "error", "traceback": [text]}
    return {
        "data": {"text/plain": lines},
        "execution_count": count,
        "metadata": {},
        "output_type": "execute_result",
    }


def _shown(cell: dict[str, Any]) -> Iterator[str]:
    kind = cell["cell_type"]
    options: dict[str, Any] = {}
    if not _NUMBERED_ID.match(cell.get("id") or ""):
        options["id"] = cell.get("id")
    if cell.get("execution_count") is not None:
        options["execution_count"] = cell["execution_count"]
    if metadata := dict(cell.get("metadata", {})):
        options |= {"tags": metadata.pop("tags")} if "tags" in metadata else {}
        options |= {"metadata": metadata} if metadata else {}
    options |= _shown_outputs(cell)
    yield f"# %%{'' if kind == 'code' else f' [{kind}]'}{_written(options)}"
    source = cell["source"]
    lines = (source if isinstance(source, str) else "".join(source)).splitlines()
    yield from (f"# {line}".rstrip() for line in lines) if kind == "markdown" else lines


def _shown_outputs(cell: dict[str, Any]) -> dict[str, Any]:
    outputs = cell.get("outputs", [])
    short: dict[str, Any] = {}
    for output in outputs:
        match output["output_type"]:
            case "stream":
                short["stream"] = "".join(output["text"])
            case "error":
                short["error"] = f"{output['ename']}: {output['evalue']}"
            case "execute_result":
                short["result"] = "".join(output["data"].get("text/plain", ()))
    count = cell.get("execution_count")
    same = [_output(form, text, count) for form, text in short.items()] == outputs
    return short if same else {"outputs": outputs}


def _written(options: dict[str, Any]) -> str:
    return "".join(
        f" {key}={json.dumps(value, ensure_ascii=False)}" for key, value in options.items()
    )
