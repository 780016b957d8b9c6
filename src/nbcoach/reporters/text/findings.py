"""The findings of one file: by rule, the worst first, each with its code and what to do."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from nbcoach.escaping import display_width, visible
from nbcoach.finding import Fix, Safety
from nbcoach.plugins import RuleEntry
from nbcoach.report import Place, PlacedFinding
from nbcoach.reporters.counting import label, severities
from nbcoach.reporters.positions import position
from nbcoach.reporters.text.excerpt import excerpt
from nbcoach.reporters.text.style import Style, wrap

# One learns nothing from the tenth excerpt of the same problem: the next ones get a line each, if
# they say something new, and the rest are listed by their places.
_FULL = 3
_LINES = 10

_HOW = {
    Safety.SAFE: "fix (--fix): ",
    Safety.UNSAFE: "fix (--fix --unsafe-fixes): ",
    Safety.MANUAL: "to do by hand: ",
}


def file_findings(
    path: str, found: Sequence[PlacedFinding], rules: Mapping[str, RuleEntry], style: Style
) -> Iterator[str]:
    """The lines about one file."""
    numbers = severities(placed.finding.severity for placed in found)
    yield f"{style.strong(visible(path))}  {style.faint(numbers)}"
    ordered = sorted(found, key=_order)
    for code, group in groupby(ordered, key=lambda placed: placed.finding.code):
        yield ""
        yield from _group(list(group), rules.get(code), style)
    yield ""


def _order(placed: PlacedFinding) -> tuple[int, str, int, int, int]:
    place = placed.place
    return -placed.finding.severity, placed.finding.code, place.cell, place.line, place.column


def _group(found: list[PlacedFinding], rule: RuleEntry | None, style: Style) -> Iterator[str]:
    first = found[0].finding
    title = f"{label(first.severity)} {first.code}"
    yield f"  {style.severity(first.severity, title)} {style.strong(visible(first.name))}"
    if rule is not None and rule.summary:
        yield from (style.faint(f"  {line}") for line in wrap(rule.summary, style.width - 2))
    said: set[str] = set()
    rest: list[PlacedFinding] = []
    for number, placed in enumerate(found):
        if number >= _LINES or (number >= _FULL and placed.finding.message in said):
            rest.append(placed)
            continue
        said.add(placed.finding.message)
        yield from _headline(placed, style)
        if number < _FULL:
            yield from _details(placed, said, style)
    if rest:
        yield from _places(rest, style)


def _places(found: list[PlacedFinding], style: Style) -> Iterator[str]:
    """The rest of a group: `and 3 more: cell 5:1:1, 7:2:3, 9`."""
    places = [position(placed.place).removeprefix("cell ") for placed in found]
    named = ", ".join(filter(None, places))
    text = f"and {len(found):,} more: cell {named}" if named else f"and {len(found):,} more"
    first, *rest = wrap(text, style.width - 4)
    yield f"    {first}"
    yield from (f"      {line}" for line in rest)


def _headline(placed: PlacedFinding, style: Style) -> Iterator[str]:
    where, identity = position(placed.place), _identity(placed.place)
    taken = sum(display_width(text) + 2 for text in (where, identity) if text)
    lines = wrap(visible(placed.finding.message), style.width - 4, taken)
    prefix = "  ".join([*filter(None, (where, style.faint(identity))), lines[0]])
    yield f"    {prefix}"
    yield from (f"      {line}" for line in lines[1:])


def _identity(place: Place) -> str:
    shown = visible(place.cell_id)
    return f"#{shown[:8]}" if shown else ""


def _details(placed: PlacedFinding, said: set[str], style: Style) -> Iterator[str]:
    place = placed.place
    if place.line:
        shown = excerpt(place, style.width - 6 - len(str(place.line)) - 3)
        gutter = " " * len(str(place.line))
        yield f"      {style.faint(f'{place.line} |')} {shown.source}"
        marks = style.severity(placed.finding.severity, shown.marks.lstrip())
        indent = " " * (len(shown.marks) - len(shown.marks.lstrip()))
        yield f"      {style.faint(f'{gutter} |')} {indent}{marks}"
    for related, other in zip(placed.finding.related, placed.related, strict=False):
        text = ": ".join(filter(None, (position(other), visible(related.message))))
        yield from _hanging("see ", text, style)
    fix = placed.finding.fix
    if fix is not None and fix.title not in said:
        said.add(fix.title)
        yield from _fix(fix, style)


def _fix(fix: Fix, style: Style) -> Iterator[str]:
    yield from _hanging(_HOW[fix.safety], visible(fix.title), style)


def _hanging(label: str, text: str, style: Style) -> Iterator[str]:
    first, *rest = wrap(text, style.width - 6, len(label))
    yield f"      {style.faint(label)}{first}"
    yield from (f"        {line}" for line in rest)
