"""IPython's escapes as values: which there are, what they use and what Python they carry."""

from typing import Final

PYTHON_CELL_MAGICS: Final = frozenset(
    """
    autoflake8 capture code_wrap debug flake8 fil filprofile heat ipytest lprun manim memit mprun
    nbtutor notify prun pycodestyle pyinstrument run_pytest scalene skip snakeviz time timeit
    tutor viztracer wandb
    """.split()
)
"""Cell magics whose body is Python that runs in the notebook's own namespace."""
