"""Losses: what `backward` goes back from, and whether two reads give one value."""

import ast

import pytest

from nbcoach.python.code import Code
from nbcoach.python.losses import backward_calls, is_same_value, unscaled


@pytest.mark.parametrize(
    ("source", "loss"),
    [
        ("loss.backward()", "loss"),
        ("self.loss.backward()", "self.loss"),
        ("(loss / 4).backward()", "loss"),
        ("(0.5 * loss).sum().backward()", "loss"),
        ("scaler.scale(loss).backward()", "loss"),
        ("accelerator.backward(loss)", "loss"),
        ("self.manual_backward(loss / 2)", "loss"),
        ("y.backward(gradient)", "y"),
        ("torch.stack(losses).backward()", "torch.stack(losses)"),
    ],
)
def test_what_a_call_goes_back_from(source: str, loss: str) -> None:
    (backward,) = backward_calls(Code(source))
    assert ast.unparse(backward.loss) == loss


@pytest.mark.parametrize("source", ["backward(loss)", "loss.forward()", "loss.backward"])
def test_other_calls(source: str) -> None:
    assert not list(backward_calls(Code(source)))


@pytest.mark.parametrize(
    ("arguments", "keeps"),
    [
        ("", False),
        ("retain_graph=True", True),
        ("retain_graph=again", True),
        ("retain_graph=False", False),
        ("create_graph=True", True),
    ],
)
def test_graphs_that_stay(arguments: str, keeps: bool) -> None:
    (backward,) = backward_calls(Code(f"loss.backward({arguments})"))
    assert backward.keeps_graph == keeps


def test_the_innermost_loop_is_that_of_the_function() -> None:
    source = "for a in b:\n    while c:\n        x.backward()\n    def f():\n        y.backward()"
    inside, outside = backward_calls(Code(source))
    assert isinstance(inside.loop, ast.While)
    assert outside.loop is None


def test_parts_of_displays() -> None:
    value = ast.parse("(step, {'loss': 2 * loss}, f(other))", mode="eval").body
    assert [ast.unparse(name) for name in unscaled(value)] == ["step", "loss"]


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("x\nx", True),
        ("x\ny = 1\nx", True),
        ("x\nx = 1\nx", False),
        ("o.x\no.x", True),
        ("o.x\no = 1\no.x", False),
        ("o.x\no.x = 1\no.x", False),
        ("o.x\no.y = 1\no.x", True),
        ("if a:\n    x\nelse:\n    x", False),
        ("if a:\n    x\nif b:\n    x", True),
        ("x\ny", False),
    ],
)
def test_reads_of_one_value(source: str, same: bool) -> None:
    code = Code(source)
    reads = [
        node
        for kind in (ast.Name, ast.Attribute)
        for node in code.nodes(kind)
        if ast.unparse(node) in ("x", "y", "o.x") and isinstance(node.ctx, ast.Load)
    ]
    assert is_same_value(code, reads[0], reads[-1]) == same
