"""The text of one directive: what stands behind `nbcoach:` in a comment."""

import re
from typing import NamedTuple


class Directive(NamedTuple):
    """The codes that are to be silent, none for all, and why."""

    codes: tuple[str, ...]
    reason: str


def parse(text: str) -> Directive | None:
    """A directive from the text behind `nbcoach:`; None for one that is no suppression.

    What cannot be understood becomes a code that no rule can have, so that it is reported.
    """
    if _HINT.match(text):
        return None
    found = _IGNORE.fullmatch(text)
    if found is None:
        return malformed(text)
    reason = found["reason"].strip(_PUNCTUATION)
    if found["codes"] is None:
        # A code without brackets would silence every rule, not the one it names.
        return malformed(text) if _CODE.match(reason) else Directive((), reason)
    codes = tuple(_SEPARATOR.split(found["codes"].strip(", \t")))
    return Directive(codes, reason) if codes != ("",) else malformed(text)


def malformed(text: str) -> Directive:
    """A directive that stands for a text nobody understands."""
    return Directive((f"{_MALFORMED}{' '.join(text.split())[:40]}",), "")


def correction(code: str) -> str | None:
    """How the malformed directive behind `code` should be written; None for a plain code."""
    if not code.startswith(_MALFORMED):
        return None
    codes = _CODES.findall(code)
    return f"nbcoach: ignore[{', '.join(codes)}]" if codes else "nbcoach: ignore"


_MALFORMED = "nbcoach: "
_PUNCTUATION = " \t\r\n:,-\u2013\u2014"
_HINT = re.compile(r"defines\b")
_IGNORE = re.compile(
    r"ignore(?:\[(?P<codes>[^\[\]]*)\])?(?P<reason>(?:[\s:,\u2013\u2014-].*)?)", re.DOTALL
)
_SEPARATOR = re.compile(r"[\s,]+")
_CODE = re.compile(r"[A-Z]{2,}\d")
_CODES = re.compile(r"\b[A-Z]{2,}\d{1,3}\b")
