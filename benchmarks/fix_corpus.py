"""Repair copies of all notebooks of a folder, and count where the laws of repairs were broken.

    python -m benchmarks.fix_corpus FOLDER [--all-rules]

Nothing in FOLDER is changed. Run it from the repository's root: the laws are those of the tests.
"""

import argparse
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from nbcoach.engine import run
from nbcoach.finding import Safety
from nbcoach.report import Report
from nbcoach.settings import Settings, load
from tests.fix_laws import Repairer

SHOWN = 20
MODES: dict[Literal["safe", "unsafe"], Safety] = {"safe": Safety.SAFE, "unsafe": Safety.UNSAFE}


@dataclass
class Tally:
    """What was counted under one kind of fixes."""

    notebooks: int = 0
    changed: int = 0
    again: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    def print(self, mode: str) -> None:
        """Print the counts, and the first places where something went wrong."""
        print(f"\n--- {mode} fixes")
        print(f"{self.notebooks:8} notebooks, {self.changed} of them changed")
        print(f"{len(self.broken):8} broken laws")
        print(f"{self.again:8} changes by a second run")
        print(f"{len(self.crashes):8} crashes")
        for outcome, number in sorted(self.outcomes.items()):
            print(f"{number:8} {outcome}")
        for wrong in [*self.broken, *self.crashes][:SHOWN]:
            print(f"  ! {wrong}")


def main() -> None:
    """Repair everything twice, with the safe fixes alone and with all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all-rules", action="store_true", help="also those that are off")
    options = parser.parse_args()
    # The laws are tried with our own rules: what ruff repairs is not in the second reckoning.
    said: dict[str, object] = {"cache": False, "ruff": False}
    if options.all_rules:
        said |= {"select": ["ALL"], "preview": True, "outputs": "source-only"}
    for mode in MODES:
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place, "copy")
            shutil.copytree(options.folder, copy, symlinks=True)
            settings = load(copy, said, isolated=True)
            repair(options.folder, copy, settings, mode).print(mode)


def repair(folder: Path, copy: Path, settings: Settings, mode: Literal["safe", "unsafe"]) -> Tally:
    """Repair the copy, compare it with the folder, and repair it again."""
    tally = Tally()
    first = run([copy], settings, fix=mode)
    note(first, tally)
    repairer = Repairer(settings, MODES[mode])
    for old, new in pairs(folder, copy):
        tally.notebooks += 1
        tally.broken += [f"{old}: {law}" for law in broken_laws(repairer, old, new)]
        tally.changed += old.read_bytes() != new.read_bytes()
    second = run([copy], settings, fix=mode)
    tally.again = sum(repair.outcome == "applied" for f in second.files for repair in f.repairs)
    tally.crashes += [f"{file.path}: {file.error}" for file in second.files if file.error]
    return tally


def note(report: Report, tally: Tally) -> None:
    """Count what became of every fix, and what crashed."""
    for file in report.files:
        tally.outcomes.update(f"{repair.code} {repair.outcome}" for repair in file.repairs)
        if file.error:
            tally.crashes.append(f"{file.path}: {file.error}")


def pairs(folder: Path, copy: Path) -> Iterator[tuple[Path, Path]]:
    """Every notebook and its copy."""
    for old in sorted(folder.rglob("*.ipynb")):
        if old.is_file():
            yield old, copy / old.relative_to(folder)


def broken_laws(repairer: Repairer, old: Path, new: Path) -> Iterator[str]:
    """The laws that were broken on the way from one file to the other."""
    repaired = repairer.repair(str(new), old.read_bytes())
    yield from repaired.broken_laws()
    if repaired.after != new.read_bytes():
        yield "the file holds other bytes than the repaired document"


if __name__ == "__main__":
    main()
