"""A quick look at a notebook that spares nearly all valid ones the full schema."""

import re
from collections.abc import Mapping
from typing import Any, Final

_TOP: Final = {"cells", "metadata", "nbformat", "nbformat_minor"}
_TEXT_CELL: Final = {"cell_type", "metadata", "source"}
_CODE_CELL: Final = {*_TEXT_CELL, "outputs", "execution_count"}
_EXTRAS: Final = {"id", "attachments"}
_OUTPUTS: Final[Mapping[str, frozenset[str]]] = {
    "stream": frozenset({"output_type", "name", "text"}),
    "error": frozenset({"output_type", "ename", "evalue", "traceback"}),
    "display_data": frozenset({"output_type", "data", "metadata"}),
    "execute_result": frozenset({"output_type", "data", "metadata", "execution_count"}),
}
# The metadata of cells that the schemas say something about.
_NAMED: Final = frozenset(
    {"tags", "name", "jupyter", "execution", "collapsed", "scrolled", "format"}
)
_ID: Final = re.compile(r"[a-zA-Z0-9_-]{1,64}\Z")
_JSON_TYPE: Final = re.compile(r"application/(.*\+)?json\Z")


def surely_valid(root: dict[str, Any]) -> bool:
    """Whether a parsed notebook certainly meets its schema; False means that one must look.

    It says nothing of missing ids.
    """
    minor = root.get("nbformat_minor")
    if type(minor) is not int or not 0 <= minor <= 5 or root.keys() != _TOP:
        return False
    if type(root["nbformat"]) is not int or root["nbformat"] != 4:
        return False
    cells = root["cells"]
    if type(cells) is not list or not _metadata(root["metadata"]):
        return False
    return all(_cell(cell, minor == 5) for cell in cells)


def _cell(cell: Any, with_id: bool) -> bool:
    if type(cell) is not dict:
        return False
    kind = cell.get("cell_type")
    fields = _CODE_CELL if kind == "code" else _TEXT_CELL
    if cell.keys() != fields and not _with_extras(cell, fields, with_id):
        return False
    metadata, source = cell["metadata"], cell["source"]
    if type(metadata) is not dict or not (not metadata or _cell_metadata(metadata)):
        return False
    if type(source) is not str and not _strings(source):
        return False
    if kind != "code":
        return kind == "markdown" or kind == "raw"
    outputs = cell["outputs"]
    if type(outputs) is not list or not _count(cell["execution_count"]):
        return False
    return not outputs or all(_output(output) for output in outputs)


def _with_extras(cell: dict[str, Any], fields: set[str], with_id: bool) -> bool:
    extras = cell.keys() - fields
    if len(cell) != len(fields) + len(extras):
        return False
    if "id" in extras:
        identity = cell["id"]
        if not with_id or type(identity) is not str or not _ID.match(identity):
            return False
    if "attachments" in extras:
        files = cell["attachments"]
        if fields is _CODE_CELL or type(files) is not dict or not all(map(_bundle, files.values())):
            return False
    return extras <= _EXTRAS


def _output(output: Any) -> bool:
    kind = output.get("output_type") if type(output) is dict else None
    if type(kind) is not str or output.keys() != _OUTPUTS.get(kind):
        return False
    if kind == "stream":
        text = output["text"]
        return (type(text) is str or _strings(text)) and type(output["name"]) is str
    if kind == "error":
        named = type(output["ename"]) is str and type(output["evalue"]) is str
        return named and _strings(output["traceback"])
    data = output["data"]
    if type(output["metadata"]) is not dict or not _bundle(data):
        return False
    return kind == "display_data" or _count(output["execution_count"])


def _bundle(data: Any) -> bool:
    if type(data) is not dict:
        return False
    for kind, value in data.items():
        if type(value) is not str and not _strings(value) and not _JSON_TYPE.match(kind):
            return False
    return True


def _strings(value: Any) -> bool:
    """Whether it is a list of strings: joining them is the fastest way to know."""
    if type(value) is not list:
        return False
    try:
        "".join(value)
    except TypeError:
        return False
    return True


def _count(value: Any) -> bool:
    return value is None or (type(value) is int and value >= 0)


def _metadata(metadata: Any) -> bool:
    if type(metadata) is not dict:
        return False
    spec = metadata.get("kernelspec", {"name": "", "display_name": ""})
    info = metadata.get("language_info", {"name": ""})
    if type(spec) is not dict or type(info) is not dict:
        return False
    texts = [spec.get("name"), spec.get("display_name"), info.get("name")]
    texts += [info.get(key, "") for key in ("file_extension", "mimetype", "pygments_lexer")]
    origin = metadata.get("orig_nbformat", 4)
    return (
        all(type(text) is str for text in (*texts, metadata.get("title", "")))
        and type(info.get("codemirror_mode", "")) in (str, dict)
        and type(metadata.get("authors", [])) is list
        and type(origin) is int
        and origin >= 1
    )


def _cell_metadata(metadata: dict[str, Any]) -> bool:
    if _NAMED.isdisjoint(metadata):
        return True
    execution, name = metadata.get("execution", {}), metadata.get("name", "-")
    return (
        _tags(metadata.get("tags", []))
        and type(metadata.get("jupyter", {})) is dict
        and type(execution) is dict
        and all(type(time) is str for time in execution.values())
        and type(metadata.get("collapsed", True)) is bool
        and metadata.get("scrolled", True) in (True, False, "auto")
        and type(metadata.get("format", "")) is str
        and type(name) is str
        and name != ""
        and "\n" not in name
    )


def _tags(tags: Any) -> bool:
    if not tags:
        return type(tags) is list
    return _strings(tags) and len(set(tags)) == len(tags) and all(tags) and "," not in "".join(tags)
