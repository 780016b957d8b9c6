"""Ruff's rules, known by asking ruff once for each version of it."""

import json
import os
import re
import sys
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

from nbcoach.finding import Confidence, Severity
from nbcoach.plugins import storage
from nbcoach.plugins.entry import RuleEntry
from nbcoach.plugins.matching import matches

RUFF: Final = "ruff"
"""The family of all rules of ruff, and what stands for its pack."""

CERTAIN_BUGS: Final = tuple(
    "B015 B035 F50 F52 F601 F63 F70 F823 F901 PLE1205 PLE1206 PLE1300 PLE1307 PLW0711".split()
)
"""What ruff looks for where no configuration of its own says what: `docs/ruff.md` tells why."""

# Rules about code that raises, or says something else than it means.
_ERRORS: Final = ("E9", "F50", "F52", "F63", "F7", "F82", "F901", "PLE")

_CODE: Final = re.compile(r"[A-Z]{1,6}\d{0,4}")
_SELECTOR: Final = re.compile(rf"{_CODE.pattern}|[a-z][a-z0-9-]*")
_COLUMNS: Final = ("code", "name", "summary")
_PATIENCE: Final = 60.0


class RuffRules:
    """Ruff's rules by what names them; nothing is asked before something is wanted."""

    def find(self, code_or_name: str) -> RuleEntry | None:
        """The rule with this exact code or name."""
        if not self._rows:
            return next(iter(self.named(code_or_name)), None)
        row = self._by_key.get(code_or_name)
        return None if row is None else _entry(*row)

    def named(self, selector: str) -> list[RuleEntry]:
        """The rules that a code, name, prefix or `ruff` stands for.

        Where there is no ruff to ask, what looks like one of its codes is taken for one.
        """
        if not _SELECTOR.fullmatch(selector):
            return []
        if not self._rows:
            return [_entry(selector, selector, "")] if _CODE.fullmatch(selector) else []
        return [entry for entry in self if matches(entry, selector) is not None]

    def __iter__(self) -> Iterator[RuleEntry]:
        return (_entry(*row) for row in self._rows)

    @cached_property
    def _by_key(self) -> dict[str, list[str]]:
        return {key: row for row in self._rows for key in row[:2]}

    @cached_property
    def _rows(self) -> list[list[str]]:
        """Code, name and summary of each rule; none where no ruff answers."""
        program = find_ruff()
        if program is None:
            return []
        key = [*_COLUMNS, stamp_of(program)]
        rows = storage.read("ruff", program, key)
        if rows is None:
            rows = sorted(map(_row, _ask(program, "--all")))
            if rows:
                storage.write("ruff", program, key, rows)
        assert isinstance(rows, list)
        return rows


def find_ruff() -> str | None:
    """The path of the ruff that was installed with nbcoach, else of the first on the PATH."""
    name = "ruff.exe" if sys.platform == "win32" else "ruff"
    beside = os.path.join(os.path.dirname(sys.executable), name)
    if os.path.isfile(beside):
        return beside
    try:
        from ruff import find_ruff_bin

        return str(find_ruff_bin())
    except (ImportError, FileNotFoundError):
        from shutil import which

        return which(name)


def stamp_of(program: str) -> str:
    """A text that changes when the program is replaced."""
    status = os.stat(program)
    return f"{program} {status.st_mtime_ns} {status.st_size}"


def explanation(code: str) -> str:
    """What ruff itself says about one of its rules, in Markdown; empty where it says nothing."""
    program = find_ruff()
    return next((rule["explanation"] for rule in _ask(program or "", code)), "")


def _ask(program: str, which: str) -> list[dict[str, Any]]:
    """What ruff tells about rules that have a code."""
    import subprocess

    command = [program, "rule", which, "--output-format", "json"]
    try:
        answer = subprocess.run(command, capture_output=True, check=True, timeout=_PATIENCE)
        told = json.loads(answer.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return []
    return [rule for rule in (told if isinstance(told, list) else [told]) if rule.get("code")]


def _row(rule: dict[str, Any]) -> list[str]:
    return [rule["code"], rule["name"], _summary(rule)]


def _summary(rule: dict[str, Any]) -> str:
    """The shortest of the rule's messages, with dots for what each finding puts in."""
    text: str = min(rule.get("message_formats") or [rule["summary"]], key=len)
    return re.sub(r"\{[^{}]*\}", "…", text)


def _entry(code: str, name: str, summary: str) -> RuleEntry:
    return RuleEntry(
        code=code,
        name=name,
        summary=summary,
        subjects=(),
        mentions=(),
        severity=Severity.ERROR if code.startswith(_ERRORS) else Severity.WARNING,
        confidence=Confidence.LIKELY,
        default="on" if code.startswith(CERTAIN_BUGS) else "off",
        safety=None,
        options=(),
        module="",
        file="",
        family=RUFF,
        pack=RUFF,
    )
