"""Which calls of well-known libraries draw random numbers, and which seed them: data."""

from typing import Final

# The global generators, by the library that has them.
RANDOM: Final = "random"
NUMPY: Final = "numpy"
TORCH: Final = "torch"
CUDA: Final = "cuda"
TENSORFLOW: Final = "tensorflow"
EVERY: Final = frozenset({RANDOM, NUMPY, TORCH, CUDA, TENSORFLOW})

# Functions that seed global generators. Any other import that is named like a seed may seed all.
SEEDERS: Final = {
    "random.seed": frozenset({RANDOM}),
    "numpy.random.seed": frozenset({NUMPY}),
    "torch.manual_seed": frozenset({TORCH, CUDA}),
    "torch.random.manual_seed": frozenset({TORCH, CUDA}),
    "torch.cuda.manual_seed": frozenset({CUDA}),
    "torch.cuda.manual_seed_all": frozenset({CUDA}),
    "torch.cuda.random.manual_seed": frozenset({CUDA}),
    "torch.cuda.random.manual_seed_all": frozenset({CUDA}),
    "tensorflow.random.set_seed": frozenset({TENSORFLOW}),
    "tensorflow.set_random_seed": frozenset({TENSORFLOW}),
    "tensorflow.compat.v1.set_random_seed": frozenset({TENSORFLOW}),
}

# Functions that ask for a seed, or make a generator of their own from one.
OWN_SEEDS: Final = frozenset(
    """
    jax.random.PRNGKey jax.random.key numpy.random.MT19937 numpy.random.PCG64
    numpy.random.Philox numpy.random.RandomState numpy.random.SeedSequence
    numpy.random.default_rng random.Random torch.initial_seed
    """.split()
)

_PYTHON_DRAWS: Final = """
    betavariate choice choices expovariate gammavariate gauss getrandbits lognormvariate
    normalvariate paretovariate randbytes randint random randrange sample shuffle triangular
    uniform vonmisesvariate weibullvariate
"""
_NUMPY_DRAWS: Final = """
    beta binomial bytes chisquare choice dirichlet exponential f gamma geometric gumbel
    hypergeometric laplace logistic lognormal logseries multinomial multivariate_normal
    negative_binomial noncentral_chisquare noncentral_f normal pareto permutation poisson power
    rand randint randn random random_integers random_sample ranf rayleigh sample shuffle
    standard_cauchy standard_exponential standard_gamma standard_normal standard_t triangular
    uniform vonmises wald weibull zipf
"""
_TORCH_DRAWS: Final = "bernoulli multinomial normal poisson rand randint randn randperm"
_TORCH_LIKE_DRAWS: Final = "rand_like randint_like randn_like"
_TORCH_LAYERS: Final = """
    Bilinear Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d Embedding
    EmbeddingBag GRU GRUCell LSTM LSTMCell Linear MultiheadAttention RNN RNNCell Transformer
    TransformerDecoder TransformerDecoderLayer TransformerEncoder TransformerEncoderLayer
"""
_TENSORFLOW_DRAWS: Final = "categorical gamma normal poisson shuffle truncated_normal uniform"
_KERAS_LAYERS: Final = """
    Bidirectional Conv1D Conv2D Conv2DTranspose Conv3D Dense Embedding GRU LSTM
    MultiHeadAttention SeparableConv2D SimpleRNN
"""
_SKLEARN_DRAWS: Final = """
    cluster.BisectingKMeans cluster.KMeans cluster.MiniBatchKMeans cluster.SpectralClustering
    cluster.k_means datasets.make_biclusters datasets.make_blobs datasets.make_checkerboard
    datasets.make_classification datasets.make_friedman1 datasets.make_friedman2
    datasets.make_friedman3 datasets.make_gaussian_quantiles datasets.make_hastie_10_2
    datasets.make_low_rank_matrix datasets.make_multilabel_classification
    datasets.make_regression datasets.make_s_curve datasets.make_swiss_roll
    decomposition.DictionaryLearning decomposition.LatentDirichletAllocation
    ensemble.AdaBoostClassifier ensemble.AdaBoostRegressor ensemble.BaggingClassifier
    ensemble.BaggingRegressor ensemble.ExtraTreesClassifier ensemble.ExtraTreesRegressor
    ensemble.IsolationForest ensemble.RandomForestClassifier ensemble.RandomForestRegressor
    inspection.permutation_importance linear_model.SGDClassifier linear_model.SGDRegressor
    manifold.MDS manifold.TSNE mixture.BayesianGaussianMixture mixture.GaussianMixture
    model_selection.RandomizedSearchCV neural_network.BernoulliRBM neural_network.MLPClassifier
    neural_network.MLPRegressor random_projection.GaussianRandomProjection
    random_projection.SparseRandomProjection utils.resample utils.shuffle
"""


def _draws(module: str, names: str, family: str, argument: str = "") -> dict[str, tuple[str, str]]:
    return {f"{module}.{name}": (family, argument) for name in names.split()}


# What draws from a global generator, and the argument that would give it another one.
DRAWS: Final = {
    **_draws("random", _PYTHON_DRAWS, RANDOM),
    **_draws("numpy.random", _NUMPY_DRAWS, NUMPY),
    **_draws("torch", _TORCH_DRAWS, TORCH, "generator"),
    **_draws("torch", _TORCH_LIKE_DRAWS, TORCH),
    **_draws("torch.nn", _TORCH_LAYERS, TORCH),
    **_draws("torch.utils.data", "DataLoader", TORCH, "generator"),
    **_draws("tensorflow.random", _TENSORFLOW_DRAWS, TENSORFLOW, "seed"),
    **_draws("tensorflow.keras.layers", _KERAS_LAYERS, TENSORFLOW),
    **_draws("keras.layers", _KERAS_LAYERS, TENSORFLOW),
    **_draws("sklearn", _SKLEARN_DRAWS, NUMPY, "random_state"),
}

_SHUFFLED: Final = "GroupKFold KFold StratifiedGroupKFold StratifiedKFold "
_ALWAYS_RANDOM: Final = """
    GroupShuffleSplit RepeatedKFold RepeatedStratifiedKFold ShuffleSplit StratifiedShuffleSplit
    train_test_split
"""

# What splits data at random, in the form of `DRAWS`.
SPLITS: Final = {
    **_draws("sklearn.model_selection", _SHUFFLED + _ALWAYS_RANDOM, NUMPY, "random_state"),
    **_draws("sklearn.cross_validation", _SHUFFLED + _ALWAYS_RANDOM, NUMPY, "random_state"),
    **_draws("torch.utils.data", "random_split", TORCH, "generator"),
    **_draws("torch.utils.data.dataset", "random_split", TORCH, "generator"),
}

# What draws only if it is to shuffle, and whether it does where nobody says so.
SHUFFLES: Final = {
    "torch.utils.data.DataLoader": False,
    "sklearn.model_selection.train_test_split": True,
    **{
        f"sklearn.{module}.{name}": False
        for module in ("model_selection", "cross_validation")
        for name in _SHUFFLED.split()
    },
}
