"""Other contents of notebooks than those on disk, laid out for tools that read files."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def laid_out(contents: Mapping[str, bytes]) -> Iterator[dict[str, str]]:
    """Files with these contents, by the paths of the notebooks that they stand for.

    Each lies in a folder with links to what lies beside the notebook, so that imports work.
    """
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="nbcoach-") as scratch:
        folders: dict[str, Path] = {}
        files: dict[str, str] = {}
        for path, data in contents.items():
            home = os.path.dirname(os.path.abspath(path))
            if home not in folders:
                folders[home] = Path(scratch, str(len(folders)))
                _link_modules(home, folders[home])
            file = folders[home] / os.path.basename(path)
            file.write_bytes(data)
            files[path] = str(file)
        yield files


def _link_modules(home: str, folder: Path) -> None:
    """A new folder that links to the modules and packages of another."""
    folder.mkdir()
    # Without links, which some systems refuse, tools see less and nothing breaks.
    with suppress(OSError), os.scandir(home) as entries:
        for entry in entries:
            name = entry.name.removesuffix(".py")
            if name.isidentifier() and (entry.is_dir() or name != entry.name):
                (folder / entry.name).symlink_to(entry.path)
