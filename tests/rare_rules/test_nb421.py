"""NB421 discarded-move: tensors that are moved in vain, and things that move in place."""

from tests.rare_rules.harness import (
    Case,
    each,
    every,
    findings,
    notebook,
    repaired,
    rewritten,
    spread,
)

# How a tensor comes about, and how it is moved in vain.
TENSORS = {
    "random": ("import torch\nx = torch.randn(3)", "x.to(device)"),
    "zeros": ("import torch\nx = torch.zeros(3, 3)", "x.cuda()"),
    "alias": ("import torch as t\nx = t.ones(3)", "x.to('cuda')"),
    "imported": ("from torch import tensor\nx = tensor([1])", "x.to(device='cuda')"),
    "like": ("import torch\nx = torch.zeros_like(other)", "x.cuda(0)"),
    "filled": ("import torch\nx = torch.empty_like(other).uniform_()", "x.to(device)"),
    "sum": ("import torch\nx = 1 + torch.rand(3) / 2", "x.cpu()"),
    "method": ("import torch\nx = torch.ones(4).reshape(2, 2).t()", "x.to(device)"),
    "stacked": ("import torch\nx = torch.stack(parts)", "x.to(device, non_blocking=True)"),
    "function": ("import torch.nn.functional as F\nx = F.relu(y)", "x.cpu()"),
    "layer": ("import torch\nx = torch.nn.Linear(2, 1)(y)", "x.cpu()"),
    "slice": ("import torch\nx = torch.ones(4)", "x[:2].to(device)"),
    "data": ("import torch\nx = torch.ones(4)", "x.data.cuda()"),
    "converted": ("import torch\nx = torch.ones(4)", "x.long()"),
    "half": ("import torch\nx = torch.ones(4)", "x.half()"),
    "type": ("import torch\nx = torch.ones(4)", "x.to(torch.float64)"),
    "pair": ("import torch\nx, y = torch.ones(1), torch.ones(2)", "y.to(device)"),
    "parameter": ("import torch\nx = torch.nn.Parameter(torch.ones(2))", "x.cuda()"),
}
CONTEXTS = {
    "same-cell": "# %%\n<setup>\n<code>\nprint('é')",
    "next-cell": "# %%\n<setup>\n# %% [markdown]\n# Gerät\n# %%\n<code>\nprint(1)",
    "condition": "# %%\n<setup>\n# %%\nif True:\n    <code>",
    "function": "# %%\ndef work():\n    <setup>\n    <code>",
}
LOADERS = """\
# %%
import torch
from torch.utils.data import DataLoader, Subset, TensorDataset, random_split
from torchvision import datasets
# %%
{data}
loader = DataLoader({loaded}, batch_size=4)
# %%
for {targets} in {over}:
    {code}"""
