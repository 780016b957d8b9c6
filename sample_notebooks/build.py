"""Build lessons and flawed twins from their sources: `python sample_notebooks/build.py 53 --twin`.

A lesson is run from top to bottom in a fresh kernel and saved with its outputs; a twin is made from
its recipe.
"""

import argparse
import json
import sys
from typing import Any

from assembling import Lesson, write, written
from kernels import code_cells, fresh_kernel
from plants import recipe


def lesson_notebook(lesson: Lesson) -> tuple[Any, float]:
    """A lesson with its outputs, and the CPU seconds that it took.

    Raises:
        ValueError: A cell failed.
    """
    notebook = lesson.assembled()
    with fresh_kernel(notebook, lesson.source.parent) as ran:
        ran.run(code_cells(notebook))
        if ran.error:
            failed = next(cell for cell in notebook.cells if has_error(cell))
            trace = failed.outputs[-1].traceback
            raise ValueError(f"{lesson.key}: cell {failed['id']} failed\n" + "\n".join(trace))
        seconds: float = ran.value("__import__('time').process_time()")
    return notebook, seconds


def has_error(cell: Any) -> bool:
    """Whether a cell's outputs hold an error."""
    return any(output.output_type == "error" for output in cell.get("outputs", ()))


def build_lesson(lesson: Lesson) -> None:
    """Run a lesson and save it."""
    notebook, seconds = lesson_notebook(lesson)
    changed = write(notebook, lesson.notebook)
    size = lesson.notebook.stat().st_size // 1000
    facts = f"{len(notebook.cells)} cells, {size} kB, {seconds:.1f} CPU s"
    print(f"{lesson.key}: {facts}{'' if changed else ', unchanged'}")


def build_twin(lesson: Lesson) -> None:
    """Make a lesson's twin, and write down the truth about it."""
    notebook, truth = recipe(lesson.recipe).build(lesson)
    write(notebook, lesson.twin)
    facts = json.dumps(truth, indent=1, ensure_ascii=False)
    lesson.truth.write_text(f"{facts}\n", encoding="utf-8")
    print(f"{lesson.key}: twin of {len(notebook.cells)} cells")
    for finding in truth["findings"]:
        rule = finding["code"] or "no rule"
        print(f"  {finding['id']} {rule:7} {finding['cell']}: {finding['cost']}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lessons", nargs="*", help="numbers of lessons; all if none is given")
    parser.add_argument("--twin", action="store_true", help="build the twins, not the lessons")
    options = parser.parse_args()
    for lesson in written():
        if not options.lessons or lesson.entry["id"] in options.lessons:
            if not options.twin:
                build_lesson(lesson)
            elif lesson.recipe.exists():
                build_twin(lesson)
    return 0


if __name__ == "__main__":
    sys.exit(main())
