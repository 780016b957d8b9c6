"""How two notebooks differ, cell by cell, as nbdime sees it."""

import io
import re
from dataclasses import dataclass
from typing import Any, Final

from nbcoach.documents import TEXT_SUFFIXES
from nbcoach.errors import ToolCrashed, ToolFailed
from nbcoach.notebook import Cell, CodeCell, MarkdownCell, Notebook, Output
from nbcoach.report import Difference

_NONE: Final = Notebook("", (4, 5), "python", {}, ())
_CELLS: Final = re.compile(r"(?m)^(## .*?)/cells/(\d+)(?:-(\d+))?")
_BLANK_LINES: Final = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Nbdime:
    """Compares notebooks; with `outputs` what they printed and when they ran counts, too.

    Raises ToolFailed where nbdime is not installed.
    """

    outputs: bool = False

    def __post_init__(self) -> None:
        try:
            import nbdime.diffing.notebooks
            import nbdime.prettyprint  # noqa: F401
        except ImportError:
            raise ToolFailed(
                'nbdime is not installed, which compares cells; run `pip install "nbcoach[diff]"`, '
                "or leave the diffs out with --no-diff"
            ) from None

    def __call__(self, before: Notebook | None, after: Notebook | None) -> Difference:
        """How `after` differs from `before`; None is a notebook that does not exist."""
        from nbdime.diffing.notebooks import diff_notebooks
        from nbdime.prettyprint import PrettyPrintConfig, pretty_print_diff
        from nbformat import from_dict

        # Text keeps no ids and other metadata: between it and JSON only the cells can differ.
        sources_only = _is_text(before) != _is_text(after) and None not in (before, after)
        both = [self._plain(side or _NONE, sources_only) for side in (before, after)]
        one, other = map(from_dict, both)
        text = io.StringIO()
        try:
            operations = diff_notebooks(one, other)
            # Not by git or diff, which are other processes, and not coloured: others will do so.
            looks = PrettyPrintConfig(text, use_git=False, use_diff=False, use_color=False)
            pretty_print_diff(one, operations, "", looks)
        except Exception as error:  # whatever it stumbles over must not end the run
            cause = " ".join(f"{type(error).__name__}: {error}".split())
            raise ToolCrashed(f"nbdime cannot compare the versions ({cause})") from error
        return Difference(operations, _for_people(text.getvalue()))

    def _plain(self, notebook: Notebook, sources_only: bool) -> dict[str, Any]:
        """A notebook as nbformat 4 has it, as far as it is to be compared."""
        return {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {} if sources_only else dict(notebook.metadata),
            "cells": [self._plain_cell(cell, sources_only) for cell in notebook.cells],
        }

    def _plain_cell(self, cell: Cell, sources_only: bool) -> dict[str, Any]:
        is_prose = isinstance(cell, MarkdownCell)
        plain: dict[str, Any] = {
            "cell_type": "markdown" if is_prose else "raw",
            "metadata": {} if sources_only else dict(cell.metadata),
            "source": cell.source,
        }
        if cell.id and not sources_only:
            plain["id"] = cell.id
        if cell.attachments and not sources_only:
            plain["attachments"] = dict(cell.attachments)
        if isinstance(cell, CodeCell):
            plain["cell_type"] = "code"
            plain["execution_count"] = cell.execution_count if self.outputs else None
            plain["outputs"] = [*map(_plain_output, cell.outputs)] if self.outputs else []
        return plain


def _for_people(text: str) -> str:
    """nbdime's words with cells counted from 1, as everywhere else."""

    def named(found: re.Match[str]) -> str:
        before, first, last = found.groups()
        number = int(first) + 1
        return f"{before}cells {number}-{int(last) + 1}" if last else f"{before}cell {number}"

    return _BLANK_LINES.sub("\n\n", _CELLS.sub(named, text)).rstrip("\n")


def _is_text(notebook: Notebook | None) -> bool:
    path = "" if notebook is None else notebook.path
    return path[path.rfind(".") :].lower() in TEXT_SUFFIXES


def _plain_output(output: Output) -> dict[str, Any]:
    match output.kind:
        case "stream":
            return {"output_type": "stream", "name": output.name, "text": output.text}
        case "error":
            lines = output.text.split("\n")
            value = lines[-1].removeprefix(f"{output.name}: ")
            told = {"ename": output.name, "evalue": value, "traceback": lines}
            return {"output_type": "error", **told}
    data = {kind: _joined(value) for kind, value in output.data.items()}
    counted = {"execution_count": output.execution_count} if output.kind == "execute_result" else {}
    metadata = dict(output.metadata)
    return {"output_type": output.kind, "data": data, "metadata": metadata, **counted}


def _joined(value: Any) -> Any:
    """A field of a bundle: files keep a text as lines or as one string, and mean the same."""
    is_lines = isinstance(value, list) and all(isinstance(line, str) for line in value)
    return "".join(value) if is_lines else value
