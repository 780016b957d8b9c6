"""Just enough of a kernel to see what cells do: IPython's own syntax, inside a running loop."""

import ast
import asyncio
import contextlib
import io
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from inspect import isawaitable
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager


def outcome(sources: Sequence[str], **names: Any) -> tuple[str, dict[str, Any]]:
    """The name of the first error, empty if there is none, and what the names hold then."""
    namespace = {"__name__": "__main__", "display": print, **names}
    shell = _Shell(namespace)
    namespace["get_ipython"] = lambda: shell
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        with contextlib.redirect_stderr(io.StringIO()), _closing_loops():
            error = asyncio.run(_run(sources, namespace))
    return error, namespace


@contextlib.contextmanager
def _closing_loops() -> Iterator[None]:
    """Close the event loops that cells make, which would warn in whichever test they go."""
    make, made = asyncio.new_event_loop, []

    def new_event_loop() -> asyncio.AbstractEventLoop:
        made.append(make())
        return made[-1]

    asyncio.new_event_loop = new_event_loop
    try:
        yield
    finally:
        asyncio.new_event_loop = make
        for loop in made:
            loop.close()


async def _run(sources: Sequence[str], namespace: dict[str, Any]) -> str:
    for source in sources:
        try:
            result = eval(_compiled(_python(source)), namespace)
            if isawaitable(result):
                await result
        except (Exception, SystemExit) as error:
            return type(error).__name__
    return ""


@cache
def _python(source: str) -> str:
    return TransformerManager().transform_cell(source)


def _compiled(source: str) -> Any:
    return compile(source, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


class _Shell:
    """The magics that cases use."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace

    def run_line_magic(self, name: str, arguments: str) -> None:
        if name == "reset":
            kept = {"__name__", "display", "get_ipython"}
            for other in self._namespace.keys() - kept:
                del self._namespace[other]
        elif name == "time":
            exec(_compiled(arguments), self._namespace)

    def run_cell_magic(self, name: str, arguments: str, body: str) -> None:
        if name in ("time", "capture", "prun"):
            exec(_compiled(_python(body)), self._namespace)

    def system(self, command: str) -> None:
        """Nothing is run."""

    def getoutput(self, command: str) -> list[str]:
        return []
