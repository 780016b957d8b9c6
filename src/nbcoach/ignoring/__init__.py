"""Suppressions written into a notebook for what is found in it."""

from nbcoach.ignoring.attempts import Ignored, ignore

__all__ = ["Ignored", "ignore"]
