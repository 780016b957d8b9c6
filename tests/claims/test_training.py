"""Training loops of torch: which gradients a step follows."""

import pytest

from tests.claims.kernel import Kernel
from tests.claims.libraries import needed
from tests.claims.snippets import snippet

needed("torch")

# Each step notes the gradient that it follows, each backward pass the one that it adds.
WATCH = """\
own, followed = [], []
model.weight.register_hook(lambda gradient: own.append(gradient.clone()) or None)
step = optimizer.step
optimizer.step = lambda: (followed.append(model.weight.grad.clone()), step())
"""
SUMS = "[bool(torch.allclose(f, sum(own[: i + 1]))) for i, f in enumerate(followed)]"
OWN = "[bool(torch.allclose(f, own[i])) for i, f in enumerate(followed)]"


def test_nb822_gradients_of_all_steps_add_up(kernel: Kernel) -> None:
    setup, loop = snippet("NB822", "optimizer").cells
    assert kernel.run(setup, WATCH, loop).error == ""
    assert kernel.value(SUMS) == [True] * 10
    assert kernel.value(OWN)[1:] == [False] * 9


def test_nb822_cleared_gradients_do_not(kernel: Kernel) -> None:
    setup, loop = snippet("NB822", section="Good").cells
    assert kernel.run(setup, WATCH, loop).error == ""
    assert kernel.value(OWN) == [True] * 10


@pytest.mark.parametrize("part", ["weight.grad = None"])
def test_nb822_clearing_by_hand_does_too(kernel: Kernel, part: str) -> None:
    example = snippet("NB822", part, section="Edge cases")
    assert kernel.run(*example.cells).error == ""
    assert kernel.value("weight.grad is None") is True
