"""Suppressions found: in tags, in metadata and, where there may be some, in sources."""

from collections.abc import Iterator
from typing import Any, Final

from nbcoach.notebook import WHOLE_NOTEBOOK, Cell, Location, Notebook
from nbcoach.subjects import Suppression

WORD: Final = "nbcoach"
"""What every suppression contains: cells without it are not looked at."""

TAG: Final = "nbcoach-ignore"


def suppressions(notebook: Notebook) -> tuple[Suppression, ...]:
    """Everything in a notebook that asks for silence, malformed requests included.

    A comment at the end of a line covers the statement that the line belongs to, and of a compound
    statement the header; one alone before the cell's code covers the cell; one alone further down
    covers the statement below it.
    """
    found = list(_in_metadata(notebook.metadata, WHOLE_NOTEBOOK))
    for cell in notebook.cells:
        if "tags" in cell.metadata:
            found += _in_tags(cell)
        if WORD in cell.metadata:
            found += _in_metadata(cell.metadata, Location(cell.index))
        if WORD in cell.source:
            from nbcoach.suppression.comments import in_source

            found += in_source(cell)
    return tuple(found)


def _in_metadata(metadata: Any, place: Location) -> Iterator[Suppression]:
    ours = metadata.get(WORD)
    codes = ours.get("ignore") if isinstance(ours, dict) else None
    if codes is None or codes == []:
        return
    if not isinstance(codes, list) or not all(isinstance(code, str) and code for code in codes):
        codes = _malformed(f"metadata {codes}")
    yield Suppression(tuple(codes), "", place, place.cell, form="metadata")


def _in_tags(cell: Cell) -> Iterator[Suppression]:
    for tag in cell.tags:
        if not tag.startswith(f"{WORD}-"):
            continue
        code = tag.removeprefix(TAG)
        if code and not code.startswith("-"):
            codes = _malformed(f"tag {tag}")
        else:
            codes = (code[1:],) if code[1:] else ()
        yield Suppression(codes, "", Location(cell.index), cell.index, form="tag")


def _malformed(text: str) -> tuple[str, ...]:
    from nbcoach.suppression.directive import malformed

    return malformed(text).codes
