"""The command line: the only part of nbcoach that prints or exits."""

import sys
from collections.abc import Sequence
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit.

    The code is 0 for clean, 1 for findings, 2 for misuse, 3 for our fault, 130 for interrupted.
    """
    from nbcoach.cli.outcome import outcome

    sys.exit(outcome(sys.argv[1:] if arguments is None else list(arguments)))
