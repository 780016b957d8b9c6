"""Ids for cells that need one."""

from collections.abc import Collection
from zlib import crc32

from nbcoach.notebook import Cell


def new_id(cell: Cell, taken: Collection[str | None]) -> str:
    """An id for a cell that none of `taken` is; made of its place and source, so never random."""
    attempt = cell.index
    while True:
        data = f"{attempt}:{cell.source}".encode(errors="surrogatepass")
        made = f"{crc32(data):08x}"
        if made not in taken:
            return made
        attempt += 1
