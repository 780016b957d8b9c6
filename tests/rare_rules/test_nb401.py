"""NB401 hard-coded-device: a device by its name, where nobody asks which there is."""

import ast
import json

from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten, spread

SITES = {
    "cuda": "x = torch.ones(3).cuda()",
    "to": "x = torch.ones(3).to('cuda')",
    "to-object": "x = torch.ones(3).to(torch.device('cuda:0'))",
    "to-keyword": "x = torch.ones(3).to(device='mps')",
    "factory": "x = torch.zeros(2, device='cuda')",
    "load": "w = torch.load('w.pt', map_location='cuda')",
    "generator": "g = torch.Generator('cuda')",
    "default": "torch.set_default_device('cuda')",
    "name": "gpu = 'cuda'\nx = torch.ones(3).to(gpu)",
    "object": "gpu = torch.device('cuda')\nx = torch.ones(3, device=gpu)",
    "number": "x = torch.ones(3).cuda(0)",
    "loop": "for batch in loader:\n    batch = batch.cuda(non_blocking=True)",
    "function": "def move(batch):\n    return batch.to('xpu')",
    "map": "m = load(device_map={'': 'cuda:0'})",
}
CONTEXTS = {
    "cells": "# %%\nimport torch\n# %% [markdown]\n# Gerät\n# %%\n<code>",
    "alias": "# %%\nimport torch\n# %%\n%matplotlib inline\n!ls\n<code>",
    "condition": "# %%\nimport torch\n# %%\nif len(str(3)) < 9:\n    <code>",
    "question-elsewhere": "# %%\nimport torch\nprint(torch.cuda.is_available())\n# %%\n<code>",
}
# Ways to say that there has to be a GPU, or to ask for it.
SILENT = {
    "guard": "# %%\nimport torch\nif torch.cuda.is_available():\n    <code>",
    "handler": "# %%\nimport torch\ntry:\n    <code>\nexcept RuntimeError:\n    pass",
    "assertion": "# %%\nimport torch\nassert torch.cuda.is_available()\n# %%\n<code>",
    "exit": "# %%\nimport torch\nif not torch.cuda.is_available():\n    exit()\n# %%\n<code>",
    "library": "# %%\nimport torch, bitsandbytes\n<code>",
    "install": "# %%\n!pip install -q vllm\nimport torch\n<code>",
    "metadata": '# notebook metadata={"accelerator": "GPU"}\n# %%\nimport torch\n<code>',
    "colab": '# notebook metadata={"colab": {"gpuType": "T4"}}\n# %%\nimport torch\n<code>',
    "kaggle": '# notebook metadata={"kaggle": {"isGpuEnabled": true}}\n# %%\nimport torch\n<code>',
    "said": '# notebook metadata={"nbcoach": {"gpu": "required"}}\n# %%\nimport torch\n<code>',
    "smi": "# %%\n!nvidia-smi\n# %%\nimport torch\n<code>",
    "prose": "# %% [markdown]\n# You need a GPU for this.\n# %%\nimport torch\n<code>",
    "half": "# %%\nimport torch\nm = M.from_pretrained('m', dtype=torch.float16)\n<code>",
    "elsewhere": "# %%\nimport torch\nd = 'cuda' if torch.cuda.is_available() else 'cpu'\n"
    "y = torch.ones(3).to(d)\n# %%\n<code>",
    "compared": "# %%\nimport torch\ny = torch.ones(3, device='cpu')\n# %%\n<code>",
    "tagged": '# %%\nimport torch\n# %% tags=["raises-exception"]\n<code>',
}
SAFE = {
    "type": "# %%\nimport torch\ns = torch.amp.GradScaler('cuda')\nwith torch.autocast('cuda'):\n"
    "    pass",
    "comparison": "# %%\nimport torch\nprint(torch.device('cuda') == torch.device('cuda:0'))",
    "default": "# %%\nimport torch\ndef f(x, device='cuda'):\n    return x.to(device)",
    "form": "# %%\nimport torch\nd = 'cuda'  # @param ['cuda', 'cpu']\nx = torch.ones(3).to(d)",
    "parameters": '# %% tags=["parameters"]\nd = "cuda"\n# %%\nimport torch\n'
    "x = torch.ones(3).to(d)",
    "environment": "# %%\nimport os, torch\nx = torch.ones(3).to(os.environ.get('D', 'cuda'))",
    "automatic": "# %%\nimport torch\nm = load(device_map='auto')",
    "several": "# %%\nimport torch\nx = torch.ones(3).to('cuda:0')\ny = torch.ones(3).to('cuda:1')",
    "text": "# %%\nimport torch\nprint('use .to(\\'cuda\\')')",
    "camera": "# %%\nimport tv\ntv.open(device=0)  # cuda",
    "boosting": "# %%\nimport xgboost\nm = xgboost.XGBClassifier(device='cuda')",
    "own-method": "# %%\nimport torch\nclass M(torch.nn.Module):\n    def cuda(self):\n"
    "        return super().cuda()",
    "unit": "# %%\nimport pint, cuda\nlength = pint.Quantity(3, 'm').to('km')",
}
PLAIN = "# %%\nimport torch\n# %%\nprint('é')\nx = torch.ones(3).to("
CASES = [
    *spread({name: ("", code) for name, code in SITES.items()}, CONTEXTS, 1),
    *rewritten("hit", PLAIN + "'cuda')", 1),
    *spread({name: ("", code) for name, code in SITES.items()}, SILENT),
    *each(SAFE),
    *rewritten("miss", PLAIN + "'cpu')"),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB401", case)) == case.hits


@every([case for case in CASES if case.hits and "import torch" in case.sources[0]])
def test_repaired_notebook_asks_or_stays(case: Case) -> None:
    data = repaired("NB401", case)
    if data != case.data:
        assert not findings("NB401", Case("after", data, 0, case.path))
        sources = ["".join(cell["source"]) for cell in json.loads(data)["cells"]]
        assert sum(source.count(".is_available() else") for source in sources) == 1


def test_most_hits_can_be_repaired() -> None:
    (case,) = each({"one": "# %%\nimport torch\nx = torch.ones(3).cuda(non_blocking=True)"})
    (cell,) = json.loads(repaired("NB401", case))["cells"]
    source = "".join(cell["source"])
    ast.parse(source)
    assert source == (
        "import torch\n"
        'device = "cuda" if torch.cuda.is_available() else "cpu"\n'
        "x = torch.ones(3).to(device, non_blocking=True)"
    )
