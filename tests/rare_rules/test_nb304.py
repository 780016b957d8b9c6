"""NB304 cuda-only-seed: the generator of the CPU stays as the process found it."""

from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten

SEEDS = {
    "one": ("import torch", "torch.cuda.manual_seed(3)"),
    "all": ("import torch", "torch.cuda.manual_seed_all(3)"),
    "alias": ("import torch as t", "t.cuda.manual_seed(3)"),
    "from-torch": ("import torch\nfrom torch import cuda", "cuda.manual_seed_all(3)"),
    "function": ("import torch\nfrom torch.cuda import manual_seed_all as fix", "fix(3)"),
    "guarded": ("import torch", "if torch.cuda.is_available():\n    torch.cuda.manual_seed(3)"),
    "both": ("import torch", "torch.cuda.manual_seed(3)\ntorch.cuda.manual_seed_all(3)"),
    "constant": ("import torch\nSEED = 3", "torch.cuda.manual_seed_all(SEED)"),
    "helper": ("import torch\ndef fix(seed):\n    torch.cuda.manual_seed(seed)", "fix(3)"),
    "python": ("import random\nimport torch", "random.seed(3)\ntorch.cuda.manual_seed(3)"),
}
DRAWS = {
    "layer": "from torch import nn\nmodel = nn.Linear(3, 1)",
    "tensor": "import torch as lib\nnoise = lib.randn(3)",
    "shuffle": "from torch.utils.data import DataLoader\nDataLoader(rows(), shuffle=True)",
    "split": "from torch.utils.data import random_split\nrandom_split(rows(), [8, 2])",
    "class": "from torch import nn\nclass Net(nn.Module):\n    def __init__(self):\n"
    "        self.layer = nn.Conv2d(3, 1, 2)\nNet()",
    "permutation": "import torch as lib\norder = lib.randperm(9)",
}
CURES = {
    "plain": "import torch as other\nother.manual_seed(3)",
    "random-module": "import torch as other\nother.random.manual_seed(3)",
    "lightning": "from lightning import seed_everything\nseed_everything(3)",
    "project": "from project import fix_seeds\nfix_seeds()",
    "unknown": "%run seeds.py",
    "star": "from project import *\nseed_all()",
}
OTHER = {
    "no-draw": "import torch\ntorch.cuda.manual_seed(3)\nprint(torch.zeros(3))",
    "own-generator": "import torch\ntorch.cuda.manual_seed(3)\n"
    "torch.rand(3, generator=torch.Generator().manual_seed(3))",
    "no-seed": "import torch\ntorch.rand(3)",
    "own-class": "class torch:\n    pass\ntorch.cuda.manual_seed(3)\ntorch.rand(3)",
    "numpy-only": "import numpy as np\nimport torch\ntorch.cuda.manual_seed(3)\nnp.random.rand()",
    "text": "import torch\nprint('torch.cuda.manual_seed(3)')\ntorch.rand(3)",
    "comment": "import torch\n# torch.cuda.manual_seed(3)\ntorch.rand(3)",
}


def written(*parts: str) -> str:
    return "# %%\n" + "\n# %%\n".join(parts)


HITS = {
    f"{seed}-{draw}": written(setup, call, drawing)
    for seed, (setup, call) in SEEDS.items()
    for draw, drawing in DRAWS.items()
}
CASES = [
    *each(HITS, 1),
    *rewritten("hit", HITS["one-layer"], 1),
    *each(
        {
            f"{seed}-{cure}": written(setup, curing, call, DRAWS["tensor"])
            for seed, (setup, call) in SEEDS.items()
            for cure, curing in CURES.items()
        }
    ),
    *each({name: written(text) for name, text in OTHER.items()}),
    *rewritten("miss", written("import torch\ntorch.manual_seed(3)", DRAWS["layer"])),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB304", case)) == case.hits


@every([case for case in CASES if case.hits and not case.name.startswith(("from-", "function-"))])
def test_the_repair_seeds_the_cpu(case: Case) -> None:
    after = repaired("NB304", case)
    assert b"manual_seed(" in after.replace(b"cuda.manual_seed", b"")
    assert not findings("NB304", Case(case.name, after, 0))
