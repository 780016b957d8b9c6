"""Notebooks that jupytext keeps as JSON and as text at once: do both hold the same cells?"""

from nbcoach.bridges.jupytext.pairs import Pairs

__all__ = ["Pairs"]
