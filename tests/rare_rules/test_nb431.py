"""NB431 retained-graph: loops that collect losses with their graphs, and loops that do not."""

import ast
import json

from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten, spread

# What the loop goes back from, and how.
BACKWARD = {
    "plain": "loss.backward()",
    "scaled": "(loss / 4).backward()",
    "weighted": "(0.5 * loss).backward()",
    "summed": "loss.sum().backward()",
    "scaler": "scaler.scale(loss).backward()",
    "scaler-scaled": "scaler.scale(loss / 4).backward()",
    "accelerator": "accelerator.backward(loss)",
    "fabric": "self.fabric.backward(loss)",
    "lightning": "self.manual_backward(loss)",
    "not-kept": "loss.backward(retain_graph=False)",
}
# Where the loss goes: what stands above the loop, and the statement in it.
KEPT = {
    "sum": ("total = 0.0", "total += loss"),
    "scaled-sum": ("total = 0", "total += loss * len(batch)"),
    "mean": ("total = 0", "total += loss / 10"),
    "written-out": ("total = torch.zeros(1)", "total = total + loss"),
    "list": ("losses = []", "losses.append(loss)"),
    "list-of-pairs": ("losses = list()", "losses.append((step, loss))"),
    "list-of-rows": ("losses = []", 'losses.append({"step": step, "loss": loss})'),
    "extended": ("losses = []", "losses += [loss]"),
    "moved": ("losses = []", "losses.append(loss.cpu())"),
    "dictionary": ("losses = {}", "losses[step] = loss"),
    "dictionary-of-sums": ('sums = {"loss": 0}', 'sums["loss"] += loss'),
    "dictionary-of-lists": ('log = {"loss": []}', 'log["loss"].append(loss)'),
    "tensor": ("losses = torch.zeros(10)", "losses[step] = loss"),
    "attribute": ("self.losses = []", "self.losses.append(loss)"),
    "attribute-sum": ("self.total = 0", "self.total += loss"),
}
NOT_KEPT = {
    "item": ("total = 0.0", "total += loss.item()"),
    "float": ("losses = []", "losses.append(float(loss))"),
    "detached": ("losses = []", "losses.append(loss.detach())"),
    "data": ("losses = []", "losses.append(loss.data)"),
    "detached-and-moved": ("losses = []", "losses.append(loss.detach().cpu())"),
    "list-of-numbers": ("losses = []", "losses.append(loss.tolist())"),
    "text": ("losses = []", 'losses.append(f"{loss:.3f}")'),
    "array": ("import numpy\nlosses = numpy.zeros(10)", "losses[step] = loss"),
    "queue": (
        "from collections import deque\nlosses = deque(maxlen=3)",
        "losses.append(loss)",
    ),
    "forgetting": ("losses = []", "losses.append(loss)\nlosses.pop(0)"),
    "one-key": ("last = {}", 'last["loss"] = loss'),
    "name": ("last = None", "last = loss"),
    "fresh": ("", "losses = []\nlosses.append(loss)"),
    "fresh-sum": ("", "total = 0\ntotal += loss"),
    "part": ("total = 0", "total += other + loss"),
    "other": ("total = 0", "total += other"),
    "no-gradients": ("total = 0", "with torch.no_grad():\n    total += loss"),
    "inference": ("total = 0", "with torch.inference_mode():\n    total += loss"),
    "given-away": ("", "log(loss)"),
    "own-meter": ("losses = Meter()", "losses.append(loss)"),
    "shape": ("sizes = []", "sizes.append(loss.shape)"),
}
LOOP = """\
# %%
import torch
{above}
for step, batch in enumerate(batches):
    loss = compute(batch)
    {backward}
    {kept}"""
IN_FUNCTION = """\
# %%
import torch
# %%
def train(self, batches, scaler, accelerator):
    {above}
    while True:
        for step, batch in enumerate(batches):
            loss = compute(batch)
            {kept}
            if training:
                {backward}"""
ANOTHER_CELL = """\
# %%
import torch
{above}
# %%
for epoch in range(3):
    for step, batch in enumerate(batches):
        optimizer.zero_grad()
        with torch.autocast("cpu"):
            loss = compute(batch)
        {backward}
        optimizer.step()
        {kept}"""
WITHOUT_A_LOOP = """\
# %%
import torch
def step(batch, total, losses):
    loss = compute(batch)
    loss.backward()
    {kept}"""


