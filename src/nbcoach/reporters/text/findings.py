"""The findings of one file: by rule, the worst first, each with its code and what to do."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from nbcoach.escaping import visible
from nbcoach.finding import Safety
from nbcoach.plugins import RuleEntry
from nbcoach.report import Place, PlacedFinding
from nbcoach.reporters.counting import label, severities
from nbcoach.reporters.positions import position
from nbcoach.reporters.text.excerpt import excerpt
from nbcoach.reporters.text.style import Style, hanging, wrap

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
        new = placed.finding.message not in said
        if number < _FULL and (new or position(placed.place)):
            yield from _headline(placed, style, with_message=new)
            yield from _details(placed, said, style)
        elif number < _LINES and new:
            yield from _headline(placed, style)
        else:
            rest.append(placed)
        said.add(placed.finding.message)
    if rest:
        yield from _places(rest, style)


def _headline(placed: PlacedFinding, style: Style, *, with_message: bool = True) -> Iterator[str]:
    where, identity = position(placed.place), _identity(placed.place)
    lead = "".join(f"{part}  " for part in (where, identity) if part)
    painted = "".join(f"{part}  " for part in (where, style.faint(identity)) if part)
    if with_message:
        message = visible(placed.finding.message)
        yield from hanging(message, style.width, 4, lead=lead, painted=painted)
    else:
        yield f"    {painted}".rstrip()


def _identity(place: Place) -> str:
    shown = visible(place.cell_id)
    return f"#{shown[:8]}" if shown else ""


def _details(placed: PlacedFinding, said: set[str], style: Style) -> Iterator[str]:
    """The code, the related places, and the fix unless it was said already."""
    if placed.place.line:
        yield from _code(placed, style)
    for related, place in zip(placed.finding.related, placed.related, strict=False):
        where, message = position(place), visible(related.message)
        text = f"{where}: {message}" if where else message
        yield from _remark("see " if where else "", text, style)
    fix = placed.finding.fix
    if fix is not None and fix.title not in said:
        said.add(fix.title)
        yield from _remark(_HOW[fix.safety], visible(fix.title), style)


def _code(placed: PlacedFinding, style: Style) -> Iterator[str]:
    number = str(placed.place.line)
    shown = excerpt(placed.place, style.width - len(f"      {number} | "))
    marks = shown.marks.lstrip()
    indent = " " * (len(shown.marks) - len(marks))
    yield f"      {style.faint(f'{number} |')} {shown.source}"
    gutter = style.faint(f"{' ' * len(number)} |")
    yield f"      {gutter} {indent}{style.severity(placed.finding.severity, marks)}"


def _remark(lead: str, text: str, style: Style) -> Iterator[str]:
    return hanging(text, style.width, 6, lead=lead, painted=style.faint(lead))


def _places(found: list[PlacedFinding], style: Style) -> Iterator[str]:
    """The rest of a group: `and 3 more: cell 5:1:1, 7:2:3, 9`."""
    places = [position(placed.place).removeprefix("cell ") for placed in found]
    named = ", ".join(filter(None, places))
    text = f"and {len(found):,} more: cell {named}" if named else f"and {len(found):,} more"
    return hanging(text, style.width, 4)
