"""From a parsed JSON notebook, of whatever shape, to cells."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from nbcoach.documents.languages import cell_language, kernel_language, language_named
from nbcoach.notebook import Cell, CodeCell, MarkdownCell, Notebook, Output, RawCell

Steps = tuple[str | int, ...]

_NOTHING: Final[Mapping[str, Any]] = {}
_ANSI: Final = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
# nbformat 3 named things differently.
_OLD_KINDS: Final = {"pyout": "execute_result", "pyerr": "error"}
_OLD_DATA: Final = {
    "text": "text/plain",
    "html": "text/html",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "latex": "text/latex",
    "json": "application/json",
    "javascript": "application/javascript",
    "pdf": "application/pdf",
}


def notebook_of(path: str, root: dict[str, Any], size: int) -> Notebook:
    """The notebook in a parsed file; fields of a wrong type count as absent."""
    metadata = _mapping(root.get("metadata"))
    language = kernel_language(metadata)
    cells = (_cell(index, raw, language) for index, (_, raw) in enumerate(raw_cells(root)))
    return Notebook(path, format_of(root), language, metadata, tuple(cells), size)


def format_of(root: dict[str, Any]) -> tuple[int, int]:
    """The (major, minor) version of nbformat that a parsed file states, or must have."""
    major, minor = root.get("nbformat"), root.get("nbformat_minor")
    if type(major) is not int:
        major = 3 if "worksheets" in root and "cells" not in root else 4
    return major, minor if type(minor) is int else 0


def raw_cells(root: dict[str, Any]) -> Iterator[tuple[Steps, Any]]:
    """Every cell of a parsed file with the path to it, over all worksheets."""
    if "cells" in root:
        for index, raw in enumerate(_list(root["cells"])):
            yield ("cells", index), raw
        return
    for number, sheet in enumerate(_list(root.get("worksheets"))):
        for index, raw in enumerate(_list(_mapping(sheet).get("cells"))):
            yield ("worksheets", number, "cells", index), raw


def source_field(raw: Mapping[str, Any]) -> str:
    """The key that a cell keeps its source under: nbformat 3 calls that of code `input`."""
    return "input" if "source" not in raw and "input" in raw else "source"


def heading_prefix(raw: Mapping[str, Any]) -> str:
    """The Markdown before the text of nbformat 3's heading cells; empty for other cells."""
    if raw.get("cell_type") != "heading":
        return ""
    level = raw.get("level")
    return "#" * (level if type(level) is int and 1 <= level <= 6 else 1) + " "


def joined(value: object) -> str:
    """The text of a field that may be a string or a list of strings."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return ""
    try:
        return "".join(value)
    except TypeError:
        return "".join(part for part in value if isinstance(part, str))


def _cell(index: int, raw: Any, kernel: str) -> Cell:
    if not isinstance(raw, dict):
        return RawCell(index, None, "", _NOTHING)
    source = joined(raw.get(source_field(raw)))
    metadata = _mapping(raw.get("metadata"))
    identity = raw.get("id")
    identity = identity if isinstance(identity, str) else None
    attachments = _mapping(raw.get("attachments"))
    match raw.get("cell_type"):
        case "code":
            spoken = language_named(raw.get("language")) or kernel
            return CodeCell(
                index,
                identity,
                source,
                metadata,
                attachments,
                tuple([_output(output) for output in _list(raw.get("outputs"))]),
                _count(raw.get("execution_count", raw.get("prompt_number"))),
                cell_language(source, metadata, spoken),
            )
        case "markdown":
            return MarkdownCell(index, identity, source, metadata, attachments)
        case "heading":
            source = heading_prefix(raw) + source
            return MarkdownCell(index, identity, source, metadata, attachments)
        case _:
            return RawCell(index, identity, source, metadata, attachments)


def _output(raw: Any) -> Output:
    raw = _mapping(raw)
    kind = raw.get("output_type")
    kind = _OLD_KINDS.get(kind, kind) if isinstance(kind, str) else ""
    data, name = _NOTHING, ""
    if kind == "stream":
        text = joined(raw.get("text"))
        name = _text(raw.get("name", raw.get("stream", "stdout")))
    elif kind == "error":
        text, name = _error_text(raw), _text(raw.get("ename"))
    else:
        data = _mapping(raw["data"]) if "data" in raw else _old_data(raw)
        text = joined(data.get("text/plain"))
    count = _count(raw.get("execution_count", raw.get("prompt_number")))
    return Output(kind, name, text, data, _mapping(raw.get("metadata")), count)


def _error_text(raw: Mapping[str, Any]) -> str:
    """The traceback without its colours; it always contains the error's value."""
    lines = raw.get("traceback")
    lines = [line for line in lines if isinstance(line, str)] if isinstance(lines, list) else []
    text = "\n".join(lines)
    if "\x1b" in text:
        text = _ANSI.sub("", text)
    value = _text(raw.get("evalue"))
    if value in text:
        return text
    return f"{text}\n{_text(raw.get('ename'))}: {value}".lstrip("\n")


def _old_data(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    return {new: raw[old] for old, new in _OLD_DATA.items() if old in raw}


def _count(value: object) -> int | None:
    if type(value) is int:
        return value
    return int(value) if isinstance(value, float) and value.is_integer() else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else _NOTHING
