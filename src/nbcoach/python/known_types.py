"""What functions, methods and attributes of well-known libraries give: data for type inference."""

import re
from typing import Final

_TENSOR: Final = "torch.Tensor"
_MODULE: Final = "torch.nn.Module"
_PIPELINE: Final = "diffusers.DiffusionPipeline"
_FRAME: Final = "pandas.DataFrame"
_SERIES: Final = "pandas.Series"
_ARRAY: Final = "numpy.ndarray"


def _rows(kind: str, prefix: str, names: str) -> dict[str, str]:
    return {f"{prefix}.{name}": kind for name in names.split()}


def _methods(kind: str, returned: str, names: str) -> dict[tuple[str, str], str]:
    return {(kind, name): returned for name in names.split()}


_TORCH_FACTORIES = """
    arange as_tensor empty empty_like eye from_numpy full full_like linspace logspace normal ones
    ones_like rand rand_like randint randint_like randn randn_like randperm tensor tril_indices
    triu_indices zeros zeros_like
"""
_TORCH_FUNCTIONS = """
    abs add argmax argmin argsort bernoulli bmm cat clamp concat concatenate cos cosine_similarity
    cumsum cumprod diag diagonal div dot einsum eq exp flatten flip floor gather ger log log10
    log2 log_softmax logsumexp masked_select matmul mean mm mul multinomial neg norm outer permute
    pow prod relu reshape round rsqrt sigmoid sign sin softmax sqrt square squeeze stack std sub
    sum tan tanh tile transpose tril triu unsqueeze var where
"""
_TORCH_FUNCTIONAL = """
    binary_cross_entropy binary_cross_entropy_with_logits conv1d conv2d conv3d cosine_similarity
    cross_entropy dropout elu embedding gelu interpolate kl_div l1_loss layer_norm leaky_relu
    linear log_softmax logsigmoid mse_loss nll_loss normalize one_hot pad pairwise_distance relu
    relu6 sigmoid silu smooth_l1_loss softmax softplus tanh triplet_margin_loss
"""
_TENSOR_METHODS = """
    abs add add_ bfloat16 bool byte clamp clamp_ clone contiguous cos cpu cuda cumsum detach
    detach_ div div_ double eq exp expand expand_as fill_ flatten flip float floor gather ge gt
    half int le log log_softmax long lt masked_fill masked_fill_ matmul mean mm mul mul_ ne neg
    norm normal_ permute pin_memory pow prod relu repeat requires_grad_ reshape round scatter_
    sigmoid sign sin softmax sqrt square squeeze squeeze_ std sub sub_ sum t tanh to transpose
    type_as uniform_ unsqueeze unsqueeze_ var view view_as zero_ argmax argmin argsort
"""

# Functions that make a tensor of something else, or of nothing.
FACTORIES: Final = frozenset(f"torch.{name}" for name in _TORCH_FACTORIES.split())

# Functions and classes by their dotted names: what a call gives.
RETURNS: Final = {
    **_rows(_TENSOR, "torch", _TORCH_FACTORIES + _TORCH_FUNCTIONS),
    **_rows(_TENSOR, "torch.nn.functional", _TORCH_FUNCTIONAL),
    "torch.Tensor": _TENSOR,
    "torch.nn.Parameter": _TENSOR,
    "torch.nn.parameter.Parameter": _TENSOR,
    "torch.device": "torch.device",
    "torch.jit.load": _MODULE,
    "timm.create_model": _MODULE,
    "torch.utils.data.DataLoader": "torch.utils.data.DataLoader",
    "torch.utils.data.Dataset": "torch.utils.data.Dataset",
    "torch.utils.data.TensorDataset": "torch.utils.data.Dataset",
    "torch.cuda.is_available": "bool",
    "torch.cuda.device_count": "int",
    "torch.cuda.get_device_name": "str",
    "pytorch_lightning.LightningModule": _MODULE,
    "lightning.LightningModule": _MODULE,
    "torch.nn.Module": _MODULE,
    **_rows(
        _FRAME,
        "pandas",
        "DataFrame read_csv read_excel read_feather read_fwf read_json read_orc read_parquet "
        "read_sql read_sql_query read_sql_table read_stata read_table get_dummies merge crosstab "
        "pivot_table melt json_normalize merge_asof merge_ordered",
    ),
    **_rows(_SERIES, "pandas", "Series"),
    **_rows(
        _ARRAY,
        "numpy",
        "arange array asarray ascontiguousarray column_stack concatenate empty empty_like eye "
        "full full_like geomspace hstack identity linspace loadtxt logspace ones ones_like "
        "reshape stack tile vstack zeros zeros_like",
    ),
    **_rows(_ARRAY, "numpy.random", "permutation"),
    "pathlib.Path": "pathlib.Path",
    "collections.Counter": "collections.Counter",
    "collections.defaultdict": "collections.defaultdict",
    "collections.OrderedDict": "collections.OrderedDict",
}

