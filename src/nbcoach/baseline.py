"""Findings that were there when a project adopted nbcoach, and stay silent until touched."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from nbcoach.errors import SettingsError
from nbcoach.finding import Finding
from nbcoach.notebook import Notebook

VERSION: Final = 1


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """`count` alike findings: same rule, same cell, same text of the line.

    `cell` is the cell's id, "" where it has none; `source` the hash of its source, so that a cell
    matches after it got another id; `line` the hash of the line the finding starts in, blanks
    apart. Findings about a whole notebook have none of them, those about a whole cell no line.
    """

    code: str
    cell: str
    source: str
    line: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Known:
    """The findings that are new, how many were known, and how many known ones are gone."""

    kept: tuple[Finding, ...]
    silenced: int
    stale: int


@dataclass(frozen=True, eq=False)
class Baseline:
    """The entries by notebook; paths are relative to the baseline's folder, with `/`."""

    entries: Mapping[str, tuple[Entry, ...]]


def entries(findings: Iterable[Finding], notebook: Notebook | None) -> tuple[Entry, ...]:
    """The entries that make these findings of one notebook known, sorted.

    `notebook` is None for a file that could not be read.
    """
    alike = Counter(_entry(finding, notebook) for finding in findings)
    return tuple(sorted(replace(entry, count=count) for entry, count in alike.items()))


def apply(
    baseline: Iterable[Entry], findings: Iterable[Finding], notebook: Notebook | None
) -> Known:
    """The findings of one notebook that its part of a baseline does not know."""
    left: dict[Entry, int] = {}
    alike: dict[tuple[str, str], list[Entry]] = {}
    for entry in baseline:
        left[entry] = entry.count
        alike.setdefault((entry.code, entry.line), []).append(entry)
    unknown = [(finding, _entry(finding, notebook)) for finding in findings]
    total = len(unknown)
    # The closest matches first, else a moved cell could take the entry of one that stayed.
    for likeness in (_is_same_cell, _has_same_id, _has_same_source):
        still_unknown = []
        for finding, wanted in unknown:
            candidates = alike.get((wanted.code, wanted.line), ())
            match = next((e for e in candidates if left[e] and likeness(e, wanted)), None)
            if match is None:
                still_unknown.append((finding, wanted))
            else:
                left[match] -= 1
        unknown = still_unknown
    kept = tuple(finding for finding, _ in unknown)
    return Known(kept, total - len(kept), sum(left.values()))


def untouched(entries: Iterable[Entry], notebook: Notebook) -> tuple[Entry, ...]:
    """The entries about a whole notebook, and those about cells that it has just so."""
    sources = {_hash(cell.source) for cell in notebook.cells}
    return tuple(entry for entry in entries if not entry.source or entry.source in sources)


def dumps(baseline: Baseline) -> str:
    """The text of a baseline file: one line an entry, and the same baseline always the same."""
    notebooks = ",\n".join(
        f"    {json.dumps(path)}: [\n{_lines(found)}\n    ]"
        for path, found in sorted(baseline.entries.items())
        if found
    )
    body = f"{{\n{notebooks}\n  }}" if notebooks else "{}"
    return f'{{\n  "version": {VERSION},\n  "notebooks": {body}\n}}\n'


def loads(text: str) -> Baseline:
    """A baseline from its text. Raises SettingsError where it is none."""
    try:
        stored = json.loads(text)
        if stored["version"] != VERSION:
            raise SettingsError(f"the baseline has version {stored['version']}, not {VERSION}")
        notebooks = stored["notebooks"].items()
        return Baseline({path: tuple(map(_read, found)) for path, found in notebooks})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        cause = f"{type(error).__name__}: {error}"
        raise SettingsError(f"the baseline cannot be read ({cause}); write it anew") from None


def _entry(finding: Finding, notebook: Notebook | None) -> Entry:
    place = finding.location
    if notebook is None or place.cell is None:
        return Entry(finding.code, "", "", "")
    cell = notebook.cells[place.cell]
    line = ""
    if place.span is not None:
        before, after = cell.source[: place.span.start], cell.source[place.span.start :]
        line = before.rpartition("\n")[2] + after.partition("\n")[0]
    return Entry(finding.code, cell.id or "", _hash(cell.source), _hash(" ".join(line.split())))


def _hash(text: str) -> str:
    from hashlib import blake2b

    data = text.encode(errors="surrogatepass")
    return blake2b(data, digest_size=8).hexdigest() if data else ""


def _is_same_cell(one: Entry, other: Entry) -> bool:
    return one.cell == other.cell and one.source == other.source


def _has_same_id(one: Entry, other: Entry) -> bool:
    return one.cell == other.cell != ""


def _has_same_source(one: Entry, other: Entry) -> bool:
    return one.source == other.source != ""


def _lines(found: Iterable[Entry]) -> str:
    return ",\n".join(
        f"      {json.dumps({field: getattr(entry, field) for field in Entry.__slots__})}"
        for entry in found
    )


def _read(stored: Any) -> Entry:
    entry = Entry(**stored)
    if not all(isinstance(getattr(entry, field), str) for field in Entry.__slots__[:4]):
        raise TypeError("a text is missing")
    if not isinstance(entry.count, int) or entry.count < 1:
        raise TypeError("a count is missing")
    return entry
