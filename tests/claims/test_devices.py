"""Code that depends on which devices a machine has, on one that has no accelerator."""

import pytest
from nbcoach_rules.device.deprecated_device_api import _REPLACEMENTS

from tests.claims.kernel import Kernel
from tests.claims.libraries import needed
from tests.claims.snippets import snippet

needed("torch")

TORCH_ONLY = [name for name in _REPLACEMENTS if name.startswith("torch.")]
NEW = sorted({text for text in _REPLACEMENTS.values() if "torch." in text})


def test_nb405_a_function_is_true_whatever_it_would_return(kernel: Kernel) -> None:
    example = snippet("NB405", 'device = "cuda" if')
    assert kernel.run(*example.cells).error == ""
    assert kernel.value("device") == "cuda"
    assert kernel.run(*example.repaired("safe").cells).error == ""
    there = kernel.value("torch.cuda.is_available()")
    assert kernel.value("device") == ("cuda" if there else "cpu")


def test_nb405_what_was_not_built_is_only_told_when_asked(kernel: Kernel) -> None:
    example = snippet("NB405", "is_built")
    assert kernel.run(*example.cells).printed == ""
    built = kernel.value("torch.backends.mps.is_built()")
    assert (kernel.run(*example.repaired("safe").cells).printed == "") is built


@pytest.mark.parametrize("part", ["GradScaler", "import autocast"])
def test_nb452_the_old_names_warn(kernel: Kernel, part: str) -> None:
    ran = kernel.run(*snippet("NB452", part).cells)
    assert ran.error == ""
    assert "is deprecated. Please use `torch.amp" in ran.printed


def test_nb452_the_new_ones_do_not(kernel: Kernel) -> None:
    ran = kernel.run(*snippet("NB452", "GradScaler").repaired("safe").cells)
    assert ran.error == ""
    assert "deprecated" not in ran.printed
    assert kernel.value("type(scaler) is torch.amp.GradScaler") is True


@pytest.mark.parametrize("name", TORCH_ONLY)
def test_nb452_every_old_name_of_torch_still_works_and_warns(kernel: Kernel, name: str) -> None:
    argument = {"Variable": "torch.ones(1)", "set_default_tensor_type": "torch.FloatTensor"}
    ran = kernel.run(f"import torch\n{name}({argument.get(name.rpartition('.')[2], '')})")
    assert ran.error == ""
    if name.endswith("Variable"):  # its documentation alone calls it deprecated
        assert ran.printed == ""
        assert kernel.value(f"type({name}(torch.ones(1))) is torch.Tensor") is True
    else:
        assert "is deprecated" in ran.printed or "has been renamed" in ran.printed


@pytest.mark.parametrize("written", NEW)
def test_nb452_every_new_name_works_without_a_warning(kernel: Kernel, written: str) -> None:
    call = written.strip("`").replace("dtype()", "dtype(torch.float32)")
    ran = kernel.run(f"import torch\n{call}")
    assert ran.error == ""
    assert "deprecated" not in ran.printed
