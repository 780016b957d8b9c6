"""A report for people: what is wrong, where, why, and what to do next."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from nbcoach.escaping import visible
from nbcoach.finding import Safety, Severity
from nbcoach.plugins import RuleEntry
from nbcoach.report import PlacedFinding, Report
from nbcoach.reporters.counting import count, some_of
from nbcoach.reporters.text.repairs import repairs
from nbcoach.reporters.text.style import Style, wrap
from nbcoach.reporters.text.summary import fixable, no_notebooks, summary
from nbcoach.subjects import Crash

_CRASH = f"{Crash.__module__}.{Crash.__name__}"


class View(NamedTuple):
    """How a report is to look.

    `show` is the lowest severity that is printed in full; `paths` and `include` are what was
    checked as the user named it, `since` says since when if only changes were; `fixed` is the
    lowest safety of the fixes that were made, None for none, and `written` whether their results
    were saved; with `ignored` suppressions were made, not fixes; `quiet` leaves all but the
    findings out.
    """

    colour: bool = False
    width: int = 80
    show: Severity = Severity.WARNING
    rules: Mapping[str, RuleEntry] = MappingProxyType({})
    paths: Sequence[str] = (".",)
    include: Sequence[str] = ("*.ipynb",)
    since: str = ""
    fixed: Safety | None = None
    written: bool = True
    ignored: bool = False
    quiet: bool = False


def report(report: Report, view: View) -> str:
    """The report as it stands in a terminal of `view.width` columns."""
    return "".join(f"{line}\n" for line in _lines(report, view))


def closing(report: Report, view: View) -> str:
    """The end of the report alone: what was checked and what came of it."""
    return "".join(f"{line}\n" for line in _closing(report, view))


def fixes(report: Report, view: View) -> str:
    """What the fixes do, without the findings: what one wants to know beside a diff."""
    style = Style(view.colour, view.width)
    lines = [
        *repairs(report, view.rules, style, written=view.written, ignored=view.ignored),
        *fixable(report, view.fixed),
    ]
    nothing = "Nothing to ignore" if view.ignored else "Nothing to fix"
    return "".join(f"{line}\n" for line in lines or [nothing])


def _lines(report: Report, view: View) -> Iterator[str]:
    style = Style(view.colour, view.width)
    yield from _findings(report, view, style)
    yield from _failures(report, view, style)
    if view.quiet:
        return
    yield from repairs(report, view.rules, style, written=view.written, ignored=view.ignored)
    yield from _advice(report, view, style)
    yield from _closing(report, view)


def _closing(report: Report, view: View) -> Iterator[str]:
    style = Style(view.colour, view.width)
    if report.files:
        yield from summary(report, view.show, style, fixed=view.fixed)
    elif view.since:
        yield style.good(f"No notebook changed {visible(view.since)}")
    else:
        yield from no_notebooks(view.paths, view.include, style)


def _findings(report: Report, view: View, style: Style) -> Iterator[str]:
    paths: dict[str, list[PlacedFinding]] = {}
    for path, placed in report.findings():
        if placed.finding.severity >= view.show:
            paths.setdefault(path, []).append(placed)
    if paths:
        # A clean notebook, as most are before a commit, does not wait for what it does not need.
        from nbcoach.reporters.text.findings import file_findings

        for path, found in paths.items():
            yield from file_findings(path, found, view.rules, style)


def _advice(report: Report, view: View, style: Style) -> Iterator[str]:
    if any(file.findings for file in report.files):
        from nbcoach.reporters.text.coaching import next_steps

        yield from next_steps(report, view.paths, style)


def _failures(report: Report, view: View, style: Style) -> Iterator[str]:
    """What went wrong in nbcoach itself, as far as no finding tells of it."""
    telling = {code for code, rule in view.rules.items() if _CRASH in rule.subjects}
    paths: dict[str, list[str]] = {}
    for file in report.files:
        shown = (p.finding for p in file.findings if p.finding.severity >= view.show)
        if file.error and not any(finding.code in telling for finding in shown):
            paths.setdefault(file.error, []).append(file.path)
    for error, failed in paths.items():
        title = f"nbcoach could not finish {count(len(failed), 'notebook')}"
        yield style.severity(Severity.ERROR, title)
        for text in (visible(error), f"in {some_of(failed)}"):
            yield from (f"  {line}" for line in wrap(text, style.width - 2))
        yield ""
