"""Compare what nbcoach and other linters cost over a folder of notebooks.

python -m benchmarks.versus_peers FOLDER [--peers flake8-nb,nborder] [--rounds 5] [--markdown]
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.peers import PEERS, nbcoach, peers
from benchmarks.whole_processes import Contender, circumstances, contest, cost, table

BASE = "ruff"


def main() -> None:
    """Print one row for each way of checking the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", default=BASE, help=f"some of {','.join(PEERS)}")
    parser.add_argument("--bin", type=Path, action="append", default=[], help="where peers lie")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--markdown", action="store_true", help="print a table for a page")
    options = parser.parse_args()
    names = dict.fromkeys([BASE, *options.peers.split(",")])
    others = peers(names, options.folder, options.bin)
    with tempfile.TemporaryDirectory() as place:
        ours = coaches(options.folder, Path(place))
        nothing = Contender("python -c pass", (sys.executable, "-c", "pass"))
        costs = contest([nothing, *ours, *others], options.rounds)
    number = sum(1 for _ in options.folder.rglob("*.ipynb"))
    print(circumstances(f"{number} notebooks", options.rounds), end="\n\n")
    print(table(costs, BASE, markdown=options.markdown))


def coaches(folder: Path, place: Path) -> list[Contender]:
    """Our own runs: from scratch, in two processes, and with all results remembered."""
    configuration = place / "nbcoach.toml"
    configuration.write_text(f'cache-dir = "{(place / "cache").as_posix()}"\n', encoding="utf-8")
    warm = nbcoach("nbcoach, unchanged files", folder, "--config", str(configuration), "-j", "1")
    cost(warm)
    fresh = ("--isolated", "--no-cache")
    return [
        nbcoach("nbcoach, 1 job", folder, *fresh, "-j", "1"),
        nbcoach("nbcoach, 2 jobs", folder, *fresh, "-j", "2"),
        warm,
    ]


if __name__ == "__main__":
    main()
