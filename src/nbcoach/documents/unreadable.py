"""Why the bytes of a file are no notebook, in words for people."""

import json
import re
from typing import Final

from nbcoach.subjects import Unreadable

BOM: Final = b"\xef\xbb\xbf"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_GIT_LFS: Final = b"version https://git-lfs"
_OURS: Final = re.compile(rb"^<<<<<<<(?= |\r?$)", re.MULTILINE)
_THEIRS: Final = re.compile(rb"^>>>>>>>(?= |\r?$)", re.MULTILINE)

# What the standard parser says, by the start of its message, and what we say.
_JSON_PROBLEMS: Final = (
    ("Expecting ',' delimiter", "expected a comma or the end of the list or object"),
    ("Expecting ':' delimiter", "expected a colon after the key"),
    ("Expecting property name", "expected a key in double quotes"),
    ("Expecting value", "expected a value"),
    ("Unterminated string", "this string never ends"),
    ("Invalid control character", "a control character stands unescaped in a string"),
    ("Invalid \\u", "broken `\\u` escape"),
    ("Invalid \\", "unknown escape in a string"),
    ("Illegal trailing comma", "a comma with nothing behind it"),
    ("Extra data", "more text follows the end of the notebook"),
)


def unfit(data: bytes, max_size: int) -> Unreadable | None:
    """What is wrong with a file's bytes before anyone parses them: size, emptiness, Git LFS."""
    if len(data) > max_size:
        found, limit = _mebibytes(len(data)), _mebibytes(max_size)
        return Unreadable("too-large", f"it takes {found}, more than the limit of {limit}")
    if data.startswith(_GIT_LFS):
        return Unreadable("not-notebook", "it is a Git LFS pointer: run `git lfs pull`", 1)
    if not data[:64].removeprefix(BOM).strip() and not data.removeprefix(BOM).strip():
        return Unreadable("empty", "it is empty" if not data else "it holds only white space")
    return None


def conflict(data: bytes) -> Unreadable | None:
    """The conflict that an unfinished merge left in the file, if there is one."""
    ours = _OURS.search(data)
    if ours is None or not _THEIRS.search(data, ours.end()):
        return None
    line = data.count(b"\n", 0, ours.start()) + 1
    return Unreadable("conflict", f"line {line}: a merge conflict starts here", line)


def not_utf8(data: bytes, error: UnicodeDecodeError) -> Unreadable:
    """The place of the first byte that is not UTF-8."""
    if data.startswith(_UTF16_MARKS):
        return Unreadable("not-utf8", "it is UTF-16: save it as UTF-8", 1)
    line = data.count(b"\n", 0, error.start) + 1
    byte = f"0x{data[error.start]:02x}"
    reason = f"line {line}: byte {byte} at offset {error.start} is not UTF-8"
    return Unreadable("not-utf8", reason, line)


def not_json(text: str, error: json.JSONDecodeError) -> Unreadable:
    """The place and the kind of the first error in a text that should be JSON."""
    if not text[error.pos :].strip():
        return Unreadable("not-json", f"line {error.lineno}: the file ends too early", error.lineno)
    problem = next((ours for theirs, ours in _JSON_PROBLEMS if error.msg.startswith(theirs)), "")
    reason = f"line {error.lineno}, column {error.colno}: {problem or error.msg}"
    return Unreadable("not-json", reason, error.lineno)


def _mebibytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MiB"
