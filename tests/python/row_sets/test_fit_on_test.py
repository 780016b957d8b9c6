"""What is learned anew from the test rows."""

import pytest

from tests.python.row_sets.studies import anew, early

SPLIT = """
X_train, X_test, y_train, y_test = train_test_split(frame.drop(columns="price"), frame["price"])
"""
SCORE = "Ridge().fit(X_train, y_train).score(X_test, y_test)"

ANEW = {
    "one scaler twice": """
        scaler = StandardScaler()
        X_train = scaler.fit_transform(X_train)
        X_test = scaler.fit_transform(X_test)
        """,
    "two scalers": """
        X_train = StandardScaler().fit_transform(X_train)
        X_test = StandardScaler().fit_transform(X_test)
        """,
    "in two steps": """
        scaler = StandardScaler()
        X_train = scaler.fit(X_train).transform(X_train)
        scaler.fit(X_test)
        X_test = scaler.transform(X_test)
        """,
    "a function": "X_train, X_test = scale(X_train), scale(X_test)",
    "means": """
        X_train = X_train.fillna(X_train.mean())
        X_test = X_test.fillna(X_test.mean())
        """,
    "a mean of one column": """
        X_train["area"] = X_train["area"].fillna(np.mean(X_train["area"]))
        X_test["area"] = X_test["area"].fillna(np.mean(X_test["area"]))
        """,
    "codes": """
        encoder = LabelEncoder()
        X_train["kind"] = encoder.fit_transform(X_train["kind"])
        X_test["kind"] = encoder.fit_transform(X_test["kind"])
        """,
    "a function of the notebook": """
        def prepared(X):
            return StandardScaler().fit_transform(X)
        X_train, X_test = prepared(X_train), prepared(X_test)
        """,
}


@pytest.mark.parametrize("cell", ANEW.values(), ids=ANEW)
def test_it_is_found(cell: str) -> None:
    assert len(anew(SPLIT, cell, SCORE)) == 1
    assert early(SPLIT, cell, SCORE) == []


RIGHT = {
    "transformed": """
        scaler = StandardScaler()
        X_train = scaler.fit_transform(X_train)
        X_test = scaler.transform(X_test)
        """,
    "only the test": "X_test = StandardScaler().fit_transform(X_test)",
    "another class": """
        X_train = StandardScaler().fit_transform(X_train)
        X_test = MinMaxScaler().fit_transform(X_test)
        """,
    "means of the training rows": """
        means = X_train.mean()
        X_train, X_test = X_train.fillna(means), X_test.fillna(means)
        """,
    "the target": """
        y_train = LabelEncoder().fit_transform(y_train)
        y_test = LabelEncoder().fit_transform(y_test)
        """,
    "rows by themselves": """
        X_train = Normalizer().fit_transform(X_train)
        X_test = Normalizer().fit_transform(X_test)
        """,
    "a picture of each": """
        points = PCA(2).fit_transform(X_train)
        others = PCA(2).fit_transform(X_test)
        """,
}


@pytest.mark.parametrize("cell", RIGHT.values(), ids=RIGHT)
def test_the_rest_is_let_be(cell: str) -> None:
    assert anew(SPLIT, cell, SCORE) == []


def test_no_score_no_harm() -> None:
    assert anew(SPLIT, ANEW["one scaler twice"]) == []


def test_two_halves_may_take_turns() -> None:
    study = """
    first = Ridge().fit(X_train, y_train).predict(X_test)
    second = Ridge().fit(X_test, y_test).predict(X_train)
    """
    assert anew(SPLIT, study) == []


def test_files_of_a_competition_are_no_split() -> None:
    study = """
    X_train, X_test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
    X_train = StandardScaler().fit_transform(X_train)
    X_test = StandardScaler().fit_transform(X_test)
    """
    assert anew(study, "Ridge().fit(X_train, y_train).predict(X_test)") == []


def test_the_data_sets_of_keras_come_in_two_parts() -> None:
    study = """
    from tensorflow import keras
    (X_train, y_train), (X_test, y_test) = keras.datasets.boston_housing.load_data()
    X_train = StandardScaler().fit_transform(X_train)
    X_test = StandardScaler().fit_transform(X_test)
    network.fit(X_train, y_train)
    network.evaluate(X_test, y_test)
    """
    assert anew(study) == ["StandardScaler"]
