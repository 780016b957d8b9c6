"""Two versions of notebooks, compared by what is found in them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from nbcoach import baseline
from nbcoach.alignment import aligned
from nbcoach.documents import TEXT_SUFFIXES, read
from nbcoach.errors import ToolFailed
from nbcoach.inspector import Inspector
from nbcoach.notebook import Notebook
from nbcoach.report import Comparison, Difference, FileResult, PlacedFinding
from nbcoach.settings import Settings
from nbcoach.subjects import Unreadable
from nbcoach.tasks import Task

Differ = Callable[[Notebook | None, Notebook | None], Difference]
Found = Sequence[PlacedFinding]


class Version(NamedTuple):
    """What a notebook was, or is, under a path; `data` is None where there is no such file."""

    path: str
    data: bytes | Unreadable | None


class _Examined(NamedTuple):
    """A version with what was found in it; `notebook` is None for what is none."""

    version: Version
    notebook: Notebook | None
    problem: Unreadable | None
    result: FileResult


def compare(
    pairs: Iterable[tuple[Version, Version]],
    settings: Settings,
    differ: Differ | None = None,
    *,
    raw_lines: bool = False,
) -> Iterator[Comparison]:
    """What became of each notebook, but for text files that are no notebooks in either version.

    `differ` shows how the notebooks themselves differ. Raises SettingsError and PackError.
    """
    inspector = Inspector(settings)
    # An old version is no pair with what its other side is now.
    task = Task(raw_lines=raw_lines, paired=False)
    for pair in pairs:
        present = [(one.path, one.data) for one in pair if one.data is not None]
        outcomes = inspector.examine_all(present, task)
        before, after = (
            _Examined(one, None, None, FileResult(one.path))
            if one.data is None
            else _examined(one, one.data, next(outcomes).result, inspector)
            for one in pair
        )
        if not _are_other_texts(before, after):
            yield _compared(before, after, differ)


def _examined(
    version: Version, data: bytes | Unreadable, result: FileResult, inspector: Inspector
) -> _Examined:
    max_size = inspector.settings.of(version.path).max_size
    document = data if isinstance(data, Unreadable) else read(version.path, data, max_size)
    if isinstance(document, Unreadable):
        return _Examined(version, None, document, result)
    return _Examined(version, document.notebook, None, result)


def _are_other_texts(*pair: _Examined) -> bool:
    """Whether neither version is a notebook, and nobody would take them for one."""
    return all(
        one.version.data is None
        or (
            one.problem is not None
            and one.problem.kind == "not-notebook"
            and one.version.path[one.version.path.rfind(".") :].lower() in TEXT_SUFFIXES
        )
        for one in pair
    )


def _compared(before: _Examined, after: _Examined, differ: Differ | None) -> Comparison:
    appeared, disappeared = _new_and_gone(before, after)
    problems = [
        f"{one.version.path} {verb} no notebook: {one.problem.reason}"
        for one, verb in ((before, "was"), (after, "is"))
        if one.problem is not None
    ]
    difference = None
    if differ is not None and not problems:
        try:
            difference = differ(before.notebook, after.notebook)
        except ToolFailed as error:
            problems.append(str(error))
    return Comparison(
        "" if before.version.data is None else before.version.path,
        "" if after.version.data is None else after.version.path,
        tuple(appeared),
        tuple(disappeared),
        difference,
        tuple(problems),
        "; ".join(filter(None, (before.result.error, after.result.error))),
    )


def _new_and_gone(before: _Examined, after: _Examined) -> tuple[Found, Found]:
    """The findings that only one version has: those of a baseline, made of the other, are known."""
    old, new = before.result.findings, after.result.findings
    then, now = before.notebook, after.notebook
    if then is not None and now is not None:
        then, now = aligned(then, now)
    elif before.problem is None or after.problem is None:
        # What was found in a notebook that now cannot be read is not known to be gone.
        return new, () if after.problem is not None else old
    one, other = _unknown(new, now, old, then), _unknown(old, then, new, now)
    moved = _moved(one) & _moved(other)
    return _without(one, moved), _without(other, moved)


def _unknown(
    found: Found, notebook: Notebook | None, known: Found, other: Notebook | None
) -> Found:
    entries = baseline.entries((placed.finding for placed in known), other)
    kept = baseline.apply(entries, [placed.finding for placed in found], notebook).kept
    unknown = set(map(id, kept))
    return [placed for placed in found if id(placed.finding) in unknown]


def _moved(found: Found) -> Counter[tuple[str, str, str]]:
    return Counter(key for placed in found if (key := _line(placed)))


def _without(found: Found, moved: Counter[tuple[str, str, str]]) -> Found:
    """The findings but for those whose line stands in another cell now: they moved along."""
    left = moved.copy()
    kept = []
    for placed in found:
        key = _line(placed)
        if key is not None and left[key]:
            left[key] -= 1
        else:
            kept.append(placed)
    return kept


def _line(placed: PlacedFinding) -> tuple[str, str, str] | None:
    """A finding by its line, wherever that stands; None where it is not about a line."""
    if not placed.place.line:
        return None
    return placed.finding.code, placed.finding.message, " ".join(placed.place.source.split())
