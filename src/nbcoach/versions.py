"""Which releases of packages a notebook was written for."""

import re
from typing import Final

from nbcoach.installs import installs
from nbcoach.notebook import Notebook

# The oldest Python that a major release runs on.
_PYTHON: Final = {("pandas", 3): (3, 11)}


def is_before(notebook: Notebook, package: str, major: int) -> bool:
    """Whether the notebook surely runs with a release of `package` before `major`.

    The version that its installs ask for says so, else the Python it last ran with.
    """
    pattern = re.compile(rf"{re.escape(package)}(?:\[[^]]*\])?\s*(==|~=|<=?)\s*(\d+)(.*)")
    for cell in notebook.code_cells:
        for install in installs(cell):
            for found in filter(None, map(pattern.match, install.requirements)):
                excluded = found[1] == "<" and not found[3].strip("0.")
                return int(found[2]) < major + excluded
    python, oldest = _python_of(notebook), _PYTHON.get((package, major))
    return python is not None and oldest is not None and python < oldest


def _python_of(notebook: Notebook) -> tuple[int, int] | None:
    """The version of Python that the notebook was last saved with."""
    information = notebook.metadata.get("language_info")
    version = information.get("version") if isinstance(information, dict) else None
    found = re.match(r"(\d{1,3})\.(\d{1,3})", version) if isinstance(version, str) else None
    return (int(found[1]), int(found[2])) if found else None
