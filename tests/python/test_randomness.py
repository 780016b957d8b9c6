"""What draws random numbers, what seeds them, and in which order."""

import pytest

from nbcoach.python.known_randomness import DRAWS, SEEDERS, SPLITS
from nbcoach.python.randomness import Draw, Randomness, Seed
from tests.python.test_semantics import notebook


def randomness(*sources: str) -> Randomness:
    return notebook(*sources).randomness


def drawn(*sources: str) -> list[tuple[str, str, bool]]:
    """Name, family and whether it runs, of each draw."""
    return [(draw.name, draw.family, draw.runs) for draw in randomness(*sources).draws]


def seeded(*sources: str) -> list[tuple[str, list[str]]]:
    """Name and families of each seed."""
    return [(seed.name, sorted(seed.families)) for seed in randomness(*sources).seeds]


EVERYTHING = ["cuda", "numpy", "random", "tensorflow", "torch"]


@pytest.mark.parametrize(
    ("source", "name", "family"),
    [
        ("import random\nrandom.shuffle(rows)", "random.shuffle", "random"),
        ("from random import choice as pick\npick('ab')", "random.choice", "random"),
        ("import numpy as np\nnp.random.rand(3)", "numpy.random.rand", "numpy"),
        ("import numpy.random as r\nr.normal()", "numpy.random.normal", "numpy"),
        ("from numpy import random\nrandom.normal()", "numpy.random.normal", "numpy"),
        ("import torch\ntorch.randn(2)", "torch.randn", "torch"),
        ("from torch import nn\nnn.Linear(1, 2)", "torch.nn.Linear", "torch"),
        (
            "from sklearn.cluster import KMeans\nKMeans(3)",
            "sklearn.cluster.KMeans",
            "numpy",
        ),
        (
            "from sklearn.cluster import KMeans\nKMeans(3, random_state=None)",
            "sklearn.cluster.KMeans",
            "numpy",
        ),
        (
            "from torch.utils.data import DataLoader\nDataLoader(rows, shuffle=True)",
            "torch.utils.data.DataLoader",
            "torch",
        ),
        (
            "import tensorflow as tf\ntf.keras.layers.Dense(3)",
            "tensorflow.keras.layers.Dense",
            "tensorflow",
        ),
    ],
)
def test_draws_are_known_by_their_qualified_names(source: str, name: str, family: str) -> None:
    assert drawn(source) == [(name, family, True)]


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nnp.random.default_rng(0).normal()",
        "import numpy as np\nrng = np.random.RandomState(0)\nrng.rand(3)",
        "import torch\ntorch.rand(2, generator=g)",
        "import torch\ntorch.rand(2, **options)",
        "from sklearn.cluster import KMeans\nKMeans(3, random_state=1)",
        "from sklearn.cluster import KMeans\nKMeans(3, **options)",
        "from sklearn.linear_model import LinearRegression\nLinearRegression()",
        "from sklearn.model_selection import KFold\nKFold(5)",
        "from sklearn.model_selection import KFold\nKFold(5, shuffle=maybe)",
        "from sklearn.model_selection import train_test_split\ntrain_test_split(x, shuffle=False)",
        "from torch.utils.data import random_split\nrandom_split(x, [1, 2], g)",
        "from torch.utils.data import DataLoader\nDataLoader(rows)",
        "from torch.utils.data import DataLoader\nDataLoader(rows, shuffle=True, generator=g)",
        "def shuffle(x):\n    return x\nshuffle(3)",
        "random.random()",
        "import mine as random\nrandom.random()",
        "class random:\n    pass\nrandom.random()",
    ],
)
def test_what_has_a_generator_of_its_own_or_is_something_else_is_no_draw(source: str) -> None:
    assert drawn(source) == []


@pytest.mark.parametrize(
    ("sources", "runs"),
    [
        (["import random\ndef f():\n    random.random()", "f()"], True),
        (["import random\ndef f():\n    random.random()"], False),
        (["import random\ndef f():\n    random.random()", "list(map(f, rows))"], True),
        (["import random\nclass A:\n    def f(self):\n        random.random()", "A().f()"], True),
        (["import random\nclass A:\n    def f(self):\n        random.random()"], False),
        (["import random\nx = lambda: random.random()"], False),
    ],
)
def test_a_draw_runs_where_its_function_or_class_is_used(sources: list[str], runs: bool) -> None:
    assert drawn(*sources) == [("random.random", "random", runs)]


