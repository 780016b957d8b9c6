"""How often the analysis of names is right about random programs that really run.

    python benchmarks/hidden_state.py [PROGRAMS]

Writes small notebooks (definitions, deletions, conditions, loops, functions called later,
comprehensions, classes, imports, try/except …), runs their cells one by one, and compares the first
NameError with what `Semantics` says. Prints false definite claims, and what was missed.
"""

import sys
import warnings
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.python.programs import Writer
from tests.python.test_semantics_against_python import false_claims, first_failure, notebook


def verdict(sources: list[str]) -> str:
    """What became of one program."""
    try:
        for source in sources:
            compile(source, "<cell>", "exec")
    except SyntaxError:
        return "no valid program"
    if list(false_claims(sources)):
        return "FALSE definite claim"
    failure = first_failure(sources)
    if failure is None:
        return "runs, nothing claimed"
    cell, error = failure
    if type(error) is not NameError:
        return "fails otherwise"
    claims = notebook(sources).as_read.undefined
    if any(c.certain and (c.use.at, c.use.name) == (cell, error.name) for c in claims):
        return "NameError, claimed as definite"
    if any(c.use.name == error.name for c in claims):
        return "NameError, claimed as possible"
    return "NameError, missed"


def main() -> None:
    warnings.simplefilter("ignore")
    programs = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    verdicts = Counter(verdict(Writer(Random(seed)).notebook()) for seed in range(programs))
    for name, count in verdicts.most_common():
        print(f"{count:8,}  {name}")
    failing = sum(count for name, count in verdicts.items() if name.startswith("NameError"))
    missed = verdicts["NameError, missed"]
    print(f"\nmissed: {missed:,} of {failing:,} NameErrors, {missed / max(failing, 1):.1%}")


if __name__ == "__main__":
    main()