# Builtins that always give the same type.
BUILTINS: Final = {
    "bool": "bool",
    "bytes": "bytes",
    "complex": "complex",
    "dict": "dict",
    "float": "float",
    "frozenset": "frozenset",
    "hash": "int",
    "id": "int",
    "input": "str",
    "int": "int",
    "len": "int",
    "list": "list",
    "ord": "int",
    "print": "NoneType",
    "range": "range",
    "repr": "str",
    "set": "set",
    "sorted": "list",
    "str": "str",
    "tuple": "tuple",
}

# Imported names that are values.
VALUES: Final = {"math.pi": "float", "math.e": "float", "math.inf": "float"}

# Methods by the type of their object.
METHODS: Final = {
    **_methods(_TENSOR, _TENSOR, _TENSOR_METHODS),
    **_methods(_TENSOR, _ARRAY, "numpy"),
    **_methods(_TENSOR, "list", "tolist"),
    **_methods(_TENSOR, "int", "dim numel nelement ndimension"),
    **_methods(
        _MODULE,
        _MODULE,
        "to cuda cpu train eval half float double requires_grad_ apply share_memory",
    ),
    **_methods(_PIPELINE, _PIPELINE, "to"),
    **_methods(
        _FRAME,
        _FRAME,
        "abs assign astype copy describe drop drop_duplicates dropna fillna filter head join merge "
        "nlargest nsmallest query rename replace reset_index round sample select_dtypes set_index "
        "sort_index sort_values tail transpose clip interpolate melt pivot pivot_table bfill ffill "
        "isna isnull notna notnull reindex corr cov",
    ),
    **_methods(_FRAME, _ARRAY, "to_numpy"),
    **_methods(_FRAME, _SERIES, "duplicated idxmax idxmin nunique"),
    **_methods(
        _SERIES,
        _SERIES,
        "abs astype between bfill clip copy cumsum diff drop_duplicates dropna duplicated eq ffill "
        "fillna ge gt head isin isna isnull le lt map ne nlargest notna notnull nsmallest "
        "pct_change rank rename replace round sample shift sort_index sort_values tail "
        "value_counts where",
    ),
    **_methods(_SERIES, "list", "tolist to_list"),
    **_methods(_SERIES, _ARRAY, "to_numpy"),
    **_methods(_SERIES, _FRAME, "to_frame"),
    **_methods(_ARRAY, _ARRAY, "astype copy flatten ravel repeat reshape squeeze transpose"),
    **_methods(_ARRAY, "list", "tolist"),
    **_methods("str", "list", "split rsplit splitlines"),
    **_methods(
        "str",
        "str",
        "capitalize casefold center format join ljust lower lstrip replace rjust rstrip strip "
        "swapcase title upper zfill removeprefix removesuffix",
    ),
    **_methods("str", "bool", "endswith isalnum isalpha isdigit islower isupper startswith"),
    **_methods("set", "set", "copy difference intersection symmetric_difference union"),
    **_methods("list", "list", "copy"),
    **_methods("dict", "dict", "copy"),
}

