"""A convnet that reads shifted digits, its device not asked and its check unable to fail."""

from plants import Decoy, Plant, Ran, Twin, replace, rewrite

TITLE = """# Digits that may move

We want a reader of digits that does not mind where on the page a digit stands. Three small networks
learnt from 1,347 pictures. Each is tested on 450 others, straight and slid by up to two pixels. All
of it runs from top to bottom, on a GPU if there is one, and a check proves that our convolution
treats all places alike.

**Conclusion.** `conv + max` keeps its promise, but the promise has a price: it reads fewer straight
digits than the other two. We shall use `conv + flatten`, and take care to centre the digits."""

SCORES = "[accuracy(network, test_x, test_y) for network in networks.values()]"
TRUE_GAP = """max(np.abs(np.roll(conv2d_around(picture, kernel), shift, (0, 1))
    - conv2d_around(np.roll(picture, shift, (0, 1)), kernel)).max()
    for picture, (shift, kernel) in zip(test_pictures, trials)).item()"""


def left_behind(honest: Ran, flawed: Ran) -> str:
    """On a machine whose device is not the processor, the pictures stay behind."""
    elsewhere = "globals().update(DEVICE=torch.device('meta'))"
    where = f"({elsewhere}, tensor(test_pictures[:1]).device.type)[1]"
    assert honest.value(where) == "meta"
    assert flawed.value(where) == "cpu"
    return "on a GPU the network is there and the pictures are not: the first step stops"


def seldom_asked(honest: Ran, flawed: Ran) -> str:
    """The batches are those of a GPU, whatever the machine, and the best network looks worst."""
    assert flawed.value("BATCH") == 1024
    (dense, flat, best), (dense_here, flat_here, worst) = honest.value(SCORES), flawed.value(SCORES)
    assert best > max(dense, flat)
    assert worst < min(dense_here, flat_here)
    return f"conv + max reads {worst:.0%} and seems the worst; it reads {best:.0%} and is the best"


def graphs_kept(honest: Ran, flawed: Ran) -> str:
    """Each loss that is kept holds the computation that it came from."""
    kept = flawed.value("sum(loss.grad_fn is not None for loss in losses)")
    assert kept == flawed.value("len(losses)") > 50
    return f"{kept} computations are kept in memory to the end"


def cannot_fail(honest: Ran, flawed: Ran) -> str:
    """The check says that nothing differs, while sliding and looking no longer commute."""
    claim, truth = flawed.value("equivariance_error.item()"), flawed.value(TRUE_GAP)
    assert claim == 0
    assert truth > 0.5
    assert honest.value(TRUE_GAP) < 1e-12
    return f"a difference of 0 is reported, {truth:.1f} is true"


TWIN = Twin(
    lesson="53",
    title="Digits that may move",
    drop=(
        *("goals", "explore-helper", "keyhole", "by-hand", "forced-idea", "forced"),
        *("inside-idea", "inside", "evidence-idea", "evidence", "gallery"),
        *(f"ex{number}{part}" for number in "123" for part in ("-task", "", "-check", "-solution")),
        *("break-it", "consequence", "final-check", "in-practice", "recap"),
    ),
    plants=(
        Plant(
            "53-1",
            code="NB406",
            cell="parameters",
            edits=(
                rewrite("title", TITLE),
                replace("parameters", "BATCH = 64", 'BATCH = 64 if DEVICE == "cpu" else 1024'),
            ),
            why="A device never equals its name, so the batches are always those of a GPU.",
            hints=(
                "How large are the batches on this machine?",
                "What is the type of DEVICE, and what does it equal?",
            ),
            harm=seldom_asked,
        ),
        Plant(
            "53-2",
            code="NB431",
            cell="training",
            edits=(
                replace("training", "def trained(name):", "losses = []\n\n\ndef trained(name):"),
                replace(
                    "training",
                    "            optimizer.step()\n",
                    "            optimizer.step()\n            losses.append(loss)\n",
                ),
            ),
            why="Each loss is kept together with the whole computation that led to it.",
            hints=(
                "What grows with every step, and is needed by nobody?",
                "What does a loss remember besides its number?",
            ),
            harm=graphs_kept,
        ),
        Plant(
            "53-3",
            code=None,
            cell="equivariance",
            edits=(
                replace("equivariance", ', mode="wrap")', ")"),
                replace(
                    "equivariance",
                    "- conv2d_around(np.roll(picture, shift, (0, 1)), kernel)",
                    "- np.roll(conv2d_around(picture, kernel), shift, (0, 1))",
                ),
            ),
            why="Both sides of the difference are the same expression, so the check cannot fail.",
            hints=(
                "Which two ways around the square does the check compare?",
                "What would this check say about a convolution that pads with zeros?",
            ),
            harm=cannot_fail,
            confidence="human",
        ),
        Plant(
            "53-4",
            code="NB421",
            cell="networks",
            edits=(
                replace(
                    "networks",
                    "return torch.tensor(pictures, dtype=torch.float32, device=DEVICE)[:, None]",
                    "stack = torch.tensor(pictures, dtype=torch.float32)[:, None]\n"
                    "    stack.to(DEVICE)\n    return stack",
                ),
            ),
            why="`to` gives a moved tensor back, and nobody takes it.",
            hints=(
                "Where are the pictures, and where is the network?",
                "Does `to` move a tensor, or does it make another one?",
            ),
            harm=left_behind,
        ),
    ),
    decoys=(
        Decoy(
            "race", ("NB431",), "Accuracies are collected, but as plain numbers without a graph."
        ),
        Decoy("im2col", ("NB301", "NB305"), "The generator has a seed of its own."),
    ),
)
