"""NB452 deprecated-device-api: calls that a library has replaced, and calls that look like them."""

from tests.rare_rules.harness import Case, each, every, findings, notebook, rewritten, spread

FORMS = {
    "autocast": ("import torch", "torch.cuda.amp.autocast()"),
    "autocast-keyword": ("import torch", "torch.cuda.amp.autocast(enabled=False)"),
    "autocast-imported": ("from torch.cuda.amp import autocast", "autocast()"),
    "autocast-module": ("from torch.cuda import amp", "amp.autocast()"),
    "autocast-cpu": ("import torch", "torch.cpu.amp.autocast()"),
    "scaler": ("import torch", "torch.cuda.amp.GradScaler()"),
    "scaler-imported": ("from torch.cuda.amp import GradScaler as Scaler", "Scaler()"),
    "variable": ("from torch.autograd import Variable", "Variable([1])"),
    "variable-alias": ("import torch as t", "t.autograd.Variable([1])"),
    "cached": ("import torch", "torch.cuda.memory_cached()"),
    "most-cached": ("import torch", "torch.cuda.max_memory_cached()"),
    "type": ("import torch", "torch.set_default_tensor_type('torch.FloatTensor')"),
    "tensorflow": ("import tensorflow as tf", "tf.test.is_gpu_available()"),
}
CONTEXTS = {
    "alone": "# %%\n<setup>\n<code>",
    "next-cell": "# %%\n<setup>\n# %% [markdown]\n# Größe\n# %%\nprint('é')\n<code>",
    "function": "# %%\n<setup>\ndef work():\n    return [\n        <code>\n    ]",
    "condition": "# %%\n<setup>\nif True:\n    <code>",
    "loop": "# %%\n<setup>\nfor _ in range(3):\n    <code>",
}
NEAR = {
    "new-autocast": ("import torch", "torch.amp.autocast('cuda')"),
    "new-plain-autocast": ("import torch", "torch.autocast('cuda')"),
    "new-scaler": ("import torch", "torch.amp.GradScaler('cuda')"),
    "new-scaler-imported": ("from torch.amp import GradScaler", "GradScaler()"),
    "reserved": ("import torch", "torch.cuda.memory_reserved()"),
    "dtype": ("import torch", "torch.set_default_dtype(torch.float32)"),
    "tensorflow-variable": ("import tensorflow as tf", "tf.Variable([1])"),
    "tensorflow-imported": ("from tensorflow import Variable", "Variable([1])"),
    "devices": ("import tensorflow as tf", "tf.config.list_physical_devices('GPU')"),
    "own-function": ("def Variable(value): return value", "Variable([1])"),
    "own-class": ("class GradScaler: pass", "GradScaler()"),
    "other-module": ("from symbols import Variable", "Variable('x')"),
    "reference": ("import torch", "torch.cuda.amp.autocast"),
    "text": ("import torch", "'torch.cuda.amp.autocast()'"),
    "attribute": ("import torch", "(lambda m: m.cuda.amp.autocast())"),
    "rebound": (
        "from torch.autograd import Variable\nVariable = tuple",
        "Variable([1])",
    ),
}
ELSEWHERE = {
    "comment": "# %%\nimport torch\n# torch.cuda.amp.autocast()",
    "markdown": "# %% [markdown]\n# torch.cuda.amp.autocast()",
    "file": "# %%\n%%writefile a.py\nimport torch\ntorch.cuda.amp.autocast()",
    "not-imported": "# %%\ntorch.cuda.amp.autocast()",
}
PLAIN = "# %%\nimport torch\nprint('é')\ntorch.cuda.amp.autocast()"
CASES = [
    *spread(FORMS, CONTEXTS, 1),
    notebook("two", f"{PLAIN}\ntorch.cuda.memory_cached()", 2),
    *rewritten("hit", PLAIN, 1),
    *spread(NEAR, CONTEXTS),
    *each(ELSEWHERE),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB452", case)) == case.hits
