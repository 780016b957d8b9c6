"""Where ruff's rules are wrong about notebooks, or others of ours say it better."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final

from nbcoach.bridges.ruff.said import Said

# Names from `%run` and earlier sessions; imports below a cell's first line; what one statement
# may not say to another, where a kernel compiles each alone; top-level `await`; `exit`; and what is
# about the files that modules are: nothing of it is meant for cells.
_NEVER: Final = frozenset(
    "F405 F821 E402 F404 PLE0118 F704 PLE1142 PLR1722 D100 CPY001 INP001 N999 EXE001 EXE002 "
    "EXE003 EXE004 EXE005".split()
)
_ONLY_BY_CODE: Final = frozenset({"ERA001", "S101", "T201", "T203"})
_NAMED: Final = re.compile(r"`([^`]+)`")
_WORD: Final = re.compile(r"[^\W\d]\w*")
_OTHER_CELL: Final = re.compile(r"from cell (\d+), line \d+")


def is_right(said: Said, exact: Collection[str]) -> bool:
    """Whether a finding holds in a notebook; `exact` are the codes that the user spelt out."""
    code, span = said.finding.code, said.span
    if code in _NEVER or (code in _ONLY_BY_CODE and code not in exact):
        return False
    # What ruff sees in place of an escape is ours.
    if any(
        span.start < magic.span.end and magic.span.start < span.end for magic in said.code.magics
    ):
        return False
    return code not in _DOUBTS or _DOUBTS[code](said)


def _is_unused(said: Said) -> bool:
    """Whether the name occurs neither in an escape nor in a cell that ruff was not shown."""
    if not said.shown.unseen:
        return True
    name = _bound_name(said)
    return re.search(rf"\b{re.escape(name)}\b", said.shown.unseen) is None if name else True


def _bound_name(said: Said) -> str:
    """The name that a finding is about: of an import the one that it binds."""
    text = said.cell.source[said.span.start : said.span.end]
    if said.finding.code == "F401":
        text = text.rpartition(" as ")[2]
    else:
        named = _NAMED.search(said.finding.message)
        text = named[1] if named else text
    found = _WORD.search(text)
    return found[0] if found else ""


def _is_in_same_cell(said: Said) -> bool:
    """Whether a name is defined twice in one cell: in two, running one again is no mistake."""
    found = _OTHER_CELL.search(said.finding.message)
    return found is not None and int(found[1]) == said.cell.index + 1 and _is_unused(said)


def _is_not_shown(said: Said) -> bool:
    """Whether an expression is not what its cell shows, nor its `;` what hides that."""
    tree, everything = said.code.tree, "ast_node_interactivity"
    if said.cell.raises or tree is None or not tree.body:
        return False
    if everything in said.shown.notebook.code_text:
        return False
    return said.span.start < said.code.span(tree.body[-1]).start


def _is_needless(said: Said) -> bool:
    """Whether a `noqa` is neither about what ruff was not asked for, nor about what we left out."""
    message = said.finding.message
    named = {code for text in _NAMED.findall(message) for code in _CODES.findall(text)}
    return named.isdisjoint(_NEVER) and "non-enabled" not in message


_CODES: Final = re.compile(r"[A-Z]+\d+")
_DOUBTS: Final[Mapping[str, Callable[[Said], bool]]] = {
    **dict.fromkeys(("F401", "F841", "B007", "RUF059", "ARG001", "ARG005"), _is_unused),
    "F811": _is_in_same_cell,
    **dict.fromkeys(("B015", "B018", "E703"), _is_not_shown),
    "RUF100": _is_needless,
}
