"""Outputs that are older than what they show."""

import ast
from collections.abc import Iterator

from nbcoach.api import CodeCell, Conflict, Context, Finding, Fix, Notebook, Safety, rule, shortened

_FIX = Fix(
    "Run > Run Selected Cell and All Below: what it makes may be old elsewhere, too",
    safety=Safety.MANUAL,
)


@rule("NB113", Notebook, default="preview", fix=Safety.MANUAL)
def stale_output(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """An output of a cell whose input was made anew after it ran."""
    by_source: dict[int, list[Conflict]] = {}
    for conflict in notebook.conflicts:
        if not conflict.proved and _shows(notebook.cells[conflict.reader]):
            by_source.setdefault(conflict.source, []).append(conflict)
    for source, conflicts in by_source.items():
        cell = notebook.cells[source]
        if isinstance(cell, CodeCell) and _was_changed(cell, conflicts, notebook):
            first = conflicts[0]
            name = shortened(first.name, 40)
            yield context.finding(
                notebook.cells[first.reader],
                f"Output is older than cell {source + 1}, which made `{name}`; re-run it",
                _FIX,
                related=[
                    (cell, f"this cell ran last as number {cell.execution_count}"),
                    *((notebook.cells[other], "so is this") for other in _others(conflicts)),
                ],
            )


def _others(conflicts: list[Conflict]) -> list[int]:
    first = conflicts[0].reader
    return sorted({conflict.reader for conflict in conflicts} - {first})


def _shows(cell: object) -> bool:
    return isinstance(cell, CodeCell) and any(output.kind != "error" for output in cell.outputs)


def _was_changed(source: CodeCell, conflicts: list[Conflict], notebook: Notebook) -> bool:
    """Whether nothing but a change explains that the cell ran once more.

    Other reasons are to see its output again, to set back what other cells changed, and to come
    here from the top of the notebook.
    """
    first = min(notebook.log.counts[conflict.reader] for conflict in conflicts)
    return (
        not source.outputs
        and _only_assigns(source, notebook)
        and not _is_prefix(source, first, notebook)
        and (_is_parameter(conflicts[0], notebook) or _has_new_input(source, first, notebook))
    )


def _only_assigns(source: CodeCell, notebook: Notebook) -> bool:
    """Whether the cell gives values to names of its own, and does nothing else."""
    tree = source.code.tree if source.code is not None else None
    if tree is None or not all(isinstance(s, ast.Assign | ast.AnnAssign) for s in tree.body):
        return False
    read = notebook.as_read
    names = {binding.name for binding in read.bindings_in(source.index)}
    shared = {b.name for b in read.bindings if b.cell != source.index}
    changed = {m.name for m in read.mutations if m.cell != source.index}
    return names.isdisjoint(shared | changed)


def _is_prefix(source: CodeCell, first: int, notebook: Notebook) -> bool:
    """Whether all cells from the top to the source ran once more, in order."""
    counts = notebook.log.counts
    above = [counts[c.index] for c in notebook.log.executed if c.index <= source.index]
    return len(above) > 1 and above == sorted(above) and above[0] > first


def _is_parameter(conflict: Conflict, notebook: Notebook) -> bool:
    """Whether the value is written down in the source, so that it is there to be changed."""
    for binding in notebook.as_read.bindings_in(conflict.source):
        if binding.name == conflict.name and isinstance(binding.value, ast.expr):
            parts = list(ast.walk(binding.value))
            plain = all(isinstance(part, _PLAIN) for part in parts)
            return plain or any(_is_number(part) for part in parts)
    return False


_PLAIN = (ast.Constant, ast.Dict, ast.List, ast.Set, ast.Tuple, ast.UnaryOp, ast.USub, ast.Load)


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _has_new_input(source: CodeCell, first: int, notebook: Notebook) -> bool:
    """Whether the cell reads what was made anew shortly before, after the first reader ran."""
    counts = notebook.log.counts
    inputs = (b for use in notebook.as_read.uses_in(source.index) for b in use.bindings)
    made = {counts.get(binding.cell, 0) for binding in inputs if binding.kind != "import"}
    return any(first < count < counts[source.index] for count in made)
