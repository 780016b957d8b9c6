"""Compare what it costs git to clean notebooks by nbcoach and by nbstripout.

    python -m benchmarks.clean_filter FOLDER [--notebooks 60] [--bin FOLDER] [--rounds 3]

Nothing in FOLDER is changed. Run it from the repository's root: what a clean notebook must be is
what the laws of the tests say.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO

from benchmarks.whole_processes import circumstances, installed

LARGE = 20_000_000


@dataclass(frozen=True)
class Filter:
    """A program that passes a notebook on clean."""

    name: str
    command: tuple[str, ...]

    def cpu_and_memory(self, file: Path) -> tuple[float, float]:
        """CPU seconds and MB of one process that cleans one file."""
        with file.open("rb") as data, tempfile.TemporaryFile() as cleaned:
            return _spent(self.command, data, cleaned)


def main() -> None:
    """Print what single notebooks, a large one and `git status` cost, and what was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notebooks", type=int, default=60)
    parser.add_argument("--bin", type=Path, action="append", default=[], help="where peers lie")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    files = _spread(options.folder, options.notebooks)
    ours = (sys.executable, "-m", "nbcoach", "clean", "--stdin-filename", "a.ipynb", "-")
    filters = [
        Filter("python -c pass", (sys.executable, "-c", "pass")),
        Filter("nbcoach", ours),
        Filter("nbstripout", (installed("nbstripout", options.bin), "-t")),
    ]
    size = sum(file.stat().st_size for file in files) / 1e6
    print(circumstances(f"{len(files)} notebooks of {size:.1f} MB", options.rounds))
    print("\nCPU s of one process for each notebook; CPU s and MB for one of 20 MB; `git status`")
    with tempfile.TemporaryDirectory() as scratch:
        large = _large(Path(scratch))
        repository = _repository(Path(scratch), files[:50])
        for one in filters:
            rounds = range(options.rounds)
            alone = median(sum(one.cpu_and_memory(file)[0] for file in files) for _ in rounds)
            cpu, memory = one.cpu_and_memory(large)
            status = median(_status(repository, one) for _ in rounds)
            print(f"{one.name:16}{alone:8.2f}{cpu:8.2f}{memory:6.0f} MB{status:8.2f}")
    _print_laws(files)


def _spread(folder: Path, number: int) -> list[Path]:
    """Notebooks of all sizes, the same ones each time."""
    found = sorted(folder.rglob("*.ipynb"), key=lambda file: (file.stat().st_size, str(file)))
    found = [file for file in found if file.is_file() and file.stat().st_size]
    step = max(1, len(found) / number)
    return [found[int(index * step)] for index in range(min(number, len(found)))]


def _large(folder: Path) -> Path:
    """A notebook of a hundred figures, 20 MB together."""
    image = {"image/png": "A" * (LARGE // 100)}
    output = {"output_type": "display_data", "metadata": {}, "data": image}
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [output]}
    cells = [{**cell, "id": f"c{number}", "source": ["plot()"]} for number in range(100)]
    root = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    file = folder / "large.ipynb"
    file.write_text(json.dumps(root, indent=1) + "\n")
    return file


def _repository(folder: Path, files: Sequence[Path]) -> Path:
    root = folder / "repository"
    root.mkdir()
    for number, file in enumerate(files):
        shutil.copy(file, root / f"{number}.ipynb")
    _git(root, "init", "-q")
    (root / ".gitattributes").write_text("*.ipynb filter=x\n")
    return root


def _status(root: Path, one: Filter) -> float:
    """CPU seconds of `git status` where every notebook was touched, its filters included."""
    _git(root, "config", "filter.x.clean", shlex.join(one.command).replace("a.ipynb", "%f"))
    _git(root, "add", ".")
    for file in root.glob("*.ipynb"):
        # Behind the time that git noted, so that it must look into the file.
        os.utime(file, (0, file.stat().st_mtime - 10))
    command = ["git", "-C", str(root), "status", "--porcelain"]
    with tempfile.TemporaryFile() as output:
        return _spent(command, None, output)[0]


def _git(root: Path, *arguments: str) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(["git", "-C", str(root), *arguments], check=False, stdout=quiet, stderr=quiet)


def _spent(
    command: Sequence[str], data: IO[bytes] | None, output: IO[bytes]
) -> tuple[float, float]:
    """CPU seconds and MB of a process and the processes that it waited for."""
    process = subprocess.Popen(command, stdin=data, stdout=output, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def _print_laws(files: Sequence[Path]) -> None:
    """Print where a clean notebook is not the file less what was taken out."""
    broken = list(_broken(files))
    print(f"\n{len(files)} notebooks cleaned twice: {len(broken)} broken laws")
    for wrong in broken:
        print(f"  ! {wrong}")


def _broken(files: Sequence[Path]) -> Iterator[str]:
    # Late: what this process holds counts as the memory of those that it starts.
    from nbcoach.cli.cleaning import cleaning
    from nbcoach.finding import Safety
    from tests.fix_laws import Repairer

    repairer = Repairer(cleaning(isolated=True), Safety.SAFE)
    for file in files:
        once = repairer.repair(file.name, file.read_bytes())
        yield from (f"{file}: {law}" for law in once.broken_laws())
        if repairer.repair(file.name, once.after).after != once.after:
            yield f"{file}: cleaning again changes it again"


if __name__ == "__main__":
    main()
