"""Where tensors and modules are."""

import ast

import pytest

from nbcoach.notebook import CodeCell, Notebook
from tests.fakes import document_of

ABOVE = """\
import torch
import copy
from torch import nn
import torch.nn.functional as F
from torch.utils.data import DataLoader
from transformers import AutoModel
device = "cuda" if torch.cuda.is_available() else "cpu"
here = torch.device("cpu")
x = torch.ones(2)
there = torch.ones(2).to(device)
model = nn.Linear(2, 1).to(device)
small = nn.Linear(2, 1)
class Net(nn.Module):
    def forward(self, x):
        return x
class Bringing(nn.Module):
    def forward(self, x):
        return x.cpu()
class Moving(nn.Module):
    def __init__(self):
        self.to("cuda")
"""


def notebook_of(text: str) -> Notebook:
    return document_of(*(cell.strip("\n") for cell in text.split("# %%"))).notebook


def place(text: str) -> str:
    """Where the argument of the call of `ask` is."""
    notebook = notebook_of(text)
    for cell in notebook.code_cells:
        assert isinstance(cell, CodeCell)
        assert cell.code is not None
        for call in cell.code.nodes(ast.Call):
            if isinstance(call.func, ast.Name) and call.func.id == "ask":
                return notebook.placement.of(call.args[0])
    raise AssertionError("nothing is asked")


EXPRESSIONS = {
    # factories
    "torch.zeros(3)": "cpu",
    "torch.zeros(3, device=device)": "dev",
    "torch.zeros(3, device='cuda')": "dev",
    "torch.zeros(3, device='cpu')": "cpu",
    "torch.zeros(3, device=given)": "any",
    "torch.zeros_like(there)": "dev",
    "torch.zeros_like(x)": "cpu",
    "torch.tensor([1.0])": "cpu",
    "torch.as_tensor(there)": "dev",
    # moves
    "x.to(device)": "dev",
    "x.to('cuda:1')": "dev",
    "x.to(0)": "dev",
    "x.to(device=device, dtype=torch.float16)": "dev",
    "x.cuda()": "dev",
    "x.to(given)": "any",
    "x.to(**how)": "any",
    "there.cpu()": "cpu",
    "there.to('cpu')": "cpu",
    "there.to(here)": "cpu",
    "there.to(torch.float16)": "dev",
    "there.to(dtype=torch.float16)": "dev",
    "x.to(there)": "dev",
    "x.to(there.device)": "dev",
    "x.to(model.weight.device)": "any",
    "x.to(next(model.parameters()).device)": "dev",
    "anything.to(device)": "dev",
    "anything.cuda()": "dev",
    # what stays
    "there.detach().float().sum()": "dev",
    "there[0]": "dev",
    "there.T": "dev",
    "there.max(1)[1]": "dev",
    "there.topk(2).indices": "dev",
    "-there": "dev",
    "2 * there + 1": "dev",
    "there == x": "dev",
    "torch.cat([there, there])": "dev",
    "torch.softmax(there, dim=1)": "dev",
    "F.relu(there)": "dev",
    "torch.argmax(there, 1)": "dev",
    "there if a else there": "dev",
    "there if a else x": "any",
    "(y := there)": "dev",
    # what does not
    "there.item()": "any",
    "there.tolist()": "any",
    "there.numpy()": "any",
    "there.shape": "any",
    "there.device": "any",
    "there is x": "any",
    "len(there)": "any",
    "[there]": "any",
    "'cuda'": "any",
    "unknown(there)": "any",
    "anything": "any",
    "1": "any",
    # modules
    "nn.Linear(1, 2)": "cpu",
    "nn.Linear(1, 2, device=device)": "dev",
    "nn.DataParallel(model)": "dev",
    "copy.deepcopy(model)": "dev",
    "model.eval()": "dev",
    "model(x)": "dev",
    "model(x).argmax(1)": "dev",
    "nn.MSELoss()(there, there)": "dev",
    "small(x)": "any",
    "Net()": "cpu",
    "Net().to(device)": "dev",
    "Moving()": "any",
    "AutoModel.from_pretrained('a')": "cpu",
    "AutoModel.from_pretrained('a').to(device)(**inputs).last_hidden_state[0]": "dev",
    "AutoModel.from_pretrained('a', device_map='auto')": "any",
    "model.predict(x)": "any",
    "model.weight": "any",
}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expressions(expression: str) -> None:
    assert place(f"{ABOVE}# %%\nask({expression})") == EXPRESSIONS[expression]


