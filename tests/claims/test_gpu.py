"""What only a machine with a GPU can show; docs/precision.md lists it as not verified."""

import ast
import re
from pathlib import Path

import pytest

from tests.claims.kernel import Kernel, fresh
from tests.claims.libraries import needed
from tests.claims.snippets import snippet

needed("numpy", "torch")

PAGE = Path(__file__).parents[2] / "docs" / "precision.md"


def test_the_page_lists_what_is_tried_here() -> None:
    section = PAGE.read_text(encoding="utf-8").split("## Claims not verified on a GPU")[1]
    functions = [
        node
        for node in ast.parse(Path(__file__).read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.decorator_list
    ]
    tried = {
        found[1].upper() for one in functions if (found := re.match(r"test_(nb\d+)", one.name))
    }
    assert tried <= {*re.findall(r"\*\*(NB\d+)\*\*", section.split("\n## ")[0])}


@pytest.mark.cuda
def test_nb304_cuda_seeds_reach_the_generator_of_the_gpu_only(kernel: Kernel) -> None:
    seed = "import torch; torch.cuda.manual_seed_all(3)"
    draw = f"{seed}\nx = torch.rand(9, device='cuda'), torch.rand(9)"
    kernel.run(draw, "first = x", draw)
    assert kernel.value("torch.equal(first[0], x[0]), torch.equal(first[1], x[1])") == (True, False)


@pytest.mark.cuda
@pytest.mark.parametrize("fixing", ["", "safe"])
def test_nb402_both_forms_put_all_on_the_gpu(kernel: Kernel, fixing: str) -> None:
    example = snippet("NB402", ".cuda()")
    assert kernel.run(*(example.repaired(fixing) if fixing else example).cells).error == ""
    assert kernel.value("[t.device.type for t in (x, y, z, model.weight)]") == ["cuda"] * 4


@pytest.mark.cuda
def test_nb406_a_device_equals_no_text_there_either(kernel: Kernel) -> None:
    example = snippet("NB406", "use_amp")
    kernel.run(*example.cells)
    assert kernel.value("use_amp") is False
    kernel.run(*example.repaired().cells)
    assert kernel.value("use_amp") is True


@pytest.mark.cuda
def test_nb421_a_tensor_that_is_not_assigned_stays_on_the_cpu(kernel: Kernel) -> None:
    example = snippet("NB421", "generator(noise)")
    for one, place in ((example, "cpu"), (example.repaired(), "cuda")):
        assert kernel.run("generator = lambda noise: noise.device.type", *one.cells).error == ""
        assert kernel.value("images") == place


@pytest.mark.cuda
def test_nb424_a_tensor_on_the_gpu_is_no_array(kernel: Kernel) -> None:
    assert (
        kernel.run("import torch; x = torch.ones(3, device='cuda')\nx.numpy()").error == "TypeError"
    )
    assert kernel.run("x.detach().cpu().numpy()").error == ""


@pytest.mark.cuda
def test_nb432_a_result_holds_the_memory_of_the_gpu(kernel: Kernel) -> None:
    make = "import gc, torch; model = torch.nn.Linear(1000, 1000, device='cuda')"
    free = "del model; gc.collect(); torch.cuda.empty_cache()"
    for last, freed in (("model.eval()", False), ("model.eval();", True)):
        kernel.run("import torch; before = torch.cuda.memory_allocated()", make, last, free)
        assert kernel.value("torch.cuda.memory_allocated() - before < 1_000_000") is freed


@pytest.mark.cuda
def test_nb451_devices_are_chosen_before_the_first_question() -> None:
    ask = "import os, torch\n{early}\ntorch.cuda.is_available()\n{late}\n"
    ask += "print(torch.ones(1).cuda().device.type)"
    hide = "os.environ['CUDA_VISIBLE_DEVICES'] = ''"
    assert fresh(ask.format(early="", late=hide)) == "cuda\n"
    with pytest.raises(AssertionError):
        fresh(ask.format(early=hide, late=""))
