"""Random numbers that nothing seeds."""

import ast
from collections.abc import Iterator

from nbcoach.api import (
    Context,
    Draw,
    Finding,
    Fix,
    InsertCell,
    Location,
    Notebook,
    Safety,
    Severity,
    rule,
)

# How each family is seeded, from which module, and how that one is imported where it is not yet.
_SEEDING = {
    "random": ("{}.seed({})", "random", "random"),
    "numpy": ("{}.random.seed({})", "numpy", "numpy as np"),
    "torch": ("{}.manual_seed({})", "torch", "torch"),
    "tensorflow": ("{}.utils.set_random_seed({})", "keras", "keras"),
}
_TENSORFLOW = ("{}.keras.utils.set_random_seed({})", "tensorflow", "tensorflow as tf")
_TRAINING = (
    ".backward(",
    ".fit(",
    ".fit_generator(",
    ".fit_one_cycle(",
    ".fit_predict(",
    ".train_on_batch(",
)


@rule(
    "NB301",
    Notebook,
    mentions=("random", "sklearn", "torch", "tensorflow", "keras"),
    fix=Safety.UNSAFE,
)
def unseeded_randomness(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Random numbers in a notebook that sets no seed at all."""
    if notebook.randomness.seeds or notebook.as_read.unknowns:
        return
    trains = any(call in notebook.code_text for call in _TRAINING)
    draws: dict[str, Draw] = {}
    # Without training, weights come from a file, and tensors of chance are mere samples.
    families = ("random", "numpy", "torch", "tensorflow") if trains else ("random", "numpy")
    for draw in notebook.randomness.draws:
        if draw.runs and draw.family in families and not (draw.splits or _is_label(draw)):
            draws.setdefault(draw.family, draw)
    if not draws:
        return
    first, *others = draws.values()
    names = " and ".join(f"`{family}`" for family in draws)
    yield context.finding(
        _place(first, context),
        f"{names} randomness is never seeded; set a seed after the imports",
        _fix(draws, notebook),
        # Few models draw from `random` alone: mostly it picks what to show.
        severity=None if trains and list(draws) != ["random"] else Severity.INFO,
        related=[(_place(d, context), f"`{d.name}` draws from `{d.family}`") for d in others],
    )


def _is_label(draw: Draw) -> bool:
    """Whether letters are drawn for a name, which is better another one each time."""
    return any("string." in ast.unparse(argument) for argument in draw.node.args)


def _place(draw: Draw, context: Context) -> Location:
    return context.at(context.notebook.cells[draw.cell], draw.node)


def _fix(draws: dict[str, Draw], notebook: Notebook) -> Fix | None:
    """A cell that seeds what is drawn from: behind the imports, but above the first draw."""
    semantics = notebook.as_read
    bound = {binding.name: binding for binding in reversed(semantics.bindings)}
    earliest = min(draw.cell for draw in draws.values())
    value = "42" if "SEED" in bound else "SEED"
    imports, seeds, places = [], [], []
    for family, draw in draws.items():
        keras = draw.name.startswith("tensorflow.")
        seeding, module, imported = _TENSORFLOW if keras else _SEEDING[family]
        name = semantics.name_of_module(module)
        if name is not None and bound[name].cell < earliest:
            places.append(bound[name].cell + 1)
        else:
            name = imported.rpartition(" ")[2]
            if name in bound and bound[name].value != module:
                return None
            imports.append(f"import {imported}\n")
        seeds.append(seeding.format(name, value) + "\n")
    constant = "SEED = 42\n" if value == "SEED" else ""
    parts = ["".join(sorted(imports)), constant + "".join(seeds)]
    source = "\n".join(part for part in parts if part).removesuffix("\n")
    cell = InsertCell(max(places, default=earliest), "code", source)
    return Fix("Set the seed 42, or another, in a cell of its own", (cell,), Safety.UNSAFE)
