"""Places in a file as it lies on disk."""

from typing import NamedTuple


class Region(NamedTuple):
    """Lines and columns of a file, all from 1 and the end excluded; 0 where only a line is known.

    Columns count characters.
    """

    line: int
    column: int = 0
    end_line: int = 0
    end_column: int = 0


def region_between(text: str, start: int, end: int, *, begin: int = 0, line: int = 1) -> Region:
    """The region from `start` to `end`; `line` is that of the earlier position `begin`."""
    line += text.count("\n", begin, start)
    end_line = line + text.count("\n", start, end)
    return Region(
        line, start - text.rfind("\n", 0, start), end_line, end - text.rfind("\n", 0, end)
    )
