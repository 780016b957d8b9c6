"""Results of earlier runs, found again by everything they depend on."""

import json
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final
from zlib import crc32

from nbcoach import __version__, writing
from nbcoach.encoding import NotEncodable, decode, encode
from nbcoach.inspector import Inspector
from nbcoach.plugins.packs import Pack, modules
from nbcoach.project import ANYTHING
from nbcoach.report import FileResult
from nbcoach.tasks import Outcome, Task

_NAME: Final = "results-{}.txt"
_HEADER: Final = b"nbcoach cache 1\n"
_LINE: Final = re.compile(rb"^([0-9a-f]{32}) (\d{1,3} [0-9a-f]{8} .+)$", re.MULTILINE)
_TAG: Final = b"Signature: 8a477f597d28d172789f06886806bc55\n# Made by nbcoach; safe to delete.\n"

# Entries that so many saved runs had no use for are dropped, and all but so many files.
_RUNS: Final = 20
_FILES: Final = 8


def digest_of(data: bytes) -> str:
    """What stands for a file's contents in the cache."""
    from hashlib import sha256

    return sha256(data).hexdigest()


class Cache:
    """The results of runs with one configuration: one file, a line for each result.

    A line is a key, the number of saved runs that did not need it, a checksum and JSON.
    """

    def __init__(self, inspector: Inspector, task: Task) -> None:
        self._inspector = inspector
        self._task = task
        self._folder = inspector.settings.run.cache_folder
        self._file = self._folder / _NAME.format(_fingerprint(inspector, task))
        self._lines = _lines(self._file)
        self._used: set[bytes] = set()
        self._new: dict[bytes, bytes] = {}

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self._lines)

    def get(self, path: str, digest: str) -> FileResult | None:
        """What an earlier run found in a file with these contents."""
        key = self._key(path, digest)
        line = self._lines.get(key)
        if line is None:
            return None
        # Whatever is wrong with a line, the file is simply examined again.
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            _, checksum, text = line.split(b" ", 2)
            told, value = json.loads(text)
            intact = int(checksum, 16) == crc32(text)
            if intact and self._inspector.surroundings.still_true(path, told, self._task):
                result = decode(path, value)
                self._used.add(key)
                return result
        return None

    def put(self, path: str, digest: str, outcome: Outcome) -> None:
        """Keep the result of a file for later runs, if it will be as good then."""
        if outcome.result.error or outcome.result.note or ANYTHING in outcome.told:
            return
        with suppress(NotEncodable):
            value = [outcome.told, encode(outcome.result)]
            text = json.dumps(value, separators=(",", ":")).encode()
            self._new[self._key(path, digest)] = b"%08x %s" % (crc32(text), text)

    def save(self) -> None:
        """Write what is new, together with what other runs wrote meanwhile."""
        if not self._new:
            return
        lines = [b"%s 0 %s\n" % item for item in self._new.items()]
        for key, line in _lines(self._file).items():
            before, _, rest = line.partition(b" ")
            age = 0 if key in self._used else int(before) + 1
            if key not in self._new and age <= _RUNS:
                lines.append(b"%s %d %s\n" % (key, age, rest))
        # A cache that cannot be written is no reason to fail, nor to complain at every run.
        with suppress(OSError):
            _prepare(self._folder)
            writing.create(self._file, _HEADER + b"".join(lines))
            _forget_old_files(self._folder)

    def _key(self, path: str, digest: str) -> bytes:
        return digest_of(f"{digest} {self._inspector.background(path)}".encode())[:32].encode()


def _fingerprint(inspector: Inspector, task: Task) -> str:
    """What changes with everything that any result depends on: nbcoach, Python and the rules."""
    engine = modules(Pack("nbcoach", "nbcoach", (str(Path(__file__).parent),)))
    stamps = [module.stamp for module in engine]
    rules = inspector.rules.fingerprint
    parts = __version__, stamps, sys.version_info[:2], rules, task.raw_lines
    return digest_of(repr(parts).encode())[:16]


def _lines(file: Path) -> dict[bytes, bytes]:
    """The well-formed lines of a cache file by their keys, none if it is no such file."""
    try:
        data = file.read_bytes()
    except OSError:
        return {}
    if not data.startswith(_HEADER):
        return {}
    return dict(_LINE.findall(data))


def _prepare(folder: Path) -> None:
    """Make the folder, hidden from git and from backups; a folder of the user's stays as it is."""
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        return
    writing.create(folder / ".gitignore", b"*\n")
    writing.create(folder / "CACHEDIR.TAG", _TAG)


def _forget_old_files(folder: Path) -> None:
    files = sorted(folder.glob(_NAME.format("*")), key=lambda file: file.stat().st_mtime)
    for file in files[:-_FILES]:
        file.unlink()
