"""Places as people say them."""

from nbcoach.escaping import visible
from nbcoach.report import Place


def position(place: Place) -> str:
    """`cell 3:2:5`, `cell 3` for a whole cell, `line 12` of a broken file, or nothing."""
    if not place.cell:
        return f"line {place.raw_line}" if place.raw_line > 1 else ""
    if not place.line:
        return f"cell {place.cell}"
    return f"cell {place.cell}:{place.line}:{place.column}"


def full_position(path: str, place: Place) -> str:
    """The position behind its path: `train.ipynb:cell 3:2:5`."""
    return ":".join(filter(None, (visible(path), position(place))))
