"""Which variables a notebook sets too late."""

import pytest

from nbcoach.python.environment import late_settings
from tests.python.test_devices import notebook


def late(*sources: str) -> list[tuple[int, str, str]]:
    """The cell, the variable and the event of each late setting."""
    found = late_settings(notebook("import os", *sources))
    return [(setting.cell.index, setting.variable, setting.event) for setting in found]


def test_an_import_ends_the_time_of_its_variables() -> None:
    setting = "os.environ['KERAS_BACKEND'] = 'jax'"
    assert late("import keras", setting) == [(2, "KERAS_BACKEND", "import keras")]
    assert late("from keras.layers import Dense", setting) != []
    assert late(setting, "import keras") == []
    assert late("import torch", setting) == []


def test_a_touch_ends_the_time_of_others() -> None:
    setting = "os.environ['CUDA_VISIBLE_DEVICES'] = '1'"
    event = "torch.cuda.is_available"
    assert late(f"import torch\n{event}()", setting) == [(2, "CUDA_VISIBLE_DEVICES", event)]
    assert late("import torch", setting) == []


def test_the_order_within_a_cell_counts() -> None:
    assert late("import keras; os.environ['KERAS_BACKEND'] = 'jax'") != []
    assert late("os.environ['KERAS_BACKEND'] = 'jax'; import keras") == []


@pytest.mark.parametrize(
    "below", ["!python train.py", "import subprocess", "%run train.py", "os.system('ls')"]
)
def test_programs_that_start_later_read_it(below: str) -> None:
    setting = "os.environ['KERAS_BACKEND'] = 'jax'"
    assert late("import keras", setting, "!pip list") != []
    assert late("import keras", setting, below) == []


def test_cells_that_are_no_python_are_left_out() -> None:
    assert late("import keras", "os.environ['KERAS_BACKEND'] = ", "%env KERAS_BACKEND") == []