# Attributes by the type of their object.
ATTRIBUTES: Final = {
    (_TENSOR, "T"): _TENSOR,
    (_TENSOR, "data"): _TENSOR,
    (_TENSOR, "grad"): _TENSOR,
    (_TENSOR, "mT"): _TENSOR,
    (_TENSOR, "device"): "torch.device",
    ("torch.device", "type"): "str",
    (_FRAME, "T"): _FRAME,
    (_FRAME, "iloc"): f"{_FRAME}.iloc",
    (_FRAME, "loc"): f"{_FRAME}.loc",
    (_FRAME, "values"): _ARRAY,
    (_SERIES, "iloc"): _SERIES,
    (_SERIES, "loc"): _SERIES,
    (_ARRAY, "T"): _ARRAY,
    (_ARRAY, "size"): "int",
    (_ARRAY, "ndim"): "int",
}

# What unpacking the result of a function gives, in order.
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "torch.max": (_TENSOR, _TENSOR),
    "torch.min": (_TENSOR, _TENSOR),
    "torch.sort": (_TENSOR, _TENSOR),
    "torch.topk": (_TENSOR, _TENSOR),
    "numpy.meshgrid": (_ARRAY, _ARRAY, _ARRAY),
}

# What a loop over an object of a type gives.
ELEMENTS: Final = {"range": "int", "str": "str", _TENSOR: _TENSOR}

# Types that operators spread to their result, the strongest first, and what else they take.
ABSORBING: Final = (_FRAME, _SERIES, _TENSOR, _ARRAY, "set")
ABSORBED: Final[dict[str, tuple[str, ...]]] = {
    _FRAME: (_SERIES, _ARRAY, "str", "list"),
    _SERIES: (_ARRAY, "str", "list"),
    _TENSOR: (),
    _ARRAY: ("list",),
    "set": ("frozenset",),
}

# The kinds that classes of a notebook pass on from a library's class to their instances.
KINDS_OF_CLASSES: Final = (_MODULE, "torch.utils.data.Dataset")

_SEVERAL_OUTPUTS: Final = frozenset(
    "GRU GRUCell LSTM LSTMCell RNN AdaptiveLogSoftmaxWithLoss MultiheadAttention Sequential Module "
    "ModuleList ModuleDict ParameterList ParameterDict DataParallel".split()
)

# What is loaded as a module of torch, or as a pipeline: not for TensorFlow, and not for Flax.
_PRETRAINED: Final = re.compile(
    r"(?:diffusers|transformers)\.(?:\w+\.)*(?!TF|Flax)\w*(?:Autoencoder|Model|For[A-Z])\w*"
)
_PIPELINES: Final = re.compile(r"diffusers\.(?:\w+\.)*(?!Flax)\w*Pipeline\w*")


def returned_by(name: str) -> str | None:
    """The type that calling a function or class of a library gives, None where unknown."""
    found = RETURNS.get(name)
    if found is not None:
        return found
    module, _, last = name.rpartition(".")
    if last == "from_pretrained":
        if _PIPELINES.fullmatch(module):
            return _PIPELINE
        return _MODULE if _PRETRAINED.fullmatch(module) else None
    if not last[:1].isupper():
        return _MODULE if module.startswith("torchvision.models") else None
    if module == "torch.nn" or module.startswith("torch.nn.modules"):
        return _MODULE
    if module in ("torch.optim", "torch.optim.optimizer"):
        return "torch.optim.Optimizer"
    return None


def gives_one_tensor(name: str) -> bool:
    """Whether calling an instance of this class gives a single tensor."""
    module, _, last = name.rpartition(".")
    layer = module == "torch.nn" or module.startswith("torch.nn.modules")
    return layer and last[:1].isupper() and last not in _SEVERAL_OUTPUTS
