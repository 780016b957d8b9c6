"""What the fixes would change, as unified diffs of the files."""

from nbcoach.escaping import visible
from nbcoach.report import Report

_COLOURS = {"+": "32", "-": "31", "@": "36"}


def report(report: Report, *, harmless: bool = False, colour: bool = False) -> str:
    """The diffs as `git apply` takes them; `harmless` spells hidden characters out instead."""
    lines = "".join(file.diff for file in report.files).split("\n")
    if harmless:
        lines = [visible(line.expandtabs(4)) for line in lines]
    return "\n".join(map(painted, lines) if colour else lines)


def painted(line: str) -> str:
    """A line of a diff in its colour."""
    code = _COLOURS.get(line[:1])
    return f"\x1b[{code}m{line}\x1b[0m" if code else line
