"""Files replaced whole: at every moment a reader sees the old file or the new one."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from nbcoach.errors import WriteRefused

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def replace(path: Path, old: bytes, new: bytes, *, root: Path) -> None:
    """Replace the contents `old` of a file by `new`.

    A link stays a link: the file it leads to is replaced, if that lies inside `root`. Raises
    WriteRefused if it does not, if the file is read-only or if it no longer holds `old`, and
    OSError if the disk refuses; then the file is as it was.
    """
    target = _target(path, root)
    _write_beside(target, new, expected=old)


def create(path: Path, data: bytes) -> None:
    """Write a file of our own whole, whatever was there before."""
    _write_beside(path, data)


def _target(path: Path, root: Path) -> Path:
    target = path.resolve(strict=True)
    if not target.is_relative_to(root.resolve()):
        raise WriteRefused(f"`{path}` leads to `{target}`, outside of `{root}`")
    if not os.access(target, os.W_OK):
        raise WriteRefused(f"`{path}` is read-only")
    return target


def _write_beside(target: Path, data: bytes, *, expected: bytes | None = None) -> None:
    temporary = target.with_name(f".nbcoach-{os.urandom(8).hex()}.tmp")
    # What may be private is nobody else's to read, not even for a moment.
    descriptor = os.open(temporary, _NEW, 0o666 if expected is None else 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        if target.exists():
            _keep_mode_and_owner(target, temporary)
        # As late as can be: what another program writes from here on would be lost.
        if expected is not None and target.read_bytes() != expected:
            raise WriteRefused(f"`{target}` was changed by another program; run again")
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _synchronise_folder(target.parent)


def _keep_mode_and_owner(target: Path, temporary: Path) -> None:
    status = target.stat()
    if hasattr(os, "chown"):
        # Only the superuser, who needs it most, may give files away.
        with suppress(PermissionError):
            os.chown(temporary, status.st_uid, status.st_gid)
    temporary.chmod(stat.S_IMODE(status.st_mode))


def _synchronise_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    # Some network file systems cannot; the file itself is safe by then.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
