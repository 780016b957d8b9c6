"""What other tools said in a run, and what it means for one notebook."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from nbcoach.bridges.tools.remarks import Remark, finding
from nbcoach.inspection import Linted
from nbcoach.notebook import Notebook


class Problem(NamedTuple):
    """Why a tool said nothing, or not all, about a notebook."""

    reason: str
    is_failure: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """Remarks and problems by the paths of the notebooks."""

    remarks: Mapping[str, tuple[Remark, ...]]
    problems: Mapping[str, tuple[Problem, ...]]

    def about(self, notebook: Notebook) -> Linted:
        """The findings in a notebook that is as it was when the tools ran."""
        found = [finding(remark, notebook) for remark in self.remarks.get(notebook.path, ())]
        # One place may be reached twice, as where a tool is named with two sets of options.
        findings = tuple(dict.fromkeys(one for one in found if one is not None))
        problems = self.problems.get(notebook.path, ())
        return Linted(
            findings,
            problem="; ".join(dict.fromkeys(problem.reason for problem in problems)),
            is_failure=any(problem.is_failure for problem in problems),
        )
