"""The command as a process: what only shows from outside."""

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import write
from tests.fakes import notebook_bytes

TELL_MODULES = """
import sys
from nbcoach.cli import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def nbcoach(
    *arguments: str, stdin: bytes = b"", **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "nbcoach", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        timeout=60,
    )


def imported(*arguments: str) -> set[str]:
    process = subprocess.run(
        [sys.executable, "-c", TELL_MODULES, *arguments],
        capture_output=True,
        check=False,
        timeout=60,
    )
    return set(process.stderr.decode().split())


def test_exit_codes_reach_the_shell() -> None:
    write("a.ipynb", "x")
    assert nbcoach("check").returncode == 0
    write("a.ipynb", "old")
    assert nbcoach("check").returncode == 1
    assert nbcoach("check", "--no-such-option").returncode == 2


def test_a_reader_that_stops_early_sees_no_traceback() -> None:
    write("a.ipynb", *["old"] * 3_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "nbcoach", "check", "--output-format", "concise", "--no-cache"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith(b"a.ipynb:cell 1:1:1: error HSE101")
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(60) == 1
    assert "Traceback" not in errors
    assert "BrokenPipe" not in errors
    assert "Exception ignored" not in errors


def test_a_terminal_that_knows_ascii_only_gets_a_report() -> None:
    write("a.ipynb", "x = 'é…数' + old")
    process = nbcoach("check", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert process.returncode == 1
    assert rb"'\xe9\u2026\u6570' + old" in process.stdout


def test_fixed_standard_input_keeps_every_byte() -> None:
    data = notebook_bytes("old = 'é'").replace(b"\n", b"\r\n")
    process = nbcoach("check", "-", "--fix", stdin=data)
    assert process.stdout == data.replace(b"old", b"new")


def test_the_version_imports_next_to_nothing() -> None:
    ours = {name for name in imported("--version") if name.startswith("nbcoach")}
    assert ours == {
        "nbcoach",
        "nbcoach.cli",
        "nbcoach.cli.application",
        "nbcoach.cli.commands",
        "nbcoach.cli.outcome",
        "nbcoach.cli.terminal",
        "nbcoach.errors",
        "nbcoach.escaping",
    }


def test_a_check_imports_nothing_heavy() -> None:
    Path("nbcoach.toml").unlink()
    write("a.ipynb", "x = 1")
    heavy = {"nbformat", "jupytext", "IPython", "numpy", "fastjsonschema", "markdown_it"}
    slow = {"multiprocessing", "importlib.metadata", "difflib", "logging", "tomllib"}
    imported("check")
    # By now the index of the rules is written, as it is in every run but the first.
    assert imported("check") & (heavy | slow) == set()
