"""Errors that nbcoach reports on notebooks which really run: there should be none.

    python benchmarks/clean_runs.py FOLDER [--limit N] [--timeout SECONDS]

Executes notebooks below FOLDER in a fresh kernel, each in an empty folder (this runs their code:
use a machine that may be harmed), keeps those that end without an error, and counts the error-level
findings of the rules about execution and state on them. Needs nbclient and ipykernel.
"""

import argparse
import random
import tempfile
import warnings
from collections import Counter
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from nbcoach.finding import Severity
from nbcoach.inspector import Inspector
from nbcoach.settings import load
from nbcoach.tasks import Task


def runs(path: Path, timeout: int) -> bool:
    """Whether all cells of a notebook run in a fresh kernel."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            notebook = nbformat.read(path, as_version=4)
            client = NotebookClient(
                notebook,
                timeout=timeout,
                kernel_name="python3",
                resources={"metadata": {"path": folder}},
            )
            client.execute()
        except Exception:  # a notebook may fail in any way, and then it is not counted
            return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=100, help="notebooks to execute")
    parser.add_argument("--timeout", type=int, default=20, help="seconds a cell")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    paths = sorted(arguments.folder.rglob("*.ipynb"))
    random.Random(0).shuffle(paths)
    with tempfile.TemporaryDirectory() as empty:
        inspector = Inspector(load(Path(empty), {"preview": True}))
    cells = clean = 0
    found: Counter[str] = Counter()
    for path in paths[: arguments.limit]:
        if not runs(path, arguments.timeout):
            continue
        clean += 1
        data = path.read_bytes()
        cells += data.count(b'"cell_type": "code"')
        for placed in inspector.examine(path.name, data, Task()).result.findings:
            finding = placed.finding
            if finding.severity is Severity.ERROR and finding.code[:3] in ("NB1", "NB2"):
                found[finding.code] += 1
                print(f"{path}: cell {placed.place.cell} {finding.code} {finding.message}")
    print(f"{clean} notebooks of {arguments.limit} ran, {cells} code cells")
    print(f"{1000 * sum(found.values()) / max(cells, 1):.2f} errors per 1,000 cells {dict(found)}")


if __name__ == "__main__":
    main()
