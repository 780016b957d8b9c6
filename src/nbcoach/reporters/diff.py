"""What the fixes would change, as unified diffs of the files."""

from nbcoach.escaping import visible
from nbcoach.report import Report

_LONGEST = 300
_COLOURS = {"+": "32", "-": "31", "@": "36"}


def report(report: Report, *, harmless: bool = False, colour: bool = False) -> str:
    """The diffs as `git apply` takes them; `harmless` makes lines fit to be looked at instead."""
    lines = "".join(file.diff for file in report.files).split("\n")
    if harmless:
        lines = [harmless_line(line) for line in lines]
    return "\n".join(map(painted, lines) if colour else lines)


def harmless_line(line: str) -> str:
    """A line without hidden characters; a notebook may be one line of megabytes."""
    shown = visible(line[:_LONGEST].expandtabs(4))
    left_out = len(line) - _LONGEST
    return f"{shown}… ({left_out:,} more characters)" if left_out > 0 else shown


def painted(line: str) -> str:
    """A line of a diff in its colour."""
    code = _COLOURS.get(line[:1])
    return f"\x1b[{code}m{line}\x1b[0m" if code else line
