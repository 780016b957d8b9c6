"""Lessons: where they lie, what the table says of them, and what their source describes."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
import nbformat

SAMPLES = Path(__file__).parent
PAIRED = {"formats": "ipynb,py:percent"}
CANONICAL = ("helpers", "explore-helper")
"""Cells that are the same in every lesson that has them."""


@dataclass(frozen=True)
class Lesson:
    """One lesson of the table that is written, and where its parts lie."""

    entry: dict[str, Any]

    @property
    def key(self) -> str:
        return f"{self.entry['id']}_{self.entry['slug']}"

    @property
    def source(self) -> Path:
        return SAMPLES / self.entry["track"] / f"{self.key}.py"

    @property
    def notebook(self) -> Path:
        return self.source.with_suffix(".ipynb")

    @property
    def recipe(self) -> Path:
        return SAMPLES / "twins" / f"{self.key}.py"

    @property
    def twin(self) -> Path:
        return SAMPLES / "flawed" / f"{self.key}.ipynb"

    @property
    def truth(self) -> Path:
        return self.twin.with_suffix(".truth.json")

    @property
    def wrong_answers(self) -> Path:
        return SAMPLES / "wrong_answers" / f"{self.key}.py"

    def assembled(self) -> Any:
        """The notebook that the source describes, not run: a cell's title is its id.

        Raises:
            ValueError: A cell has no title, or jupytext would write the source differently.
        """
        text = self.source.read_text(encoding="utf-8")
        notebook = jupytext.reads(text, fmt="py:percent")
        for number, cell in enumerate(notebook.cells, 1):
            if "title" not in cell.metadata:
                raise ValueError(f"{self.source.name}: cell {number} has no title: # %% its-id")
            cell["id"] = cell.metadata["title"]
        back = cells_of(jupytext.writes(notebook, fmt="py:percent"))
        for line, (ours, theirs) in enumerate(zip(cells_of(text), back, strict=False), 1):
            if ours != theirs:
                where = f"{self.source.name}, line {line} of the cells"
                raise ValueError(f"{where}: jupytext writes\n  {theirs}\nnot\n  {ours}")
        return self.dressed(notebook, "complete")

    def dressed(self, notebook: Any, variant: str) -> Any:
        """The same notebook in the schema and with the metadata that all samples have."""
        notebook.nbformat, notebook.nbformat_minor = 4, 5
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        about = {"schema": 1, "variant": variant, **self.entry}
        about["license"] = {"text": "CC-BY-4.0", "code": "MIT"}
        notebook.metadata = nbformat.from_dict(
            {"kernelspec": kernel, "language_info": {"name": "python"}, "nbcoach": about}
        )
        if variant == "complete":
            notebook.metadata["jupytext"] = dict(PAIRED)
        nbformat.validate(notebook)
        return notebook


def cells_of(source: str) -> list[str]:
    """The lines of a percent script from its first cell on."""
    return source[source.index("# %% ") :].splitlines()


def planned() -> list[dict[str, Any]]:
    """Every lesson of the table, written or not."""
    table = tomllib.loads((SAMPLES / "curriculum.toml").read_text(encoding="utf-8"))
    lessons: list[dict[str, Any]] = table["lesson"]
    return lessons


def written() -> list[Lesson]:
    """The lessons whose source exists."""
    return [lesson for lesson in map(Lesson, planned()) if lesson.source.exists()]


def canonical(title: str) -> str:
    """The code of a cell that is the same in every lesson."""
    script = SAMPLES / "helpers" / f"{title.removesuffix('-helper')}.py"
    source: str = jupytext.read(script, fmt="py:percent").cells[0].source
    return source


def write(notebook: Any, path: Path) -> bool:
    """Write a notebook as Jupyter does, its pictures made small; whether that changed the file."""
    from pictures import slim  # it needs Pillow, which only those need who build

    slim(notebook)
    text = nbformat.writes(notebook) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True
