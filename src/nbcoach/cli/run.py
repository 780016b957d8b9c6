"""One request carried out: the run, its report and the exit code."""

import sys
from time import perf_counter

from nbcoach.cli.progress import Progress
from nbcoach.cli.publishing import publish
from nbcoach.cli.request import Request
from nbcoach.cli.terminal import complain, write_bytes
from nbcoach.engine import fix_bytes, run
from nbcoach.report import Report


def carry_out(request: Request) -> int:
    """Check, report, and tell the exit code."""
    # A repaired notebook goes where the report would go.
    changes = (request.fix or request.add_ignores) and not request.diff
    stream = sys.stderr if request.stdin and changes else sys.stdout
    report, stdin = _check_stdin(request) if request.stdin else (_check_paths(request), None)
    publish(report, request, stream, stdin)
    return _exit_code(report, request)


def _check_paths(request: Request) -> Report:
    with Progress(wanted=not request.quiet) as progress:
        return run(
            request.paths,
            request.settings,
            fix=request.fixing,
            diff=request.diff,
            jobs=request.jobs,
            raw_lines=request.raw_lines,
            cached=request.cache,
            progress=progress,
            since=request.since,
            staged=request.staged,
            ignore=request.ignoring,
        )


def _check_stdin(request: Request) -> tuple[Report, bytes]:
    """The report, and the notebook it is about."""
    if sys.stdin.isatty():
        complain("Reading a notebook from standard input, up to Ctrl-D")
    data = sys.stdin.buffer.read()
    name = request.stdin_filename or "stdin.ipynb"
    settings, raw_lines = request.settings, request.raw_lines
    if request.fixing == "none" and request.ignoring is None:
        return run((), settings, stdin=(name, data), raw_lines=raw_lines), data
    begin = perf_counter()
    result, fixed = fix_bytes(
        name,
        data,
        settings,
        fix=request.fixing,
        diff=request.diff,
        raw_lines=raw_lines,
        ignore=request.ignoring,
    )
    if not request.diff:
        write_bytes(fixed)
    report = Report((result,), perf_counter() - begin, fail_on=settings.fail_on)
    return report, data if request.diff else fixed


def _exit_code(report: Report, request: Request) -> int:
    code = report.exit_code
    if request.diff and code <= 1:
        code = int(any(file.diff for file in report.files))
    return 0 if request.exit_zero and code == 1 else code
