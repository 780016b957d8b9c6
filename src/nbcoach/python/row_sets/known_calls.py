"""What is known of classes, functions and methods that move rows about."""

from typing import Final

from nbcoach.python.row_sets.values import Learns

# Packages whose classes of these names mean the same.
PACKAGES: Final = frozenset(
    "sklearn cuml dask_ml feature_engine category_encoders sklearn_pandas imblearn".split()
)

_FEATURES: Final = """
    AdditiveChi2Sampler DictionaryLearning FactorAnalysis FastICA FeatureAgglomeration Imputer
    IncrementalPCA Isomap IterativeImputer KBinsDiscretizer KernelCenterer KernelPCA KNNImputer
    LatentDirichletAllocation LocallyLinearEmbedding MaxAbsScaler MinMaxScaler MiniBatchNMF
    MiniBatchSparsePCA NMF Nystroem PCA PowerTransformer QuantileTransformer RandomizedPCA
    RobustScaler SimpleImputer SparsePCA SplineTransformer StandardScaler TruncatedSVD
    VarianceThreshold CountVectorizer TfidfTransformer TfidfVectorizer
    MeanMedianImputer EqualFrequencyDiscretiser EqualWidthDiscretiser Winsorizer
    KMeans MiniBatchKMeans BisectingKMeans Birch GaussianMixture BayesianGaussianMixture
"""
_TARGET: Final = """
    GenericUnivariateSelect LinearDiscriminantAnalysis PLSRegression RFE RFECV SelectFdr SelectFpr
    SelectFromModel SelectFwe SelectKBest SelectPercentile SequentialFeatureSelector
    NeighborhoodComponentsAnalysis TargetEncoder CatBoostEncoder LeaveOneOutEncoder
    JamesSteinEncoder MEstimateEncoder WOEEncoder MeanEncoder
"""
_CODES: Final = "LabelEncoder OneHotEncoder OrdinalEncoder LabelBinarizer DictVectorizer"
_COMPOSITES: Final = "ColumnTransformer DataFrameMapper FeatureUnion Pipeline"
_NOTHING: Final = """
    Binarizer FunctionTransformer HashingVectorizer MissingIndicator MultiLabelBinarizer Normalizer
    PolynomialFeatures
"""

LEARNERS: Final[dict[str, Learns]] = {
    **dict.fromkeys(_NOTHING.split() + _COMPOSITES.split(), ""),
    **dict.fromkeys(_CODES.split(), "codes"),
    **dict.fromkeys(_FEATURES.split(), "features"),
    **dict.fromkeys(_TARGET.split(), "target"),
}
# Their steps say what they learn.
COMPOSITES: Final = frozenset(_COMPOSITES.split()) | {
    "make_column_transformer",
    "make_pipeline",
    "make_union",
}
# Their `predict` names groups, so it is a feature and no score.
GROUPERS: Final = frozenset(
    "KMeans MiniBatchKMeans BisectingKMeans Birch GaussianMixture BayesianGaussianMixture".split()
)
SEARCHES: Final = frozenset(
    "GridSearchCV HalvingGridSearchCV HalvingRandomSearchCV RandomizedSearchCV".split()
)
SPLITTERS: Final = frozenset(
    """
    GroupKFold GroupShuffleSplit KFold LeaveOneGroupOut LeaveOneOut LeavePOut RepeatedKFold
    RepeatedStratifiedKFold ShuffleSplit StratifiedGroupKFold StratifiedKFold
    StratifiedShuffleSplit TimeSeriesSplit
    """.split()
)
# They score a model (the first argument) on parts of the data (the second).
CROSS_VALIDATIONS: Final = frozenset(
    """
    cross_val_predict cross_val_score cross_validate learning_curve permutation_test_score
    validation_curve
    """.split()
)
SCALING_FUNCTIONS: Final = frozenset(
    "maxabs_scale minmax_scale power_transform quantile_transform robust_scale scale".split()
)

# Statistics that one row moves. The most frequent value hardly ever moves, and a maximum is
# mostly that of the measure: pixels up to 255.
STATISTICS: Final = frozenset(
    """
    average mean median nanmean nanmedian nanpercentile nanquantile nanstd nanvar percentile
    quantile std var
    """.split()
)

# Functions of numpy whose result has the rows of their arguments.
ELEMENTWISE: Final = frozenset(
    """
    abs absolute add arcsinh array asarray ascontiguousarray asfarray cbrt ceil clip copy cos
    divide exp expand_dims expm1 float32 float64 floor int32 int64 log log10 log1p log2 maximum
    minimum multiply nan_to_num negative power ravel reciprocal reshape rint round sign sin sqrt
    square squeeze subtract tanh
    """.split()
)
# The same for methods of tables, arrays and matrices.
ROW_WISE: Final = frozenset(
    """
    abs add apply applymap asfreq assign astype clip compute copy div divide drop drop_duplicates
    dropna filter float flatten get infer_objects join lower lstrip map mask merge mul
    multiply numpy pow ravel rename replace reset_index reshape round rstrip set_axis set_index
    squeeze str strip sub subtract to_dense to_frame to_numpy toarray toarray tocsc tocsr todense
    tolist transform truediv upper where with_columns
    """.split()
)
# Rows in another order.
REORDERING: Final = frozenset({"sort_index", "sort_values", "sort"})
SCORES: Final = frozenset({"evaluate", "evaluate_generator", "score"})
PREDICTIONS: Final = frozenset(
    """
    decision_function predict predict_classes predict_generator predict_log_proba predict_proba
    """.split()
)
FITS: Final = frozenset({"fit", "fit_generator", "partial_fit"})
RESAMPLES: Final = frozenset({"fit_resample", "fit_sample"})
