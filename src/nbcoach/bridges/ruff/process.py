"""Ruff as a process that works while we do."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from nbcoach.errors import ToolCrashed, ToolFailed

if TYPE_CHECKING:
    from subprocess import Popen
    from tempfile import TemporaryDirectory as Folder

_ALWAYS: Final = ("check", "--no-cache", "--force-exclude", "--output-format", "json-lines")
_NAME: Final = "{}.ipynb"
# Ruff's threads have a quarter of the room that its main thread has: too little for some code.
_ROOM: Final = str(16 * 1024 * 1024)
# Longer than any run takes: what hangs must not hang us.
_PATIENCE: Final = 600.0


class Process:
    """One run of ruff over notebooks, given as their contents.

    A single notebook goes through standard input, several through a folder that nobody else can
    read. Raises ToolFailed where ruff does not start.
    """

    def __init__(
        self, program: str, arguments: Sequence[str], notebooks: Sequence[bytes], name: str = ""
    ) -> None:
        """`name` is the path that a single notebook is to be governed by."""
        self._folder: Folder[str] | None = None
        command = [program, *_ALWAYS, *arguments]
        try:
            if len(notebooks) == 1:
                self._process = _started([*command, *_named(name or _NAME.format(0)), "-"])
                self._feed(notebooks[0])
            else:
                self._folder = _written(notebooks)
                self._process = _started([*command, self._folder.name])
                self._feed(b"")
        except OSError as error:
            if self._folder is not None:
                self._folder.cleanup()
            raise ToolFailed(f"ruff does not start: {error.strerror}") from None

    def _feed(self, contents: bytes) -> None:
        """Write standard input at once: ruff reads all of it before it says anything."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(contents)
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.stdin = None

    def results(self) -> dict[int, list[dict[str, Any]]]:
        """What ruff says about each notebook, by its number. Raises ToolFailed."""
        from subprocess import TimeoutExpired

        try:
            output, errors = self._process.communicate(timeout=_PATIENCE)
        except TimeoutExpired:
            raise ToolFailed(f"ruff was not done after {_PATIENCE:.0f} seconds") from None
        finally:
            self.close()
        code = self._process.returncode
        if code not in (0, 1):
            reason = _reason(errors) or f"ruff ended with {code}"
            raise ToolFailed(reason) if code == 2 else ToolCrashed(f"ruff broke down: {reason}")
        results: dict[int, list[dict[str, Any]]] = {}
        try:
            for line in output.splitlines():
                said = json.loads(line)
                stem = os.path.basename(said["filename"]).partition(".")[0]
                results.setdefault(int(stem) if self._folder else 0, []).append(said)
        except (ValueError, KeyError, TypeError):
            raise ToolFailed("ruff's answer cannot be understood; is it 0.12 or later?") from None
        return results

    def close(self) -> None:
        """Leave nothing behind, whatever ruff is doing."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()
        if self._folder is not None:
            self._folder.cleanup()


def _named(path: str) -> Iterator[str]:
    """The options for a notebook on standard input, governed by a path and read as what it is."""
    extension = os.path.splitext(path)[1][1:]
    if extension:
        yield f"--extension={extension}:ipynb"
    yield f"--stdin-filename={path}"


def _written(notebooks: Sequence[bytes]) -> "Folder[str]":
    from tempfile import TemporaryDirectory

    folder = TemporaryDirectory(prefix="nbcoach-ruff-", ignore_cleanup_errors=True)
    try:
        for number, contents in enumerate(notebooks):
            with open(os.path.join(folder.name, _NAME.format(number)), "wb") as file:
                file.write(contents)
    except OSError:
        folder.cleanup()
        raise
    return folder


def _started(command: list[str]) -> "Popen[bytes]":
    from subprocess import PIPE, Popen

    environment = {**os.environ, "RUST_MIN_STACK": _ROOM}
    return Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment)


def _reason(errors: bytes) -> str:
    """What ruff printed, in one line."""
    lines = errors.decode(errors="replace").split("\n")
    return " ".join(line.strip() for line in lines[:4] if line.strip())[:300]
