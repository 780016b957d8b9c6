"""The next steps that would help most, with the commands to take them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nbcoach.escaping import visible
from nbcoach.finding import Safety, Severity
from nbcoach.report import PlacedFinding, Report
from nbcoach.reporters.counting import count, severities
from nbcoach.reporters.text.style import Style, hanging

_STEPS = 3
_WEIGHTS = {Severity.ERROR: 4, Severity.WARNING: 1, Severity.INFO: 0}


@dataclass(eq=False)
class _Step:
    """The findings of one rule; `fixing` tells whether its fixes are worth a try."""

    found: list[PlacedFinding] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    fixing: bool = True

    @property
    def gain(self) -> int:
        worst = max(placed.finding.severity for placed in self.found)
        return _WEIGHTS[worst] * len(self.paths)

    def fixable(self, safety: Safety) -> int:
        fixes = [placed.finding.fix for placed in self.found if self.fixing]
        return sum(fix is not None and fix.safety is safety for fix in fixes)


def next_steps(report: Report, paths: Sequence[str], style: Style) -> Iterator[str]:
    """The lines about the rules whose repair gains most: by harm, by the number of notebooks."""
    steps: dict[str, _Step] = defaultdict(_Step)
    for path, placed in report.findings():
        steps[placed.finding.code].found.append(placed)
        steps[placed.finding.code].paths.add(path)
    for file in report.files:
        for repair in file.repairs:
            # What is still found after its fixes were made is what they could not repair.
            steps[repair.code].fixing = False
    useful = [code for code, step in steps.items() if step.found and step.gain]
    useful.sort(key=lambda code: (-steps[code].gain, -len(steps[code].found), code))
    if useful:
        yield style.strong("What would help most")
    for number, code in enumerate(useful[:_STEPS], 1):
        yield from _lines(number, steps[code], style)
        # What codes of other tools mean, only those tools know.
        if ":" not in code:
            yield f"    {_command(code, steps[code], paths)}"
    if useful:
        yield ""


def _lines(number: int, step: _Step, style: Style) -> Iterator[str]:
    first = step.found[0].finding
    title = f"{first.code} {visible(first.name)}"
    amount = severities(placed.finding.severity for placed in step.found)
    text = f"{amount} in {count(len(step.paths), 'notebook')}{_repair(step)}"
    lead, painted = f"{number}. {title}  ", f"{number}. {style.strong(title)}  "
    yield from hanging(text, style.width, 2, lead=lead, painted=painted)


def _repair(step: _Step) -> str:
    safe, unsafe = step.fixable(Safety.SAFE), step.fixable(Safety.UNSAFE)
    if safe == len(step.found):
        return ", with a safe fix"
    if safe:
        return f", {safe:,} with a safe fix"
    return ", with a fix to look over first" if unsafe else ""


def _command(code: str, step: _Step, paths: Sequence[str]) -> str:
    import shlex

    targets = visible(shlex.join(paths))
    if step.fixable(Safety.SAFE):
        return f"nbcoach check --fix --select {code} {targets}"
    if step.fixable(Safety.UNSAFE):
        return f"nbcoach check --diff --unsafe-fixes --select {code} {targets}"
    return f"nbcoach explain {code}"
