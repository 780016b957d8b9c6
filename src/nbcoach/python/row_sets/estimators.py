"""What fitting, transforming and predicting do to rows."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from nbcoach.python.row_sets import known_calls as known
from nbcoach.python.row_sets.arguments import Call
from nbcoach.python.row_sets.state import Evaluation
from nbcoach.python.row_sets.tables import as_table
from nbcoach.python.row_sets.values import (
    NUMBER,
    Estimator,
    Fit,
    Learns,
    Several,
    Table,
    Value,
)


class Changed(NamedTuple):
    """What a method gives, and what its owner is afterwards."""

    value: Value
    owner: Value


def constructed(call: Call) -> Value:
    """A new estimator, not fitted yet."""
    name = call.name.rpartition(".")[2]
    number = call.state.number()
    if name in known.COMPOSITES:
        given = (*call.arguments, *call.keywords.values())
        return Estimator(name, _most(_learned(Several(given))), number)
    return Estimator(name, _learns(name, call), number, name in known.SEARCHES)


def _learns(name: str, call: Call) -> Learns:
    if call.constant(9, "strategy") in ("constant", "most_frequent"):
        return ""
    return "" if "vocabulary" in call.keywords else known.LEARNERS.get(name, "")


def _learned(value: Value) -> Iterator[Learns]:
    match value:
        case Estimator():
            yield value.learns
        case Several(parts):
            for part in parts:
                yield from _learned(part)


def _most(kinds: Iterator[Learns]) -> Learns:
    """What weighs most of all that the steps of a pipeline learn."""
    order: tuple[Learns, ...] = ("", "codes", "features", "target")
    return max(kinds, key=order.index, default="")


def trained(call: Call, table: Table | None, estimator: Estimator | None = None) -> Value:
    """An estimator after it was fitted to a table."""
    if table is None:
        return call.state.unknown()
    made = estimator or Estimator("", owner=call.state.number())
    return replace(made, fit=Fit(table, call.node, call.scope.cell))


def cross_validated(call: Call) -> Value:
    """A function that fits and scores a model on parts of what it gets."""
    table = call.table(1, "X", "dtrain", "train_set")
    if table is not None:
        _split_out_of_sight(call, table)
    return NUMBER


def method(call: Call, estimator: Estimator) -> "Value | Changed | None":
    """What a method of an estimator does."""
    if call.name in known.FITS:
        fitted = _fitted(call, estimator)
        return Changed(fitted, fitted)
    if call.name in ("fit_transform", "fit_predict"):
        fitted = _fitted(call, estimator)
        return Changed(_transformed(call, fitted), fitted)
    if call.name == "transform" or (call.name == "predict" and estimator.name in known.GROUPERS):
        return _transformed(call, estimator)
    if call.name == "get_support" and estimator.reduction is not None:
        return NUMBER.marked(estimator.reduction)
    if call.name == "inverse_transform":
        return call.table(0)
    if call.name in known.PREDICTIONS or call.name in known.SCORES:
        return _evaluated(call, estimator)
    if call.name in ("set_params", "set_output"):
        return estimator
    if call.name in known.RESAMPLES:
        return Several(tuple(as_table(value, call.state) for value in call.arguments))
    return None


def _fitted(call: Call, estimator: Estimator) -> Estimator:
    given = call.argument(0, "X", "x", "raw_documents", "df")
    table = as_table(given, call.state)
    fitted = replace(estimator, fit=Fit(table, call.node, call.scope.cell))
    if estimator.searches or "validation_split" in call.keywords:
        _split_out_of_sight(call, table)
    for held_out in _watched(call):
        _note(call, Evaluation(table, held_out, call.node, call.scope.cell), scored=True)
    return fitted


def _watched(call: Call) -> Iterator[Table]:
    """The tables on which a model is scored while it is fitted."""
    match call.keywords.get("validation_data"):
        case Several((Table() as table, *rest)) if table not in rest:
            yield table  # a network that is to give back what it got has no target to leak
    match call.keywords.get("eval_set"):
        case Several(pairs):
            for pair in pairs:
                if isinstance(pair, Several) and pair.parts and isinstance(pair.parts[0], Table):
                    yield pair.parts[0]


def _transformed(call: Call, estimator: Estimator) -> Table:
    table = as_table(call.argument(0, "X", "raw_documents", "df"), call.state)
    reduction = estimator.reduction
    return table.marked(reduction) if reduction is not None else table


def _evaluated(call: Call, estimator: Estimator) -> Value | None:
    given = call.argument(0, "X", "x", "data")
    if estimator.fit is None or given is None or estimator.name in known.GROUPERS:
        return None
    test = as_table(given, call.state)
    evaluation = Evaluation(estimator.fit.table, test, call.node, call.scope.cell)
    number = _note(call, evaluation, scored=call.name in known.SCORES)
    return Table(test.rows, predicted=frozenset({number}))


def _split_out_of_sight(call: Call, table: Table) -> None:
    evaluation = Evaluation(table, table, call.node, call.scope.cell, splits=True)
    _note(call, evaluation, scored=True)


def _note(call: Call, evaluation: Evaluation, *, scored: bool) -> int:
    number = len(call.state.evaluations)
    call.state.evaluations.append(evaluation)
    if scored:
        call.state.scored.add(number)
    return number


def fitted_unknown(call: Call) -> "Value | Changed | None":
    """The same for an object of which nothing is known but that it has such a method."""
    if call.name in known.FITS and (call.arguments or "x" in call.keywords or "X" in call.keywords):
        return method(call, Estimator("", owner=call.state.number()))
    if call.name in ("fit_transform", "transform") and isinstance(call.argument(0, "X"), Table):
        return call.argument(0, "X")
    if call.name in known.RESAMPLES:
        return method(call, Estimator(""))
    return None
