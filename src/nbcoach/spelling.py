"""The known word that a misspelt one is nearest to."""

from collections.abc import Iterable


def meant(word: str, known: Iterable[str]) -> str:
    """The word of `known` that `word` surely stands for, empty if there is none or more than one.

    Only slips count: other capitals, two letters swapped, one letter too many, missing or wrong
    inside of a word. People tell names apart by digits, by first and last letters, and classes from
    their instances by the first capital.
    """
    candidates = {other for other in known if other != word and _is_slip(word, other)}
    return candidates.pop() if len(candidates) == 1 else ""


def _is_slip(name: str, other: str) -> bool:
    if name.lower() == other.lower():
        return name[0] == other[0] or other in ("True", "False", "None")
    parts, others = name.split("_"), other.split("_")
    if abs(len(name) - len(other)) > 1 or len(parts) != len(others):
        return False
    different = [pair for pair in zip(parts, others, strict=True) if pair[0] != pair[1]]
    return len(different) == 1 and _is_slip_of_a_word(*different[0])


def _is_slip_of_a_word(word: str, other: str) -> bool:
    start = _agreement(word, other)
    end = _agreement(word[start:][::-1], other[start:][::-1])
    left, right = word[start : len(word) - end], other[start : len(other) - end]
    if min(len(word), len(other)) < 4 or not (left + right).isalpha():
        return False
    if len(left) == 2:
        return left == right[::-1]
    inside = word[0] == other[0] and word[-1] == other[-1]
    return inside and len(left) <= 1 >= len(right) and max(len(word), len(other)) > 4


def _agreement(word: str, other: str) -> int:
    """How many letters two words have in common before the first that differs."""
    pairs = enumerate(zip(word, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(word), len(other)))


def nearest(word: str, known: Iterable[str]) -> str:
    """The word of `known` most like `word`, of equals the one with more letters in place."""
    from difflib import SequenceMatcher

    likeness = SequenceMatcher(b=word)

    def rank(other: str) -> tuple[float, int]:
        likeness.set_seq1(other)
        return likeness.ratio(), sum(a == b for a, b in zip(word, other, strict=False))

    return max(known, key=rank, default="")
