"""What ruff says about a notebook, as findings at places of its cells."""

import re
from typing import Any, Final, NamedTuple

from nbcoach.bridges.ruff.cells import Shown, text_of
from nbcoach.errors import ToolFailed
from nbcoach.finding import Finding, Fix, Safety, SourceEdit
from nbcoach.notebook import CodeCell, Location, Span
from nbcoach.python.code import Code

_CELL: Final = re.compile(r"(\bfrom cell )(\d+)(?=, line \d)")
# What ruff writes beside the code it marks: said already.
_MARK: Final = re.compile(r": `[^`]+` redefined here$")
_SAFETY: Final = {"safe": Safety.SAFE, "unsafe": Safety.UNSAFE}


class Said(NamedTuple):
    """One finding, with the cell it is in and the cells that ruff was shown."""

    finding: Finding
    cell: CodeCell
    shown: Shown

    @property
    def code(self) -> Code:
        """The code of its cell."""
        return text_of(self.cell)

    @property
    def span(self) -> Span:
        """Where in the cell it is."""
        assert self.finding.location.span is not None
        return self.finding.location.span


def said(row: dict[str, Any], shown: Shown) -> Said | None:
    """One line of ruff's answer, None where it is about no rule or no cell.

    Raises ToolFailed where the line cannot be understood.
    """
    try:
        code, number = row["code"], row["cell"]
        # Errors of syntax have no code of a rule, those of whole files no cell.
        if not code or code == "invalid-syntax" or not number:
            return None
        cell = shown.cells[number - 1]
        span = _span(text_of(cell), row)
        finding = Finding(
            code=code,
            name=row.get("name") or code,
            message=_message(row["message"], shown),
            location=Location(cell.index, span),
            fix=_fix(row.get("fix"), cell, row),
        )
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise ToolFailed(f"ruff's answer cannot be understood ({error!r})") from None
    return Said(finding, cell, shown)


def _message(text: str, shown: Shown) -> str:
    """Ruff's message in one line, with the numbers that the cells have in the notebook."""

    def numbered(found: re.Match[str]) -> str:
        return f"{found[1]}{shown.cells[int(found[2]) - 1].index + 1}"

    text = _MARK.sub("", " ".join(text.split()))
    return _CELL.sub(numbered, text).removesuffix(".")


def _fix(fix: dict[str, Any] | None, cell: CodeCell, row: dict[str, Any]) -> Fix | None:
    """The fix, unless it may be about another cell or touches an escape.

    Ruff tells rows of edits, but not of which cell: those far from the finding are another's.
    """
    safety = _SAFETY.get(fix["applicability"]) if fix else None
    if fix is None or safety is None:
        return None
    first, last = row["location"]["row"] - 1, row["end_location"]["row"] + 1
    code = text_of(cell)
    edits = []
    for edit in fix["edits"]:
        if edit["location"]["row"] > last or edit["end_location"]["row"] < first:
            return None
        span, text = _span(code, edit), edit["content"]
        span, text = _within(code, span, text)
        if any(_touch(span, magic.span) for magic in code.magics):
            return None
        edits.append(SourceEdit(cell.index, span, text))
    return Fix(fix.get("message") or "Change it as ruff does", tuple(edits), safety)


def _within(code: Code, span: Span, text: str) -> tuple[Span, str]:
    """The edit without the newline behind its cell, which ruff puts there and we do not have."""
    replaced = code.text[span.start : span.end]
    if span.end < len(code.text) or _newline_at_end(replaced) or not replaced:
        return span, text
    if text:
        return span, text.removesuffix(_newline_at_end(text))
    # A last line that goes takes the newline before it along.
    before = code.text[: span.start]
    return Span(len(before) - len(_newline_at_end(before)), span.end), text


def _newline_at_end(text: str) -> str:
    return next((end for end in ("\r\n", "\n", "\r") if text.endswith(end)), "")


def _touch(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end


def _span(code: Code, row: dict[str, Any]) -> Span:
    start = _offset(code, row["location"])
    return Span(start, max(start, _offset(code, row["end_location"])))


def _offset(code: Code, place: dict[str, int]) -> int:
    line = place["row"] - 1
    if line >= len(code.starts):
        return len(code.text)
    return min(code.starts[line] + place["column"] - 1, len(code.text))
