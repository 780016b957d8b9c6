"""Devices: which a notebook chooses, where it does, and whether it asks what there is."""

import ast
from typing import TYPE_CHECKING

from nbcoach.python.devices import guards
from nbcoach.python.devices.evaluation import Evaluation
from nbcoach.python.devices.policies import Kind, Policy
from nbcoach.python.devices.questions import Questions

if TYPE_CHECKING:
    from nbcoach.notebook import CodeCell, Notebook

__all__ = ["Devices", "Kind", "Policy"]


class Devices:
    """Answers about the devices of one notebook, for its cells in the order of reading."""

    def __init__(self, notebook: "Notebook") -> None:
        self._questions = Questions(notebook.values)
        self._evaluation = Evaluation(notebook, self._questions, self.is_guarded)
        self._guarded: dict[ast.AST, bool] = {}

    def policy(self, node: ast.expr) -> Policy:
        """What decides the device that an expression, in the place of one, stands for."""
        return self._evaluation.policy(node)

    def is_guarded(self, node: ast.AST, cell: "CodeCell") -> bool:
        """Whether a node runs only where somebody asked for a device, or expects its absence."""
        known = self._guarded.get(node)
        if known is None:
            code = cell.code
            known = code is not None and guards.is_guarded(node, code, self._questions)
            self._guarded[node] = known
        return known
