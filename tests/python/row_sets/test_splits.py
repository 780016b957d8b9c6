"""Rows are parted in many ways; a scaler that saw them all is found behind each."""

import pytest

from tests.python.row_sets.studies import early

SCALED = """
X = StandardScaler().fit_transform(frame.drop(columns="price"))
y = frame["price"]
"""
FIT = """
model = Ridge()
model.fit(train, y_train)
"""
SCORED = FIT + "model.score(test, y_test)\n"

SPLITS = {
    "a library": "train, test, y_train, y_test = train_test_split(X, y)",
    "a library, three arrays": (
        "train, test, y_train, y_test, w, v = train_test_split(X, y, weights)"
    ),
    "one array": "train, test = train_test_split(X)\ny_train = y_test = y",
    "an older module": """
        from sklearn.cross_validation import train_test_split as part
        train, test, y_train, y_test = part(X, y)
        """,
    "slices at a number": """
        train, test = X[:800], X[800:]
        y_train, y_test = y[:800], y[800:]
        """,
    "slices at a name": """
        size = int(len(X) * 0.8)
        train, test, y_train, y_test = X[:size], X[size:], y[:size], y[size:]
        """,
    "slices from the end": "train, test, y_train, y_test = X[:-50], X[-50:], y[:-50], y[-50:]",
    "three slices": """
        train, valid, test = X[:500], X[500:700], X[700:]
        y_train, y_test = y[:500], y[700:]
        train = X[:500]
        test = valid
        """,
    "rows and columns": "train, test, y_train, y_test = X[:9, :], X[9:, :], y[:9], y[9:]",
    "positions": """
        table = pd.DataFrame(X)
        train, test = table.iloc[:800], table.iloc[800:]
        y_train, y_test = y.iloc[:800], y.iloc[800:]
        """,
    "a mask": """
        mask = np.random.rand(len(X)) < 0.8
        train, test, y_train, y_test = X[mask], X[~mask], y[mask], y[~mask]
        """,
    "opposite comparisons": """
        train, test = X[frame["year"] < 2015], X[frame["year"] >= 2015]
        y_train, y_test = y[:5], y[5:]
        """,
    "two comparisons at once": """
        old = (frame["year"] < 2015) & (frame["rooms"] > 1)
        train, test, y_train, y_test = X[old], X[~old], y[old], y[~old]
        """,
    "a sample and the rest": """
        table = pd.DataFrame(X)
        train = table.sample(frac=0.8, random_state=0)
        test = table.drop(train.index)
        y_train, y_test = y.loc[train.index], y.drop(train.index)
        """,
    "a sample and those not in it": """
        table = pd.DataFrame(X)
        train = table.sample(frac=0.8, random_state=0)
        test = table[~table.index.isin(train.index)]
        y_train, y_test = y.loc[train.index], y.drop(train.index)
        """,
    "shuffled numbers": """
        order = np.random.permutation(len(X))
        train, test = X[order[:800]], X[order[800:]]
        y_train, y_test = y[order[:800]], y[order[800:]]
        """,
    "numbers parted by a library": """
        first, second = train_test_split(np.arange(len(X)), test_size=0.2)
        train, test, y_train, y_test = X[first], X[second], y[first], y[second]
        """,
    "labels parted by a library": """
        table = pd.DataFrame(X)
        first, second = train_test_split(table.index)
        train, test = table.loc[first], table.loc[second]
        y_train, y_test = y[first], y[second]
        """,
    "the first fold": """
        first, second = next(KFold(5).split(X))
        train, test, y_train, y_test = X[first], X[second], y[first], y[second]
        """,
    "missing values": """
        table = pd.DataFrame(X)
        train, test = table[frame["year"].notnull()], table[frame["year"].isnull()]
        y_train, y_test = y[:5], y[5:]
        """,
}


@pytest.mark.parametrize("split", SPLITS.values(), ids=SPLITS)
def test_a_scaler_that_saw_all_rows_is_found(split: str) -> None:
    assert early(SCALED, split, SCORED) == ["StandardScaler"]


@pytest.mark.parametrize("split", SPLITS.values(), ids=SPLITS)
def test_a_scaler_that_saw_the_training_rows_is_none(split: str) -> None:
    raw = 'X, y = frame.drop(columns="price"), frame["price"]\n'
    scaled = "scaler = StandardScaler()\ntrain = scaler.fit_transform(train)\n"
    assert early(raw, split, scaled + "test = scaler.transform(test)\n" + SCORED) == []


FOLDS = {
    "folds": "for one, two in KFold(5).split(X):",
    "folds with a name": "folds = KFold(5)\nfor one, two in folds.split(X, y):",
    "numbered folds": "for number, (one, two) in enumerate(KFold(5).split(X)):",
    "folds in a list": "for one, two in list(KFold(5).split(X)):",
    "folds and colours": "for (one, two), colour in zip(KFold(5).split(X), colours):",
}


@pytest.mark.parametrize("head", FOLDS.values(), ids=FOLDS)
def test_folds_part_the_rows_in_each_turn(head: str) -> None:
    loop = f"{head}\n    model = Ridge().fit(X[one], y[one])\n    model.predict(X[two])\n"
    assert early(SCALED, loop) == ["StandardScaler"]
    assert early("X, y = frame.values, frame['price']", loop) == []


def test_old_folds_are_looped_over_themselves() -> None:
    loop = """
    from sklearn.cross_validation import KFold as OldFolds
    for one, two in OldFolds(len(X), n_folds=5):
        Ridge().fit(X[one], y[one]).score(X[two], y[two])
    """
    assert early(SCALED, loop) == ["StandardScaler"]


SILENT_SPLITS = {
    "unknown halves": "train, test, y_train, y_test = halves(X, y)",
    "slices that overlap": "train, test, y_train, y_test = X[:800], X[:200], y[:800], y[:200]",
    "slices at different bounds": "train, test, y_train, y_test = X[:800], X[900:], y[:8], y[9:]",
    "a bound that has changed": """
        size = first_size()
        train, y_train = X[:size], y[:size]
        size = second_size()
        test, y_test = X[size:], y[size:]
        """,
    "masks that have nothing to do with each other": """
        train, test = X[frame["year"] < 2015], X[frame["rooms"] > 2]
        y_train, y_test = y, y
        """,
    "another seed": """
        train, other, y_train, y_other = train_test_split(X, y)
        another, test, y_another, y_test = train_test_split(X, y)
        """,
    "the same rows": "train = test = X\ny_train = y_test = y",
}


@pytest.mark.parametrize("split", SILENT_SPLITS.values(), ids=SILENT_SPLITS)
def test_rows_that_may_be_the_same_are_no_test(split: str) -> None:
    assert early(SCALED, split, SCORED) == []


def test_predictions_on_a_slice_count_where_they_are_compared_with_something() -> None:
    split = SPLITS["slices at a number"]
    predicted = FIT + "predicted = model.predict(test)\n"
    assert early(SCALED, split, predicted) == []
    for score in (
        "np.mean(predicted == y_test)",
        "np.sqrt(np.mean((predicted - y_test) ** 2))",
        "mean_squared_error(y_test, predicted)",
        "print(classification_report(y_test, np.round(predicted)))",
    ):
        assert early(SCALED, split, predicted + score) == ["StandardScaler"]


def test_predictions_on_the_rows_that_a_library_held_back_count() -> None:
    assert early(SCALED, SPLITS["a library"], FIT + "model.predict(test)") == ["StandardScaler"]
