"""Notebooks as Jupyter saves them: JSON."""

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nbcoach.documents import Splice
from nbcoach.documents.cells import notebook_of
from nbcoach.documents.regions import Region
from nbcoach.documents.unreadable import BOM, conflict, not_json, not_utf8, unfit
from nbcoach.finding import Edit
from nbcoach.notebook import Location, Notebook
from nbcoach.subjects import SchemaViolation, Unreadable

if TYPE_CHECKING:
    from nbcoach.documents.layout import Layout


class IpynbDocument:
    """A JSON notebook; the places of its parts are looked up when first needed."""

    def __init__(self, path: str, text: str, mark: bytes, root: dict[str, Any]) -> None:
        self.path = path
        self.text = text
        self._mark = mark
        self._root = root

    @cached_property
    def notebook(self) -> Notebook:
        """The notebook that the text holds."""
        return notebook_of(self.path, self._root, len(self.text))

    def encode(self, text: str) -> bytes:
        """The bytes of the file if its text were `text`."""
        return self._mark + text.encode()

    def violations(self) -> tuple[SchemaViolation, ...]:
        """Every place where the file breaks the schema of its nbformat version."""
        from nbcoach.documents.schema import violations

        return violations(self._root)

    def splices(self, *edits: Edit) -> tuple[Splice, ...]:
        """The changes of the text that carry out the edits; raises EditRefused where none can."""
        from nbcoach.documents.lowering import lower

        return lower(self._layout, edits)

    def region(self, location: Location) -> Region:
        """Where `location` stands in the file; of a whole cell or notebook only its first line."""
        return self._layout.region(location)

    @cached_property
    def _layout(self) -> "Layout":
        from nbcoach.documents.layout import Layout

        return Layout(self.text, self._root)


def read_ipynb(path: str, data: bytes, max_size: int) -> IpynbDocument | Unreadable:
    """Read a JSON notebook, or say why it is none."""
    unreadable = unfit(data, max_size)
    if unreadable is not None:
        return unreadable
    mark = BOM if data.startswith(BOM) else b""
    try:
        text = data[len(mark) :].decode()
        root = _parse(text)
    except UnicodeDecodeError as error:
        return conflict(data) or not_utf8(data, error)
    except json.JSONDecodeError as error:
        return conflict(data) or not_json(text, error)
    except RecursionError:
        return Unreadable("too-deep", "its lists and objects are nested too deeply")
    if not isinstance(root, dict) or not ("cells" in root or "worksheets" in root):
        return Unreadable("not-notebook", "it is JSON, but has no `cells`")
    return IpynbDocument(path, text, mark, root)


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer of more digits than Python converts
        return json.loads(text, parse_int=_integer)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) < 4000 else float(digits)
