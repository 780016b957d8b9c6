"""The packages that lessons need, and whether this Python has them."""

from collections.abc import Iterable
from importlib.util import find_spec
from typing import Final

RUNNING: Final[tuple[str, ...]] = ("nbclient", "ipykernel")
"""What it takes to run any notebook."""

INSTALL: Final = 'python -m pip install "nbcoach[curriculum]"'
INSTALL_TORCH: Final = (
    "python -m pip install torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu"
)
"""On Linux, where the usual torch brings gigabytes for graphics cards with it."""

_MODULES: Final = {"scikit-learn": "sklearn"}


def module_of(package: str) -> str:
    """The name under which a package is imported."""
    return _MODULES.get(package, package)


def missing(packages: Iterable[str]) -> tuple[str, ...]:
    """Those of the packages that cannot be imported here."""
    return tuple(package for package in packages if find_spec(module_of(package)) is None)
