"""NB405 availability-not-called: a function is true where its answer would be false."""

import json
import sys
from types import ModuleType

import pytest

from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten, spread
from tests.rare_rules.kernel import outcome

ASKED = {
    "cuda": ("import torch", "torch.cuda.is_available"),
    "mps": ("import torch", "torch.backends.mps.is_available"),
    "built": ("import torch", "torch.backends.mps.is_built"),
    "alias": ("import torch as t", "t.cuda.is_available"),
    "from-import": ("from torch import cuda", "cuda.is_available"),
    "submodule-alias": ("import torch.cuda as gpu", "gpu.is_available"),
    "from-submodule": ("from torch.backends import mps as metal", "metal.is_available"),
}
DECISIONS = {
    "conditional": "answer = 'gpu' if ASK else 'cpu'",
    "negated": "answer = not ASK",
    "statement": "answer = 'cpu'\nif ASK:\n    answer = 'gpu'",
    "and": "answer = bool(ASK and 1)",
    "or": "print('é'); answer = bool(ASK or 0)",
    "loop": "answer = 'cpu'\nwhile ASK:\n    answer = 'gpu'\n    break",
    "elif": "answer = 0\nif answer:\n    pass\nelif ASK:\n    answer = 1",
    "nested": "answer = ['cpu', 'gpu'][1 if ASK else 0]",
    "called-function": "def device():\n    return 'gpu' if ASK else 'cpu'\n# %%\nanswer = device()",
    "magics": "%matplotlib inline\n!nvidia-smi\nanswer = 'gpu' if (ASK) else 'cpu'",
}
NAMES_ONLY = {
    "xpu": "# %%\nimport torch\nif torch.xpu.is_available:\n    pass",
    "accelerator": "# %%\nimport torch\nassert torch.accelerator.is_available",
    "lambda": "# %%\nimport torch\npick = lambda: 1 if torch.cuda.is_available else 0",
    "method": "# %%\nimport torch\nclass Model:\n    def __init__(self):\n"
    "        self.gpu = not torch.cuda.is_available\nModel()",
    "uncalled-function": "# %%\nimport torch\ndef device():\n    if torch.cuda.is_available:\n"
    "        return 'cuda'\n    return 'cpu'",
    "timed": "# %%\nimport torch\n# %%\n%%time\nif torch.cuda.is_available:\n    pass",
}
CALLED = {f"called-{name}": (above, f"{ask}()") for name, (above, ask) in ASKED.items()}
SAFE = {
    "passed-on": "# %%\nimport torch\nchecks = [torch.cuda.is_available]",
    "named": "# %%\nimport torch\nask = torch.cuda.is_available\nprint(ask())",
    "argument": "# %%\nimport torch\nprint(torch.cuda.is_available)",
    "any-of-calls": "# %%\nimport torch\nprint(any(ask() for ask in [torch.cuda.is_available]))",
    "compared": "# %%\nimport torch\nprint(torch.cuda.is_available == torch.xpu.is_available)",
    "patched": "# %%\nimport torch\ntorch.cuda.is_available = lambda: False",
    "other-object": "# %%\nroom = find_room()\nif room.is_available:\n    pass",
    "own-torch": "# %%\nclass torch:\n    is_available = False\nif torch.is_available:\n    pass",
    "own-cuda": "# %%\nimport torch\nclass cuda:\n    is_available = True\n"
    "if cuda.is_available:\n    pass",
    "other-library": "# %%\nimport warehouse\nif warehouse.stock.is_available:\n    pass",
    "rebound": "# %%\nimport torch\ntorch = load_stub()\nif torch.cuda.is_available:\n    pass",
    "longer-name": "# %%\nimport torch\nif torch.cuda.is_available_now:\n    pass",
    "hasattr": "# %%\nimport torch\nif hasattr(torch.cuda, 'is_available'):\n    pass",
    "string": "# %%\nprint('if torch.cuda.is_available:')",
    "comment": "# %%\nimport torch\nfast = True  # if torch.cuda.is_available else False",
    "markdown": "# %% [markdown]\n# `if torch.cuda.is_available:` is always true.",
    "script-file": "# %%\n%%writefile a.py\nimport torch\nif torch.cuda.is_available:\n    pass",
    "loop-target": "# %%\nimport torch\nfor ask in (torch.cuda.is_available,):\n    print(ask())",
    "dictionary": "# %%\nimport torch\nasks = {'cuda': torch.cuda.is_available}",
    "keyword": "# %%\nimport torch\nprint(dict(ask=torch.cuda.is_available))",
    "decision-elsewhere": "# %%\nimport torch\nprint(torch.cuda.is_available if 1 else None)",
    "parameter": "# %%\ndef pick(torch):\n    if torch.is_available:\n        return 1",
    "attribute-behind": "# %%\nimport torch\nif torch.cuda.is_available.__name__:\n    pass",
}
PLAIN = "# %%\nimport torch\n# %%\nprint('é')\nanswer = 'gpu' if torch.cuda.is_available"
CASES = [
    *(
        case
        for decision, text in DECISIONS.items()
        for case in spread(
            {
                f"{name}-{decision}": (above, text.replace("ASK", ask))
                for name, (above, ask) in ASKED.items()
            },
            {"cells": "# %%\n<setup>\n# %% [markdown]\n# Gerät\n# %%\n<code>"},
            1,
        )
    ),
    *each(NAMES_ONLY, 1),
    *rewritten("hit", PLAIN + " else 'cpu'", 1),
    *(
        case
        for decision in ("conditional", "negated", "statement", "and", "called-function")
        for case in spread(
            {
                f"{name}-{decision}": (above, DECISIONS[decision].replace("ASK", ask))
                for name, (above, ask) in CALLED.items()
            },
            {"cell": "# %%\n<setup>\n<code>"},
        )
    ),
    *each(SAFE),
    *rewritten("miss", PLAIN + "() else 'cpu'"),
]


@pytest.fixture
def torch_without_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    """A `torch` on a machine that has no accelerator."""
    modules = {
        name: ModuleType(name)
        for name in ("torch", "torch.cuda", "torch.backends", "torch.backends.mps")
    }
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
        outer, _, inner = name.rpartition(".")
        if outer:
            setattr(modules[outer], inner, module)
        vars(module)["is_available"] = vars(module)["is_built"] = lambda: False


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB405", case)) == case.hits


@every([case for case in CASES if case.hits and "answer" in "".join(case.sources)])
def test_answer_is_another_when_asked(case: Case, torch_without_devices: None) -> None:
    cells = json.loads(repaired("NB405", case))["cells"]
    asking = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    (error, before), (other_error, after) = outcome(case.sources), outcome(asking)
    assert not error
    assert not other_error
    assert before["answer"] != after["answer"]
