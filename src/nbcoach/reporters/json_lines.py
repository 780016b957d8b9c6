"""One JSON object on each line, for programs that read while they wait."""

import json

from nbcoach.report import Report
from nbcoach.reporters.json import as_object


def report(report: Report) -> str:
    """A line for each finding, and one with `error` for each file that nbcoach failed on."""
    objects = [as_object(path, placed) for path, placed in report.findings()]
    failures = [{"path": file.path, "error": file.error} for file in report.files if file.error]
    return "".join(f"{json.dumps(item, allow_nan=False)}\n" for item in [*objects, *failures])
