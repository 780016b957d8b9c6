"""What is known follows the notebook through cells, branches, loops and functions."""

import pytest

from tests.python.row_sets.studies import ENDING, early, followed

RAW = 'X, y = frame.drop(columns="price"), frame["price"]'
SCALED = "X = StandardScaler().fit_transform(X)"

FOLLOWED = {
    "cells": [RAW, SCALED, ENDING],
    "a loop over models": [
        RAW,
        SCALED,
        """
        X_train, X_test, y_train, y_test = train_test_split(X, y)
        for name, model in [("ridge", Ridge()), ("tree", Tree())]:
            model.fit(X_train, y_train)
            print(name, model.score(X_test, y_test))
        """,
    ],
    "models in a dictionary": [
        RAW,
        SCALED,
        """
        X_train, X_test, y_train, y_test = train_test_split(X, y)
        models["ridge"].fit(X_train, y_train)
        models["ridge"].score(X_test, y_test)
        """,
    ],
    "scores in a list": [
        RAW,
        SCALED,
        """
        X_train, X_test, y_train, y_test = train_test_split(X, y)
        scores = [model.fit(X_train, y_train).score(X_test, y_test) for model in models]
        """,
    ],
    "both branches": [
        RAW,
        SCALED,
        "if fast:\n    model = Ridge()\nelse:\n    model = Tree()",
        ENDING,
    ],
    "a try": [RAW, "try:\n    X = scale(X)\nexcept ValueError:\n    raise", ENDING],
    "a with": [RAW, "with warnings.catch_warnings():\n    X = scale(X)", ENDING],
    "a condition that always holds": [RAW, "if True:\n    X = scale(X)", ENDING],
    "a function that prepares": [
        RAW,
        """
        def prepared(X):
            return StandardScaler().fit_transform(X)
        X = prepared(X)
        """,
        ENDING,
    ],
    "a function that prepares in place": [
        RAW,
        """
        def prepare(table):
            table["area"] = table["area"].fillna(table["area"].mean())
        prepare(X)
        """,
        ENDING,
    ],
    "a function that scores": [
        RAW,
        SCALED,
        """
        def report(model, train, test, y_train, y_test, digits=3):
            model.fit(train, y_train)
            return round(model.score(test, y_test), digits)
        report(Ridge(), *train_test_split(X, y))
        X_train, X_test, y_train, y_test = train_test_split(X, y)
        report(Ridge(), X_train, X_test, y_train, y_test=y_test)
        """,
    ],
    "a function that fits": [
        RAW,
        SCALED,
        """
        def learn(model, X, y):
            model.fit(X, y)
        X_train, X_test, y_train, y_test = train_test_split(X, y)
        ridge = Ridge()
        learn(ridge, X_train, y_train)
        ridge.score(X_test, y_test)
        """,
    ],
    "a function that splits": [
        RAW,
        """
        def halves(X, y):
            X = StandardScaler().fit_transform(X)
            return train_test_split(X, y)
        X_train, X_test, y_train, y_test = halves(X, y)
        Ridge().fit(X_train, y_train).score(X_test, y_test)
        """,
    ],
    "a function over global names": [
        RAW,
        SCALED,
        """
        X_train, X_test, y_train, y_test = train_test_split(X, y)
        def objective(alpha):
            return Ridge(alpha).fit(X_train, y_train).score(X_test, y_test)
        study.optimize(objective, n_trials=10)
        """,
    ],
    "validation while fitting": [
        RAW,
        SCALED,
        """
        X_train, X_test, y_train, y_test = train_test_split(X, y)
        network.fit(X_train, y_train, validation_data=(X_test, y_test))
        """,
    ],
    "evaluation while fitting": [
        RAW,
        SCALED,
        """
        X_train, X_test, y_train, y_test = train_test_split(X, y)
        booster.fit(X_train, y_train, eval_set=[(X_test, y_test)])
        """,
    ],
    "boosting by its own library": [
        RAW,
        SCALED,
        """
        import xgboost as xgb
        X_train, X_test, y_train, y_test = train_test_split(X, y)
        booster = xgb.train({}, xgb.DMatrix(X_train, label=y_train))
        booster.predict(xgb.DMatrix(X_test))
        """,
    ],
    "the best of a search": [
        RAW,
        SCALED,
        """
        X_train, X_test, y_train, y_test = train_test_split(X, y)
        search = GridSearchCV(Ridge(), {})
        search.fit(X_train, y_train)
        search.best_estimator_.score(X_test, y_test)
        """,
    ],
    "training rows that were oversampled": [
        RAW,
        SCALED,
        """
        from imblearn.over_sampling import SMOTE
        X_train, X_test, y_train, y_test = train_test_split(X, y)
        X_train, y_train = SMOTE().fit_resample(X_train, y_train)
        Ridge().fit(X_train, y_train).score(X_test, y_test)
        """,
    ],
}


