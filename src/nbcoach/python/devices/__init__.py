"""Devices: which a notebook chooses, where it does, and whether it asks what there is."""

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from nbcoach.python.devices import choices, guards, rewriting, sites
from nbcoach.python.devices.choices import DeviceChoice
from nbcoach.python.devices.evaluation import Evaluation
from nbcoach.python.devices.policies import Kind, Policy
from nbcoach.python.devices.questions import Questions
from nbcoach.python.devices.requirements import needs_gpu
from nbcoach.python.devices.sites import FixedDevice, Site

if TYPE_CHECKING:
    from nbcoach.notebook import CodeCell, Notebook, Span

__all__ = ["DeviceChoice", "Devices", "FixedDevice", "Kind", "Policy", "Site"]


class Devices:
    """Answers about the devices of one notebook, for its cells in the order of reading."""

    def __init__(self, notebook: "Notebook") -> None:
        self._notebook = notebook
        self._questions = Questions(notebook)
        self._guards = guards.Guards(self._questions)
        self._evaluation = Evaluation(notebook, self._questions, self._guards.is_guarded)

    def policy(self, node: ast.expr) -> Policy:
        """What decides the device that an expression, in the place of one, stands for."""
        return self._evaluation.policy(node)

    def is_guarded(self, node: ast.AST, cell: "CodeCell") -> bool:
        """Whether a node runs only where somebody asked for a device, or expects its absence."""
        return self._guards.is_guarded(node, cell)

    @cached_property
    def gpu_required(self) -> bool:
        """Whether nobody can be meant to run the notebook without a GPU."""
        return needs_gpu(self._notebook, self._questions.decides)

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """The calls that put something on a device of a known policy, in the order of the file."""
        found = sites.find(
            self._notebook.code_cells,
            self._notebook.as_read.qualified_name,
            self.policy,
            self._evaluation.places,
        )
        return tuple(found)

    @cached_property
    def fixed(self) -> tuple[FixedDevice, ...]:
        """The places that name a device whatever there is, in the order of the file."""
        found: dict[ast.expr, FixedDevice] = {}
        for site in self.sites:
            if site.policy.kind is Kind.HARD and not self.is_guarded(site.call, site.cell):
                for cell, node in site.places:
                    if not self.is_guarded(node, cell):
                        found.setdefault(node, FixedDevice(cell, node, site))
        return tuple(sorted(found.values(), key=lambda fixed: fixed.order))

    @cached_property
    def choices(self) -> tuple[DeviceChoice, ...]:
        """The names at the top of the notebook that hold a device chosen by asking."""
        found = choices.find(self._notebook, self.policy, self._questions.asks, self.is_guarded)
        return tuple(found)

    @cached_property
    def asks(self) -> bool:
        """Whether the notebook puts anything on a device that it chose by asking."""
        return bool(self.choices) or any(site.policy.kind is Kind.AGNOSTIC for site in self.sites)

    def compares(self, cell: "CodeCell | None" = None) -> bool:
        """Whether a cell, or any, makes things on the processor by name, to compare it with a GPU.

        Across cells only what is made there counts, since results are often moved there.
        """
        return any(
            site.policy.kind is Kind.CPU
            and (site.cell is cell if cell is not None else site.is_made_there)
            for site in self.sites
        )

    def rewritten(self, fixed: FixedDevice, name: str) -> "tuple[tuple[Span, str], ...]":
        """What to replace in a place's cell, and by what, so that it takes the device `name`.

        Nothing where the name means something else there, or the call has another form.
        """
        return tuple(rewriting.rewritten(fixed, name))
