"""The command line: the only part of nbcoach that prints or exits."""

import sys
from collections.abc import Sequence
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit.

    The code is 0 for clean, 1 for findings, 2 for misuse, 3 for our fault, 130 for interrupted.
    """
    import gc

    from nbcoach.cli.outcome import outcome

    # Notebooks make no reference cycles, so that hunting for them is mostly lost work.
    gc.set_threshold(100_000, 20, 100)
    sys.exit(outcome(sys.argv[1:] if arguments is None else list(arguments)))