@pytest.mark.parametrize("cells", FOLLOWED.values(), ids=FOLLOWED)
def test_the_leak_is_followed(cells: list[str]) -> None:
    assert len(early(*cells)) == 1


LOST = {
    "one branch only": [RAW, f"if scaled:\n    {SCALED}", ENDING],
    "a condition that never holds": [RAW, f"if False:\n    {SCALED}", ENDING],
    "a handler only": [RAW, f"try:\n    pass\nexcept ValueError:\n    {SCALED}", ENDING],
    "a function that is not called": [RAW, f"def scaled(X):\n    {SCALED}\n    return X", ENDING],
    "two functions deep": [
        RAW,
        """
        def inner(X):
            return scale(X)
        def outer(X):
            return inner(X)
        X = outer(X)
        """,
        ENDING,
    ],
    "a generator": [RAW, "def turns(X):\n    yield scale(X)\nX = turns(X)", ENDING],
    "a decorated function": [RAW, "@cached\ndef f(X):\n    return scale(X)\nX = f(X)", ENDING],
    "a function of the notebook with a library's name": [
        RAW,
        """
        def scale(X):
            return X / 255
        X = scale(X)
        """,
        ENDING,
    ],
    "code that nobody sees": [RAW, SCALED, "exec(open('clean.py').read())", ENDING],
    "a new value": [RAW, "X = scale(X)", "X = load()", ENDING],
    "a deleted name": [RAW, SCALED, "del X", ENDING],
    "a method that nobody knows": [RAW, SCALED, "X = X.rolled(7)", ENDING],
    "windows over time": [
        RAW,
        SCALED,
        """
        windows, targets = [], []
        for start in range(60, len(X)):
            windows.append(X[start - 60:start])
            targets.append(y[start])
        X, y = np.array(windows), np.array(targets)
        """,
        ENDING,
    ],
}


@pytest.mark.parametrize("cells", LOST.values(), ids=LOST)
def test_what_is_unsure_is_no_leak(cells: list[str]) -> None:
    assert early(*cells) == []


def test_a_network_that_gives_back_what_it_got_is_not_scored() -> None:
    study = """
    X_train, X_test, y_train, y_test = train_test_split(X, y)
    network.fit(X_train, X_train, validation_data=(X_test, X_test))
    """
    assert early(RAW, SCALED, study) == []


def test_the_nearest_fit_counts() -> None:
    fitted_again = """
    X_train, X_test, y_train, y_test = train_test_split(X, y)
    model = Ridge()
    model.fit(X_train, y_train)
    model.fit(X_test, y_test)
    model.score(X_test, y_test)
    """
    assert early(RAW, SCALED, fitted_again) == []


def test_a_model_may_be_fitted_on_everything_after_its_last_score() -> None:
    split = """
    X_train, X_test, y_train, y_test = train_test_split(X, y)
    scaler = StandardScaler().fit(X_train)
    model = Ridge().fit(scaler.transform(X_train), y_train)
    model.score(scaler.transform(X_test), y_test)
    """
    refit = """
    scaler = StandardScaler().fit(X)
    model = Ridge().fit(scaler.transform(X), y)
    model.predict(scaler.transform(pd.read_csv("new.csv")))
    """
    assert early(RAW, split, refit) == []


SCORES = {
    "scores": "cross_val_score(Ridge(), X, y)",
    "scores by name": "cross_val_score(estimator=Ridge(), X=X, y=y)",
    "a search": "GridSearchCV(Ridge(), {}).fit(X, y)",
    "a search with a name": "search = GridSearchCV(Ridge(), {})\nsearch.fit(X, y)",
    "a part that is set aside": "network.fit(X, y, validation_split=0.2)",
}


@pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)
def test_cross_validation_parts_the_rows_itself(score: str) -> None:
    assert early(RAW, SCALED, score) == ["StandardScaler"]
    assert early(RAW, "pipeline = make_pipeline(StandardScaler(), Ridge())", score) == []


@pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)
def test_training_rows_may_be_prepared_as_one(score: str) -> None:
    """The score on the rows that were set apart before is honest."""
    before = """
    X, X_test, y, y_test = train_test_split(X, y)
    scaler = StandardScaler()
    X = scaler.fit_transform(X)
    """
    assert early(RAW, before, score) == []


@pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)
def test_features_are_not_selected_outside_of_the_folds(score: str) -> None:
    before = """
    X, X_test, y, y_test = train_test_split(X, y)
    X = SelectKBest(k=3).fit_transform(X, y)
    """
    assert early(RAW, before, score) == ["SelectKBest"]


def test_training_and_test_files_may_be_prepared_together_where_nobody_scores_the_latter() -> None:
    competition = """
    train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
    both = pd.concat([train, test])
    both = both.fillna(both.mean())
    X, X_test = both[:len(train)], both[len(train):]
    model = Ridge().fit(X, train["price"])
    submission = pd.DataFrame({"price": model.predict(X_test)})
    """
    assert early(competition) == []
    assert early(competition, 'cross_val_score(Ridge(), X, train["price"])') == ["mean"]


def test_a_scaler_that_is_fitted_after_the_split_on_all_rows_saw_the_test() -> None:
    study = """
    X_train, X_test, y_train, y_test = train_test_split(X, y)
    scaler = StandardScaler().fit(X)
    Ridge().fit(scaler.transform(X_train), y_train).score(scaler.transform(X_test), y_test)
    """
    assert early(RAW, study) == ["StandardScaler"]


def test_rows_that_were_put_together_again_are_all_rows() -> None:
    study = """
    X_train, X_test, y_train, y_test = train_test_split(X, y)
    scaler = StandardScaler().fit(pd.concat([X_train, X_test]))
    Ridge().fit(scaler.transform(X_train), y_train).score(scaler.transform(X_test), y_test)
    """
    assert early(RAW, study) == ["StandardScaler"]


def test_evaluations_are_told_in_order() -> None:
    found = followed(RAW, SCALED, ENDING, "cross_val_score(Ridge(), X, y)").evaluations
    assert [(evaluation.cell, evaluation.splits) for evaluation in found] == [(3, False), (4, True)]


def test_a_notebook_that_a_program_wrote_is_left_in_the_middle() -> None:
    long = "\n".join(f"x{number} = {number}" for number in range(6000))
    assert early(RAW, SCALED, ENDING, long) == ["StandardScaler"]
    assert early(long, RAW, SCALED, ENDING) == []


ODD = [
    "def f(*a, b=1, **c):\n    return a\nX = f(1, *X, b=2, **y)",
    "X[0], y[:, 1], (a, *b) = X, y, [1, 2, 3]",
    "def f(X):\n    raise ValueError\nX = f(X)",
    "def f(X):\n    global y\n    y = X\nf(X)",
    "def f():\n    return f()\nf()",
    "X = X[...]\nX = X[()]\nX = X[None]\nX = X[::2]\nX = X[1:2, 3:4, 5]",
    "X.fit()\nX.predict()\nX.transform()\nX.drop()\nX.sample()\nX.head()",
    "train_test_split()\ntrain_test_split(*X)\nnp.concatenate()\npd.concat([])\nnp.mean()",
    "StandardScaler().fit()\nStandardScaler().transform()\nGridSearchCV().fit()",
    "cross_val_score()\nKFold().split()\nnext(KFold().split(X))",
    "match X:\n    case [a, b]:\n        pass\n    case _:\n        y = a",
    "while X:\n    X = X - 1\n    break",
    "X = lambda: X\nX()",
    "X = {**X, 'a': X}",
    "X = (y := X)",
    "for X.a in X:\n    continue",
    "del X.a, y[0]",
    "X |= y\nX &= y\nX = ~X\nX = ~~X",
]


@pytest.mark.parametrize("cell", ODD)
def test_nothing_odd_stops_it(cell: str) -> None:
    assert isinstance(early(RAW, cell, SCALED, ENDING), list)
