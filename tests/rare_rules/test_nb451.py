"""NB451 late-device-environment: a variable that nobody reads any more."""

import json

import pytest

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

DEADLINES = {
    ("JAX_PLATFORMS", "import jax"),
    ("JAX_PLATFORM_NAME", "import jax.numpy as jnp"),
    ("JAX_ENABLE_X64", "from jax import numpy"),
    ("JAX_NUM_CPU_DEVICES", "import jax"),
    ("KERAS_BACKEND", "import keras"),
    ("KERAS_BACKEND", "from keras import layers"),
    ("TF_CPP_MIN_LOG_LEVEL", "import tensorflow as tf"),
    ("PYTORCH_ENABLE_MPS_FALLBACK", "import torch.nn as nn"),
    ("CUDA_VISIBLE_DEVICES", "import torch\nprint(torch.cuda.is_available())"),
    ("CUDA_VISIBLE_DEVICES", "from torch import cuda\ncuda.init()"),
    ("CUDA_VISIBLE_DEVICES", "import torch\nif torch.cuda.is_available():\n    pass"),
    ("CUDA_DEVICE_ORDER", "import torch\nname = torch.cuda.get_device_name(0)"),
    ("CUDA_VISIBLE_DEVICES", "import jax\njax.devices()"),
    ("XLA_FLAGS", "import jax.numpy as jnp\nx = jnp.ones(3)"),
    ("XLA_PYTHON_CLIENT_PREALLOCATE", "import jax\nkey = jax.random.PRNGKey(0)"),
    ("XLA_PYTHON_CLIENT_MEM_FRACTION", "import jax\nprint(jax.device_count())"),
    ("XLA_PYTHON_CLIENT_ALLOCATOR", "import jax\njax.default_backend()"),
    ("XLA_CLIENT_MEM_FRACTION", "import jax\nx = jax.device_put(1)"),
}
SETTINGS = {
    "item": "import os\nos.environ['NAME'] = '1'",
    "default": "import os\nos.environ.setdefault('NAME', '1')",
    "alias": "from os import environ\nenviron['NAME'] = '1'",
    "put": "import os as system\nsystem.putenv('NAME', '1')",
    "magic": "%env NAME=1",
    "magic-with-space": "%set_env NAME 1",
    "condition": "import os\nif 1:\n    os.environ['NAME'] = '1'",
}
BELOW = {"cells": "# %%\n<setup>\n# %% [markdown]\n# Gerät\n# %%\n<code>"}
ABOVE = {"cells": "# %%\n<code>\n# %%\n<setup>"}
TOUCH = "# %%\nimport torch\nprint(torch.cuda.is_available())\n# %%\n"
SAFE = {
    "import-only": "# %%\nimport os, torch\nos.environ['CUDA_VISIBLE_DEVICES'] = '1'",
    "import-jax-only": "# %%\nimport os, jax\nos.environ['XLA_FLAGS'] = '--x=1'",
    "in-function": "# %%\nimport os, torch\ndef f():\n    torch.cuda.init()\n"
    "os.environ['CUDA_VISIBLE_DEVICES'] = '1'",
    "perhaps": "# %%\nimport os, torch\nif len(os.listdir()) > 3:\n    torch.cuda.init()\n# %%\n"
    "os.environ['CUDA_VISIBLE_DEVICES'] = '1'",
    "import-in-try": "# %%\nimport os\ntry:\n    import keras\nexcept ImportError:\n    pass\n"
    "os.environ['KERAS_BACKEND'] = 'jax'",
    "read": TOUCH + "import os\nprint(os.environ['CUDA_VISIBLE_DEVICES'])",
    "read-by-magic": TOUCH + "%env CUDA_VISIBLE_DEVICES",
    "program": TOUCH + "import os\nos.environ['CUDA_VISIBLE_DEVICES'] = '1'\n!python train.py",
    "process": TOUCH + "import os, subprocess\nos.environ['CUDA_VISIBLE_DEVICES'] = '1'",
    "restart": "# %%\nimport torch\nprint(torch.cuda.is_available())\n# %%\n"
    "get_ipython().kernel.do_shutdown(True)\n# %%\nimport os\n"
    "os.environ['CUDA_VISIBLE_DEVICES'] = '1'",
    "own-environ": TOUCH + "environ = {}\nenviron['CUDA_VISIBLE_DEVICES'] = '1'",
    "other-variable": TOUCH + "import os\nos.environ['MY_VARIABLE'] = '1'",
    "never-late": "# %%\nimport os, transformers\nos.environ['TOKENIZERS_PARALLELISM'] = 'false'",
    "set-twice": "# %%\nimport os\nos.environ['JAX_PLATFORMS'] = 'cpu'\nimport jax\n# %%\n"
    "os.environ['JAX_PLATFORMS'] = 'cpu'",
    "set-in-function": "# %%\nimport os, keras\ndef f():\n    os.environ['KERAS_BACKEND'] = 'jax'",
    "old-tensorflow": "# %%\nimport os\nimport tensorflow as tf\n"
    "os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'\nsession = tf.Session()",
    "other-library": "# %%\nimport os, numpy\nos.environ['JAX_PLATFORMS'] = 'cpu'",
    "skipped": '# %% tags=["skip-execution"]\nimport keras\n# %%\nimport os\n'
    "os.environ['KERAS_BACKEND'] = 'jax'",
    "count": "# %%\nimport os, torch\nprint(torch.cuda.device_count())\n"
    "os.environ['CUDA_VISIBLE_DEVICES'] = '1'",
}
PLAIN = "# %%\nimport os\nimport {}\n# %%\nprint('é')\nos.environ['KERAS_BACKEND'] = 'jax'"
CASES = [
    *(
        case
        for number, (variable, above) in enumerate(sorted(DEADLINES))
        for case in spread(
            {
                f"{variable}-{number}-{name}": (above, text.replace("NAME", variable))
                for name, text in SETTINGS.items()
            },
            BELOW,
            1,
        )
    ),
    *rewritten("hit", PLAIN.format("keras"), 1),
    *(
        case
        for number, (variable, below) in enumerate(sorted(DEADLINES))
        for case in spread(
            {
                f"{variable}-{number}-{name}": (below, text.replace("NAME", variable))
                for name, text in SETTINGS.items()
            },
            ABOVE,
        )
    ),
    *each(SAFE),
    *rewritten("miss", PLAIN.format("torch")),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB451", case)) == case.hits


@every([case for case in CASES if case.hits and ("-item-" in case.name or "hit-" in case.name)])
def test_repaired_notebook_sets_it_in_time(case: Case) -> None:
    data = repaired("NB451", case)
    after = Case("after", data, 0, case.path)
    assert data != case.data
    assert not findings("NB451", after)


@pytest.mark.parametrize(
    ("variable", "severity"), [("KERAS_BACKEND", "ERROR"), ("TF_CPP_MIN_LOG_LEVEL", "INFO")]
)
def test_messages_do_less_harm_than_devices(variable: str, severity: str) -> None:
    source = f"# %%\nimport os\nimport keras, tensorflow\nos.environ['{variable}'] = '3'"
    (finding,) = findings("NB451", notebook("one", source))
    assert finding.severity.name == severity


def test_the_setting_goes_below_the_import_that_it_needs() -> None:
    case = notebook("one", "# %%\nimport os\nimport keras\nos.environ['KERAS_BACKEND'] = 'jax'")
    (cell,) = json.loads(repaired("NB451", case))["cells"]
    expected = "import os\n\nos.environ['KERAS_BACKEND'] = 'jax'\nimport keras"
    assert "".join(cell["source"]) == expected


def test_the_cell_that_it_left_does_not_end_in_blank_lines() -> None:
    case = notebook(
        "one", "# %%\nimport keras\n# %%\nimport os\n\nos.environ['KERAS_BACKEND'] = 'x'"
    )
    left = json.loads(repaired("NB451", case))["cells"][1]
    assert "".join(left["source"]) == "import os"
