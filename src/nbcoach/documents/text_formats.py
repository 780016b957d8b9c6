"""The formats of notebooks kept as text: which one a file is in, and how it is read."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from nbcoach.documents.text_file import TextFile

_STATED: Final = re.compile(r"^\s+format_name:\s*(\w+)", re.MULTILINE)


class TextFormat(NamedTuple):
    """A format. `names` are those that jupytext gives it; `lacks` says why a file is not in it.

    `opening` and `closing` stand around the code of a new cell; both are empty in Python files.
    """

    names: tuple[str, ...]
    read: Callable[[str], TextFile]
    is_notebook: Callable[[TextFile, str], bool]
    lacks: str
    instead: str
    opening: str = ""
    closing: str = ""


def format_of(path: str, text: str) -> TextFormat:
    """The format of a file, by its suffix, and where that leaves a choice by its text."""
    suffix = path[path.rfind(".") :].lower()
    if suffix == ".md":
        return MYST if _is_myst(text) else MARKDOWN
    return {".rmd": R_MARKDOWN, ".qmd": QUARTO}.get(suffix, PERCENT)


def _is_myst(text: str) -> bool:
    """Whether a Markdown file is MyST: its head says so, or says nothing and MyST cells follow."""
    stated = _STATED.search(text)
    return text.startswith("---") and (stated[1] == "myst" if stated else "```{code-cell}" in text)


def _percent(text: str) -> TextFile:
    from nbcoach.documents.percent import percent_file

    return percent_file(text)


def _is_percent(file: TextFile, text: str) -> bool:
    from nbcoach.documents.percent import is_percent

    return is_percent(file, text)


def _markdown(text: str) -> TextFile:
    from nbcoach.documents.markdown_file import markdown_file

    return markdown_file(text)


def _r_markdown(text: str) -> TextFile:
    from nbcoach.documents.markdown_file import markdown_file

    return markdown_file(text, "rmarkdown")


def _quarto(text: str) -> TextFile:
    from nbcoach.documents.markdown_file import markdown_file

    return markdown_file(text, "quarto")


def _myst(text: str) -> TextFile:
    from nbcoach.documents.myst_file import myst_file

    return myst_file(text)


def _has_kernel(file: TextFile, text: str) -> bool:
    """Whether the head is one of a notebook, not of some other page."""
    metadata = file.head.metadata
    return bool(file.head.problem) or (
        metadata is not None and not metadata.keys().isdisjoint({"jupytext", "kernelspec"})
    )


def _has_kernel_or_cells(file: TextFile, text: str) -> bool:
    return _has_kernel(file, text) or any(cell.kind == "code" for cell in file.cells)


PERCENT: Final = TextFormat(
    ("percent", "hydrogen"),
    _percent,
    _is_percent,
    "it is Python without a jupytext header or `# %%` cells",
    "`percent`",
)
MARKDOWN: Final = TextFormat(
    ("markdown",),
    _markdown,
    _has_kernel,
    "it is Markdown without a jupytext header or `{code-cell}` blocks",
    "`markdown` or `myst`",
    "```python",
    "```",
)
MYST: Final = TextFormat(
    ("myst",),
    _myst,
    _has_kernel_or_cells,
    "it is Markdown without a jupytext header or `{code-cell}` blocks",
    "`markdown` or `myst`",
    "```{code-cell}",
    "```",
)
R_MARKDOWN: Final = TextFormat(
    ("rmarkdown",),
    _r_markdown,
    _has_kernel_or_cells,
    "it is R Markdown without a block of code to run",
    "`rmarkdown`",
    "```{python}",
    "```",
)
QUARTO: Final = TextFormat(
    ("quarto",),
    _quarto,
    _has_kernel_or_cells,
    "it is Quarto without a block of code to run",
    "`quarto`",
    "```{python}",
    "```",
)
