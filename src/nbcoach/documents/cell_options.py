"""What stands behind the marker of a percent-format cell: its title, its kind and its metadata.

Read as jupytext reads it: `# %% A title [markdown] key="value" tags=["a"]`, or `{"key": "value"}`.
"""

import json
import re
import warnings
from typing import Any, Final

_KEY: Final = re.compile(r"[a-zA-Z0-9_.@/-]+\Z")
_FLAG: Final = re.compile(r"[a-zA-Z_.][a-zA-Z0-9_.]*\Z")
_KINDS: Final = {"[markdown]": "markdown", "[raw]": "raw", "[md]": "markdown"}
_UNCLEAR: Final = "incorrectly_encoded_metadata"


def cell_options(text: str) -> tuple[str, dict[str, Any]]:
    """The kind of a cell, empty if not stated, and its metadata with its title."""
    title, metadata = title_and_fields(text.strip())
    kind = ""
    for mark, named in _KINDS.items():
        if mark in title:
            title, kind = title.replace(mark, "").strip(), named
            break
    name = title.lstrip("%")
    if name != title:
        metadata["cell_depth"] = len(title) - len(name)
        title = name.strip()
    if title:
        metadata["title"] = title
    return kind, metadata


def is_active(extension: str, metadata: dict[str, Any], default: bool = True) -> bool:
    """Whether jupytext has a cell run in files of this extension: "py" or "ipynb"."""
    control = metadata.get("run_control")
    if isinstance(control, dict) and control.get("frozen") is True:
        return extension == "ipynb"
    tags = metadata.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, str) and tag.startswith("active-"):
            return extension in tag.split("-")
    active = metadata.get("active")
    return extension in re.split(r"[.,]", active) if isinstance(active, str) else default


def title_and_fields(text: str) -> tuple[str, dict[str, Any]]:
    """The words before any metadata, and the metadata."""
    brace, equals = text.find("{"), text.find("=")
    if brace >= 0 and not 0 <= equals < brace:
        value = _literal(text[brace:])
        fields = value if isinstance(value, dict) else {_UNCLEAR: text[brace:]}
        return text[:brace].strip(), fields
    words = (text[:equals].rstrip(" ") if equals >= 0 else text).split(" ")
    if equals >= 0:
        words.pop()  # the key before the first `=`
    while words and (not words[-1].strip() or words[-1].startswith(".")):
        words.pop()
    title = " ".join(words)
    return title, _fields(text[len(title) :])


def _fields(text: str) -> dict[str, Any]:
    """`key=value` pairs and lone keys, found from the right because values may hold anything."""
    fields: dict[str, Any] = {}
    while text := text.strip():
        space = text.rfind(" ")
        key = text[space + 1 :]
        if not text.startswith("--") and _FLAG.match(key):
            fields.setdefault(key, None)
            text = text[:space] if space > 0 else ""
            continue
        pair = _last_pair(text)
        if pair is None:
            return {**fields, _UNCLEAR: text}
        key, value, start = pair
        fields.setdefault(key, value)
        text = text[:start] if start > 0 else ""
    return fields


def _last_pair(text: str) -> tuple[str, Any, int] | None:
    """The last key with its value, and where the text before them ends."""
    equals = text.rfind("=")
    while equals >= 0:
        start = text[:equals].rstrip().rfind(" ")
        key = text[start + 1 : equals].strip()
        if _KEY.match(key):
            value = _literal(text[equals + 1 :])
            if value is not _NO_LITERAL:
                return key, value, start
        equals = text.rfind("=", 0, equals)
    return None


_NO_LITERAL: Final = object()


def _literal(text: str) -> Any:
    """A value written as JSON or as a Python literal."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    from ast import literal_eval

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return _NO_LITERAL
