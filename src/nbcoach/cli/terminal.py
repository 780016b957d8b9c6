"""What is printed, where, and how wide and colourful."""

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from nbcoach.reporters.text.style import Style

_WIDEST = 120
_NARROWEST = 40


def be_robust() -> None:
    """Let no character that the terminal's encoding lacks stop a report."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


def write(text: str, stream: TextIO | None = None) -> None:
    """Print text as it is. Where nobody reads on, as with `| head`, the rest is dropped."""
    stream = stream or sys.stdout
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # Python flushes once more when it ends, and must find an open pipe then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_bytes(data: bytes) -> None:
    """Write a file to standard output."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(line: str) -> None:
    """Print a line to standard error."""
    write(f"{line}\n", sys.stderr)


def wants_colour(choice: str, stream: TextIO) -> bool:
    """Whether to colour: as asked, else as `NO_COLOR` and `FORCE_COLOR` say, else on terminals."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO) -> int:
    """The width to write for: beyond some width lines are hard to read."""
    chosen = os.environ.get("COLUMNS", "")
    width = int(chosen) if chosen.isdecimal() else 0
    if not width:
        try:
            width = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):
            width = 0
    return max(_NARROWEST, min(width or 80, _WIDEST))


def style_for(choice: str, stream: TextIO) -> "Style":
    """The colours and the width for a stream."""
    from nbcoach.reporters.text.style import Style

    return Style(wants_colour(choice, stream), columns(stream))
