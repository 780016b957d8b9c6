"""NB432 output-cache-pins-memory: models that outputs keep alive, and models that go."""

from itertools import product

from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten

ABOVE = """\
# %%
import gc
import torch
device = "cuda" if torch.cuda.is_available() else "cpu"
"""
# What makes an `x` that is worth its memory.
LARGE = {
    "layer": "x = torch.nn.Linear(3, 3)",
    "layer-away": "x = torch.nn.Linear(3, 3).to(device)",
    "own": "class Net(torch.nn.Module): pass\nx = Net()",
    "sequence": "x = torch.nn.Sequential(torch.nn.ReLU())",
    "parallel": "x = torch.nn.DataParallel(torch.nn.Linear(3, 3).cuda())",
}
# What shows it and gives it back.
SHOWN = {
    "name": "x",
    "to": "x.to(device)",
    "cuda": "x.cuda()",
    "eval": "x.eval()",
    "train": "x.train()",
    "half": "x.half()",
    "frozen": "x.requires_grad_(False)",
    "chain": "x.to(device).eval()",
    "comment": "x.to(device)  # for a; b",
    "lines": "print('é')\nx.to(\n    device\n)",
    "brackets": "(x.eval())",
}
# What is meant to free it.
FREED = {
    "del": "del x\ngc.collect()\ntorch.cuda.empty_cache()",
    "del-of-two": "y = 1\ndel y, x\ntorch.cuda.empty_cache()",
    "none": "x = None\ngc.collect()",
    "new": "torch.cuda.empty_cache()\nx = torch.nn.Linear(1, 1)",
}
NOT_KEPT = {
    "semicolon": "x.to(device);",
    "semicolon-comment": "x.to(device);  # it is large",
    "assigned": "x = x.to(device)",
    "ignored": "x.to(device)\nNone",
    "block": "if True:\n    x.to(device)",
    "loop": "for _ in range(2):\n    x.train()",
    "with": "with torch.no_grad():\n    x.eval()",
    "printed": "print(x)",
    "parameters": "sum(p.numel() for p in x.parameters())",
    "attribute": "x.training",
    "text": "str(x)",
    "keys": "list(x.state_dict())",
    "captured": "%%capture\nx.to(device)",
    "another": "y = torch.nn.Linear(1, 1)\ny.to(device)",
    "function": "def f():\n    x.to(device)",
}
STORIES = {
    "never-freed": ("x = torch.nn.Linear(3, 3).cuda()", "x", "torch.cuda.empty_cache()"),
    "freed-before": ("x = torch.nn.Linear(3, 3)\ndel x", "x = torch.nn.ReLU()", "x.eval()"),
    "same": ("x = torch.nn.Linear(3, 3)", "x.cuda()", "x = x.eval()\ntorch.cuda.empty_cache()"),
    "new-for-itself": ("x = torch.nn.Linear(3, 3)", "x.cuda()", "x = torch.nn.ReLU()"),
    "small": ("x = torch.nn.Linear(3, 3)", "x", "del x"),
    "tensor-here": ("x = torch.ones(3)", "x", "del x\ngc.collect()"),
    "tensor-copied": ("x = torch.ones(3)", "x.double()", "del x\ntorch.cuda.empty_cache()"),
    "tensor-sum": ("x = torch.ones(3).cuda()", "x.sum()", "del x\ntorch.cuda.empty_cache()"),
    "number": ("x = 3", "x", "del x\ntorch.cuda.empty_cache()"),
    "unknown": ("x = load()", "x.to(device)", "del x\ntorch.cuda.empty_cache()"),
    "either": ("x = torch.nn.ReLU() if a else 1", "x", "del x\ntorch.cuda.empty_cache()"),
    "trainer": (
        "from transformers import Trainer\nx = Trainer(model)",
        "x.train()",
        "del x\ntorch.cuda.empty_cache()",
    ),
    "own-train": (
        "class Net(torch.nn.Module):\n    def train(self, n=1):\n        return n\nx = Net()",
        "x.train()",
        "del x\ntorch.cuda.empty_cache()",
    ),
    "bound-between": (
        "x = torch.nn.Linear(3, 3)",
        "x.cuda()",
        "x = open\nprint(x)\n# %%\ndel x\ntorch.cuda.empty_cache()",
    ),
    "reset": ("x = torch.nn.Linear(3, 3)", "x.cuda()", "%reset -f out\n# %%\ndel x\ngc.collect()"),
    "xdel": ("x = torch.nn.Linear(3, 3)", "x.cuda()", "%xdel x\n# %%\ntorch.cuda.empty_cache()"),
    "no-cache": (
        "%config InteractiveShell.cache_size = 0\nx = torch.nn.Linear(3, 3)",
        "x.cuda()",
        "del x\ngc.collect()",
    ),
    "outputs-freed": (
        "x = torch.nn.Linear(3, 3)",
        "x.cuda()",
        "del x, Out[2], _2, _\ngc.collect()",
    ),
    "skipped": (
        "x = torch.nn.ReLU()",
        '# %% tags=["skip-execution"]\nx.cuda()',
        "del x\ngc.collect()",
    ),
    "other-nn": ("import mxnet.gluon.nn as nn\nx = nn.Dense(3)", "x", "del x\ngc.collect()"),
}
TENSORS = {
    "tensor": "x = torch.ones(3).to(device)",
    "factory": "x = torch.ones(3, device=device)",
}
PRETRAINED = {
    "transformers": "from transformers import AutoModel\nx = AutoModel.from_pretrained('a')",
    "diffusers": "import diffusers\nx = diffusers.StableDiffusionPipeline.from_pretrained('a')",
    "parts": "from diffusers import UNet2DModel\nx = UNet2DModel.from_pretrained('a')",
}


def notebook_of(setup: str, shown: str, freed: str) -> str:
    return f"{ABOVE}{setup}\npass\n# %%\n{shown}\n# %% [markdown]\n# Größe\n# %%\n{freed}\npass"


def all_of(*forms: dict[str, str]) -> dict[str, str]:
    """Every way to make something, show it and free it."""
    return {
        "-".join(names): notebook_of(*(form[name] for form, name in zip(forms, names, strict=True)))
        for names in product(*forms)
    }


LAYER = {"layer": LARGE["layer"]}
DELETED = {"del": FREED["del"]}
PLAIN = notebook_of(LARGE["layer"], "x.eval()", FREED["del"])
CASES = [
    *each(all_of(LARGE, SHOWN, DELETED), 1),
    *each(all_of(LAYER, {"shown": SHOWN["to"]}, FREED), 1),
    *each(all_of(TENSORS, {"name": "x"}, FREED), 1),
    *each(all_of(PRETRAINED, {"shown": SHOWN["to"]}, DELETED), 1),
    *rewritten("hit", PLAIN, 1),
    *each(all_of(LARGE, NOT_KEPT, DELETED)),
    *each({name: notebook_of(*parts) for name, parts in STORIES.items()}),
    *rewritten("miss", PLAIN.replace("x.eval()", "x.eval();")),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB432", case)) == case.hits


@every([case for case in CASES if case.hits])
def test_a_semicolon_repairs_it(case: Case) -> None:
    assert not findings("NB432", Case(case.name, repaired("NB432", case), 0))
