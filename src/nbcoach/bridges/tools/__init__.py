"""Other Python tools over notebooks: nbqa runs each once, what they say becomes findings."""

from collections.abc import Iterable, Mapping
from typing import Final

from nbcoach.bridges.tools.elsewhere import laid_out
from nbcoach.bridges.tools.heard import Heard, Problem
from nbcoach.bridges.tools.process import Answer, Process
from nbcoach.bridges.tools.remarks import Remark, key_of
from nbcoach.errors import ToolFailed
from nbcoach.settings import COMMAND_LINE, NestedSettings, Settings

__all__ = ["listen", "listen_to"]

_NOTEBOOK: Final = ".ipynb"
_NOWHERE_ELSE: Final[Mapping[str, str]] = {}


def listen_to(contents: Mapping[str, bytes], settings: NestedSettings) -> Heard:
    """What the tools would say about notebooks if these were their contents."""
    with laid_out(contents) as files:
        return listen(contents, settings, files)


def listen(
    paths: Iterable[str], settings: NestedSettings, files: Mapping[str, str] = _NOWHERE_ELSE
) -> Heard:
    """What the tools that the settings name say about notebooks; each is started once.

    `files` tells by the path of a notebook which file to look at in its stead.
    """
    asked: dict[str, list[str]] = {}
    for path in paths:
        if path.endswith(_NOTEBOOK):
            for tool in _wanted(settings.of(path)):
                asked.setdefault(tool, []).append(path)
    heard = _Collection()
    processes: dict[str, Process] = {}
    try:
        for tool, notebooks in asked.items():
            try:
                read = [files.get(path, path) for path in notebooks]
                processes[tool] = Process(tool, read)
            except ToolFailed as failure:
                heard.fail(notebooks, str(failure))
        for tool, process in processes.items():
            by_key = {key_of(files.get(path, path)): path for path in asked[tool]}
            heard.add(by_key, process.answer())
    finally:
        for process in processes.values():
            process.close()
    return heard.whole()


def _wanted(settings: Settings) -> tuple[str, ...]:
    """The tools for a notebook: none where the command line selects rules and no tool."""
    given = settings.given
    if given.get("select") == COMMAND_LINE and given.get("tools") != COMMAND_LINE:
        return ()
    return tuple(dict.fromkeys(settings.tools))


class _Collection:
    """What was heard so far, by the paths as we know them."""

    def __init__(self) -> None:
        self._remarks: dict[str, list[Remark]] = {}
        self._problems: dict[str, list[Problem]] = {}

    def fail(self, paths: Iterable[str], reason: str) -> None:
        """Note that a tool could not do what it was asked for."""
        self._note(dict.fromkeys(paths, reason), is_failure=True)

    def add(self, by_key: Mapping[str, str], answer: Answer) -> None:
        """Take in what one tool said about notebooks, whose paths are given by their keys."""
        for key, remark in answer.remarks:
            self._remarks.setdefault(by_key[key], []).append(remark)
        unread = {by_key[key]: reason for key, reason in answer.unread.items() if key in by_key}
        self._note(unread, is_failure=False)
        if answer.failure:
            self.fail(by_key.values(), answer.failure)

    def whole(self) -> Heard:
        """Everything that was heard."""
        return Heard(
            {path: tuple(remarks) for path, remarks in self._remarks.items()},
            {path: tuple(problems) for path, problems in self._problems.items()},
        )

    def _note(self, reasons: Mapping[str, str], *, is_failure: bool) -> None:
        for path, reason in reasons.items():
            self._problems.setdefault(path, []).append(Problem(reason, is_failure))
