"""NB402 inconsistent-device-policy: a fixed device below a name that holds the one there is."""

import ast
import json

from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten, spread

CHOICES = {
    "text": "device = 'cuda' if torch.cuda.is_available() else 'cpu'",
    "object": "device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')",
    "negated": "device = 'cpu' if not torch.cuda.is_available() else 'cuda:0'",
    "branches": "if torch.cuda.is_available():\n    device = 'cuda'\nelse:\n    device = 'cpu'",
    "flag": "gpu = torch.cuda.is_available()\ndevice = torch.device('cuda' if gpu else 'cpu')",
    "function": "def pick():\n    if torch.cuda.is_available():\n        return 'cuda'\n"
    "    return 'cpu'\ndevice = pick()",
    "accelerator": "device = torch.accelerator.current_accelerator() or torch.device('cpu')",
    "and-or": "device = torch.cuda.is_available() and 'cuda' or 'cpu'",
    "metal": "device = 'mps' if torch.backends.mps.is_available() else 'cpu'",
}
SITES = {
    "cuda": "x = torch.ones(3).cuda()",
    "to": "print('é', torch.ones(3).to('cuda'))",
    "factory": "x = torch.zeros(2, device='cuda')",
    "object": "x = torch.ones(3).to(torch.device('cuda:0'))",
    "load": "w = torch.load('w.pt', map_location='cuda')",
    "generator": "g = torch.Generator('cuda')",
    "function": "def move(batch):\n    return batch.cuda(non_blocking=True)",
    "loop": "for batch in loader:\n    print(batch.to('cuda', non_blocking=True))",
    "variable": "gpu = 'cuda'\nx = torch.ones(3).to(gpu)",
    "numbered": "x = torch.ones(3).cuda(0)",
}
CELLS = {"cells": "# %%\nimport torch\n<setup>\n# %% [markdown]\n# Modell\n# %%\n<code>"}
GUARDED = {
    "if": "if torch.cuda.is_available():\n    SITE",
    "device": "if str(device).startswith('cuda'):\n    SITE",
    "handler": "try:\n    SITE\nexcept RuntimeError:\n    print('no GPU')",
    "assertion": "assert torch.cuda.is_available()\nSITE",
    "both": "SITE\ny = torch.ones(3, device='cpu')",
}
SAFE = {
    "no-choice": "# %%\nimport torch\nx = torch.ones(3).cuda()",
    "above": "# %%\nimport torch\nx = torch.ones(3).cuda()\n# %%\n"
    "device = 'cuda' if torch.cuda.is_available() else 'cpu'",
    "rebound": "# %%\nimport torch\ndevice = 'cuda' if torch.cuda.is_available() else 'cpu'\n# %%\n"
    "device = 'cuda'\n# %%\nx = torch.ones(3).to(device)",
    "setting": "# %%\nimport os, torch\nd = os.environ['DEVICE']\n# %%\nx = torch.ones(3).cuda()",
    "size": "# %%\nimport torch\nbatch = 64 if torch.cuda.is_available() else 8\n# %%\n"
    "x = torch.ones(3).cuda()",
    "moved": "# %%\nimport torch\nx = torch.ones(3)\n"
    "x = x.to('cuda') if torch.cuda.is_available() else x\n# %%\ny = torch.ones(3).cuda()",
    "of-model": "# %%\nimport torch\nm = torch.nn.Linear(1, 1)\nd = next(m.parameters()).device\n"
    "# %%\ny = torch.ones(3).cuda()",
    "local": "# %%\nimport torch\ndef f():\n"
    "    device = 'cuda' if torch.cuda.is_available() else 'cpu'\n# %%\ny = torch.ones(3).cuda()",
    "many": "# %%\nimport torch\nd = 'cuda' if torch.cuda.is_available() else 'cpu'\n# %%\n"
    "x = torch.ones(3).cuda(0)\ny = torch.ones(3).cuda(1)",
    "default": "# %%\nimport torch\nd = 'cuda' if torch.cuda.is_available() else 'cpu'\n# %%\n"
    "def f(x, device='cuda'):\n    return x.to(device)",
    "type": "# %%\nimport torch\nd = 'cuda' if torch.cuda.is_available() else 'cpu'\n# %%\n"
    "s = torch.amp.GradScaler('cuda', enabled=False)\nwith torch.autocast(device_type='cuda'):\n"
    "    pass",
    "query": "# %%\nimport torch\nd = 'cuda' if torch.cuda.is_available() else 'cpu'\n# %%\n"
    "torch.cuda.synchronize(device='cuda')",
    "camera": "# %%\nimport torch, tv\nd = 'cuda' if torch.cuda.is_available() else 'cpu'\n# %%\n"
    "tv.open(device=0)",
    "wanted": "# %%\nimport torch\nd = 'cuda' if torch.cuda.is_available() else 'cpu'\n"
    '# %% tags=["raises-exception"]\nx = torch.ones(3).cuda()',
}
PLAIN = "# %%\nimport torch\nd = 'cuda' if torch.cuda.is_available() else 'cpu'\n# %%\nx = y.to("
CASES = [
    *(
        case
        for choice, above in CHOICES.items()
        for case in spread(
            {f"{choice}-{name}": (above, code) for name, code in SITES.items()}, CELLS, 1
        )
    ),
    *rewritten("hit", PLAIN + "'cuda')", 1),
    *(
        case
        for guard, text in GUARDED.items()
        for case in spread(
            {
                f"{guard}-{choice}-{site}": (CHOICES[choice], text.replace("SITE", SITES[site]))
                for choice in ("text", "object", "branches", "accelerator")
                for site in ("cuda", "to", "factory", "load")
            },
            CELLS,
        )
    ),
    *each(SAFE),
    *rewritten("miss", PLAIN + "d)"),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB402", case)) == case.hits


@every([case for case in CASES if case.hits])
def test_repaired_code_takes_the_chosen_device(case: Case) -> None:
    cells = json.loads(repaired("NB402", case))["cells"]
    last = "".join(cells[-1]["source"])
    ast.parse(last)
    name = "device" if "import torch\nd =" not in case.sources[0] else "d"
    taken = [node for node in ast.walk(ast.parse(last)) if isinstance(node, ast.Name)]
    assert name in {node.id for node in taken}
    assert "cuda" not in last
