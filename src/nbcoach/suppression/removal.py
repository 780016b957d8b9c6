"""What goes from a cell's source when a suppression is removed from it."""

from nbcoach.notebook import Notebook, Span
from nbcoach.subjects import Suppression


def removal(request: Suppression, notebook: Notebook) -> Span | None:
    """The span to delete, with the blanks and the line that it leaves empty; None for tags."""
    place = request.location
    if place.cell is None or place.span is None:
        return None
    source = notebook.cells[place.cell].source
    before, after = source[: place.span.start], source[place.span.end :]
    start = len(before.rstrip(_BLANKS))
    end = len(source) - len(after.lstrip(_BLANKS))
    starts_line = start == 0 or source[start - 1] in _NEWLINES
    ends_line = end == len(source) or source[end] in _NEWLINES
    if not ends_line:
        # Another comment follows, and takes this one's place.
        return Span(place.span.start, end)
    if not starts_line:
        return Span(start, end)
    if end < len(source):
        return Span(start, end + (2 if source.startswith("\r\n", end) else 1))
    return Span(start - (2 if source.endswith("\r\n", 0, start) else min(start, 1)), end)


_BLANKS = " \t"
_NEWLINES = "\r\n"
