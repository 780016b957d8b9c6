"""NB424 device-tensor-to-numpy: arrays made of tensors on a device, and of those brought back.

All cases run where torch is, with "meta" for the device: hits fail, and the others do not, but for
those that are silent because nobody can know (`breaks`).
"""

from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten, spread

ABOVE = """\
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import torch
from sklearn.metrics import accuracy_score
device = "cuda" if torch.cuda.is_available() else "cpu"
"""
NET = """\
class Net(torch.nn.Module):
    def forward(self, x):
        return BACK
net = Net().to(device)"""
# Tensors on the device: what makes them, and their expression.
AWAY = {
    "factory": ("", "torch.ones(4, device=device)"),
    "like": ("y = torch.ones(4, device=device)", "torch.zeros_like(y)"),
    "moved": ("x = torch.ones(4).to(device)", "x"),
    "moved-by-keyword": ("x = torch.ones(4).to(device=device)", "x"),
    "moved-with-type": ("x = torch.ones(4).to(device, torch.float64)", "x"),
    "moved-to-another": (
        "y = torch.ones(4, device=device)\nx = torch.ones(4).to(y.device)",
        "x",
    ),
    "hard": ('x = torch.ones(4).to("cuda")', "x"),
    "cuda": ("x = torch.ones(4).cuda()", "x"),
    "device-object": ("d = torch.device(device)\nx = torch.ones(4).to(d)", "x"),
    "sum": ("x = torch.ones(4).to(device)", "x + 1"),
    "slice": ("x = torch.ones(8).to(device)", "x[:4]"),
    "method": ("x = torch.ones(2, 2).to(device)", "x.flatten().float()"),
    "function": ("x = torch.ones(4).to(device)", "torch.softmax(x, dim=0)"),
    "stacked": ("x = torch.ones(2).to(device)", "torch.cat([x, x])"),
    "output": (
        "net = torch.nn.Linear(2, 1).to(device)\nx = torch.ones(4, 2).to(device)",
        "net(x).detach().squeeze()",
    ),
    "output-of-moved": (
        "net = torch.nn.Linear(2, 1)\nnet.to(device)\nx = torch.ones(4, 2).to(device)",
        "net(x).detach().squeeze()",
    ),
    "output-of-own": (
        f"{NET.replace('BACK', 'x.sum(1)')}\nx = torch.ones(4, 2).to(device)",
        "net(x)",
    ),
    "index": (
        "net = torch.nn.Linear(2, 3).to(device)\nx = torch.ones(4, 2).to(device)",
        "net(x).argmax(dim=1)",
    ),
    "largest": (
        "x = torch.ones(4, 2).to(device)\nbest, where = torch.max(x, 1)",
        "where",
    ),
    "mask": ("x = torch.ones(4).to(device)", "x > 0"),
    "chosen": ("x = torch.ones(4)\nx = x.to(device) if True else x.cuda()", "x"),
    "result": (
        "def work(x):\n    return (x + 1).to(device)\nx = work(torch.ones(4))",
        "x",
    ),
}
# What makes an array of a tensor.
TAKEN = {
    "numpy": "a = (TENSOR).numpy()",
    "array": "a = np.array(TENSOR)",
    "asarray": "a = np.asarray(TENSOR)",
    "plot": "plt.plot(TENSOR)",
    "histogram": "plt.hist(TENSOR)",
    "series": "a = pd.Series(TENSOR)",
    "frame": 'a = pd.DataFrame({"a": TENSOR})',
    "metric": "a = accuracy_score([1, 1, 1, 1], TENSOR)",
}
# Tensors on the processor, or arrays, and what takes them.
BACK = {
    "copied": ("x = torch.ones(4).to(device)", "a = x.to('cpu').numpy()"),
    "never-moved": ("x = torch.ones(4)", "a = x.numpy()"),
    "moved-in-vain": ("x = torch.ones(4)\ny = x.to(device)", "a = x.numpy()"),
    "module-here": (
        "net = torch.nn.Linear(2, 1)\nx = torch.ones(4, 2)",
        "a = net(x).detach().numpy()",
    ),
    "module-made-anew": (
        "net = torch.nn.Linear(2, 1).to(device)\nnet = torch.nn.Linear(2, 1)",
        "a = net(torch.ones(4, 2)).detach().numpy()",
    ),
    "processor": ('d = torch.device("cpu")\nx = torch.ones(4).to(d)', "a = x.numpy()"),
    "shape": ("x = torch.ones(4).to(device)", "a = np.array(x.shape)"),
    "text": ("x = torch.ones(4).to(device)", 'plt.plot([1], label="x.numpy()")'),
    "title": ("x = torch.ones(4).to(device)", "plt.title(x)"),
    "own-function": ("def asarray(x): return x\nx = torch.ones(4).to(device)", "asarray(x)"),
    "own-numpy": ("class A:\n    def numpy(self): return 1\nx = A()", "a = x.numpy()"),
    "array": ("x = np.ones(4)", "a = np.asarray(x)"),
    "guarded": (
        "x = torch.ones(4).to(device)",
        'if device == "cpu":\n    a = x.numpy()',
    ),
    "guarded-by-exception": (
        "x = torch.ones(4).to(device)",
        "try:\n    a = x.numpy()\nexcept TypeError:\n    a = None",
    ),
    "another-name": ("x = torch.ones(4).to(device)\nx = torch.ones(4)", "a = x.numpy()"),
    "brought-back": (
        NET.replace("BACK", "torch.ones(2).cpu()"),
        "a = net(torch.ones(2)).numpy()",
    ),
    "loop": ("x = torch.ones(4)", "for y in x:\n    a = y.numpy()\n    y = y.to(device)"),
    "device": ("x = torch.ones(4).to(device)", "a = np.array(str(x.device))"),
    "list": ("x = torch.ones(4).to(device)", "a = np.array([len(x)])"),
}
# Copies whose data a device that has none cannot give: for these the oracle is silent.
COPIED = {
    "cpu": "a = (TENSOR).cpu().numpy()",
    "detached": "a = (TENSOR).detach().cpu().numpy()",
    "forced": "a = (TENSOR).numpy(force=True)",
    "list": "a = np.array((TENSOR).tolist())",
    "item": "a = np.array((TENSOR)[0].item())",
    "plot": "plt.plot((TENSOR).cpu())",
}
# What nobody can know.
UNKNOWN = {
    "parameter": "def work(x):\n    return x.numpy()\nwork(torch.ones(4).to(device))",
    "given-device": "def work(d):\n    return torch.ones(4).to(d).numpy()\nwork(device)",
    "unknown-list": "x = [torch.ones(4).to(device)]\na = x[0].numpy()",
    "attribute": "class A: pass\nA.x = torch.ones(4).to(device)\na = A.x.numpy()",
    "either": "x = torch.ones(4)\nif len(x):\n    x = x.to(device)\na = x.numpy()",
    "meant": '# %% tags=["raises-exception"]\ntorch.ones(4).to(device).numpy()',
}
CELLS = {"cells": "# %%\n" + ABOVE + "# %% [markdown]\n# Gerät\n# %%\n<setup>\n# %%\n<code>"}
FUNCTION = {"function": "# %%\n" + ABOVE + "def work():\n    <setup>\n    <code>\nwork()"}
LOADED = """\
# %%
import torch
device = "cuda" if torch.cuda.is_available() else "cpu"
net = torch.nn.Linear(2, 1).to(device)
# %%
loader = [(torch.ones(4, 2), torch.ones(4))]
for inputs, targets in loader:
    {moved}
    a = {taken}.numpy()"""
