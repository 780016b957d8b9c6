"""What learns from many rows, what works on each by itself, and into which columns it goes."""

import pytest

from tests.python.row_sets.studies import ENDING, early, followed

LEARNING = {
    "a scaler": ("X = StandardScaler().fit_transform(X)", "StandardScaler"),
    "a scaler in two steps": (
        "scaler = MinMaxScaler()\nscaler.fit(X)\nX = scaler.transform(X)",
        "MinMaxScaler",
    ),
    "a scaler in one chain": ("X = MinMaxScaler().fit(X).transform(X)", "MinMaxScaler"),
    "a scaler behind an array": (
        "X = pd.DataFrame(StandardScaler().fit_transform(X.values), columns=X.columns)",
        "StandardScaler",
    ),
    "a function": ("X = scale(X)", "scale"),
    "an imputer": ('X = SimpleImputer(strategy="mean").fit_transform(X)', "SimpleImputer"),
    "components": ("X = PCA(2).fit_transform(X)", "PCA"),
    "words": ('X = TfidfVectorizer().fit_transform(frame["text"])', "TfidfVectorizer"),
    "a selection": ("X = SelectKBest(chi2, k=3).fit_transform(X, y)", "SelectKBest"),
    "a selection by its columns": (
        "selector = SelectKBest(k=3).fit(X, y)\nX = X[X.columns[selector.get_support()]]",
        "SelectKBest",
    ),
    "columns by columns": (
        'X = ColumnTransformer([("n", StandardScaler(), ["area"])]).fit_transform(X)',
        "ColumnTransformer",
    ),
    "a pipeline": ("X = make_pipeline(SimpleImputer(), PCA(2)).fit_transform(X)", "make_pipeline"),
    "a mean": ("X = X - X.mean()", "mean"),
    "a mean by numpy": ("X = X - np.mean(X, axis=0)", "mean"),
    "a deviation": ("X /= X.std()", "std"),
    "means in the gaps": ("X = X.fillna(X.mean())", "mean"),
    "means in the gaps, in place": ("X.fillna(X.median(), inplace=True)", "median"),
    "quantiles": ("X['band'] = pd.qcut(X['area'], 4)", "qcut"),
    "limits": ("X = X.clip(upper=X.quantile(0.99))", "quantile"),
    "a mean where it is missing": (
        'X["area"] = np.where(X["area"].isnull(), X["area"].mean(), X["area"])',
        "mean",
    ),
    "a mean for each column": ('X = X.fillna({"area": X["area"].mean()})', "mean"),
    "a loop over columns": (
        'for name in ["area", "rooms"]:\n    X[name] = X[name].fillna(X[name].mean())',
        "mean",
    ),
    "columns of an array": (
        "X = X.values\nX[:, 1:3] = SimpleImputer().fit(X[:, 1:3]).transform(X[:, 1:3])",
        "SimpleImputer",
    ),
    "an attribute": ("X.area = X.area.fillna(X.area.mean())", "mean"),
    "a column in place": ('X["area"].fillna(X["area"].mean(), inplace=True)', "mean"),
    "located columns": (
        'X.loc[:, ["area"]] = StandardScaler().fit_transform(X[["area"]])',
        "StandardScaler",
    ),
    "a new column": ('X = X.assign(area=X["area"] / X["area"].std())', "std"),
    "stacked columns": (
        "X = np.hstack([X, PCA(1).fit_transform(X)])",
        "PCA",
    ),
}
RAW = 'X, y = frame.drop(columns="price"), frame["price"]'


@pytest.mark.parametrize(("step", "name"), LEARNING.values(), ids=LEARNING)
def test_what_learns_from_all_rows_is_found(step: str, name: str) -> None:
    assert name in early(RAW, step, ENDING)


@pytest.mark.parametrize(("step", "name"), LEARNING.values(), ids=LEARNING)
def test_it_may_learn_from_rows_that_meet_no_model(step: str, name: str) -> None:
    """Pictures of components, summaries and studies without a score."""
    assert name
    assert early(RAW, step) == []
    assert early(RAW, step, "model = Ridge().fit(X, y)\nmodel.predict(X)") == []
    assert early(RAW, "original = X.copy()", step, "X = original", ENDING) == []


def test_a_mean_in_the_gaps_is_told_from_one_that_is_taken_off() -> None:
    filled = followed(RAW, 'X["area"] = X["area"].fillna(X["area"].mean())', ENDING)
    located = followed(RAW, 'X.loc[X["area"].isna(), "area"] = X["area"].mean()', ENDING)
    chosen = followed(
        RAW, 'X["area"] = np.where(X["area"].isna(), X["area"].mean(), X["area"])', ENDING
    )
    taken_off = followed(RAW, 'X["area"] = X["area"] - X["area"].mean()', ENDING)
    studies = (filled, located, chosen, taken_off)
    fills = [[leak.reduction.fills for leak in s.fitted_before_split] for s in studies]
    assert fills == [[True], [True], [True], [False]]


