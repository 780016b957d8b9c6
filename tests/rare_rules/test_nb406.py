"""NB406 device-string-comparison: a `torch.device` is equal to no text."""

import json

import pytest

from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten, spread

# How a name surely gets a `torch.device`.
DEVICES = {
    "literal": "d = torch.device('cuda')",
    "choice": "d = torch.device('cuda' if torch.cuda.is_available() else 'cpu')",
    "branches": "if torch.cuda.is_available():\n    d = torch.device('cuda')\nelse:\n"
    "    d = torch.device('cpu')",
    "of-tensor": "x = torch.ones(3)\nd = x.device",
    "of-result": "m = torch.nn.Linear(1, 1)\nd = m(torch.ones(1)).device",
    "again": "first = torch.device('cpu')\nd = first",
    "walrus": "print(d := torch.device('cpu'))",
    "conditional": "d = torch.device('cuda') if torch.cuda.is_available() else torch.device('cpu')",
}
COMPARISONS = {
    "equal": "answer = d == 'cuda'",
    "unequal": "if d != 'cpu':\n    print('é')",
    "reversed": "answer = 'cuda' == d",
    "one-of": "assert d in ('cuda', 'mps')",
    "none-of": "answer = [1 for n in range(3) if d not in ['cpu']]",
    "in-function": "def fast():\n    return d == 'cuda'\n# %%\nfast()",
    "numbered": "answer = d == 'cuda:0'",
}
CELLS = {"cells": "# %%\nimport torch\n<setup>\n# %%\n<code>"}
# What is not surely a `torch.device`.
OTHERS = {
    "text": "d = 'cuda' if torch.cuda.is_available() else 'cpu'",
    "either": "d = 'cpu'\nif torch.cuda.is_available():\n    d = torch.device('cuda')",
    "type": "d = torch.device('cuda').type",
    "as-text": "d = str(torch.device('cuda'))",
    "unknown": "from helpers import get_device\nd = get_device()",
    "element": "for d in ['cuda', 'cpu']:\n    pass",
    "own-class": "class Device:\n    pass\nd = Device()",
    "overwritten": "d = torch.device('cuda')\nd = 'cuda'",
}
SAFE = {
    "type-compared": "# %%\nimport torch\nd = torch.device('cuda')\nprint(d.type == 'cuda')",
    "text-compared": "# %%\nimport torch\nd = torch.device('cuda')\nprint(str(d) == 'cuda')",
    "devices": "# %%\nimport torch\nd = torch.device('cuda')\nprint(d == torch.device('cpu'))",
    "none": "# %%\nimport torch\nd = torch.device('cuda')\nprint(d is None, d == None)",
    "part-of-text": "# %%\nimport torch\nd = torch.device('cuda')\nprint('cuda' in str(d))",
    "mixed-list": "# %%\nimport torch\nd = torch.device('cuda')\nprint(d in ['cuda', d])",
    "parameter": "# %%\nimport torch\nd = torch.device('cuda')\ndef f(d):\n    return d == 'cuda'",
    "own-torch": "# %%\nclass torch:\n    device = str\nd = torch.device('mps')\nprint(d == 'mps')",
    "formatted": "# %%\nimport torch\nd = torch.device('cuda')\nprint(f'{d}' == 'cuda')",
    "markdown": "# %% [markdown]\n# `torch.device('cuda') == 'cuda'` is False.",
}
PLAIN = "# %%\nimport torch\nd = torch.device('cuda')\n# %%\nprint('é', d"
CASES = [
    *(
        case
        for device, above in DEVICES.items()
        for case in spread(
            {f"{device}-{name}": (above, code) for name, code in COMPARISONS.items()}, CELLS, 1
        )
    ),
    *rewritten("hit", PLAIN + " == 'cuda')", 1),
    *(
        case
        for device, above in OTHERS.items()
        for case in spread(
            {f"{device}-{name}": (above, code) for name, code in COMPARISONS.items()}, CELLS
        )
    ),
    *each(SAFE),
    *rewritten("miss", PLAIN + ".type == 'cuda')"),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB406", case)) == case.hits


@every([case for case in CASES if case.hits and "numbered" not in case.name])
def test_repaired_code_compares_the_type(case: Case) -> None:
    cells = json.loads(repaired("NB406", case))["cells"]
    assert ".type" in "\n".join("".join(cell["source"]) for cell in cells)


@pytest.mark.parametrize("text", ["cuda", "cpu"])
def test_message_names_the_text(text: str) -> None:
    (case,) = each({"one": f"# %%\nimport torch\nd = torch.device('cpu')\nprint(d == '{text}')"})
    (finding,) = findings("NB406", case)
    assert finding.message == f"A `torch.device` never equals `{text}`; compare `d.type`"
