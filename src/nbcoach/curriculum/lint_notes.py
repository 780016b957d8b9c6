"""What nbcoach says about a learner's notebook and did not say about the lesson as handed out."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from nbcoach.curriculum.submission import Submission
from nbcoach.finding import Severity
from nbcoach.report import PlacedFinding
from nbcoach.scripting import check
from nbcoach.settings import load


def new_notes(submission: Submission, handout: str) -> tuple[PlacedFinding, ...]:
    """What the teaching profile warns of and the learner brought in, whichever cell it is in.

    A file without cells has no notes: it is no notebook.
    """
    if submission.is_script:
        return ()
    settings = load(submission.path.absolute().parent, {"profile": "teaching"}, isolated=True)
    path = str(submission.path)
    known = Counter(map(_key, check(json.loads(handout), settings, path=path).findings))
    notes = []
    for placed in check(path, settings).findings:
        if known[_key(placed)] > 0:
            known[_key(placed)] -= 1
        elif placed.finding.severity >= Severity.WARNING:
            notes.append(placed)
    return tuple(notes)


def _key(placed: PlacedFinding) -> tuple[str, str]:
    return placed.finding.code, placed.finding.message


def findings_in_twin(twin: Path, planted: Sequence[str]) -> tuple[PlacedFinding, ...]:
    """What the teaching profile, and the rules for what was planted, find in a twin."""
    settings = load(
        twin.parent, {"profile": "teaching", "extend-select": sorted(planted)}, isolated=True
    )
    return check(twin, settings).findings
