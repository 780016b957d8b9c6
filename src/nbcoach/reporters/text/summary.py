"""The end of the report: what was checked, what was found, what is not shown."""

from collections import Counter
from collections.abc import Iterator, Sequence

from nbcoach.escaping import visible
from nbcoach.finding import Safety, Severity
from nbcoach.report import PlacedFinding, Report
from nbcoach.reporters.counting import count, label, notebooks, severities
from nbcoach.reporters.text.style import Style, wrap

_MOST_RULES = 4


def summary(
    report: Report, show: Severity, style: Style, *, fixed: Safety | None = None
) -> Iterator[str]:
    """The closing lines; `fixed` is the lowest safety of the fixes that were made already."""
    found = [placed for _, placed in report.findings()]
    yield from _hidden([placed for placed in found if placed.finding.severity < show], style)
    numbers = severities(placed.finding.severity for placed in found)
    checked = f"{count(notebooks(report), 'notebook')} in {_seconds(report.elapsed)}"
    if any(placed.finding.severity >= show for placed in found):
        worst = max(placed.finding.severity for placed in found)
        yield f"Checked {checked}: {style.severity(worst, numbers)}"
    else:
        yield style.good(f"Checked {checked}: {_nothing(found, show)}")
    yield from fixable(report, fixed)
    silenced = sum(file.silenced for file in report.files)
    if silenced:
        yield f"{count(silenced, 'finding')} kept silent by comments, tags or the baseline"
    for note in report.notes:
        yield from wrap(f"Not looked at in full: {visible(note)}", style.width)
    if len(report.packs) > 1:
        yield f"Rules came from {', '.join(map(visible, report.packs))}"


def no_notebooks(paths: Sequence[str], include: Sequence[str], style: Style) -> Iterator[str]:
    """The lines where there was nothing to check."""
    where = "here" if list(paths) == ["."] else f"in {', '.join(map(visible, paths))}"
    text = (
        f"No notebooks found {where}: looked for {', '.join(map(visible, include))} "
        "(text files only where they are notebooks), without what git ignores and `exclude` names"
    )
    yield from wrap(text, style.width)


def _nothing(found: Sequence[PlacedFinding], show: Severity) -> str:
    if not found:
        return "no findings"
    return f"nothing of severity {label(show)} or worse"


def _hidden(hidden: Sequence[PlacedFinding], style: Style) -> Iterator[str]:
    if not hidden:
        return
    rules = Counter((p.finding.code, p.finding.name) for p in hidden).most_common()
    named = [f"{code} {visible(name)} ({number:,})" for (code, name), number in rules]
    if len(named) > _MOST_RULES:
        named = [*named[:_MOST_RULES], count(len(rules) - _MOST_RULES, "more rule")]
    lowest = min(placed.finding.severity for placed in hidden)
    amount = severities(placed.finding.severity for placed in hidden)
    text = f"{amount} not shown (--show {label(lowest)}): {', '.join(named)}"
    yield from (style.faint(line) for line in wrap(text, style.width))


def fixable(report: Report, fixed: Safety | None) -> Iterator[str]:
    """The line about the fixes that are still to be had."""
    fixes = Counter(
        placed.finding.fix.safety
        for _, placed in report.findings()
        if placed.finding.fix and (fixed is None or placed.finding.fix.safety < fixed)
    )
    safe, unsafe = fixes[Safety.SAFE], fixes[Safety.UNSAFE]
    if safe and unsafe:
        yield f"{safe:,} can be fixed with --fix, {unsafe:,} more with --fix --unsafe-fixes"
    elif safe:
        yield f"{safe:,} can be fixed with --fix"
    elif unsafe:
        yield f"{unsafe:,} can be fixed with --fix --unsafe-fixes"


def _seconds(elapsed: float) -> str:
    return f"{elapsed:.2f} s" if elapsed < 1 else f"{elapsed:.1f} s"
