"""Print a fair sample of the real hits of rules, each with its lines, to be judged by a reader.

    python benchmarks/audit.py FOLDER CODE... [--seed N] [--per-repository 5] [--limit 60]

Every rule that is on by default runs as well, since some leave cases to others. The first folder
below FOLDER is taken for the repository. Of near copies one hit is taken, and a second one from a
notebook only where others have none left.
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbcoach.documents import read
from nbcoach.engine import run
from nbcoach.report import Place, PlacedFinding
from nbcoach.settings import Settings
from nbcoach.subjects import Unreadable

WIDTH = 150


@dataclass(frozen=True)
class Hit:
    """One finding in one notebook of one repository."""

    repository: str
    path: Path
    placed: PlacedFinding


def main() -> None:
    """Print the counts of each rule and its sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("codes", nargs="+")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--per-repository", type=int, default=5)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--context", type=int, default=1, help="lines before and after")
    options = parser.parse_args()
    hits = found(options.folder, options.codes)
    for code in options.codes:
        print(f"\n=== {code}: {counts(hits[code])}")
        chosen = sample(hits[code], options.seed, options.per_repository, options.limit)
        for number, hit in enumerate(chosen, start=1):
            print(f"\n{number}. {hit.path.relative_to(options.folder)}")
            print(*shown(hit, options.context), sep="\n")


def found(folder: Path, codes: list[str]) -> dict[str, list[Hit]]:
    """All hits by code."""
    settings = Settings(
        root=folder,
        nested=False,
        include=("*.ipynb",),
        extend_exclude=(".ipynb_checkpoints",),
        respect_gitignore=False,
        extend_select=tuple(codes),
        cache=False,
    )
    hits: dict[str, list[Hit]] = defaultdict(list)
    for path, placed in run([folder], settings).findings():
        repository = Path(path).relative_to(folder).parts[0]
        hits[placed.finding.code].append(Hit(repository, Path(path), placed))
    return hits


def counts(hits: list[Hit]) -> str:
    """How often and where a rule fired."""
    notebooks = len({hit.path for hit in hits})
    repositories = len({hit.repository for hit in hits})
    return f"{notebooks} notebooks, {len(hits)} hits, {repositories} repositories"


def sample(hits: list[Hit], seed: int, per_repository: int, limit: int) -> list[Hit]:
    """Hits in random order, no more than so many of a repository and none that is a copy."""
    shuffled = sorted(hits, key=lambda hit: (str(hit.path), hit.placed.finding.message))
    random.Random(seed).shuffle(shuffled)
    chosen: list[Hit] = []
    taken: Counter[str] = Counter()
    seen: set[object] = set()
    for hit in one_of_each_first(shuffled):
        if taken[hit.repository] == per_repository or len(chosen) == limit:
            continue
        place = hit.placed.place
        mark = (hit.repository, hit.placed.finding.message, place.cell, place.line, text_at(hit))
        if mark not in seen:
            seen.add(mark)
            taken[hit.repository] += 1
            chosen.append(hit)
    return chosen


def one_of_each_first(hits: list[Hit]) -> list[Hit]:
    """The hits with the first of every notebook before all second ones, and so on."""
    counted: Counter[Path] = Counter()
    ranked = []
    for hit in hits:
        counted[hit.path] += 1
        ranked.append((counted[hit.path], hit))
    return [hit for _, hit in sorted(ranked, key=lambda pair: pair[0])]


def text_at(hit: Hit) -> str:
    """The source of the cell that a hit is in, of all cells for the whole notebook."""
    sources = sources_of(hit.path)
    return sources[hit.placed.place.cell - 1] if hit.placed.place.cell else "\n".join(sources)


def shown(hit: Hit, context: int) -> Iterator[str]:
    """The message, and the lines it is about and around it."""
    finding, sources = hit.placed.finding, sources_of(hit.path)
    yield f"   [{finding.severity.name.lower()}] {finding.message}"
    yield from lines(hit.placed.place, sources, context)
    for related, place in zip(finding.related, hit.placed.related, strict=False):
        yield f"   -> {related.message}"
        yield from lines(place, sources, 0)


def lines(place: Place, sources: list[str], context: int) -> Iterator[str]:
    """The numbered lines around a place, none for the whole notebook."""
    if not 0 < place.cell <= len(sources):
        return
    source = sources[place.cell - 1].split("\n")
    line = max(place.line, 1)
    for number in range(max(line - context, 1), min(line + context, len(source)) + 1):
        yield f"   {place.cell}:{number}| {source[number - 1][:WIDTH]}"


def sources_of(path: Path) -> list[str]:
    """The sources of a notebook's cells."""
    document = read(str(path), path.read_bytes())
    if isinstance(document, Unreadable):
        return []
    return [cell.source for cell in document.notebook.cells]


if __name__ == "__main__":
    main()
