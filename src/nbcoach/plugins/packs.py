"""Where rules come from: installed packages with an entry point, and local folders."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from zlib import crc32

from nbcoach.errors import PackError
from nbcoach.plugins import storage

GROUP: Final = "nbcoach.rules"
"""The entry point group whose values are import roots of rule packs."""


class Pack(NamedTuple):
    """A package of rules: the name people see, the package it imports as, and its folders."""

    name: str
    package: str
    folders: tuple[str, ...]
    local: bool = False


class PackModule(NamedTuple):
    """One Python file of a pack; `stamp` changes when the file does."""

    name: str
    file: str
    family: str
    stamp: str


def installed_packs() -> tuple[Pack, ...]:
    """The packs of all installed distributions, by name.

    Asking every distribution takes longer than checking a notebook, so the answer is remembered
    until one of the folders on the path that hold distributions changes.
    """
    key = [sys.prefix, *sys.version_info[:3], *_path_stamps()]
    name = "\0".join([sys.prefix, *sys.path])
    stored = storage.read("packs", name, key)
    if stored is None:
        stored = sorted(_ask_distributions())
        storage.write("packs", name, key, stored)
    return tuple(Pack(package, package, tuple(folders)) for package, folders in stored)


def local_pack(folder: Path) -> Pack:
    """The pack that a local rule folder makes. Raises PackError if it is no folder."""
    if not folder.is_dir():
        raise PackError(f"rule folder `{folder}` does not exist; correct `rule-paths`")
    path = os.path.abspath(folder)
    package = f"nbcoach_local_rules_{crc32(path.encode(errors='surrogateescape')):08x}"
    return Pack(path, package, (path,), local=True)


def modules(pack: Pack) -> tuple[PackModule, ...]:
    """Every Python file of a pack, in the order of their names."""
    found = [m for folder in pack.folders for m in _modules_in(folder, pack.package, "")]
    return tuple(sorted(found, key=lambda module: module.name))


def make_importable(pack: Pack) -> None:
    """Let the import system find a local pack's modules, as it finds those of installed ones."""
    if not pack.local or pack.package in sys.modules:
        return
    from importlib.machinery import ModuleSpec
    from importlib.util import module_from_spec, spec_from_file_location

    folders = list(pack.folders)
    initial = os.path.join(folders[0], "__init__.py")
    spec: ModuleSpec | None = None
    if os.path.exists(initial):
        spec = spec_from_file_location(pack.package, initial, submodule_search_locations=folders)
    if spec is None:
        spec = ModuleSpec(pack.package, None, is_package=True)
        spec.submodule_search_locations = folders
    module = sys.modules[pack.package] = module_from_spec(spec)
    if spec.loader is not None:
        spec.loader.exec_module(module)


def _modules_in(folder: str, package: str, family: str) -> Iterator[PackModule]:
    with os.scandir(folder) as entries:
        for entry in entries:
            stem, suffix = os.path.splitext(entry.name)
            if suffix == ".py":
                status = entry.stat()
                name = package if stem == "__init__" else f"{package}.{stem}"
                stamp = f"{entry.path}:{status.st_size}:{status.st_mtime_ns}"
                yield PackModule(name, entry.path, family, stamp)
            elif stem.isidentifier() and stem != "__pycache__" and entry.is_dir():
                yield from _modules_in(entry.path, f"{package}.{stem}", stem)


def _path_stamps() -> Iterator[Any]:
    for folder in sys.path:
        try:
            if any(
                name.endswith((".dist-info", ".egg-info")) for name in os.listdir(folder or ".")
            ):
                yield [folder, os.stat(folder or ".").st_mtime_ns]
        except OSError:
            # Not there, or an archive: neither changes under a running installation.
            continue


def _ask_distributions() -> Iterator[tuple[str, list[str]]]:
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    for package in {point.value for point in entry_points(group=GROUP)}:
        try:
            spec = find_spec(package)
        except Exception as error:
            raise PackError(f"rule pack `{package}` does not load: {error}") from error
        if spec is None or spec.submodule_search_locations is None:
            raise PackError(f"rule pack `{package}` is no package; reinstall or remove it")
        yield package, [os.path.abspath(folder) for folder in spec.submodule_search_locations]
