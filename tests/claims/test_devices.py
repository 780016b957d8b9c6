"""Code that depends on which devices a machine has, on one that has no accelerator."""

import pytest
from nbcoach_rules.device.deprecated_device_api import _REPLACEMENTS

from tests.claims.kernel import Kernel, on_stand_in, pretending
from tests.claims.libraries import needed
from tests.claims.snippets import snippet, snippets

needed("matplotlib", "numpy", "pandas", "torch")

TORCH_ONLY = [name for name in _REPLACEMENTS if name.startswith("torch.")]
NEW = sorted({text for text in _REPLACEMENTS.values() if "torch." in text})


def test_nb405_a_function_is_true_whatever_it_would_return(kernel: Kernel) -> None:
    example = snippet("NB405", 'device = "cuda" if')
    for there in (True, False):
        assert kernel.run(pretending(available=there), *example.cells).error == ""
        assert kernel.value("device") == "cuda"
        assert kernel.run(*example.repaired("safe").cells).error == ""
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
    assert "is deprecated. Please use `torch.amp" in ran.warned


def test_nb452_the_new_ones_do_not(kernel: Kernel) -> None:
    ran = kernel.run(*snippet("NB452", "GradScaler").repaired("safe").cells)
    assert ran.error == ""
    assert "deprecated" not in ran.warned
    assert kernel.value("type(scaler) is torch.amp.GradScaler") is True


@pytest.mark.parametrize("name", TORCH_ONLY)
def test_nb452_every_old_name_of_torch_still_works_and_warns(kernel: Kernel, name: str) -> None:
    argument = {"Variable": "torch.ones(1)", "set_default_tensor_type": "torch.FloatTensor"}
    ran = kernel.run(f"import torch\n{name}({argument.get(name.rpartition('.')[2], '')})")
    assert ran.error == ""
    if name.endswith("Variable"):  # its documentation alone calls it deprecated
        assert ran.warned == ""
        assert kernel.value(f"type({name}(torch.ones(1))) is torch.Tensor") is True
    else:
        assert "is deprecated" in ran.warned or "has been renamed" in ran.warned


@pytest.mark.parametrize("written", NEW)
def test_nb452_every_new_name_works_without_a_warning(kernel: Kernel, written: str) -> None:
    call = written.strip("`").replace("dtype()", "dtype(torch.float32)")
    ran = kernel.run(f"import torch\n{call}")
    assert ran.error == ""
    assert "deprecated" not in ran.warned


def test_nb406_a_device_equals_no_text_on_any_machine(kernel: Kernel) -> None:
    example = snippet("NB406", "use_amp")
    for there in (True, False):
        assert kernel.run(pretending(available=there), *example.cells).error == ""
        assert kernel.value("use_amp, device != 'cuda'") == (False, True)
        assert kernel.run(*example.repaired().cells).error == ""
        assert kernel.value("use_amp") is there


@pytest.mark.no_cuda
def test_nb406_what_stands_behind_runs_where_it_must_not(kernel: Kernel) -> None:
    example = snippet("NB406", "x.device !=")
    assert kernel.run(*example.cells).error == "AssertionError"  # there is no GPU to wait for
    assert kernel.run(*example.repaired().cells).error == ""
    assert kernel.value("x.device in ['cpu'], str(x.device) == 'cpu'") == (False, True)


def test_nb406_a_number_has_to_be_compared_as_text(kernel: Kernel) -> None:
    assert kernel.run(*snippet("NB406", "first GPU").cells).printed == ""
    as_text = snippet("NB406", "str(device)", section="Edge cases")
    assert kernel.run(*as_text.cells).printed == "True True False\n"
    assert kernel.run(*snippet("NB406", section="Good").cells).error == ""
    assert kernel.value("second") is False


@pytest.mark.no_cuda
@pytest.mark.parametrize("part", ['torch.device("cuda")', "non_blocking", "map_location"])
def test_nb401_a_fixed_device_raises_where_it_is_not(kernel: Kernel, part: str) -> None:
    example = snippet("NB401", part)
    kernel.run("import torch; torch.save({'bias': torch.ones(1)}, 'weights.pt')")
    assert kernel.run(*example.cells).error in ("AssertionError", "RuntimeError")
    if part != "map_location":
        assert kernel.run(*example.repaired().cells).error == ""


def test_nb401_chosen_devices_and_types_of_devices_work_everywhere(kernel: Kernel) -> None:
    for example in snippets("NB401", "Good")[:2]:
        assert kernel.run(*example.cells).error == ""
    for part in ("use_gpu", "torch.autocast"):
        assert kernel.run(*snippet("NB401", part, section="Edge cases").cells).error == ""


