"""A line on the terminal that tells how far a long run is."""

import os
import signal
import sys
from contextlib import suppress
from time import monotonic
from types import TracebackType

# Who waits less than this never sees the line.
_PATIENCE = 1.0
_PAUSE = 0.2


class Progress:
    """Call it with the number of things done and of all; the line is gone when the block ends.

    A timer draws too: what comes `beginning` may take long and calls nobody.
    """

    def __init__(
        self, *, wanted: bool, things: str = "notebooks", beginning: str = "Looking for notebooks"
    ) -> None:
        understands = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._wanted = wanted and understands
        self._timer = self._wanted and hasattr(signal, "setitimer")
        self._begin = self._drawn = monotonic()
        self._things, self._line = things, beginning
        self._visible = False

    def __call__(self, done: int, total: int) -> None:
        self._line = f"{done:,} of {total:,} {self._things}"
        self._draw()

    def __enter__(self) -> "Progress":
        if self._timer:
            self._handler = signal.signal(signal.SIGALRM, lambda *_: self._draw())
            signal.setitimer(signal.ITIMER_REAL, _PATIENCE, _PAUSE)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._timer:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._handler)
        if self._visible:
            _write("\r\x1b[K")

    def _draw(self) -> None:
        now = monotonic()
        if self._wanted and now - self._begin >= _PATIENCE and now - self._drawn >= _PAUSE:
            self._drawn = now
            self._visible = True
            _write(f"\r\x1b[K{self._line}")


def _write(text: str) -> None:
    # Past Python's buffers: a signal may come while they are in use.
    with suppress(OSError):
        os.write(sys.stderr.fileno(), text.encode())