BATCHES = {
    "inputs": ("inputs = inputs.to(device)", "inputs", 1),
    "both": ("inputs, targets = inputs.to(device), targets.to(device)", "targets", 1),
    "outputs": ("outputs = net(inputs.to(device)).detach()", "outputs", 1),
    "targets": ("inputs = inputs.to(device)", "targets", 0),
}
PLAIN = "# %%\nimport torch\ngröße = torch.ones(3).cuda()\nprint('é', größe.numpy())"


def taken(ways: dict[str, str], tensors: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {
        f"{name}-{way}": (setup, code.replace("TENSOR", tensor))
        for name, (setup, tensor) in tensors.items()
        for way, code in ways.items()
    }


CASES = [
    *spread(taken(TAKEN, AWAY), CELLS, 1),
    *spread(taken({"numpy": TAKEN["numpy"]}, AWAY), FUNCTION, 1),
    *(
        case
        for name, (moved, tensor, hits) in BATCHES.items()
        for case in each({f"batch-{name}": LOADED.format(moved=moved, taken=tensor)}, hits)
    ),
    *rewritten("hit", PLAIN, 1),
    *spread(taken(COPIED, AWAY), CELLS, breaks=True),
    *spread(BACK, CELLS),
    *spread(BACK, FUNCTION),
    *spread(UNKNOWN, CELLS, breaks=True),
    *rewritten("miss", PLAIN.replace(".numpy", ".cpu().numpy")),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB424", case)) == case.hits


@every([case for case in CASES if case.hits])
def test_a_copy_repairs_it(case: Case) -> None:
    fixed = Case(case.name, repaired("NB424", case), 0)
    assert b".cpu()" in fixed.data
    assert not findings("NB424", fixed)
