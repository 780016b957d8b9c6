"""Fields of a whole notebook that is kept as text: in the YAML at the head of the file."""

import json
import re
from typing import Final

from nbcoach.documents import Splice
from nbcoach.documents.front_matter import FrontMatter
from nbcoach.errors import EditRefused
from nbcoach.finding import FieldEdit

_SECTION: Final = re.compile(r"^(?:#[ ]?)?jupyter[ \t]*:[ \t]*(\r\n|\r|\n)(#?[ ]+)", re.MULTILINE)


def head_field(text: str, head: FrontMatter, edit: FieldEdit) -> Splice:
    """The change that adds a new field to the section for Jupyter; raises EditRefused."""
    if edit.path[0] != "metadata" or len(edit.path) != 2:
        raise EditRefused("a notebook kept as text does not store this field")
    section = _SECTION.search(text)
    if head.metadata is None or section is None:
        raise EditRefused("the file has no header for Jupyter, which could hold it")
    key = str(edit.path[1])
    if key in head.metadata:
        raise EditRefused(f"the header has `{key}` already; add to it by hand")
    newline, margin = section.groups()
    field = f"{margin}{key}: {json.dumps(edit.value)}{newline}"
    return Splice(section.start(2), section.start(2), field)
