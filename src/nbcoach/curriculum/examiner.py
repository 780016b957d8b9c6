"""Puts the checks to the answers, inside of the kernel that ran the learner's notebook.

It imports nothing but the standard library: the kernel is the learner's.
"""

import json
import os
import threading
from _thread import interrupt_main
from collections.abc import Sequence
from typing import Any, Final

_LONGEST: Final = 2_000


class Examiner:
    """Remembers each answer when it is made: a copy of the empty exercise further down is no loss.

    `shell` is IPython's, `names` are those that exercises ask for.
    """

    def __init__(self, shell: Any, names: Sequence[str]) -> None:
        self._world: dict[str, Any] = shell.user_ns
        self._names = tuple(names)
        self._answers: dict[str, object] = {}
        self._began = _cpu_seconds()
        # Nobody reads the tracebacks, and to write that of an endless recursion takes seconds.
        shell.InteractiveTB.set_mode(mode="Minimal")
        shell.events.register("post_run_cell", self._remember)

    def _remember(self, *_: object) -> None:
        for name in self._names:
            if name in self._world:
                answer = self._world[name]
                if answer is not ... or name not in self._answers:
                    self._answers[name] = answer

    def cpu_seconds(self) -> float:
        """The processor time that was taken since the kernel began to remember."""
        return _cpu_seconds() - self._began

    def state(self, name: str, check: dict[str, Any], seconds: float) -> tuple[str, str]:
        """How an answer stands in the eyes of its check, in a word and a hint."""
        if name not in self._answers:
            return "not found", ""
        answer = self._answers[name]
        if answer is ...:
            return "not attempted", ""
        timer = threading.Timer(seconds, interrupt_main)
        timer.start()
        try:
            self._provide(check["needs"], check["support"])
            hint = self._failure(name, answer, check)
        except KeyboardInterrupt:
            hint = f"It was still running after {seconds:.0f} seconds."
        finally:
            timer.cancel()
        return ("correct", "") if hint is None else ("not yet", hint[:_LONGEST])

    def _provide(self, needs: Sequence[str], support: Sequence[str]) -> None:
        """Give the notebook what it lacks of the lesson, so that an answer alone can be judged."""
        if all(name in self._world for name in needs):
            return
        lesson: dict[str, Any] = {"__name__": "__main__"}
        for source in support:
            exec(source, lesson)
        for name, value in lesson.items():
            self._world.setdefault(name, value)

    def _failure(self, name: str, answer: object, check: dict[str, Any]) -> str | None:
        """What the check has to say against an answer, None where it is correct."""
        world = {**self._world, name: answer}
        exec(check["source"], world)
        try:
            world[check["function"]](answer)
        except AssertionError as hint:
            return str(hint) or "The check does not hold."
        except KeyboardInterrupt:
            raise
        except BaseException as problem:  # an answer may even try to end the kernel
            return f"It stopped with {type(problem).__name__}: {problem}"
        return None


def _cpu_seconds() -> float:
    """The processor time of this process and of those it waited for."""
    return sum(os.times()[:4])


_examiners: list[Examiner] = []


def begin(shell: Any, names: Sequence[str]) -> None:
    """Remember answers from here on."""
    _examiners.append(Examiner(shell, names))


def cpu_seconds() -> str:
    """See `Examiner.cpu_seconds`; as JSON."""
    return json.dumps(_examiners[-1].cpu_seconds())


def state(name: str, check: dict[str, Any], seconds: float) -> str:
    """See `Examiner.state`; as JSON."""
    return json.dumps(_examiners[-1].state(name, check, seconds))
