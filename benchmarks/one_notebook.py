"""Compare what it costs to check one notebook with what it costs to start Python.

python -m benchmarks.one_notebook FILE [--peers ruff,nbqa-flake8] [--rounds 20] [--markdown]
"""

import argparse
import sys
from pathlib import Path

from benchmarks.peers import PEERS, nbcoach, peers
from benchmarks.whole_processes import Contender, circumstances, contest, installed, table

BASE = "python -c pass"


def main() -> None:
    """Print one row for each program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--peers", default="ruff", help=f"some of {','.join(PEERS)}")
    parser.add_argument("--bin", type=Path, action="append", default=[], help="where peers lie")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--markdown", action="store_true", help="print a table for a page")
    options = parser.parse_args()
    contenders = [
        Contender(BASE, (sys.executable, "-c", "pass")),
        Contender("nbcoach --version", (installed("nbcoach", []), "--version")),
        nbcoach("nbcoach check", options.file, "--isolated", "--no-cache"),
        *peers(options.peers.split(","), options.file, options.bin),
    ]
    costs = contest(contenders, options.rounds)
    size = f"one notebook of {options.file.stat().st_size:,} bytes"
    print(circumstances(size, options.rounds), end="\n\n")
    print(table(costs, BASE, markdown=options.markdown))


if __name__ == "__main__":
    main()
