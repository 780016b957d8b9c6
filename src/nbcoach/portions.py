"""Files in portions that are worth a message, or the start of another tool."""

from collections.abc import Iterable, Iterator


def portions(files: Iterable[tuple[str, int]], enough: float) -> Iterator[list[str]]:
    """The paths of files, given with their sizes, in lists that end where they have `enough`."""
    portion: list[str] = []
    total = 0
    for path, size in files:
        portion.append(path)
        total += size
        if total >= enough:
            yield portion
            portion, total = [], 0
    if portion:
        yield portion