@pytest.mark.parametrize(
    ("source", "name", "families"),
    [
        ("import random\nrandom.seed(0)", "random.seed", ["random"]),
        ("import numpy as np\nnp.random.seed(0)", "numpy.random.seed", ["numpy"]),
        ("import torch\ntorch.manual_seed(0)", "torch.manual_seed", ["cuda", "torch"]),
        ("import torch\ntorch.cuda.manual_seed_all(0)", "torch.cuda.manual_seed_all", ["cuda"]),
        ("from transformers import set_seed\nset_seed(1)", "transformers.set_seed", EVERYTHING),
        ("import keras\nkeras.utils.set_random_seed(1)", "keras.utils.set_random_seed", EVERYTHING),
        ("from mine import fix_seeds\nfix_seeds()", "mine.fix_seeds", EVERYTHING),
        ("from mine import *\nseed_all(3)", "seed_all", EVERYTHING),
        (
            "from transformers import TrainingArguments\nTrainingArguments('out')",
            "transformers.TrainingArguments",
            EVERYTHING,
        ),
        ("import torch\ng = torch.Generator()\ng.manual_seed(1)", "manual_seed", []),
        ("import numpy as np\nnp.random.default_rng(1)", "numpy.random.default_rng", []),
        ("import jax\njax.random.PRNGKey(0)", "jax.random.PRNGKey", []),
    ],
)
def test_seeds_are_known_by_their_names(source: str, name: str, families: list[str]) -> None:
    assert seeded(source) == [(name, families)]


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nnp.random.default_rng()",
        "import random\nrandom.Random()",
        "def set_seed(value):\n    pass\nset_seed(3)",
        "frame.sample(3, random_state=1)",
    ],
)
def test_what_takes_no_seed_sets_none(source: str) -> None:
    assert seeded(source) == []


def test_a_seed_in_a_function_names_the_function() -> None:
    (seed,) = randomness("import random\ndef fix(k=3):\n    random.seed(k)").seeds
    assert isinstance(seed, Seed)
    assert seed.helper is not None
    assert seed.helper.name == "fix"


def before(family: str, *sources: str) -> bool:
    found = randomness(*sources)
    draw = found.draws[-1]
    assert isinstance(draw, Draw)
    return found.seeded_before(family, draw.node)


SEED, DRAW = "import numpy as np\nnp.random.seed(0)", "import numpy as np\nnp.random.rand()"
HELPER = "import numpy as np\ndef fix(seed):\n    np.random.seed(seed)"
CALLED_DRAW = "import numpy as np\ndef draw():\n    np.random.rand()"


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([SEED, DRAW], True),
        ([DRAW, SEED], False),
        ([HELPER, DRAW], False),
        ([HELPER, "fix(1)", DRAW], True),
        ([HELPER, DRAW, "fix(1)"], False),
        ([CALLED_DRAW, SEED, "draw()"], True),
        ([CALLED_DRAW, "draw()", SEED], False),
        ([CALLED_DRAW, SEED], True),
        ([CALLED_DRAW], False),
        (["import random\nrandom.seed(0)", DRAW], False),
        (["from lightning import seed_everything\nseed_everything(1)", DRAW], True),
    ],
)
def test_seeds_count_from_when_they_are_set(sources: list[str], expected: bool) -> None:
    assert before("numpy", *sources) is expected


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([f"{SEED}\nnp.random.rand()"], True),
        ([f"{SEED}\nnp.random.rand()\nnp.random.rand()"], False),
        ([f"{SEED}\nimport random\nrandom.random()\nnp.random.rand()"], True),
        ([SEED, DRAW], False),
        ([f"{DRAW}\n{SEED}"], False),
        ([DRAW, f"{SEED}\nnp.random.rand()"], True),
        ([HELPER, "fix(1)\nnp.random.rand()", "fix(1)\nnp.random.rand()"], True),
        ([HELPER, "fix(1)", "np.random.rand()"], False),
        ([f"{SEED}\ndef draw():\n    np.random.rand()"], False),
    ],
)
def test_a_seed_is_fresh_in_its_own_cell_until_something_draws(
    sources: list[str], expected: bool
) -> None:
    found = randomness(*sources)
    assert found.seeded_afresh(found.draws[-1]) is expected


@pytest.mark.parametrize(
    ("sources", "constant"),
    [
        (["SEED = 7", DRAW], "SEED"),
        (["random_state = 7\nimport numpy as np\nnp.random.rand()"], "random_state"),
        (["MY_RANDOM_SEED = 7", DRAW], "MY_RANDOM_SEED"),
        ([DRAW, "SEED = 7"], None),
        (["SEED = 7", "SEED = 8", DRAW], None),
        (["SEED = None", DRAW], None),
        (["SEED = '7'", DRAW], None),
        (["SEEDLINGS = 7", DRAW], None),
        (["def f(SEED):\n    pass", DRAW], None),
    ],
)
def test_a_constant_for_a_seed_stands_above(sources: list[str], constant: str | None) -> None:
    found = randomness(*sources)
    draw = found.draws[0]
    assert found.constant_above(draw.cell, draw.node) == constant


def test_the_tables_agree() -> None:
    assert not DRAWS.keys() & SPLITS.keys()
    families = {family for family, _ in (*DRAWS.values(), *SPLITS.values())}
    assert families <= frozenset[str]().union(*SEEDERS.values())


@pytest.mark.parametrize(
    ("sources", "name"),
    [
        (["import numpy as np"], "np"),
        (["import numpy"], "numpy"),
        (["from torch import nn"], None),
        (["import numpy as np", "np = 3"], None),
    ],
)
def test_a_module_goes_by_one_name(sources: list[str], name: str | None) -> None:
    semantics = notebook(*sources).as_read
    assert semantics.name_of_module("numpy") == name
