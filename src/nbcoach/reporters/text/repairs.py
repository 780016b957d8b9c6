"""What the fixes did, what they could not do and what to look at now."""

from collections import Counter
from collections.abc import Iterator, Mapping

from nbcoach.escaping import visible
from nbcoach.plugins import RuleEntry
from nbcoach.report import FileResult, Repair, Report
from nbcoach.reporters.counting import count, some_of
from nbcoach.reporters.text.style import Style, hanging

_MOST_REFUSALS = 10


def repairs(
    report: Report,
    rules: Mapping[str, RuleEntry],
    style: Style,
    *,
    written: bool,
    ignored: bool = False,
) -> Iterator[str]:
    """The lines about fixes, or suppressions; `written` tells if they were made or only shown."""
    past, present = ("Ignored", "ignore") if ignored else ("Fixed", "fix")
    yield from _applied(report, rules, style, past if written else f"Would {present}")
    yield from _refused(report, style, present)
    if written:
        yield from _outdated(report, style)


def _applied(
    report: Report, rules: Mapping[str, RuleEntry], style: Style, verb: str
) -> Iterator[str]:
    numbers = Counter(
        repair.code for file in report.files for repair in file.repairs if _is_applied(repair)
    )
    if not numbers:
        return
    paths = [file.path for file in report.files if any(map(_is_applied, file.repairs))]
    amount = f"{count(numbers.total(), 'finding')} in {count(len(paths), 'notebook')}"
    yield style.good(f"{verb} {amount}")
    for code, number in sorted(numbers.items(), key=lambda item: (-item[1], item[0])):
        name = f" {visible(rules[code].name)}" if code in rules else ""
        yield f"  {number:,}  {style.strong(f'{code}{name}')}"
    yield from hanging(f"in {some_of(paths)}", style.width, 2)
    yield ""


def _refused(report: Report, style: Style, verb: str) -> Iterator[str]:
    refused = [
        (file, repair)
        for file in report.files
        for repair in file.repairs
        if not _is_applied(repair)
    ]
    if not refused:
        return
    yield style.strong(f"Did not {verb} {count(len(refused), 'finding')}")
    for file, repair in refused[:_MOST_REFUSALS]:
        place = f", cell {repair.cell}" if repair.cell else ""
        why = visible(repair.outcome.removeprefix("refused: "))
        line = f"{repair.code} in {visible(file.path)}{place}: {why}"
        yield from hanging(line, style.width, 2)
    if len(refused) > _MOST_REFUSALS:
        yield f"  and {len(refused) - _MOST_REFUSALS:,} more (--output-format json lists them)"
    yield ""


def _outdated(report: Report, style: Style) -> Iterator[str]:
    files = [file for file in report.files if file.outdated]
    if not files:
        return
    yield style.strong("Saved outputs that are from before these fixes; run the cells again")
    for file in files:
        yield from hanging(f"{visible(file.path)}: {_cells(file)}", style.width, 2)
    yield ""


def _cells(file: FileResult) -> str:
    noun = "cell" if len(file.outdated) == 1 else "cells"
    return f"{noun} {', '.join(map(str, file.outdated))}"


def _is_applied(repair: Repair) -> bool:
    return repair.outcome == "applied"
