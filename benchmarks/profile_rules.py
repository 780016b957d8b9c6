"""Print how much processor time each rule takes over a folder of notebooks.

    python benchmarks/profile_rules.py FOLDER [--rules 20]

What several rules share (trees, names, headings) is counted for the rule that asks for it first.
"""

import argparse
import time
from collections import Counter
from pathlib import Path
from typing import Any

from nbcoach import check
from nbcoach.engine import run
from nbcoach.settings import load


def main() -> None:
    """Check the folder in this process and print the rules, the most expensive first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rules", type=int, default=20, help="how many rules to show")
    options = parser.parse_args()
    seconds, calls = measured()
    begin = time.process_time()
    report = run([options.folder], load(Path.cwd(), isolated=True), jobs=1, cached=False)
    total = time.process_time() - begin
    print(
        f"{len(report.files)} notebooks, {total:.2f} CPU s, {seconds.total():.2f} of them in rules"
    )
    for rule, spent in seconds.most_common(options.rules):
        print(f"{rule:40}{spent:8.3f} s{spent / total:8.1%}{calls[rule]:10,} calls")


def measured() -> tuple[Counter[str], Counter[str]]:
    """Seconds and calls by rule; they grow while notebooks are checked."""
    seconds: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    ask = check._Questions._ask

    def timed(questions: Any, entry: Any, subjects: Any, cell: Any) -> None:
        begin = time.process_time()
        ask(questions, entry, subjects, cell)
        seconds[f"{entry.code} {entry.name}"] += time.process_time() - begin
        calls[f"{entry.code} {entry.name}"] += 1

    check._Questions._ask = timed  # type: ignore[method-assign]
    return seconds, calls


if __name__ == "__main__":
    main()
