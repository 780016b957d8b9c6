"""What the functions of libraries do to rows."""

from collections.abc import Callable
from typing import Final

from nbcoach.python.row_sets import known_calls as known
from nbcoach.python.row_sets.arguments import Call
from nbcoach.python.row_sets.estimators import constructed, cross_validated, trained
from nbcoach.python.row_sets.reductions import scaled, statistic
from nbcoach.python.row_sets.rows import Step, narrowed, side
from nbcoach.python.row_sets.tables import beside, combined, filling, stacked
from nbcoach.python.row_sets.values import (
    NUMBER,
    Each,
    Labels,
    Several,
    Splitter,
    Table,
    Value,
)

Answer = Callable[[Call], Value | None]


def result(call: Call) -> Value | None:
    """What a call of a function with this dotted name gives; None if nobody knows."""
    package, _, rest = call.name.partition(".")
    name = rest.rpartition(".")[2]
    answer = _FUNCTIONS.get(call.name)
    if answer is None and package in known.PACKAGES:
        answer = _of_sklearn(call.name, name)
    if answer is None and package == "numpy":
        answer = _of_numpy(name)
    if answer is None and name == "load_data" and package in ("keras", "tensorflow"):
        answer = _loaded
    return answer(call) if answer is not None else None


def _of_sklearn(path: str, name: str) -> Answer | None:
    if name in known.LEARNERS or name in known.COMPOSITES or name in known.SEARCHES:
        return constructed
    if name in known.SPLITTERS:
        return _old_folds if ".cross_validation." in path else _splitter
    if name in known.CROSS_VALIDATIONS:
        return cross_validated
    return scaled if name in known.SCALING_FUNCTIONS else _SKLEARN.get(name)


def _of_numpy(name: str) -> Answer | None:
    if name in known.ELEMENTWISE:
        return _elementwise
    return statistic if name in known.STATISTICS else None


def _elementwise(call: Call) -> Value:
    return combined((*call.arguments, *call.keywords.values()))


def _where(call: Call) -> Value:
    """`numpy.where`: a statistic in it stands for what some rows lack."""
    return combined(
        value if isinstance(value, Table) and value.rows else filling(value)
        for value in call.arguments
    )


def _first(call: Call) -> Value | None:
    """What has the rows of its first argument, whatever its name."""
    given = call.argument(0, "data", "X", "x", "arg", "left")
    return given if isinstance(given, Table) and given.rows else None


def _split(call: Call) -> Value | None:
    """Of each table one for training and one for the test."""
    given = call.arguments
    if not all(isinstance(value, (Table, Labels)) for value in given):
        return None
    steps = call.state.division()
    return Several(tuple(_narrowed(value, step) for value in given for step in steps))


def _narrowed(value: Value, step: Step) -> Value:
    if isinstance(value, (Table, Labels)):
        return value._replace(rows=narrowed(value.rows, (step,)))
    return value


def folds(call: Call) -> Each:
    """Pairs of the numbers of rows: for training, and for a test."""
    numbers = call.state.unknown()
    train, test = call.state.division()
    return Each(Several((_narrowed(numbers, train), _narrowed(numbers, test))))


def _splitter(_call: Call) -> Value:
    return Splitter()


def _old_folds(call: Call) -> Value:
    """Before scikit-learn 0.18 the scheme itself was looped over."""
    return folds(call)


def _stacked(call: Call) -> Value:
    """`concat` and its like: below each other, or beside each other."""
    given = call.arguments[0] if call.arguments else call.argument(0, "objs", "tup", "arrays")
    parts = given.parts if isinstance(given, Several) else ()
    if not parts:
        return call.state.unknown()
    if call.constant(1, "axis") in (1, -1, "columns"):
        return beside(parts)
    return stacked(parts, call.state)


def _beside(call: Call) -> Value | None:
    """`hstack` and its like."""
    given = call.argument(0, "tup", "blocks")
    return beside(given.parts) if isinstance(given, Several) else None


def _appended(call: Call) -> Value:
    """`numpy.append`."""
    parts = [call.argument(0, "arr"), call.argument(1, "values")]
    given = [part for part in parts if part is not None]
    return beside(given) if call.constant(2, "axis") == 1 else stacked(given, call.state)


def _shuffled(call: Call) -> Value:
    """The rows in another order, or some of them more than once."""
    step = side(call.state.number(), 0)
    values = tuple(_narrowed(value, step) for value in call.arguments)
    return values[0] if len(values) == 1 else Several(values)


def _number(_call: Call) -> Value:
    return NUMBER


def _cut(call: Call) -> Value | None:
    """`pandas.qcut`: the borders are quantiles of all values."""
    marked = statistic(call)
    table = call.table(0, "x")
    return combined((table, marked)) if table is not None else None


def _loaded(call: Call) -> Value:
    """The data sets of Keras come in two parts, each with features and target."""
    whole = call.state.unknown()
    halves = tuple(_narrowed(whole, step) for step in call.state.division())
    return Several(tuple(Several((half, half)) for half in halves))


def _boosted(call: Call) -> Value | None:
    """`train(parameters, data)` of the libraries for boosting."""
    return trained(call, call.table(1, "dtrain", "train_set"))


_SKLEARN: Final[dict[str, Answer]] = {
    "binarize": _first,
    "normalize": _first,
    "resample": _shuffled,
    "shuffle": _shuffled,
    "train_test_split": _split,
}
_FUNCTIONS: Final[dict[str, Answer]] = {
    "copy.copy": _first,
    "copy.deepcopy": _first,
    "lightgbm.Dataset": _first,
    "lightgbm.cv": cross_validated,
    "lightgbm.train": _boosted,
    "numpy.append": _appended,
    "numpy.column_stack": _beside,
    "numpy.concatenate": _stacked,
    "numpy.full": _number,
    "numpy.hstack": _beside,
    "numpy.ones": _number,
    "numpy.random.permutation": _shuffled,
    "numpy.vstack": _stacked,
    "numpy.where": _where,
    "numpy.zeros": _number,
    "numpy.zeros_like": _number,
    "pandas.DataFrame": _first,
    "pandas.Series": _first,
    "pandas.concat": _stacked,
    "pandas.get_dummies": _first,
    "pandas.merge": _first,
    "pandas.qcut": _cut,
    "pandas.to_numeric": _first,
    "scipy.sparse.csr_matrix": _first,
    "scipy.sparse.hstack": _beside,
    "scipy.sparse.vstack": _stacked,
    "scipy.stats.zscore": scaled,
    "xgboost.DMatrix": _first,
    "xgboost.cv": cross_validated,
    "xgboost.train": _boosted,
}
