"""Safe fixes change nothing that a notebook computes or shows: it runs before and after them."""

import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from nbcoach.examples import notebook_text
from nbcoach.finding import Safety
from nbcoach.inspector import Inspector
from nbcoach.settings import Settings
from nbcoach.tasks import Task
from tests.claims.clean_notebooks import NOTEBOOKS
from tests.claims.kernel import Kernel, Ran, pretending
from tests.claims.libraries import needed
from tests.claims.snippets import Snippet, snippets

needed("numpy", "torch")

# What each name of the user holds, in words that do not depend on where it lies in memory.
VALUES = r"""
import random, re, types
import numpy, torch

def _told(value):
    if isinstance(value, types.ModuleType):
        return value.__name__
    if isinstance(value, torch.Tensor):
        numbers = None if value.is_meta else value.tolist()
        return "tensor", str(value.dtype), str(value.device), list(value.shape), numbers
    if isinstance(value, torch.nn.Module):
        return type(value).__name__, _told(value.state_dict())
    if isinstance(value, dict):
        return {repr(key): _told(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_told(part) for part in value]
    return re.sub(r"<([\w.]+\.)?([^<>]*?) at 0x\w+", r"<\2", repr(value))

def _values(names):
    own = (name for name in names if not name.startswith("_") and name not in _before)
    return {name: repr(_told(names[name])) for name in own}

torch.save({}, "weights.pt")
random.seed(0), numpy.random.seed(0), torch.manual_seed(0)
_before = {*globals()}
"""
# The words that only tell how a number came about.
HISTORY = re.compile(r", (grad_fn=<\w+>|requires_grad=True)")
# What did not run before may run now: a device that is not there, a magic among other lines.
BROKEN = {"NB402", "NB424", "NB914"}


@cache
def inspector() -> Inspector:
    chosen: dict[str, Any] = {"select": ("ALL",), "preview": True, "outputs": "source-only"}
    return Inspector(Settings(root=Path(), nested=False, **chosen))


def safe_rules() -> list[str]:
    """The rules whose fixes are made without asking."""
    return [entry.code for entry in inspector().rules if entry.safety is Safety.SAFE]


def fixable() -> list[Any]:
    """The bad examples of these rules that their pages repair, and the notebooks of our own."""
    found = [
        pytest.param(example, id=f"{code}-{number}")
        for code in safe_rules()
        for number, example in enumerate(snippets(code))
        if code in applied(example)
    ]
    own = [
        pytest.param(Snippet("", notebook_text(text)), id=name.replace(" ", "-"))
        for name, text in NOTEBOOKS.items()
    ]
    return found + own


def repaired(example: Snippet) -> Snippet | None:
    """The example after all safe fixes; None if they change nothing."""
    outcome = inspector().examine("a.ipynb", example.text.encode(), Task("safe"))
    assert outcome.result.error == ""
    return Snippet(example.code, outcome.change[1].decode()) if outcome.change else None


def applied(example: Snippet) -> set[str]:
    """The rules of which the example gets safe fixes."""
    result = inspector().examine("a.ipynb", example.text.encode(), Task("safe")).result
    return {repair.code for repair in result.repairs if repair.outcome == "applied"}


def run(kernel: Kernel, example: Snippet, folder: Path) -> tuple[Ran, dict[str, str]]:
    """Run a notebook in a new session: what it shows, and what its names hold then."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    kernel.reset(folder)
    # NB405 takes it for granted that there is a device: its fix keeps what happens where one is.
    there = pretending(available=True) if example.code == "NB405" else ""
    assert kernel.run(VALUES, there).error == ""
    ran = kernel.run(*map(on_processor, example.cells))
    return ran, kernel.value("_values(globals())")


@pytest.mark.parametrize("example", fixable())
def test_a_notebook_shows_and_computes_the_same(
    kernel: Kernel, example: Snippet, tmp_path: Path
) -> None:
    after = repaired(example)
    assert after is not None
    ran, values = run(kernel, example, tmp_path / "project")
    again, kept = run(kernel, after, tmp_path / "project")
    assert again.error == ""
    if ran.error:
        assert example.code in BROKEN
    else:
        assert (shown(again), kept) == (shown(ran), values)


def test_every_safe_fix_is_tried() -> None:
    tried = {parameter.values[0].code for parameter in fixable()}
    assert tried == {*safe_rules(), ""}


def on_processor(source: str) -> str:
    """A source in which tensors are made on the processor where they were made elsewhere."""
    return source.replace('device="mps"', 'device="cpu"').replace("(50).cuda()", "(50).cpu()")


def shown(ran: Ran) -> tuple[str, ...]:
    """What a reader sees, but for warnings, and for the words on how a tensor came about."""
    return tuple(HISTORY.sub("", text) for text in (ran.printed, *ran.results))
