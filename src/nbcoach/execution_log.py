"""The log of executions that the saved counts of a notebook are."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from nbcoach.notebook import CodeCell, Notebook

State = Literal["stripped", "countless", "logged"]


class Gap(NamedTuple):
    """`missing` executions directly before that of `cell`, of which no cell has the count."""

    cell: "CodeCell"
    missing: int


class ExecutionLog:
    """What the counts tell: each is the number of its cell's last run, not of all its runs.

    Counts below 1, which some services write for cells that did not run, are none.
    """

    def __init__(self, notebook: "Notebook") -> None:
        # The notebook keeps its log; were it kept here, only a collection would free the two.
        self._cells = notebook.code_cells
        self.executed: tuple[CodeCell, ...] = tuple(
            [cell for cell in notebook.code_cells if (cell.execution_count or 0) > 0]
        )

    @cached_property
    def counts(self) -> Mapping[int, int]:
        """The counts of the executed cells by the index of the cell."""
        return {cell.index: cell.execution_count or 0 for cell in self.executed}

    @property
    def state(self) -> State:
        """`logged` with any count, `countless` with outputs alone, else `stripped`."""
        if self.executed:
            return "logged"
        return "countless" if any(c.outputs for c in self._cells) else "stripped"

    @cached_property
    def repeated(self) -> tuple[tuple["CodeCell", ...], ...]:
        """The cells that share a count, by count."""
        groups: dict[int, list[CodeCell]] = {}
        for cell in self.executed:
            groups.setdefault(self.counts[cell.index], []).append(cell)
        return tuple([tuple(group) for _, group in sorted(groups.items()) if group[1:]])

    @cached_property
    def steps_back(self) -> tuple[tuple["CodeCell", "CodeCell"], ...]:
        """The executed cells that directly follow, in the file, one that ran later."""
        pairs = zip(self.executed, self.executed[1:], strict=False)
        return tuple([(a, b) for a, b in pairs if self.counts[a.index] > self.counts[b.index]])

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Where counts are missing, in the order of the counts."""
        return tuple(self._gaps())

    def _gaps(self) -> Iterator[Gap]:
        before = 0
        for count, index in sorted((count, index) for index, count in self.counts.items()):
            if count > before + 1:
                cell = next(cell for cell in self.executed if cell.index == index)
                yield Gap(cell, count - before - 1)
            before = count

    @property
    def lost(self) -> int:
        """How many executions left no count: cells run again, deleted, or cleared."""
        return sum(gap.missing for gap in self.gaps)

    @cached_property
    def passed_over(self) -> tuple["CodeCell", ...]:
        """The cells above executed ones that have something to run, but no count or output."""
        last = self.executed[-1].index if self.executed else 0
        return tuple([cell for cell in self._untouched if cell.index < last])

    @cached_property
    def tail(self) -> tuple["CodeCell", ...]:
        """The cells below all executed ones that have something to run, but no count or output."""
        last = self.executed[-1].index if self.executed else -1
        return tuple([cell for cell in self._untouched if cell.index > last])

    @cached_property
    def _untouched(self) -> tuple["CodeCell", ...]:
        return tuple(
            [
                cell
                for cell in self._cells
                if cell.index not in self.counts and not cell.outputs and is_live(cell)
            ]
        )


def is_live(cell: "CodeCell") -> bool:
    """Whether running the cell does anything beyond showing a text that it holds."""
    if cell.skipped or not cell.source.strip():
        return False
    if cell.code is not None:
        return not cell.code.is_inert
    if cell.source.lstrip().startswith("%%"):
        return cell.language not in _SHOWN
    return any(
        line.strip() and not line.lstrip().startswith("#") for line in cell.source.split("\n")
    )


_SHOWN = frozenset({"html", "javascript", "latex", "markdown", "svg"})