@pytest.mark.no_cuda
@pytest.mark.parametrize("part", [".cuda()", "map_location"])
def test_nb402_the_promise_is_broken_where_there_is_no_gpu(kernel: Kernel, part: str) -> None:
    example = snippet("NB402", part)
    kernel.run("import torch; torch.save({'bias': torch.ones(1)}, 'weights.pt')")
    assert kernel.run(*example.cells).error in ("AssertionError", "RuntimeError")
    assert kernel.run(*example.repaired("safe").cells).error == ""


def test_nb402_where_there_is_one_all_stays_there(kernel: Kernel) -> None:
    example = snippet("NB402", ".cuda()")
    for one in (example, example.repaired("safe")):
        ran = kernel.run(pretending(available=True), *map(on_stand_in, one.cells))
        assert ran.error == ""
        assert kernel.value("[str(t.device) for t in (x, y, z, model.weight)]") == ["meta"] * 4


# Moves are tried with types, which every machine has: `to` and `double` are the same method.
MOVES = {
    "noise": snippet("NB421", "generator(noise)"),
    "labels": snippet("NB421", "labels.long()", section="Edge cases"),
}
UNDEFINED = "generator = lambda noise: noise\noutputs = 3\ncriterion = lambda first, second: first"


@pytest.mark.no_cuda
@pytest.mark.parametrize("name", MOVES)
def test_nb421_a_tensor_stays_what_it_was(kernel: Kernel, name: str) -> None:
    for example, changed in ((MOVES[name], False), (MOVES[name].repaired(), True)):
        script = example.script.replace(".to(device)", '.to("meta")')
        assert (
            kernel.run(UNDEFINED, f"{script}\nresult = {name}.is_meta, str({name}.dtype)").error
            == ""
        )
        assert (
            kernel.value("result")
            == {
                "noise": (changed, "torch.float32"),
                "labels": (False, "torch.int64" if changed else "torch.float32"),
            }[name]
        )


def test_nb421_a_batch_of_a_loader_does_too(kernel: Kernel) -> None:
    example = snippet("NB421", "inputs.cuda()")
    for one, moved in ((example, False), (example.repaired(), True)):
        assert kernel.run(*map(on_stand_in, one.cells)).error == ""
        assert kernel.value("inputs.is_meta, targets.is_meta") == (moved, True)


def test_nb421_a_module_moves_in_place(kernel: Kernel) -> None:
    kernel.run(
        "import torch\nmodel = torch.nn.Linear(2, 1)\nsame = model.to(torch.float64) is model"
    )
    assert kernel.value("same, str(model.weight.dtype)") == (True, "torch.float64")


@pytest.mark.parametrize("sink", ["x.numpy()", "np.asarray(x)", "plt.plot(x)", "pd.Series(x)"])
def test_nb424_a_tensor_elsewhere_is_no_array(kernel: Kernel, sink: str) -> None:
    kernel.run("import torch, numpy as np, pandas as pd, matplotlib.pyplot as plt")
    kernel.run("plt.switch_backend('agg')")
    ran = kernel.run("x = torch.ones(3, device='meta')", sink)
    assert ran.error in ("TypeError", "NotImplementedError")
    assert kernel.run("x = torch.ones(3)", sink).error == ""


def test_nb424_a_tensor_that_wants_gradients_is_none_either(kernel: Kernel) -> None:
    ran = kernel.run("import torch", "x = torch.ones(3, requires_grad=True)", "x.numpy()")
    assert (ran.error, "detach()" in ran.message) == ("RuntimeError", True)
    for safe in ("x.detach().cpu().numpy()", "x.numpy(force=True)", "x.tolist()", "x[0].item()"):
        assert kernel.run(safe).error == ""


def test_nb424_what_works_without_a_device_fails_with_one(kernel: Kernel) -> None:
    example = snippet("NB424", "argmax")
    setup, use = example.cells
    assert kernel.run(setup, use.replace("weights =", "# weights =")).error == ""
    there = pretending(available=True)
    ran = kernel.run(there, *map(on_stand_in, (setup, use)))
    assert ran.error == "TypeError"
    assert "can't convert meta device type tensor to numpy" in ran.message


@pytest.mark.no_cuda
def test_nb424_the_repaired_form_works_on_the_processor(kernel: Kernel) -> None:
    example = snippet("NB424", "argmax")
    assert kernel.run(*example.cells).error == "RuntimeError"  # it wants gradients
    assert kernel.run(*example.repaired("safe").cells).error == ""
    assert kernel.run(*snippet("NB424", section="Good").cells).error == ""
