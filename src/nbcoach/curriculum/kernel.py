"""A fresh kernel of this very Python, in a process that is told no secrets."""

import ast
import json
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from nbcoach.errors import ToolFailed

if TYPE_CHECKING:
    from jupyter_client.manager import KernelManager

# All that a kernel is told of its surroundings: where things are, which language, how many threads.
_KEPT: Final = frozenset(
    "APPDATA COMSPEC CONDA_PREFIX CUDA_VISIBLE_DEVICES DYLD_LIBRARY_PATH HOME HOMEDRIVE HOMEPATH "
    "LANG LANGUAGE LD_LIBRARY_PATH LOCALAPPDATA MPLCONFIGDIR PATH PATHEXT PYTHONPATH SYSTEMDRIVE "
    "SYSTEMROOT TEMP TMP TMPDIR TZ USERPROFILE VIRTUAL_ENV WINDIR XDG_CACHE_HOME XDG_CONFIG_HOME "
    "XDG_DATA_HOME".split()
)
_KEPT_ENDS: Final = ("_NUM_THREADS", "_MAXIMUM_THREADS")
_STARTING: Final = 60.0
_BETWEEN_LOOKS: Final = 0.5
_GRACE: Final = 5.0
# What IPython calls the file that a cell is compiled as.
_INNER_FILE: Final = re.compile(r"\(\d+\.py, (?=line )")
_EXAMINER: Final = "__import__('nbcoach.curriculum.examiner', fromlist=['_'])"


class Outcome(NamedTuple):
    """How a cell ended: `problem` is empty where it ran through, `usable` if another can follow.

    `late` tells that it was interrupted.
    """

    problem: str = ""
    usable: bool = True
    late: bool = False


class Kernel:
    """Used as a context; raises ToolFailed where it does not start."""

    def __init__(self, folder: Path) -> None:
        from tempfile import TemporaryDirectory

        self._folder = folder
        self._files = TemporaryDirectory(prefix="nbcoach-", ignore_cleanup_errors=True)
        self._manager = _manager(Path(self._files.name))

    def __enter__(self) -> "Kernel":
        said = Path(self._files.name) / "said"
        try:
            self._start(said)
            problem = "" if self._reply(self._client.kernel_info(), _STARTING) else _last_line(said)
        except _DeadKernelError:
            problem = _last_line(said)
        except (OSError, RuntimeError) as error:
            problem = str(error)
        except BaseException:
            self._end()
            raise
        if problem:
            self._end()
            raise ToolFailed(f"the kernel does not start: {problem}")
        return self

    def _start(self, said: Path) -> None:
        from subprocess import DEVNULL

        with said.open("wb") as stream:
            self._manager.start_kernel(
                cwd=str(self._folder),
                env=environment(os.environ, self._files.name),
                stdout=DEVNULL,
                stderr=stream,
            )
        self._client = self._manager.blocking_client()
        # What cells print goes to the other channels, and nobody listens.
        self._client.start_channels(iopub=False, stdin=False, hb=False)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end()

    def _end(self) -> None:
        with suppress(RuntimeError, OSError):
            self._manager.shutdown_kernel(now=True)
        if hasattr(self, "_client"):
            self._client.stop_channels()
        self._files.cleanup()

    def run(self, source: str, seconds: float) -> Outcome:
        """Run a cell; one that takes longer than that is interrupted."""
        sent = self._client.execute(source, allow_stdin=False, stop_on_error=False)
        try:
            reply = self._reply(sent, seconds)
            if reply is not None:
                return Outcome(_problem(reply))
            self._manager.interrupt_kernel()
            usable = self._reply(sent, _GRACE) is not None
        except _DeadKernelError:
            return Outcome("it ended the kernel", usable=False)
        return Outcome(f"it was interrupted after {seconds:.0f} seconds", usable, late=True)

    def ask(self, question: str, *arguments: object, seconds: float = _GRACE) -> Any:
        """What a function of the examiner answers; None where the kernel can answer no more."""
        call = f"{_EXAMINER}.{question}({', '.join(map(repr, arguments))})"
        return self._value(call, seconds)

    def begin(self, names: tuple[str, ...]) -> None:
        """Let the examiner remember the answers from here on."""
        self._value(f"{_EXAMINER}.begin(get_ipython(), {names!r})", _STARTING)

    def _value(self, expression: str, seconds: float) -> Any:
        sent = self._client.execute(
            "", silent=True, allow_stdin=False, user_expressions={"value": expression}
        )
        try:
            reply = self._reply(sent, seconds)
        except _DeadKernelError:
            return None
        value = (reply or {}).get("user_expressions", {}).get("value", {})
        if value.get("status") != "ok":
            return None
        said = ast.literal_eval(value["data"]["text/plain"])
        return None if said is None else json.loads(said)

    def _reply(self, sent: str, seconds: float) -> dict[str, Any] | None:
        """The reply to a message, None if it did not come in time; raises _DeadKernelError."""
        from queue import Empty

        deadline = monotonic() + seconds
        while (left := deadline - monotonic()) > 0:
            try:
                message = self._client.get_shell_msg(timeout=min(left, _BETWEEN_LOOKS))
            except Empty:
                if not self._manager.is_alive():
                    raise _DeadKernelError from None
                continue
            if message["parent_header"].get("msg_id") == sent:
                content: dict[str, Any] = message["content"]
                return content
        return None


class _DeadKernelError(Exception):
    """The kernel's process is gone."""


def environment(everything: Mapping[str, str], folder: str) -> dict[str, str]:
    """What the kernel is told: no tokens, no keys, and nothing of the user's own IPython."""
    kept = {
        name: value
        for name, value in everything.items()
        if name.upper() in _KEPT or name.startswith("LC_") or name.endswith(_KEPT_ENDS)
    }
    return {**kept, "IPYTHONDIR": folder, "JUPYTER_RUNTIME_DIR": folder}


def _manager(folder: Path) -> "KernelManager":
    import logging

    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import KernelManager

    class ThisPython(KernelSpecManager):
        """Knows one kernel: others of that name may belong to another Python."""

        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            return KernelSpec(argv=command, display_name="Python 3", language="python")

    # What goes wrong is for us to tell, in one line.
    logging.getLogger("traitlets").setLevel(logging.CRITICAL + 1)
    connection = str(folder / "connection.json")
    return KernelManager(connection_file=connection, kernel_spec_manager=ThisPython())


def _problem(reply: Mapping[str, Any]) -> str:
    """The error of a reply in one line, empty where there was none."""
    if reply.get("status") != "error":
        return ""
    if reply.get("ename") == "StdinNotImplementedError":
        return "it asks for input, and nobody is there to answer"
    return " ".join(_INNER_FILE.sub("(", f"{reply.get('ename')}: {reply.get('evalue')}").split())


def _last_line(said: Path) -> str:
    lines = said.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
