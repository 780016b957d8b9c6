"""A comparison for people: how each notebook changed, and what that did to its findings."""

from collections.abc import Iterator, Sequence

from nbcoach.escaping import visible
from nbcoach.finding import Severity
from nbcoach.report import Comparison, Comparisons, PlacedFinding
from nbcoach.reporters import concise as lines_of
from nbcoach.reporters.counting import count, label, severities
from nbcoach.reporters.diff import harmless_line, painted
from nbcoach.reporters.text import View
from nbcoach.reporters.text.findings import file_findings
from nbcoach.reporters.text.style import Style, hanging

Found = Sequence[PlacedFinding]


def report(found: Comparisons, view: View, *, concise: bool = False) -> str:
    """The comparison as it stands in a terminal; with `concise` each finding is one line."""
    return "".join(f"{line}\n" for line in _lines(found, view, concise))


def _lines(found: Comparisons, view: View, concise: bool) -> Iterator[str]:
    style = Style(view.colour, view.width)
    for notebook in found.notebooks:
        if _has_changed(notebook, found):
            yield from _head(notebook, found, style)
            yield from _problems(notebook, style)
            yield from _difference(notebook, style)
            yield from _findings(notebook, view, style, concise)
    if not view.quiet:
        yield from _closing(found, view, style)


def _has_changed(notebook: Comparison, found: Comparisons) -> bool:
    """Whether there is anything to say: outputs may differ, which nobody asked for."""
    renamed = bool(found.before) and notebook.before != notebook.after
    told = notebook.appeared or notebook.disappeared or notebook.problems or notebook.error
    return renamed or bool(told) or bool(notebook.difference and notebook.difference.text)


def _head(notebook: Comparison, found: Comparisons, style: Style) -> Iterator[str]:
    paths = notebook.before, notebook.after
    for mark, path, state in zip(("---", "+++"), paths, _states(found), strict=True):
        where = f"  ({state})" if state else ""
        name = visible(path) if path else "no such notebook"
        yield f"{style.strong(f'{mark} {name}')}{style.faint(where)}"


def _states(found: Comparisons) -> tuple[str, str]:
    """The names of the two states, empty for two files."""
    after = found.after or ("files on disk" if found.before else "")
    return visible(found.before), visible(after)


def _problems(notebook: Comparison, style: Style) -> Iterator[str]:
    for problem in (*notebook.problems, *filter(None, [notebook.error])):
        lead, text = "not compared: ", visible(problem)
        painted_lead = style.severity(Severity.ERROR, lead)
        yield from hanging(text, style.width, 0, lead=lead, painted=painted_lead)


def _difference(notebook: Comparison, style: Style) -> Iterator[str]:
    if notebook.difference and notebook.difference.text:
        for line in notebook.difference.text.split("\n"):
            shown = harmless_line(line)
            if line.startswith("## "):
                yield style.strong(shown)
            else:
                yield painted(shown) if style.colour else shown
    yield ""


def _findings(notebook: Comparison, view: View, style: Style, concise: bool) -> Iterator[str]:
    shown = [placed for placed in notebook.appeared if placed.finding.severity >= view.show]
    if concise:
        yield from _listed("Appeared", notebook.after, shown, style)
    elif shown:
        yield from file_findings(f"Appeared in {notebook.after}", shown, view.rules, style)
    gone = [placed for placed in notebook.disappeared if placed.finding.severity >= view.show]
    yield from _listed("Disappeared", notebook.before, gone, style)


def _listed(title: str, path: str, found: Found, style: Style) -> Iterator[str]:
    """Findings a line each: of what is gone nobody needs to know how it is repaired."""
    if found:
        yield style.strong(title)
        yield from (lines_of.line(path, placed) for placed in found)
        yield ""


def _closing(found: Comparisons, view: View, style: Style) -> Iterator[str]:
    states = " and ".join(filter(None, _states(found)))
    if not found.notebooks:
        yield f"No notebook differs between {states}"
        return
    appeared = [placed for one in found.notebooks for placed in one.appeared]
    gone = [placed for one in found.notebooks for placed in one.disappeared]
    between = f" ({states})" if states else ""
    said = f"{_amount(appeared)} appeared, {_amount(gone)} disappeared"
    worst = max((placed.finding.severity for placed in appeared), default=None)
    colour = style.good(said) if worst is None else style.severity(worst, said)
    yield f"Compared {count(len(found.notebooks), 'notebook')}{between}: {colour}"
    hidden = [p for p in (*appeared, *gone) if p.finding.severity < view.show]
    if hidden:
        lowest = min(placed.finding.severity for placed in hidden)
        yield style.faint(f"{_amount(hidden)} not shown (--show {label(lowest)})")


def _amount(found: Found) -> str:
    return severities(placed.finding.severity for placed in found) or "nothing"
