"""What makes two findings the same, for services that compare one run with another."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from nbcoach.report import PlacedFinding


def fingerprinted(
    found: Iterable[tuple[str, PlacedFinding]],
) -> Iterator[tuple[str, PlacedFinding, str]]:
    """Each path and finding with a fingerprint that no other finding of its file has.

    It stays the same when the cell moves, the line is indented or the outputs change.
    """
    twins: Counter[tuple[str, str]] = Counter()
    for path, placed in found:
        fingerprint = _fingerprint(placed)
        twins[path, fingerprint] += 1
        yield path, placed, f"{fingerprint}:{twins[path, fingerprint]}"


def _fingerprint(placed: PlacedFinding) -> str:
    line = " ".join(placed.place.source.split())
    identity = "\0".join((placed.finding.code, placed.place.cell_id, line))
    return sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]
