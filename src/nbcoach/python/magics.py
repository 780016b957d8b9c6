"""IPython escapes in code cells."""

from typing import Final

PYTHON_CELL_MAGICS: Final = frozenset({"time", "timeit", "capture", "prun", "memit", "mprun"})
