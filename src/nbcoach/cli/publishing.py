"""A report in the format that was asked for, put where it was asked for."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from nbcoach.cli.request import Request
from nbcoach.cli.terminal import columns, wants_colour, write
from nbcoach.errors import UsageError
from nbcoach.finding import Safety
from nbcoach.report import Report
from nbcoach.reporters import diff, text
from nbcoach.reporters.text import View

if TYPE_CHECKING:
    from nbcoach.plugins import RuleEntry

_SAFETY = {"none": None, "safe": Safety.SAFE, "unsafe": Safety.UNSAFE}
# Their output is a list of lines: what was checked is said beside it.
_WITHOUT_END = frozenset({"concise", "github"})


def publish(report: Report, request: Request, stream: TextIO, stdin: bytes | None = None) -> None:
    """Write the report to the stream, or to the file that was asked for.

    `stdin` is the notebook that the report is about, if it came from standard input.
    """
    rules = _rules(report, request)
    with _output(request, stream) as output:
        _write(report, request, _view(request, rules, output), output, stdin)
    if request.quiet:
        return
    beside = _view(request, rules, sys.stderr)
    if request.diff and request.for_people:
        write(text.fixes(report, beside), sys.stderr)
    elif request.statistics or request.output_format in _WITHOUT_END or request.output_file:
        write(text.closing(report, beside), sys.stderr)


@contextmanager
def _output(request: Request, stream: TextIO) -> Iterator[TextIO]:
    if request.output_file is None:
        yield stream
        return
    try:
        with request.output_file.open("w", encoding="utf-8", errors="backslashreplace") as file:
            yield file
    except OSError as error:
        raise UsageError(f"{request.output_file}: {error.strerror}") from None


def _write(
    report: Report, request: Request, view: View, output: TextIO, stdin: bytes | None
) -> None:
    if request.diff and request.for_people:
        # Only a terminal needs a diff made harmless: `git apply` needs it as it is.
        written = diff.report(report, harmless=output.isatty(), colour=view.colour)
    elif request.statistics:
        written = _by_module("statistics", report)
    elif request.output_format == "text":
        written = text.report(report, view)
    elif request.output_format == "sarif":
        written = _by_module("sarif", report, view.rules)
    elif request.output_format == "html":
        from nbcoach.cli.showing import shown

        written = _by_module("html", report, shown(report, view.rules, stdin))
    else:
        written = _by_module(request.output_format.replace("-", "_"), report)
    write(written, output)


def _by_module(name: str, *arguments: object) -> str:
    written = import_module(f"nbcoach.reporters.{name}").report(*arguments)
    assert isinstance(written, str)
    return written


def _view(request: Request, rules: "Mapping[str, RuleEntry]", stream: TextIO) -> View:
    return View(
        colour=wants_colour(request.color, stream),
        width=columns(stream),
        show=request.settings.show,
        rules=rules,
        paths=request.paths,
        include=request.settings.include,
        since=_since(request),
        fixed=_SAFETY[request.fixing],
        written=not request.diff,
        ignored=request.add_ignores,
        quiet=request.quiet,
    )


def _since(request: Request) -> str:
    if request.staged:
        return "in git's index"
    return f"since `{request.since}`" if request.since else ""


def _rules(report: Report, request: Request) -> "Mapping[str, RuleEntry]":
    """What is known of the rules, where the report says anything about one."""
    if not any(file.findings or file.repairs for file in report.files):
        return {}
    from nbcoach.plugins import load_rules

    return {entry.code: entry for entry in load_rules(request.settings)}
