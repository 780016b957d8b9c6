"""Paths, globs and ignore files, made into the notebooks to look at."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from nbcoach.gitignore import IGNORE_FILE, REPOSITORY, Ignored, entering, ignored_above
from nbcoach.globs import Globs, relative
from nbcoach.settings import NestedSettings, Settings
from nbcoach.subjects import Unreadable

CHECKPOINTS: Final = ".ipynb_checkpoints"
_NOTEBOOK: Final = ".ipynb"
Entry = os.DirEntry[str]


class Found(NamedTuple):
    """One file to look at, or a path where nothing can be looked at and why.

    `path` is spelt the way the user spelt the path it was found under.
    """

    path: str
    problem: Unreadable | None = None


def discover(paths: Sequence[str | Path], settings: NestedSettings) -> tuple[Found, ...]:
    """The notebooks that `paths` (files and folders) lead to, sorted and each once.

    A folder is searched for what `include` says, less what is excluded or git ignores; a text file
    counts only if it looks like a notebook. A file that is named is taken as it is, unless
    `force-exclude` or `skip-non-notebooks` holds.
    Of a file and the links to it the file itself counts. Raises SettingsError.
    """
    found: dict[str, _Sighting] = {}
    walk = _Walk(settings)
    for path in paths:
        for sighting in walk.from_path(os.fspath(path)):
            known = found.get(sighting.real_path)
            if known is None or (known.is_link and not sighting.is_link):
                found[sighting.real_path] = sighting
    return tuple(sorted((s.found for s in found.values()), key=lambda one: one.path))


def would_find(path: str, settings: NestedSettings) -> bool:
    """Whether a search of its folder would take a file by its name, for one that is no more."""
    filters = _Filters(settings.of(path))
    place = relative(os.path.abspath(path), filters.root)
    folder, _, name = place.rpartition("/")
    if CHECKPOINTS in place.split("/") or filters.exclude.matches(place):
        return False
    return filters.include.matches_entry(os.path.join(folder, "").replace(os.sep, "/"), name)


class _Sighting(NamedTuple):
    """A file that was found, and the file that it is: the same for all links to it."""

    found: Found
    real_path: str
    is_link: bool = False


class _Folder(NamedTuple):
    """A folder on the way: as the user spells it, as it is, and what git ignores in it."""

    shown: str
    path: str
    real_path: str
    ignored: Ignored | None


class _Filters:
    """What one configuration takes and leaves out."""

    def __init__(self, settings: Settings) -> None:
        self.root = str(settings.root)
        self.respect_gitignore = settings.respect_gitignore
        self.force_exclude = settings.force_exclude
        self.skip_non_notebooks = settings.skip_non_notebooks
        self.include = Globs(settings.include)
        self.exclude = Globs((*settings.exclude, *settings.extend_exclude))

    def take(self, entry: Entry, place: str) -> bool:
        """Whether a folder is to be searched or a file may be a notebook, going by its name."""
        if entry.name == CHECKPOINTS or self.exclude.matches_entry(place, entry.name):
            return False
        return _is_folder(entry) or self.include.matches_entry(place, entry.name)


class _Walk:
    def __init__(self, settings: NestedSettings) -> None:
        self._settings = settings
        self._filters: dict[Settings, _Filters] = {}

    def from_path(self, path: str) -> Iterator[_Sighting]:
        """What one path that the user named leads to."""
        if os.path.isdir(path):
            yield from self._below(path)
        elif not os.path.exists(path):
            yield _problem(path, "missing", _absence(path))
        elif not self._is_left_out(path):
            yield _Sighting(Found(path), os.path.realpath(path), os.path.islink(path))

    def _is_left_out(self, path: str) -> bool:
        """Whether a file that is named is not to be looked at all the same."""
        filters = self._filters_in(os.path.dirname(path))
        if filters.skip_non_notebooks and not _is_notebook(path):
            return True
        if not filters.force_exclude:
            return False
        place = relative(os.path.abspath(path), filters.root)
        return filters.exclude.matches(os.path.basename(path) if os.path.isabs(place) else place)

    def _below(self, path: str) -> Iterator[_Sighting]:
        shown = "" if path in (".", "./") else os.path.join(path, "")
        absolute = os.path.abspath(path)
        ignored = ignored_above(absolute) if self._filters_in(path).respect_gitignore else None
        top = _Folder(shown, absolute, os.path.realpath(path), ignored)
        folders = [top]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(folder.path) as listing:
                    entries = list(listing)
            except OSError as error:
                reason = f"its folder cannot be opened ({error.strerror})"
                yield _problem(folder.shown or ".", "permission", reason)
                continue
            yield from self._in_folder(folder, entries, top, folders)

    def _in_folder(
        self, folder: _Folder, entries: list[Entry], top: _Folder, folders: list[_Folder]
    ) -> Iterator[_Sighting]:
        """The files in one folder; the folders in it join `folders`."""
        filters = self._filters_in(folder.path)
        place = relative(os.path.join(folder.path, ""), filters.root)
        ignored = _ignored_in(folder, entries) if filters.respect_gitignore else None
        for entry in entries:
            if not filters.take(entry, place):
                continue
            is_folder = _is_folder(entry)
            if not is_folder and not _may_be_notebook(entry):
                continue
            if ignored is not None and ignored.covers(entry.path, is_folder=is_folder):
                continue
            shown, real_path = folder.shown + entry.name, os.path.join(folder.real_path, entry.name)
            if entry.is_symlink():
                yield from _follow(shown, real_path, top)
            elif is_folder:
                folders.append(_Folder(os.path.join(shown, ""), entry.path, real_path, ignored))
            else:
                yield _Sighting(Found(shown), real_path)

    def _filters_in(self, folder: str) -> _Filters:
        settings = self._settings.in_folder(folder)
        filters = self._filters.get(settings)
        if filters is None:
            filters = self._filters[settings] = _Filters(settings)
        return filters


def _ignored_in(folder: _Folder, entries: list[Entry]) -> Ignored | None:
    if any(entry.name in (IGNORE_FILE, REPOSITORY) for entry in entries):
        return entering(folder.path, folder.ignored)
    return folder.ignored


def _follow(shown: str, real_path: str, top: _Folder) -> Iterator[_Sighting]:
    """Where a link leads. A folder within the one searched is found at its own place."""
    target = os.path.realpath(real_path)
    inside = os.path.join(top.real_path, "")
    if not os.path.exists(real_path):
        yield _problem(shown, "missing", _absence(real_path))
    elif not os.path.join(target, "").startswith(inside):
        yield _problem(shown, "outside", f"its link leads out of `{top.shown or '.'}`")
    elif not os.path.isdir(target):
        yield _Sighting(Found(shown), target, is_link=True)
    elif real_path.startswith(os.path.join(target, "")):
        yield _problem(shown, "outside", "its link leads back to a folder it lies in")


def _problem(path: str, kind: str, reason: str) -> _Sighting:
    return _Sighting(Found(path, Unreadable(kind, reason)), os.path.abspath(path))


def _absence(path: str) -> str:
    if not os.path.islink(path):
        return "it does not exist"
    try:
        os.stat(path)
    except FileNotFoundError:
        return "its link leads nowhere"
    except OSError as error:
        return f"its link cannot be followed ({error.strerror})"
    return "it was not there a moment ago"


def _is_folder(entry: Entry) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that cannot be followed, which is told where links are followed.
        return False


def _may_be_notebook(entry: Entry) -> bool:
    """Whether a file is an `.ipynb`, or looks like a notebook from its first lines."""
    if entry.name.endswith(_NOTEBOOK):
        return entry.is_symlink() or entry.is_file()
    try:
        return entry.is_file() and _is_text_notebook(entry.path)
    except OSError:
        # Most likely it is none, and who names it is told why it cannot be read.
        return False


def _is_notebook(path: str) -> bool:
    """Whether a file that is named is meant as a notebook, even if it cannot be read."""
    try:
        return path.endswith(_NOTEBOOK) or _is_text_notebook(path)
    except OSError:
        return True


def _is_text_notebook(path: str) -> bool:
    """Whether a file that is no `.ipynb` holds a notebook as text."""
    with open(path, "rb") as file:
        data = file.read(_HEAD)
        looks_so = _TEXT_NOTEBOOK.search(data) or _FENCED_NOTEBOOK.search(data)
        return looks_so is not None and _reads(path, data + file.read())


def _reads(name: str, data: bytes) -> bool:
    """Whether a file that looks like a notebook is one: a marker may stand in a text."""
    from nbcoach.documents import read

    document = read(name, data)
    return not (isinstance(document, Unreadable) and document.kind == "not-notebook")


_HEAD = 32 * 1024
# A block of code to run in R Markdown, Quarto or MyST, or a header that names a kernel.
_FENCED_NOTEBOOK = re.compile(
    rb"^```+\{[\w-]+|^(?:jupyter|kernelspec|jupytext)[ \t]*:", re.MULTILINE
)
# A cell marker, or a header that has a section for Jupyter.
_TEXT_NOTEBOOK = re.compile(
    rb"^#[ \t]*%%+(?:\s|\Z)|^# ?---\s*\n(?:#.*\n)*?# ?jupyter[ \t]*:", re.MULTILINE
)
