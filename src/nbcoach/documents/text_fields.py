"""Fields of a notebook that is kept as text: in the YAML of its head, and beside cell markers."""

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from nbcoach.documents import Splice
from nbcoach.documents.text_file import TextFile
from nbcoach.errors import EditRefused
from nbcoach.finding import Edit, FieldEdit

_SECTION: Final = re.compile(r"^(?:#[ ]?)?jupyter[ \t]*:[ \t]*(\r\n|\r|\n)(#?[ ]+)", re.MULTILINE)
_REFUSAL: Final = "a notebook kept as text does not store this field"


def field(text: str, file: TextFile, edit: FieldEdit) -> Splice:
    """The change that adds a new field of the notebook, or tags to a cell; raises EditRefused."""
    match edit.path:
        case ("metadata", str(key)):
            return _in_head(text, file, key, edit.value)
        case ("cells", int(index), "metadata", "tags") if 0 <= index < len(file.cells):
            cell = file.cells[index]
            if cell.marker_end >= 0 and "tags" not in cell.metadata:
                written = f" tags={json.dumps(edit.value)}"
                return Splice(cell.marker_end, cell.marker_end, written)
    raise EditRefused(_REFUSAL)


def _in_head(text: str, file: TextFile, key: str, value: object) -> Splice:
    section = _SECTION.search(text)
    if file.head.metadata is None or section is None:
        raise EditRefused("the file has no header for Jupyter, which could hold it")
    if key in file.head.metadata:
        raise EditRefused(f"the header has `{key}` already; add to it by hand")
    newline, margin = section.groups()
    place = section.start(2)
    return Splice(place, place, f"{margin}{key}: {json.dumps(value)}{newline}")


def check(before: TextFile, after: TextFile, edits: Iterable[Edit]) -> None:
    """Raise EditRefused if there are edits of fields, and these are not what the edits ask for."""
    changes = [edit for edit in edits if isinstance(edit, FieldEdit)]
    wanted: list[dict[str, Any]] = [dict(before.head.metadata or {})]
    wanted += [dict(cell.metadata) for cell in before.cells]
    for path, value in changes:
        place = 0 if path[0] == "metadata" else int(path[1]) + 1
        wanted[place][str(path[-1])] = value
    now = [after.head.metadata or {}, *(cell.metadata for cell in after.cells)]
    if changes and wanted != now:
        raise EditRefused(_REFUSAL)
