"""Which rows of a data set meet which fits and scores."""

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nbcoach.python.row_sets.leaks import Leak, fitted_before_split, fitted_on_test
from nbcoach.python.row_sets.state import Evaluation, Scope, State, TooLongError
from nbcoach.python.row_sets.statements import Statements
from nbcoach.python.row_sets.values import Reduction

if TYPE_CHECKING:
    from nbcoach.notebook import Notebook

__all__ = ["Evaluation", "Leak", "Reduction", "RowSets"]


# Where nothing is fitted, nothing can leak.
_FITS: Final = re.compile(r"fit(?:_\w+)?\(|cross_val|learning_curve|\.(?:train|cv)\(")


class RowSets:
    """The evaluations of one notebook, whose cells run in the order of reading."""

    def __init__(self, notebook: "Notebook") -> None:
        self._state = State(notebook.as_read)
        if _FITS.search(notebook.code_text):
            self._follow(notebook)

    def _follow(self, notebook: "Notebook") -> None:
        scope = Scope(self._state, -1)
        unsure = {unknown.cell for unknown in notebook.as_read.unknowns}
        cells = {cell.index: cell for cell in notebook.code_cells}
        try:
            for index in notebook.as_read.order:
                code = cells[index].code
                scope.cell = index
                if index in unsure:
                    scope.names.clear()
                if code is not None and code.tree is not None:
                    Statements(scope).run(code.tree.body)
                if index in unsure:
                    scope.names.clear()
        except TooLongError:
            pass  # what was seen up to here stays true

    @property
    def evaluations(self) -> tuple[Evaluation, ...]:
        """Every time a fitted model met rows, in the order of reading."""
        return tuple(self._state.evaluations)

    @cached_property
    def fitted_before_split(self) -> tuple[Leak, ...]:
        """What learned from training rows and test rows before they were parted."""
        return tuple(fitted_before_split(self._state))

    @cached_property
    def fitted_on_test(self) -> tuple[Leak, ...]:
        """What learned from test rows, when its like had learned from the training rows."""
        return tuple(fitted_on_test(self._state))
