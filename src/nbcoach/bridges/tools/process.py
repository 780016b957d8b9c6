"""One tool at work over notebooks, through nbqa in a process of its own."""

import json
import os
import re
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from nbcoach.bridges import witness
from nbcoach.bridges.tools.remarks import Remark, key_of, plain, remarks
from nbcoach.errors import ToolFailed

if TYPE_CHECKING:
    from subprocess import Popen

_NBQA: Final = "nbqa"
# What runs in the background of a script ignores interrupts, by which we ask nbqa to tidy up.
_START: Final = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    f"runpy.run_module('{_NBQA}', run_name='__main__', alter_sys=True)"
)
_NO_NBQA: Final = "`{}` needs nbqa, which is not installed: `pip install nbcoach[tools]`"
_NO_TOOL: Final = "`{0}` is not installed beside nbcoach: `pip install {0}`"
_REWRITES: Final = "`{}` rewrites files, and a check does not; only tools that report can run"
# Longer than any run takes: what hangs must not hang us.
_PATIENCE: Final = 1800.0
# Time to remove the files that nbqa puts beside the notebooks.
_GRACE: Final = 10.0
_COLOURS: Final = frozenset({"FORCE_COLOR", "CLICOLOR_FORCE", "MYPY_FORCE_COLOR", "PY_COLORS"})
_UNREAD: Final = re.compile(r'^nbQA failed to process (.+) with exception "(.*)"$', re.MULTILINE)
_ENDED: Final = re.compile(rf"^{witness.TESTIMONY}(-?\d+|{witness.REWROTE})$", re.MULTILINE)
_BREAKDOWN: Final = re.compile(
    r"^Traceback \(most recent call last\)|INTERNAL ERROR|errors prevented further checking",
    re.MULTILINE,
)
_EPILOGUE: Final = re.compile(r"^If you believe the notebook\(s\) to be valid.*$", re.MULTILINE)


class Answer(NamedTuple):
    """What a tool said about notebooks, which are known by their keys.

    `unread` tells why nbqa could not show it some, `failure` why the tool did not do its part.
    """

    remarks: tuple[tuple[str, Remark], ...] = ()
    unread: Mapping[str, str] = {}
    failure: str = ""


class Process:
    """One run of a tool, given with its options as in a shell, over notebooks on disk.

    Raises ToolFailed where it does not start.
    """

    def __init__(self, command: str, paths: Sequence[str]) -> None:
        from importlib.util import find_spec
        from shlex import split

        words = split(command)
        self._tool = words[0]
        self._keys = {key_of(path) for path in paths}
        if find_spec(_NBQA) is None:
            raise ToolFailed(_NO_NBQA.format(self._tool))
        try:
            self._process = _started(words, paths)
        except OSError as error:
            raise ToolFailed(f"`{self._tool}` does not start: {error.strerror}") from None

    def answer(self) -> Answer:
        """What the tool said, once it is done."""
        from subprocess import TimeoutExpired

        try:
            output, errors = self._process.communicate(timeout=_PATIENCE)
        except TimeoutExpired:
            self.close()
            return Answer(failure=f"`{self._tool}` was not done after {_PATIENCE:.0f} seconds")
        out, err = (plain(data.decode(errors="replace")) for data in (output, errors))
        found = tuple(remarks(self._tool, out, self._keys))
        unread = {
            key_of(path): f"nbqa cannot read it for `{self._tool}`: {reason}"
            for path, reason in _UNREAD.findall(err)
        }
        return Answer(found, unread, self._failure(out, err, is_silent=not found))

    def _failure(self, out: str, err: str, *, is_silent: bool) -> str:
        """Why the tool did not do its part, empty where it did."""
        ended = _ENDED.search(err)
        for ours in (_ENDED, _UNREAD, _EPILOGUE):
            err = ours.sub("", err)
        words = err.strip() or out.strip()
        if ended is None:
            # nbqa starts no tool where no notebook is Python.
            broke = f"nbqa broke down before `{self._tool}`: {_last(words)}"
            return broke if self._process.returncode else ""
        if ended[1] == witness.REWROTE:
            return _REWRITES.format(self._tool)
        code = int(ended[1])
        if f"No module named {self._tool}" in words:
            return _NO_TOOL.format(self._tool)
        if code < 0:
            return f"`{self._tool}` broke down: it was ended by signal {-code}"
        breakdown = code and _BREAKDOWN.search(f"{err}\n{out}")
        if breakdown:
            return f"`{self._tool}` broke down: {_last(words)}"
        return f"`{self._tool}` ended with {code}: {_first(words)}" if code and is_silent else ""

    def close(self) -> None:
        """End the tool, whatever it is doing, in a way that lets nbqa remove its files."""
        from subprocess import TimeoutExpired

        if self._process.poll() is not None:
            return
        _signal(self._process, gently=True)
        try:
            self._process.communicate(timeout=_GRACE)
        except TimeoutExpired:
            _signal(self._process, gently=False)
            self._process.communicate()


def _started(words: Sequence[str], paths: Sequence[str]) -> "Popen[bytes]":
    from subprocess import DEVNULL, PIPE, Popen

    kept = {name: value for name, value in os.environ.items() if name not in _COLOURS}
    environment = {
        **kept,
        "NO_COLOR": "1",
        "PYTHONIOENCODING": "utf-8",
        witness.TOOL: json.dumps(words),
    }
    files = [os.path.join(".", path) if path.startswith("-") else path for path in paths]
    return Popen(
        [sys.executable, "-c", _START, witness.__name__, *files, "--nbqa-diff"],
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        env=environment,
        # A group of its own, so that the tool ends with nbqa.
        start_new_session=True,
    )


def _signal(process: "Popen[bytes]", *, gently: bool) -> None:
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT if gently else signal.SIGKILL)


def _first(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return " ".join(lines[:3])[:300] or "it said nothing"


def _last(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return (lines[-1] if lines else "it said nothing")[:300]
