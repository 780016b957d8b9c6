"""A file that is to be made or added to, with every other byte left as it is."""

from pathlib import Path
from typing import NamedTuple

from nbcoach import writing
from nbcoach.errors import WriteRefused


class Change(NamedTuple):
    """The contents of a file before (None for no file) and after."""

    path: Path
    old: bytes | None
    new: bytes

    @property
    def added(self) -> str:
        """What is put in, as people see it."""
        old = self.old or b""
        start = 0
        while start < len(old) and old[start] == self.new[start]:
            start += 1
        end = len(self.new) - (len(old) - start)
        return self.new[start:end].decode("utf-8-sig", "replace").replace("\r\n", "\n").strip("\n")

    def make(self) -> None:
        """Write the file. Raises WriteRefused, also where the disk refuses."""
        try:
            if self.old is None:
                writing.create(self.path, self.new)
            else:
                writing.replace(self.path, self.old, self.new, root=self.path.parent)
        except OSError as error:
            raise WriteRefused(f"`{self.path}` cannot be written: {error.strerror}") from None


def newline_of(text: str) -> str:
    """The line end of a text."""
    return "\r\n" if "\r\n" in text else "\n"
