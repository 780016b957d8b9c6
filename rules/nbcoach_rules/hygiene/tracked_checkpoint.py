"""Jupyter's automatic copies in the repository."""

from collections.abc import Iterator
from pathlib import Path

from nbcoach.api import Confidence, Context, Finding, Fix, Project, Safety, rule

_FOLDER = ".ipynb_checkpoints/"
# All of them at once: git's `*` reaches into folders.
_FIX = Fix(
    f"`git rm --cached '*{_FOLDER}*'`, then list the folder in .gitignore",
    safety=Safety.MANUAL,
)


@rule("NB622", Project, confidence=Confidence.CERTAIN, default="on", fix=Safety.MANUAL)
def tracked_checkpoint(project: Project, context: Context) -> Iterator[Finding]:
    """A copy that Jupyter saved by itself and that git tracks."""
    for path in sorted(project.tracked or ()):
        if f"/{_FOLDER}" in f"/{path}":
            message = "`.ipynb_checkpoints` copy is tracked; remove it and ignore the folder"
            yield context.finding(Path(path), message, _FIX)
