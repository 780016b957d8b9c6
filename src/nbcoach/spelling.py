"""The known word that a misspelt one is nearest to."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The word of `known` most like `word`, "" where `known` is empty."""
    from difflib import get_close_matches

    matches = get_close_matches(word, tuple(known), n=1, cutoff=0.0)
    return matches[0] if matches else ""
