"""The known word that a misspelt one is nearest to."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The word of `known` most like `word`, of equals the one with more letters in place."""
    from difflib import SequenceMatcher

    likeness = SequenceMatcher(b=word)

    def rank(other: str) -> tuple[float, int]:
        likeness.set_seq1(other)
        return likeness.ratio(), sum(a == b for a, b in zip(word, other, strict=False))

    return max(known, key=rank, default="")
