"""Preparation that learns from the rows it will be tested on."""

from collections.abc import Iterator
from itertools import groupby

from nbcoach.api import (
    Confidence,
    Context,
    Finding,
    Fix,
    Leak,
    Notebook,
    Reduction,
    Safety,
    Severity,
    rule,
)

_TESTING = (
    "GridSearchCV",
    "KFold",
    "RandomizedSearchCV",
    "ShuffleSplit",
    "StratifiedKFold",
    "cross_val_predict",
    "cross_val_score",
    "cross_validate",
    "evaluate",
    "predict",
    "score",
    "train_test_split",
    "validation_data",
    "validation_split",
)
# A notebook without any of these prepares nothing in a way that this rule knows.
_LEARNING = "transform( mean( median( std( var( quantile( percentile( scale( zscore( qcut(".split()
_SHOWN = 3
_SPLIT_FIRST = Fix(
    "Move the split above this line; fit on its first part, transform both",
    safety=Safety.MANUAL,
)
_PIPELINE = Fix(
    "Join it and the model by `make_pipeline`, and cross-validate that on raw data",
    safety=Safety.MANUAL,
)


@rule("NB801", Notebook, mentions=_TESTING, severity=Severity.ERROR, fix=Safety.MANUAL)
def fit_before_split(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Data prepared with what the test rows say, before they were set apart."""
    if not any(word in notebook.code_text for word in _LEARNING):
        return
    said: set[object] = set()
    for _, leaks in groupby(notebook.row_sets.fitted_before_split, lambda leak: leak.evaluation):
        new = [leak for leak in leaks if leak.reduction.node not in said]
        if new:
            worst_last = sorted(new, key=_harm, reverse=True)
            by_call = {leak.reduction.node: leak for leak in worst_last}
            said.update(by_call)
            yield _finding(sorted(by_call.values(), key=_harm), notebook, context)


def _finding(leaks: list[Leak], notebook: Notebook, context: Context) -> Finding:
    """What leaked into one evaluation, at the worst of it, which comes first."""
    worst, evaluation = leaks[0].reduction, leaks[0].evaluation
    tested = context.at(notebook.cells[evaluation.cell], evaluation.node)
    related = [(tested, "the test rows are used here")]
    for other in (leak.reduction for leak in leaks[1 : 1 + _SHOWN]):
        place = context.at(notebook.cells[other.cell], other.node)
        related.append((place, f"{_shown(other)} saw them too"))
    remedy = (
        "put it in a pipeline" if evaluation.splits else "split first, fit on the training part"
    )
    return context.finding(
        context.at(notebook.cells[worst.cell], worst.node),
        f"{_shown(worst)} saw the test rows{' of each fold' * evaluation.splits}; {remedy}",
        _PIPELINE if evaluation.splits else _SPLIT_FIRST,
        confidence=Confidence.POSSIBLE if worst.fills else None,
        severity=Severity.ERROR if worst.learns == "target" else Severity.WARNING,
        related=related,
    )


def _harm(leak: Leak) -> tuple[bool, bool, bool]:
    """Smaller for what saw the target, then for what surely changed the data."""
    reduction = leak.reduction
    return reduction.learns != "target", reduction.fills, reduction.name.islower()


def _shown(reduction: Reduction) -> str:
    return f"`{reduction.name}()`" if reduction.name.islower() else f"`{reduction.name}`"
