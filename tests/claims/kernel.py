"""A real IPython kernel, and fresh processes of Python, to see what code does."""

import ast
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel

# A new session: no name, no history, cell 1 next, and no more pretending.
_RESET = """\
__import__("os").chdir({folder!r})
__import__("unittest.mock").mock.patch.stopall()
get_ipython().reset(new_session=True)
"""


@dataclass(frozen=True)
class Ran:
    """What became of some cells: the first error, what they printed and warned of, and showed."""

    error: str = ""
    message: str = ""
    printed: str = ""
    warned: str = ""
    results: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()


def pretending(*, available: bool) -> str:
    """A cell after which torch says that there are accelerators, or that there are none."""
    return f"""\
from unittest.mock import patch as _patch
for _asked in "torch.cuda.is_available", "torch.backends.mps.is_built":
    _patch(_asked, lambda: {available}).start()
"""


def on_stand_in(source: str) -> str:
    """A source in which the device is torch's `meta`, which a machine without a GPU has, too."""
    source = re.sub(r"\.cuda\((\d?)(?=[\w)])", r'.to("meta", ', source)
    return re.sub(r'"cuda(:0)?"', '"meta"', source).replace('"meta", )', '"meta")')


class Kernel:
    """A kernel that runs cells as Jupyter would; `reset` gives it a new session."""

    def __init__(self, folder: Path) -> None:
        self._manager: KernelManager
        self._client: BlockingKernelClient
        self._manager, self._client = start_new_kernel(cwd=str(folder))

    def run(self, *sources: str) -> Ran:
        """Run cells until one of them fails."""
        all_of_them = Ran()
        for source in sources:
            one = self._run(source)
            all_of_them = Ran(
                one.error,
                one.message,
                all_of_them.printed + one.printed,
                all_of_them.warned + one.warned,
                all_of_them.results + one.results,
                all_of_them.counts + one.counts,
            )
            if one.error:
                break
        return all_of_them

    def value(self, expression: str) -> Any:
        """What an expression is worth there: anything that a literal can be."""
        reply = self._client.execute(
            "", silent=True, user_expressions={"value": f"repr(({expression}))"}, reply=True
        )
        answer = reply["content"]["user_expressions"]["value"]
        assert answer["status"] == "ok", answer
        return ast.literal_eval(ast.literal_eval(answer["data"]["text/plain"]))

    def reset(self, folder: Path) -> None:
        """Forget all names and results and go to another folder; modules stay imported."""
        reply = self._client.execute(_RESET.format(folder=str(folder)), silent=True, reply=True)
        assert reply["content"]["status"] == "ok", reply

    def close(self) -> None:
        """End the kernel."""
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)
        self._manager.cleanup_resources()

    def _run(self, source: str) -> Ran:
        streams = {"stdout": "", "stderr": ""}
        results: list[str] = []
        counts: list[int] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            match message["header"]["msg_type"]:
                case "stream":
                    streams[content["name"]] += content["text"].replace("\r\n", "\n")
                case "execute_result":
                    counts.append(content["execution_count"])
                    results.append(content["data"].get("text/plain", ""))
                case "display_data":
                    results.append(content["data"].get("text/plain", ""))

        content = self._client.execute_interactive(
            source, allow_stdin=False, output_hook=hear, timeout=600, stop_on_error=False
        )["content"]
        error, message = content.get("ename", ""), content.get("evalue", "")
        return Ran(error, message, *streams.values(), tuple(results), tuple(counts))


def fresh(script: str, given: str = "", **environment: str) -> str:
    """What a program prints in a Python process of its own, in which text hashes at random."""
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONHASHSEED"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        env=inherited | environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, f"{script}\n{done.stderr}"
    return done.stdout
