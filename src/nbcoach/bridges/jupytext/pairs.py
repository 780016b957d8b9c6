"""The pairs of a run: found, compared, and known again while nothing about them changes."""

import os
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Final
from zlib import crc32

from nbcoach.bridges.jupytext.configuration import Configurations
from nbcoach.documents import Document, read
from nbcoach.project import PAIRED
from nbcoach.subjects import Drift, Unreadable

if TYPE_CHECKING:
    from nbcoach.bridges.jupytext.declared import Side

_JSON: Final = ".ipynb"
_TEXTS: Final = (".py", ".md", ".Rmd")
_AROUND: Final = f"{PAIRED}around "
_SIDE: Final = f"{PAIRED}the side "
_EXAMINED: Final = "examined itself"

Contents = Callable[[str], bytes | Unreadable]
Told = dict[str, str]


class Pairs:
    """Knows what lies in folders for the time of a run; `contents` reads files.

    Of a pair the notebook tells that it has drifted, and its text only in runs that leave the
    notebook out: `examined` are the notebooks that they do not.
    """

    def __init__(self, contents: Contents, examined: Collection[str] = ()) -> None:
        self._contents = contents
        self._examined = examined
        self._configurations = Configurations()

    def drifts(self, document: Document, told: Told) -> Iterator[Drift]:
        """Where other files of a document's pair hold other cells.

        `told` collects what that depends on: while `state` says the same of all of it, so do we.
        """
        here = os.path.abspath(document.path)
        told[_AROUND + here] = self._state_around(here)
        pair = self._pair(here, document, told)
        own = next((side for side in pair if side.path == here), None)
        for other in pair:
            if own is None or _is_json(other.path) == _is_json(here):
                continue
            told[_SIDE + other.path] = state = self._state_of(other.path)
            data = b"" if state in ("", _EXAMINED) else self._contents(other.path)
            if data and not isinstance(data, Unreadable):
                yield from _drift(document, own, other, data)

    def state(self, subject: str) -> str:
        """What was told about a subject, as it is now."""
        if subject.startswith(_AROUND):
            return self._state_around(subject.removeprefix(_AROUND))
        return self._state_of(subject.removeprefix(_SIDE))

    def _state_around(self, here: str) -> str:
        found = self._configurations.nearest(os.path.dirname(here))
        text = f"{found.path} {crc32(found.text.encode())}" if found else ""
        return " ".join((text, *map(os.path.basename, _twins(here))))

    def _state_of(self, path: str) -> str:
        """The digest of a file, by contents and not by time; empty where there is none."""
        from hashlib import sha256

        if path in self._examined:
            return _EXAMINED
        data = self._contents(path)
        return "" if isinstance(data, Unreadable) else sha256(data).hexdigest()

    def _pair(self, here: str, document: Document, told: Told) -> "tuple[Side, ...]":
        """The pair of a document: as it says, as jupytext is configured, or as its twin says."""
        metadata = document.notebook.metadata
        configuration = self._configurations.nearest(os.path.dirname(here))
        twins = _twins(here)
        if not (twins or configuration or "jupytext" in metadata):
            return ()
        from nbcoach.bridges.jupytext.declared import configured, formats_in, sides

        formats = formats_in(metadata)
        if not formats and configuration is not None:
            formats = configured(here, configuration)
        if formats:
            return sides(here, formats, metadata)
        for twin in twins:
            told[_SIDE + twin] = self._state_of(twin)
            pair = self._pair_of_twin(twin)
            if any(side.path == here for side in pair):
                return pair
        return ()

    def _pair_of_twin(self, twin: str) -> "tuple[Side, ...]":
        from nbcoach.bridges.jupytext.declared import formats_in, sides

        data = self._contents(twin)
        document = data if isinstance(data, Unreadable) else read(twin, data)
        if isinstance(document, Unreadable):
            return ()
        said = document.notebook.metadata
        return sides(twin, formats_in(said), said)


def _twins(here: str) -> tuple[str, ...]:
    """The files of the same name that could be the other side."""
    stem, suffix = os.path.splitext(here)
    others = _TEXTS if suffix == _JSON else (_JSON,)
    return tuple(stem + other for other in others if os.path.isfile(stem + other))


def _drift(document: Document, own: "Side", other: "Side", data: bytes) -> Iterator[Drift]:
    """What is to be said where the two files hold different cells.

    Of a file that cannot be read there is nothing to say here.
    """
    from nbcoach.bridges.jupytext.inputs import first_difference

    if _is_json(own.path):
        notebook, text, text_side = document, data, other
    else:
        found = read(other.path, data)
        if isinstance(found, Unreadable):
            return
        notebook, text, text_side = found, document.encode(document.text), own
    first = first_difference(notebook.notebook, text_side.path, text, text_side.format)
    if first is not None:
        file = os.path.relpath(other.path, os.path.dirname(own.path)).replace(os.sep, "/")
        yield Drift(file, text_side.format, first)


def _is_json(path: str) -> bool:
    return path.endswith(_JSON)