def filled(template: str, above: str, backward: str, kept: str) -> str:
    parts = {"{above}": above, "{backward}": backward, "{kept}": kept}
    lines = []
    for line in template.split("\n"):
        text = parts.get(line.strip(), line.strip())
        margin = line[: len(line) - len(line.lstrip())]
        lines += [margin + part for part in text.split("\n")]
    return "\n".join(lines)


def loops(kept: dict[str, tuple[str, str]], template: str, hits: int) -> list[Case]:
    texts = {
        f"{name}-{len(template)}": filled(template, above, "loss.backward()", statement)
        for name, (above, statement) in kept.items()
    }
    return list(each(texts, hits))


SAFE = {
    "kept-graph": LOOP.format(
        above="total = 0", backward="loss.backward(retain_graph=True)", kept="total += loss"
    ),
    "graph-of-graph": LOOP.format(
        above="total = 0", backward="loss.backward(create_graph=True)", kept="total += loss"
    ),
    "back-from-sum": LOOP.format(
        above="total = 0", backward="loss.backward()", kept="total += loss"
    )
    + "\ntotal.backward()",
    "back-from-list": LOOP.format(
        above="losses = []", backward="loss.backward()", kept="losses.append(loss)"
    )
    + "\ntorch.stack(losses).mean().backward()",
    "other-branch": LOOP.format(
        above="losses = []",
        backward="if training:\n        loss.backward()",
        kept="else:\n        losses.append(loss)",
    ),
    "turned-into-a-number": LOOP.format(
        above="total = 0",
        backward="loss.backward()",
        kept="loss = loss.item()\n    total += loss",
    ),
    "gradient": LOOP.format(
        above="grads = []", backward="y.backward(grad)", kept="grads.append(grad)"
    ),
    "perceptron": LOOP.format(
        above="weights = 0", backward="error.backward()", kept="weights += rate @ error"
    ),
    "mxnet": LOOP.format(
        above="losses = []", backward="loss.backward()", kept="losses.append(loss)"
    )
    + "\nimport mxnet",
    "no-torch": "# %%\nfor x in xs:\n    loss = f(x)\n    loss.backward()\n    total += loss",
    "own-graph": "# %%\nclass Value:\n    def backward(self):\n        pass\n"
    + LOOP.format(above="total = 0", backward="loss.backward()", kept="total += loss"),
    "text": "# %%\nimport torch\n'''\nfor x in xs:\n    loss.backward()\n    total += loss\n'''",
    "no-backward": LOOP.format(above="total = 0", backward="backward(loss)", kept="total += loss"),
    "after-the-loop": "# %%\nimport torch\nlosses = []\nfor x in xs:\n    loss = f(x)\n"
    "    loss.backward()\nlosses.append(loss)",
    "before-the-loop": "# %%\nimport torch\ntotal = loss\nfor x in xs:\n    loss = f(x)\n"
    "    loss.backward()",
    "function-between": "# %%\nimport torch\nfor x in xs:\n    def closure():\n"
    "        loss = f(x)\n        loss.backward()\n        losses.append(loss)",
}
PLAIN = LOOP.format(above="größe = 0", backward="loss.backward()", kept="größe += loss")
CASES = [
    *each(
        {
            f"{name}-{len(template)}": filled(template, "total = 0", call, "total += loss")
            for name, call in BACKWARD.items()
            for template in (LOOP, IN_FUNCTION)
        },
        1,
    ),
    *loops(KEPT, LOOP, 1),
    *loops(KEPT, IN_FUNCTION, 1),
    *loops(KEPT, ANOTHER_CELL, 1),
    *rewritten("hit", PLAIN, 1),
    *loops(NOT_KEPT, LOOP, 0),
    *loops(NOT_KEPT, IN_FUNCTION, 0),
    *loops(NOT_KEPT, ANOTHER_CELL, 0),
    *spread(
        {name: code for name, (_, code) in KEPT.items()},
        {"once": WITHOUT_A_LOOP.replace("{kept}", "<code>")},
    ),
    *each(SAFE),
    *rewritten("miss", PLAIN.replace("+= loss", "+= loss.item()")),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB431", case)) == case.hits


@every([case for case in CASES if case.hits])
def test_the_repair_detaches_and_nothing_else(case: Case) -> None:
    cells = json.loads(repaired("NB431", case).decode("utf-8-sig"))["cells"]
    fixed = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    plain = [ast.unparse(ast.parse(source)) for source in fixed]
    assert "".join(plain).count(".detach()") == 1
    before = [ast.unparse(ast.parse(source)) for source in case.sources]
    assert [source.replace(".detach()", "") for source in plain] == before
