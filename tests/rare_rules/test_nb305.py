"""NB305 unseeded-generator: the seed of NumPy's old generator does not reach new ones."""

from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten

MAKERS = {
    "module": ("import numpy as np", "np.random.default_rng(SEED)"),
    "submodule": ("import numpy.random as random", "random.default_rng(SEED)"),
    "function": ("from numpy.random import default_rng as made", "made(SEED)"),
    "old": ("import numpy", "numpy.random.RandomState(SEED)"),
    "bits": ("from numpy.random import PCG64, Generator", "Generator(PCG64(SEED))"),
    "twister": ("from numpy import random", "random.Generator(random.MT19937(SEED))"),
}
SEEDED = {
    "numpy": "import numpy as np\n# %%\nnp.random.seed(3)\n# %%\n<setup>\nrng = <code>",
    "below": "<setup>\nrng = <code>\n# %%\nimport numpy\n# %%\nnumpy.random.seed(3)",
    "constant": "SEED = 7\nfrom numpy.random import seed\nseed(SEED)\n<setup>\n# %%\nrng = <code>",
    "lightning": "from lightning import seed_everything\nseed_everything(3)\n<setup>\nrng = <code>",
    "project": "from project import fix_seeds\nfix_seeds()\n<setup>\nrng = <code>",
    "keras": "import keras\nkeras.utils.set_random_seed(3)\n# %%\n<setup>\nrng = <code>",
    "helper": "import numpy as n\ndef fix(k):\n    n.random.seed(k)\nfix(1)\n<setup>\nrng = <code>",
    "function": "import numpy as n\nn.random.seed(1)\n# %%\n<setup>\ndef f():\n    return <code>",
}
UNSEEDED = {
    "nothing": "<setup>\nrng = <code>",
    "python": "import random as r\nr.seed(3)\n<setup>\nrng = <code>",
    "torch": "import torch\ntorch.manual_seed(3)\n# %%\n<setup>\nrng = <code>",
    "entropy": "import numpy as n\nn.random.seed(3)\n<setup>\nrng = <code>\nprint(rng.entropy)",
}
OTHER = {
    "own-function": "import numpy as np\nnp.random.seed(3)\n"
    "def default_rng():\n    pass\ndefault_rng()",
    "own-module": "from project import default_rng, fix_seeds\nfix_seeds()\nrng = default_rng()",
    "star": "import numpy as np\nnp.random.seed(3)\noptions = [3]\nnp.random.default_rng(*options)",
    "double-star": "import numpy as np\nnp.random.seed(3)\nnp.random.default_rng(**{'seed': 3})",
    "keyword": "import numpy as np\nnp.random.seed(3)\nnp.random.default_rng(seed=3)",
    "sequence": "import numpy as np\nnp.random.seed(3)\n"
    "np.random.default_rng(np.random.SeedSequence(3))",
    "not-called": "import numpy as np\nnp.random.seed(3)\nmake = np.random.default_rng",
    "text": "import numpy as np\nnp.random.seed(3)\nprint('np.random.default_rng()')",
    "comment": "import numpy as np\nnp.random.seed(3)  # unlike default_rng()",
    "markdown": "import numpy as np\nnp.random.seed(3)\n# %% [markdown]\n# `default_rng()`",
}


def filled(templates: dict[str, str], seed: str) -> dict[str, str]:
    """Every maker, given this seed, in every template."""
    return {
        f"{maker}-{name}": "# %%\n"
        + template.replace("<setup>", setup).replace("<code>", code.replace("SEED", seed))
        for name, template in templates.items()
        for maker, (setup, code) in MAKERS.items()
    }


CASES = [
    *each(filled(SEEDED, ""), 1),
    *rewritten("hit", filled(SEEDED, "")["module-numpy"], 1),
    *each(filled(SEEDED, "11")),
    *each({f"unseeded-{name}": text for name, text in filled(UNSEEDED, "").items()}),
    *each({name: f"# %%\n{text}" for name, text in OTHER.items()}),
    *rewritten("miss", filled(SEEDED, "11")["module-numpy"]),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB305", case)) == case.hits


@every([case for case in CASES if case.hits])
def test_the_repair_gives_the_seed(case: Case) -> None:
    after = repaired("NB305", case)
    assert after != case.data
    assert not findings("NB305", Case(case.name, after, 0))
