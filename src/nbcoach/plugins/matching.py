"""How specifically a selector names a rule: the more specific of two wins."""

from typing import Final

from nbcoach.plugins.entry import RuleEntry

ALL: Final = 0
GROUP: Final = 1
LETTERS: Final = 2
FAMILY: Final = 3
DIGIT: Final = 3
EXACT: Final = 9


def matches(entry: RuleEntry, selector: str) -> int | None:
    """How specifically a code, name, prefix, family or "ALL" names a rule; None if it does not."""
    if selector in (entry.code, entry.name):
        return EXACT
    if selector == "ALL":
        return ALL
    if selector == entry.family:
        return FAMILY
    if selector and selector.isupper() and entry.code.startswith(selector):
        letters = selector.rstrip("0123456789")
        # `N` alone names no rules: a prefix has all the letters.
        if letters == entry.code.rstrip("0123456789"):
            digits = len(selector) - len(letters)
            return DIGIT + digits if digits else LETTERS
        # Ruff has one such name, for the four kinds of rules of pylint.
        if selector == "PL" and entry.family == "ruff":
            return GROUP
    return None
