"""The line that tells how far a run is: on terminals only, after a while, and never left behind."""

import os
import signal
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import NamedTuple, TextIO

import pytest

from nbcoach.cli.progress import Progress

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")


class Terminal(NamedTuple):
    """The other end of standard error."""

    descriptor: int
    stream: TextIO

    def shows(self) -> str:
        self.stream.flush()
        return os.read(self.descriptor, 10_000).decode()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    ours, theirs = os.openpty()
    monkeypatch.setenv("TERM", "xterm")
    with os.fdopen(theirs, "w") as stream:
        monkeypatch.setattr("nbcoach.cli.progress.sys", SimpleNamespace(stderr=stream))
        yield Terminal(ours, stream)
    os.close(ours)


def without_waiting(monkeypatch: pytest.MonkeyPatch, seconds: float = 0.0) -> None:
    monkeypatch.setattr("nbcoach.cli.progress._PATIENCE", seconds)
    monkeypatch.setattr("nbcoach.cli.progress._PAUSE", seconds)


def test_a_long_run_is_told_and_the_line_erased(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_waiting(monkeypatch)
    with Progress(wanted=True) as progress:
        progress(12, 3_400)
        assert terminal.shows() == "\r\x1b[K12 of 3,400 notebooks"
    assert terminal.shows() == "\r\x1b[K"


def test_the_search_for_files_is_told_by_the_clock(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_waiting(monkeypatch, 0.001)
    with Progress(wanted=True):
        signal.pause()
        assert terminal.shows().startswith("\r\x1b[KLooking for notebooks")
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_nothing_is_told_soon_to_dumb_terminals_or_where_unwanted(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    if term == "dumb":
        without_waiting(monkeypatch)
    monkeypatch.setenv("TERM", term)
    with Progress(wanted=True) as progress:
        progress(1, 2)
    with Progress(wanted=False) as progress:
        progress(1, 2)
    terminal.stream.write("end\n")
    assert terminal.shows() == "end\r\n"


def test_other_streams_get_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_waiting(monkeypatch)
    with Progress(wanted=True) as progress:
        progress(1, 2)
    assert capsys.readouterr().err == ""