LOADED = {
    "tensors": ("data = TensorDataset(a, b)", "data"),
    "images": ("data = datasets.MNIST('.', transform=change)", "data"),
    "subset": ("data = TensorDataset(a, b)", "Subset(data, range(3))"),
    "split": ("train, test = random_split(TensorDataset(a, b), [3, 4])", "train"),
}
TARGETS = {
    "pair": ("x, y", "loader", "y.to(device)"),
    "numbered": ("i, (x, y)", "enumerate(loader)", "x.cuda()"),
}
OTHERS = {
    "module": ("import torch\nx = torch.nn.Linear(2, 1)", "x.to(device)"),
    "sequence": ("import torch.nn as nn\nx = nn.Sequential(nn.ReLU())", "x.cuda()"),
    "own-module": ("import torch\nclass Net(torch.nn.Module): pass\nx = Net()", "x.half()"),
    "pretrained": (
        "import torch\nfrom transformers import AutoModel\nx = AutoModel.from_pretrained('a')",
        "x.to(device)",
    ),
    "encoding": (
        "from transformers import AutoTokenizer\nx = AutoTokenizer.from_pretrained('torch')('b')",
        "x.to(device)",
    ),
    "graph": ("import torch\nfrom torch_geometric.data import Data\nx = Data()", "x.to(device)"),
    "pipeline": (
        "import torch, diffusers\nx = diffusers.DiffusionPipeline.from_pretrained('a')",
        "x.to('cuda')",
    ),
    "unknown": ("import torch\nx = load()", "x.to(device)"),
    "either": ("import torch\nx = torch.ones(1) if a else load()", "x.to(device)"),
    "loaded": ("import torch\nx = torch.load('a.pt')", "x.to(device)"),
    "assigned": ("import torch\nx = torch.ones(1)", "x = x.to(device)"),
    "other-name": ("import torch\nx = torch.ones(1)", "y = x.cuda()"),
    "ignored": ("import torch\nx = torch.ones(1)", "_ = x.cuda()"),
    "argument": ("import torch\nx = torch.ones(1)", "print(x.to(device))"),
    "in-place": ("import torch\nx = torch.ones(1)", "x.requires_grad_()"),
    "filled": ("import torch\nx = torch.ones(1)", "x.fill_(0)"),
    "moved-data": ("import torch\nx = torch.ones(1)", "x.data = x.data.cuda()"),
    "fresh": ("import torch", "torch.ones(1).cuda()"),
    "text": ("import torch\nx = torch.ones(1)", "'x.cuda()'"),
    "array": ("import torch, numpy\nx = numpy.ones(1)", "x.to(device)"),
}
SAFE = {
    "last-line": "# %%\nimport torch\nx = torch.ones(1)\nx.to('cpu')",
    "last-of-two": "# %%\nimport torch\nx = torch.ones(1)\n# %%\nx.double()",
    "batch": "# %%\nimport torch\nfor batch in loader:\n    batch.to(device)",
    "unknown-loader": "# %%\nimport torch\nfor x, y in loader:\n    x.to(device)",
    "rebound": "# %%\nimport torch\nx = torch.ones(1)\nx = load()\nx.to(device)\nprint(x)",
    "parameter": "# %%\nimport torch\nx = torch.ones(1)\ndef f(x):\n    x.to(device)",
    "unread": "# %%\nimport torch\nx = torch.ones(1)\n%run other.py\nx.cuda()\nprint(x)",
    "time": "# %%\nimport torch, time\nx = torch.ones(1)\ntime.time()\nx.cuda()\ntime.time()",
    "synchronized": "# %%\nimport torch\nx = torch.ones(1)\nx.cuda()\ntorch.cuda.synchronize()",
    "memory": "# %%\nimport torch\nx = torch.ones(1)\nx.cuda()\ntorch.cuda.memory_reserved()",
    "timed": "# %%\n%%timeit\nimport torch\nx = torch.ones(1)\nx.cuda()\nprint(x)",
    "own-torch": "# %%\nclass torch:\n    ones = list\nx = torch.ones(1)\nx.to(1)\nprint(x)",
    "no-import": "# %%\nx = torch.ones(1)\nx.cuda()\nprint(x)",
    "collated": "# %%\nimport torch\nfrom torch.utils.data import DataLoader, TensorDataset\n"
    "loader = DataLoader(TensorDataset(a, b), collate_fn=f)\nfor x, y in loader:\n    x.cuda()",
}
PLAIN = "# %%\nimport torch\ngröße = torch.ones(3)\nprint('é')\ngröße.to(device)\nprint(größe)"
CASES = [
    *spread(TENSORS, CONTEXTS, 1),
    *each(
        {
            f"{loaded}-{targets}": LOADERS.format(
                data=data, loaded=given, targets=names, over=over, code=code
            )
            for loaded, (data, given) in LOADED.items()
            for targets, (names, over, code) in TARGETS.items()
        },
        1,
    ),
    *rewritten("hit", PLAIN, 1),
    notebook("two", "# %%\nimport torch\nx = torch.ones(1)\nx.cuda()\nx.half()\nprint(x)", 2),
    *spread(OTHERS, CONTEXTS),
    *each(SAFE),
    *rewritten("miss", PLAIN.replace("größe.to", "größe = größe.to")),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB421", case)) == case.hits


@every([case for case in CASES if case.hits and not case.name.startswith("slice")])
def test_an_assignment_repairs_it(case: Case) -> None:
    assert not findings("NB421", Case(case.name, repaired("NB421", case), 0))
