"""The lessons and twins as the tests of the curriculum see them."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from nbcoach.engine import run
from nbcoach.settings import load

SAMPLES = Path(__file__).parents[2] / "sample_notebooks"
sys.path.insert(0, str(SAMPLES))  # the tools that build the samples lie beside them

from assembling import Lesson, written  # noqa: E402

LESSONS = written()
TWINS = [lesson for lesson in LESSONS if lesson.recipe.exists()]

__all__ = [
    *("LESSONS", "SAMPLES", "TWINS", "Lesson"),
    *("findings", "is_trained", "key", "notebook", "truth"),
]


def key(lesson: Lesson) -> str:
    return lesson.key


def is_trained(lesson: Lesson) -> bool:
    """Whether a lesson trains networks: rounding grows there, and differs between processors."""
    return "torch" in lesson.entry["requires"]


def notebook(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def truth(lesson: Lesson) -> dict[str, Any]:
    return notebook(lesson.truth)


def findings(path: Path, **settings: object) -> Counter[tuple[str, str]]:
    """The codes and cell ids of what nbcoach finds."""
    chosen = load(SAMPLES, {"profile": "teaching"} | settings, isolated=True)
    report = run([path], chosen, jobs=1, cached=False)
    return Counter((found.finding.code, found.place.cell_id) for _, found in report.findings())
