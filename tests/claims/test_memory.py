"""What keeps graphs, models and tensors alive."""

from pathlib import Path

import pytest

from tests.claims.kernel import Kernel, fresh
from tests.claims.libraries import needed
from tests.claims.snippets import snippet

needed("numpy", "torch")

# The nodes of the graphs that lead to some tensors.
COUNT = """\
def nodes(*tensors):
    seen, waiting = set(), [tensor.grad_fn for tensor in tensors]
    while waiting:
        node = waiting.pop()
        if node is not None and node not in seen:
            seen.add(node)
            waiting += [before for before, _ in node.next_functions]
    return len(seen)
"""
# Resident memory, in MB, that each step of a network of 100 linear layers leaves behind.
PER_STEP = """\
import gc, os, torch
network = torch.nn.Sequential(*[torch.nn.Linear(4, 4) for _ in range(100)])
def resident():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
def train(steps):
    for _ in range(steps):
        loss = network(torch.ones(1, 4)).sum()
        loss.backward()
        losses.append({kept})
losses = []
train(20)
before = resident()
train(100)
print((resident() - before) / 100)
"""


def test_nb431_a_sum_of_losses_holds_every_graph(kernel: Kernel) -> None:
    setup, loop = snippet("NB431", "running_loss += loss").cells
    kernel.run(setup, COUNT, loop)
    ten = kernel.value("nodes(running_loss)")
    kernel.run(loop.replace("range(10)", "range(20)"))
    assert kernel.value("nodes(running_loss)") > 1.8 * ten
    assert kernel.value("nodes(loss)") < ten / 5
    with_graphs = kernel.value("running_loss.item()")
    assert with_graphs > 0


def test_nb431_detached_losses_have_the_same_sum_and_no_graph(kernel: Kernel) -> None:
    example = snippet("NB431", "running_loss += loss")
    sums = []
    for one in (example, example.repaired("safe")):
        kernel.run("import torch; torch.manual_seed(0)", *one.cells, COUNT)
        sums.append(kernel.value("running_loss.item()"))
    assert sums[0] == sums[1]
    assert kernel.value("nodes(running_loss), running_loss.requires_grad") == (0, False)


def test_nb431_lists_and_histories_hold_them_too(kernel: Kernel) -> None:
    example = snippet("NB431", "def train")
    data = """\
import torch
torch.manual_seed(0)
model = torch.nn.Linear(2, 1)
loader = [(torch.ones(4, 2), torch.zeros(4, 1))] * 5
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
losses, history = train(model, loader, torch.nn.MSELoss(), optimizer)
numbers = [loss.item() for loss in losses + history["loss"]]
"""
    assert kernel.run(COUNT, *example.cells, data).error == ""
    numbers = kernel.value("numbers")
    assert kernel.value("nodes(*losses) > 2 * nodes(losses[0]) > 0") is True
    assert kernel.value("nodes(*history['loss']) > nodes(*losses)") is True
    assert kernel.run(*example.repaired("safe").cells, data).error == ""
    assert kernel.value("nodes(*losses, *history['loss'])") == 0
    assert kernel.value("numbers") == numbers


def test_nb431_good_examples_hold_none(kernel: Kernel) -> None:
    assert kernel.run(COUNT, *snippet("NB431", section="Good").cells).error == ""
    assert kernel.value("nodes(running_loss), [type(x).__name__ for x in losses[:1]]") == (
        0,
        ["float"],
    )


def test_nb431_going_back_frees_what_the_nodes_saved_and_keeps_the_nodes(kernel: Kernel) -> None:
    kernel.run(COUNT, "import torch\nx = torch.ones(3, requires_grad=True)\nloss = x.exp().sum()")
    saved = "loss.grad_fn.next_functions[0][0]._saved_result"
    assert kernel.run(saved, "before = nodes(loss)", "loss.backward()").error == ""
    ran = kernel.run(saved)
    assert (ran.error, "already been freed" in ran.message) == ("RuntimeError", True)
    assert kernel.value("nodes(loss) == before") is True


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux")
def test_nb431_each_step_leaves_about_as_much_as_the_page_says() -> None:
    kept, detached = (
        float(fresh(PER_STEP.replace("{kept}", kept))) for kept in ("loss", "loss.detach()")
    )
    assert 0.05 < kept < 0.5
    assert detached < 0.01


def test_nb431_arrays_and_bounded_queues_hold_few(kernel: Kernel) -> None:
    example = snippet("NB431", "deque(maxlen=10)", section="Edge cases")
    data = "import torch\nmodel, batch = torch.nn.Linear(2, 1), torch.ones(4, 2)"
    assert kernel.run(COUNT, data, *example.cells).error == ""
    assert kernel.value("type(curve[0]).__name__, len(recent)") == ("float64", 10)
    assert kernel.value("nodes(*recent) < 11 * nodes(loss)") is True


def test_nb431_where_no_gradients_are_wanted_there_is_no_graph(kernel: Kernel) -> None:
    example = snippet("NB431", "with torch.no_grad():\n        total", section="Edge cases")
    data = "import torch\nmodel, loader = torch.nn.Linear(2, 1), [torch.ones(4, 2)] * 3"
    assert kernel.run(COUNT, data, *example.cells).error == ""
    assert kernel.value("nodes(total)") == 0


# Whether an object still lives after its name was deleted, by a weak reference to it.
ALIVE = "__import__('gc').collect() >= 0 and reference() is not None"
MODEL = "import torch, weakref\nmodel = torch.nn.Linear(2, 1)\nreference = weakref.ref(model)"


@pytest.mark.parametrize(
    ("cell", "alive"),
    [
        ("model.eval()", True),
        ("model", True),
        ("model.to('cpu')", True),
        ("model.eval();", False),
        ("model = model.eval()", False),
        ("None", False),
        ("print(model)", False),
    ],
)
def test_nb432_the_last_value_of_a_cell_outlives_its_name(
    kernel: Kernel, cell: str, alive: bool
) -> None:
    assert kernel.run(MODEL, cell, "del model").error == ""
    assert kernel.value(ALIVE) is alive


def test_nb432_resetting_the_outputs_lets_go_of_all_but_the_latest(kernel: Kernel) -> None:
    kernel.run(MODEL, "model.eval()", "del model", "%reset -f out")
    assert kernel.value(ALIVE) is True  # `_` still has it
    kernel.run(MODEL, "model.eval()", "1", "2", "3", "del model")
    assert kernel.value(ALIVE) is True
    kernel.run("%reset -f out")
    assert kernel.value(ALIVE) is False
