"""Files read from disk, or why they cannot be."""

import os
import stat

from nbcoach.subjects import Unreadable


def contents(path: str, max_size: int) -> bytes | Unreadable:
    """The bytes of a file; files beyond `max_size` and devices are not even opened for reading."""
    try:
        # Without O_NONBLOCK a pipe that nobody writes to would hold us for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return Unreadable("not-notebook", "it is no regular file")
            if status.st_size > max_size:
                return _too_large(status.st_size, max_size)
            return file.read()
    except FileNotFoundError:
        return Unreadable("missing", "it does not exist")
    except OSError as error:
        return Unreadable("permission", f"it cannot be read ({error.strerror})")


def _too_large(size: int, limit: int) -> Unreadable:
    taken, most = (f"{number / 1024 / 1024:.1f} MiB" for number in (size, limit))
    return Unreadable("too-large", f"it takes {taken}, more than the limit of {most}")


_BINARY = getattr(os, "O_BINARY", 0)