STORIES = {
    "a module moves in place": ("small.to(device)\nask(small)", "dev"),
    "what it gives is there": ("small.cuda()\nask(small(x))", "dev"),
    "not before": ("ask(small)\nsmall.to(device)", "any"),
    "and back": ("small.to(device)\nsmall.to('cpu')\nask(small)", "any"),
    "its type alone": ("small.to(torch.float16)\nask(small)", "cpu"),
    "a tensor does not": ("x.to(device)\nask(x)", "cpu"),
    "in another cell": ("small.to(device)\n# %%\nask(small)", "dev"),
    "in a function": ("small.to(device)\ndef f(x):\n    return ask(small(x))", "dev"),
    "a local module": ("def f():\n    net = Net()\n    net.to(device)\n    ask(net)", "dev"),
    "a local module of the same name": (
        "small.to(device)\ndef f():\n    small = Net()\n    ask(small)",
        "cpu",
    ),
    "with a question": ("if use_cuda:\n    small.cuda()\nask(small)", "dev"),
    "made anew": ("model = Net()\nask(model)", "cpu"),
    "made anew, not moved again": ("small.to(device)\nsmall = Net()\nask(small)", "cpu"),
    "made anew and moved": ("small = Net()\nsmall.to(device)\nask(small)", "dev"),
    "a module that brings back": ("net = Bringing().to(device)\nask(net(x))", "any"),
    "a batch": ("for a, b in loader:\n    a = a.to(device)\n    ask(a)", "dev"),
    "a batch as it is": ("for a, b in loader:\n    ask(a)", "any"),
    "a loader's batch": ("for a, b in DataLoader(data):\n    ask(a)", "cpu"),
    "a batch in a function": (
        "def f(loader):\n    for a in loader:\n        a, b = a.to(device), 1\n        ask(a)",
        "dev",
    ),
    "predictions": ("_, found = torch.max(model(x), 1)\nask(found)", "dev"),
    "one of many": ("for a, b in zip(model(x), names):\n    ask(a)", "dev"),
    "a number of many": ("for i, a in enumerate(model(x)):\n    ask(i)", "any"),
    "one of many with a number": ("for i, a in enumerate(model(x)):\n    ask(a)", "dev"),
    "a sum": ("total = 0\nfor i in y:\n    total += there.sum()\nask(total)", "dev"),
    "a parameter": ("def f(there):\n    ask(there)", "any"),
    "a function's result": ("def f(x):\n    return model(x)\nask(f(x))", "dev"),
    "a function that brings back": ("def f(x):\n    return model(x).cpu()\nask(f(x))", "cpu"),
    "a function of two ways": (
        "def f(x):\n    if a:\n        return model(x)\n    return x\nask(f(x))",
        "any",
    ),
    "a generator": ("def f(x):\n    yield 1\n    return model(x)\nask(f(x))", "any"),
    "a function under a decorator": (
        "@torch.no_grad()\ndef f(x):\n    return model(x)\nask(f(x))",
        "dev",
    ),
    "a function under an unknown decorator": (
        "@cached\ndef f(x):\n    return model(x)\nask(f(x))",
        "any",
    ),
    "recursion": ("def f(x):\n    return f(x)\nask(f(x))", "any"),
    "an unknown default": ("torch.set_default_device('cuda')\nask(torch.ones(1))", "any"),
    "a library that moves": ("trainer = Trainer(small)\nask(small)", "any"),
    "a helper's device": ("from helper import fit\nask(fit(x, device=device))", "any"),
    "a device for the processor": ("a = x.to(here)\nask(a)", "cpu"),
}


@pytest.mark.parametrize("story", STORIES)
def test_stories(story: str) -> None:
    text, expected = STORIES[story]
    assert place(f"{ABOVE}# %%\n{text}") == expected
