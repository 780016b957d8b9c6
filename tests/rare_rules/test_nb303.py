"""NB303 seed-helper-never-called: seeds that are written down, and that no line sets."""

from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten

BODIES = {
    "python": ("import random", "random.seed(seed)", "random.random()"),
    "numpy": ("import numpy as np", "np.random.seed(seed)", "np.random.rand()"),
    "torch": ("import torch", "torch.manual_seed(seed)", "torch.rand(3)"),
    "guarded": (
        "import torch",
        "if torch.cuda.is_available():\n        torch.cuda.manual_seed_all(seed)",
        "torch.rand(3)",
    ),
    "tensorflow": (
        "import tensorflow as tf",
        "tf.random.set_seed(seed)",
        "tf.random.normal([3])",
    ),
    "several": (
        "import random\nimport numpy as np",
        "random.seed(seed)\n    np.random.seed(seed)",
        "np.random.rand()",
    ),
}
HEADS = {
    "plain": "def set_seed(seed):",
    "default": "def seed_everything(seed=3):",
    "typed": "def fix_seeds(seed: int = 3) -> None:",
    "none": "def seed_all():\n    seed = 3",
    "keyword": "def make_deterministic(*, seed=3):",
    "long": "def init_random_state(seed):",
    "documented": 'def set_all_seeds(seed):\n    """Be the same each time."""',
    "capital": "def SetSeed(seed):",
    "reproducible": "def make_reproducible(seed=3):",
}
USES = {
    "called": "NAME(3)",
    "handed-on": "options = {'worker_init_fn': NAME}",
    "in-text": "print('call NAME first')",
    "in-magic": "%time NAME(3)",
    "in-escape": "!python run.py {NAME}",
    "in-file": "# %%\n%%writefile seeds.py\nNAME(3)",
    "listed": "__all__ = ['NAME']",
    "aliased": "fix = NAME\nfix(3)",
}
OTHER = {
    "worker": "def seed_worker(number):\n    np.random.seed(number)",
    "other-work": "def simulate():\n    np.random.seed(3)\n    return np.random.rand()",
    "method": "class Lab:\n    def set_seed(self):\n        np.random.seed(3)",
    "seeds-nothing": "def set_seed(seed):\n    print(seed)",
    "exercise": "def set_seed(seed):\n    np.random.seed(seed)\n# %%\n# your code here",
}


def written(setup: str, head: str, body: str, *cells: str) -> str:
    return "\n".join(["# %%", setup, head, f"    {body}", *(f"# %%\n{cell}" for cell in cells)])


def name_in(head: str) -> str:
    return head.removeprefix("def ").partition("(")[0]


HITS = {
    f"{body}-{head}": written(setup, line, seeding, draw)
    for body, (setup, seeding, draw) in BODIES.items()
    for head, line in HEADS.items()
}
SETUP, SEEDING, DRAW = BODIES["numpy"]
CASES = [
    *each(HITS, 1),
    *rewritten("hit", HITS["numpy-plain"], 1),
    *each(
        {
            f"{use}-{head}": written(
                SETUP, line, SEEDING, text.replace("NAME", name_in(line)), DRAW
            )
            for use, text in USES.items()
            for head, line in HEADS.items()
        }
    ),
    *each({"no-draw": written(SETUP, HEADS["plain"], SEEDING)}),
    *each({name: f"# %%\n{SETUP}\n{text}\n# %%\n{DRAW}" for name, text in OTHER.items()}),
    *rewritten("miss", written(SETUP, HEADS["plain"], SEEDING, "set_seed(3)", DRAW)),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB303", case)) == case.hits


@every([case for case in CASES if case.hits])
def test_the_repair_calls_it(case: Case) -> None:
    after = repaired("NB303", case)
    assert after != case.data
    assert not findings("NB303", Case(case.name, after, 0))
