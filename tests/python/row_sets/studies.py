"""Small studies to be followed: notebooks that prepare data, fit a model and score it."""

from textwrap import dedent

from nbcoach.notebook import CodeCell, Notebook
from nbcoach.python.row_sets import Leak, RowSets

IMPORTS = """
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.feature_selection import SelectKBest, SelectPercentile, chi2
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score, train_test_split
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import LabelEncoder, MinMaxScaler, Normalizer, OneHotEncoder
from sklearn.preprocessing import StandardScaler, scale
frame = pd.read_csv("houses.csv")
"""
# The plain ending of a study: `X` and `y` are split, a model is fitted and scored.
ENDING = """
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = Ridge().fit(X_train, y_train)
model.score(X_test, y_test)
"""


def followed(*cells: str) -> RowSets:
    """The analysis of a study with these cells below the imports."""
    sources = [IMPORTS, *map(dedent, cells)]
    made = [CodeCell(index, None, source, {}) for index, source in enumerate(sources)]
    return Notebook("study.ipynb", (4, 5), "python", {}, tuple(made)).row_sets


def early(*cells: str) -> list[str]:
    """The names of what saw test rows before the split."""
    return _names(followed(*cells).fitted_before_split)


def anew(*cells: str) -> list[str]:
    """The names of what was fitted on test rows alone."""
    return _names(followed(*cells).fitted_on_test)


def _names(leaks: tuple[Leak, ...]) -> list[str]:
    found = {leak.reduction.node: leak.reduction.name for leak in leaks}
    return list(found.values())
