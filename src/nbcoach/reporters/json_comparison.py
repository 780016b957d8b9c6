"""A comparison as one JSON document, for programs."""

import json
from typing import Any

from nbcoach import __version__
from nbcoach.report import Comparison, Comparisons
from nbcoach.reporters.json import as_object, plain


def report(found: Comparisons) -> str:
    """One document in ASCII: version, the states, what became of each notebook and a summary."""
    document = {
        "version": __version__,
        "before": found.before or None,
        "after": found.after or None,
        "notebooks": [_notebook(one) for one in found.notebooks],
        "summary": {
            "notebooks": len(found.notebooks),
            "appeared": sum(len(one.appeared) for one in found.notebooks),
            "disappeared": sum(len(one.disappeared) for one in found.notebooks),
            "exit_code": found.exit_code,
        },
    }
    return json.dumps(document, indent=2, allow_nan=False) + "\n"


def _notebook(one: Comparison) -> dict[str, Any]:
    """One notebook; `diff` holds nbdime's operations, null where they were not asked for."""
    return {
        "before": one.before or None,
        "after": one.after or None,
        "appeared": [as_object(one.after, placed) for placed in one.appeared],
        "disappeared": [as_object(one.before, placed) for placed in one.disappeared],
        "diff": None if one.difference is None else plain(one.difference.operations),
        "problems": list(one.problems),
        "error": one.error or None,
    }