HARMLESS = {
    "logarithms": "X = np.log1p(X)",
    "types": 'X = X.astype("float32")',
    "fewer columns": 'X = X.drop(columns=["id"])',
    "zeros in the gaps": "X = X.fillna(0)",
    "the last value in the gaps": 'X = X.fillna(method="ffill")',
    "the most frequent value": 'X = SimpleImputer(strategy="most_frequent").fit_transform(X)',
    "a constant in the gaps": 'X = SimpleImputer(strategy="constant").fit_transform(X)',
    "rows by themselves": "X = Normalizer().fit_transform(X)",
    "means of rows": "X['mean'] = X.mean(axis=1)",
    "means of rows by numpy": "X = X - np.mean(X, axis=1)",
    "dummies": "X = pd.get_dummies(X)",
    "codes of categories": "X['kind'] = LabelEncoder().fit_transform(X['kind'])",
    "categories in columns": "X = OneHotEncoder().fit_transform(X)",
    "labels of the target": "y = LabelEncoder().fit_transform(y)",
    "the target scaled": "y = StandardScaler().fit_transform(y)",
    "a target at the median": "y = y > y.median()",
    "outliers by quantiles": "X = X[X['area'] < X['area'].quantile(0.99)]",
    "a given vocabulary": "X = CountVectorizer(vocabulary=words).fit_transform(X)",
    "a scheme nobody knows": "X = Cleaner().fit_transform(X)",
    "a function nobody knows": "X = cleaned(X)",
    "a statistic that is printed": "print(X.mean(), X.std())",
    "pixels": "X = X / 255.0",
    "groups": "X['mean'] = X.groupby('street')['area'].transform('mean')",
    "oversampling, which is another leak": (
        "from imblearn.over_sampling import SMOTE\nX, y = SMOTE().fit_resample(X, y)"
    ),
    "copies, which are another leak": (
        "from sklearn.utils import resample\nX, y = resample(X, y, replace=True)"
    ),
}


@pytest.mark.parametrize("step", HARMLESS.values(), ids=HARMLESS)
def test_what_learns_nothing_from_other_rows_is_let_be(step: str) -> None:
    assert early(RAW, step, ENDING) == []


COLUMNS = {
    "a column that is left behind": (
        'frame["scaled"] = scale(frame["area"])\nX, y = frame[["rooms", "age"]], frame["price"]'
    ),
    "a column that is dropped": (
        'frame["scaled"] = scale(frame["area"])\nX = frame.drop(columns=["scaled", "price"])\n'
        'y = frame["price"]'
    ),
    "the target": (
        'frame["price"] = scale(frame["price"])\nX = frame.drop("price", axis=1)\n'
        'y = frame["price"]'
    ),
    "a column that is made anew": (
        'X, y = frame.drop(columns="price"), frame["price"]\n'
        'X["area"] = scale(X["area"])\nX["area"] = frame["area"]'
    ),
    "columns that nobody knows": (
        'frame["scaled"] = scale(frame["area"])\nX, y = frame[names], frame["price"]'
    ),
    "components beside the text": (
        'points = PCA(2).fit_transform(frame[["area"]])\n'
        "wide = pd.concat([frame, pd.DataFrame(points)], axis=1)\n"
        'X, y = wide[["rooms"]], wide["price"]'
    ),
    "a scaled copy": 'wide = scale(frame)\nX, y = frame.drop(columns="price"), frame["price"]',
}


@pytest.mark.parametrize("study", COLUMNS.values(), ids=COLUMNS)
def test_columns_that_the_model_does_not_see_do_not_matter(study: str) -> None:
    assert early(study, ENDING) == []


USED_COLUMNS = {
    "by its name": 'frame["scaled"] = scale(frame["area"])\nX = frame[["scaled", "rooms"]]',
    "by a list": (
        'names = ["area", "rooms"]\nframe[names] = StandardScaler().fit_transform(frame[names])\n'
        "X = frame[names]"
    ),
    "by a list that nobody knows": (
        "names = [name for name in frame.columns if name != 'price']\n"
        "frame[names] = StandardScaler().fit_transform(frame[names])\nX = frame[names]"
    ),
    "by a sum of lists": (
        'numbers, others = ["area"], ["kind"]\nframe["area"] = scale(frame["area"])\n'
        "X = frame[numbers + others]"
    ),
    "with all others": 'frame["area"] = scale(frame["area"])\nX = frame.drop("price", axis=1)',
}


@pytest.mark.parametrize("study", USED_COLUMNS.values(), ids=USED_COLUMNS)
def test_columns_that_the_model_sees_do(study: str) -> None:
    assert len(early(study, 'y = frame["price"]', ENDING)) == 1
