"""Evaluations whose test rows took part in preparing the data."""

from typing import NamedTuple

from nbcoach.python.row_sets.rows import Rows, disjoint, overlap, side
from nbcoach.python.row_sets.state import Evaluation, State
from nbcoach.python.row_sets.values import Reduction


class Leak(NamedTuple):
    """A reduction that saw rows which `evaluation` tests on.

    `before` is the same computation on the training rows, where it was done for both apart.
    """

    reduction: Reduction
    evaluation: Evaluation
    before: Reduction | None = None


def fitted_before_split(state: State) -> list[Leak]:
    """What saw training rows and test rows before they were parted."""
    return [
        Leak(reduction, evaluation)
        for number, evaluation in enumerate(state.evaluations)
        if _counts(number, state)
        for reduction in _reductions(evaluation)
        if reduction.learns != "codes" and _is_premature(reduction, evaluation, state)
    ]


def fitted_on_test(state: State) -> list[Leak]:
    """What saw test rows alone, though the training rows have gone through their own fit."""
    found = []
    for number, evaluation in enumerate(state.evaluations):
        if evaluation.splits or not _counts(number, state):
            continue
        train, test = evaluation.train.rows, evaluation.test.rows
        for mark in evaluation.test.marks:
            reduction = mark.reduction
            if not overlap(reduction.rows, test) or not disjoint(reduction.rows, train):
                continue
            before = _first_like(reduction, evaluation)
            if before is not None:
                found.append(Leak(reduction, evaluation, before))
    return found


def _reductions(evaluation: Evaluation) -> list[Reduction]:
    """Those that went into the data, in the order of the notebook."""
    marks = evaluation.train.marks | evaluation.test.marks
    return sorted({mark.reduction for mark in marks}, key=_place)


def _place(reduction: Reduction) -> tuple[int, int, int]:
    return reduction.cell, reduction.node.lineno, reduction.node.col_offset


def _counts(number: int, state: State) -> bool:
    """Whether an evaluation is surely one: it is scored, or a library set its rows apart."""
    evaluation = state.evaluations[number]
    train, test = evaluation.train.rows, evaluation.test.rows
    if not train or not test:
        return False
    if evaluation.splits:
        return True
    if not disjoint(train, test):
        return False
    return number in state.scored or all(
        any(question in state.held_out for step in part.path for question, _ in step)
        for part in test
    )


def _is_premature(reduction: Reduction, evaluation: Evaluation, state: State) -> bool:
    train, test = evaluation.train.rows, evaluation.test.rows
    if not overlap(reduction.rows, test) or not overlap(reduction.rows, train):
        return False
    # Who has set other rows apart before may prepare the rest as one for a validation.
    return reduction.learns == "target" or not _is_training_part(reduction.rows, state)


def _is_training_part(rows: Rows, state: State) -> bool:
    """Whether rows of the same table were kept out of these."""
    for part in rows:
        for index, step in enumerate(part.path):
            for question, answer in step:
                kept_out = part._replace(path=(*part.path[:index], side(question, 1 - answer)))
                taken = (question, 1 - answer) in state.taken
                if taken and not overlap(rows, frozenset({kept_out})):
                    return True
    return False


def _first_like(reduction: Reduction, evaluation: Evaluation) -> Reduction | None:
    """The same kind of reduction on training rows only."""
    train, test = evaluation.train.rows, evaluation.test.rows
    for mark in sorted(evaluation.train.marks, key=lambda mark: _place(mark.reduction)):
        other = mark.reduction
        same = other.name == reduction.name and overlap(other.rows, train)
        if same and disjoint(other.rows, test):
            return other
    return None
