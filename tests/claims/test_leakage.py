"""Scores that are too good because test rows were seen before the split."""

from tests.claims.kernel import Kernel
from tests.claims.libraries import needed

needed("numpy", "sklearn")

# Pure noise: no model can tell the classes apart, so an honest score is about one half.
NOISE = """\
import numpy as np
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(0)
X, y = rng.normal(size=(100, 5000)), rng.integers(0, 2, size=100)
model = LogisticRegression()
"""
BEFORE = """\
chosen = SelectKBest(k=20).fit_transform(X, y)
scores = []
for seed in range(10):
    X_train, X_test, y_train, y_test = train_test_split(chosen, y, random_state=seed)
    scores.append(model.fit(X_train, y_train).score(X_test, y_test))
"""
AFTER = """\
scores = []
for seed in range(10):
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed)
    select = SelectKBest(k=20).fit(X_train, y_train)
    model.fit(select.transform(X_train), y_train)
    scores.append(model.score(select.transform(X_test), y_test))
"""


def mean_score(kernel: Kernel) -> float:
    return float(kernel.value("float(np.mean(scores))"))


def test_nb801_features_chosen_before_the_split_predict_noise(kernel: Kernel) -> None:
    assert kernel.run(NOISE, BEFORE).error == ""
    assert mean_score(kernel) > 0.8
    assert kernel.run(AFTER).error == ""
    assert 0.35 < mean_score(kernel) < 0.65


def test_nb801_cross_validation_needs_the_choice_inside_a_pipeline(kernel: Kernel) -> None:
    outside = "scores = cross_val_score(model, SelectKBest(k=20).fit_transform(X, y), y)"
    assert kernel.run(NOISE, outside).error == ""
    assert mean_score(kernel) > 0.8
    inside = "scores = cross_val_score(make_pipeline(SelectKBest(k=20), model), X, y)"
    assert kernel.run(inside).error == ""
    assert 0.3 < mean_score(kernel) < 0.7


def test_nb802_a_scaler_that_is_fitted_again_moves_the_test_rows(kernel: Kernel) -> None:
    setup = """\
rows = np.array([[0.0], [2.0], [4.0]])
new = rows + 100
scaler = StandardScaler().fit(rows)
right = scaler.transform(new)
wrong = StandardScaler().fit_transform(new)
same = StandardScaler().fit_transform(rows)
"""
    assert kernel.run(NOISE, setup).error == ""
    assert kernel.value("bool(np.allclose(wrong, same)), float(right.min()) > 50") == (True, True)
