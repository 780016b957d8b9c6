# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% title [markdown]
# # One notebook, any machine
#
# A notebook travels. Written on a laptop, it is opened on a service with a GPU, graded in a container and
# read on a machine where half of the packages are missing. Each of these machines answers three questions
# differently: *what is there, how fast is it,* and *what is one plus one.*
#
# **Make a prediction before you read on.** A GPU works through a queue. Asking it for a product takes 0.1 ms,
# the product itself takes 10 ms, and asking does not wait. A colleague times fifty products like this:
#
# ```python
# start = clock()
# for _ in range(50):
#     device.run(product)
# print(clock() - start)
# ```
#
# 1. Which time does the cell print: about *5*, *10*, *500* or *505* ms?
# 2. Another cell adds up ten thousand ones in half precision. Does it print *10000*, *9984*, *2048* or *inf*?
#
# Write both answers down. The lesson runs both cells.

# %% goals [markdown] tags=["goals"]
# ## Goals: you will ask a machine what it can do, and believe only what you measured
#
# **You will do.** Recognise six platforms, choose a device, build a GPU out of thirty lines so that you can
# see its queue, time it rightly and wrongly, train with half of the bits, and run every fallback of a
# notebook on a machine where the packages *are* installed.
#
# **You will learn to**
#
# - ask for a capability instead of a name, and fall back without failing;
# - time work on a device that does not wait for you;
# - say which digits two machines share, and keep small gradients alive in half precision;
# - test fallbacks by blocking imports.
#
# **You will need** Python functions and classes, NumPy, and some PyTorch. The lesson
# [See like a convnet](../50_deep_learning/53_cnn.ipynb) is a good preparation. No network connection, and
# no GPU: all results are the same with and without one, because nothing here prints a time.
#
# **Time:** about 40 minutes. All cells together take some 10 seconds to run.

# %% setup tags=["setup"]
import contextlib
import statistics
import sys
import tempfile
import time
from pathlib import Path, PurePosixPath, PureWindowsPath

import matplotlib.pyplot as plt
import numpy as np
import torch
from IPython.display import display
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)  # the work here is tiny: more threads would only wait for each other

# The figures bring their own pale card, so they read the same on a light and on a dark page.
PAPER, INK, BLUE, ORANGE, GREEN = "#f7f4ee", "#22303c", "#1f5f8b", "#b3470f", "#3b6b35"
plt.rcParams.update({"figure.facecolor": PAPER, "axes.facecolor": PAPER, "text.color": INK,
                     "axes.edgecolor": INK, "axes.labelcolor": INK, "xtick.color": INK,
                     "ytick.color": INK, "font.size": 10, "axes.titlesize": 10, "figure.dpi": 96})

# %% parameters tags=["parameters"]
SEED = 0
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
ASK, PRODUCT = 0.1, 10.0  # milliseconds: to ask our toy device for a product, and to compute it
FIRST = 40.0  # milliseconds more for the first piece of work: programs are loaded, memory is found

# %% helpers tags=["setup", "hide-input"]
def show(figure, alt):
    """Display a figure together with the sentence that describes it to those who cannot see it."""
    display(figure, metadata={"image/png": {"alt": alt}})
    plt.close(figure)


def report(exercise, check, answer):
    """Say where an exercise stands: not attempted, not yet, or correct."""
    if answer is ...:
        return print(f"{exercise}: not attempted yet")
    try:
        check(answer)
    except AssertionError as hint:
        return print(f"{exercise}: not yet. {hint}")
    except Exception as problem:
        return print(f"{exercise}: not yet. It stopped with {type(problem).__name__}: {problem}")
    print(f"{exercise}: correct")


def verdict(what, value, target, holds):
    """One line of the self-check, and an error if the target is missed."""
    print(f"{what:44} {value!s:>10}   target {target}")
    assert holds, f"{what}: {value}, not {target}"

# %% platforms-idea [markdown]
# ## Data: six machines in six dictionaries
#
# Hosted services leave traces in the environment variables. So we can recognise them, and we can *test*
# that we do, without an account on any: a machine is a dictionary. All data in this lesson are made here.
# The text is yours under [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/), the code under the MIT
# licence.
#
# One warning first. **A name is not a capability.** *Colab* may or may not have a GPU today. Use the name
# to speak to the reader (*your files vanish when the session ends*), and ask the machine itself before
# you decide anything.

# %% platforms tags=["self-check"]
TRACES = {
    "Colab": "COLAB_RELEASE_TAG",
    "Kaggle": "KAGGLE_KERNEL_RUN_TYPE",
    "Azure ML": "AZUREML_RUN_ID",
    "Databricks": "DATABRICKS_RUNTIME_VERSION",
    "Codespaces": "CODESPACES",
}


def platform_of(environment):
    """The platform that left its trace in the environment variables, or a machine like yours."""
    return next((name for name, trace in TRACES.items() if environment.get(trace)), "local")


MACHINES = {
    "Colab": {"COLAB_RELEASE_TAG": "release-a", "HOME": "/root"},
    "Kaggle": {"KAGGLE_KERNEL_RUN_TYPE": "Interactive", "HOME": "/root"},
    "Azure ML": {"AZUREML_RUN_ID": "run-17", "HOME": "/home/azureuser"},
    "Databricks": {"DATABRICKS_RUNTIME_VERSION": "16.4", "HOME": "/root"},
    "Codespaces": {"CODESPACES": "true", "HOME": "/home/codespace"},
    "local": {"USERPROFILE": "C:\\Users\\ada", "CODESPACES": ""},
}
recognised = sum(platform_of(machine) == name for name, machine in MACHINES.items())
print(f"{recognised} of {len(MACHINES)} machines recognised")

# %% places-idea [markdown]
# ## Ask for what you need: a folder, a device
#
# A path such as `/home/ada/data` is true on one machine in the world. Build paths from parts, relative to
# the notebook, and ask whether you may write there. If not, a temporary folder is always at hand.
#
# The same holds for devices. `torch.device("cuda")` is a wish. The parameters cell at the top asks *once*,
# and everything else says `DEVICE`. The rule that decides is small enough to be tested on machines
# that we do not have.

# %% places tags=["self-check"]
def writable(*candidates):
    """The first folder of a list in which we may really write."""
    for folder in candidates:
        with contextlib.suppress(OSError), tempfile.TemporaryFile(dir=folder):
            return Path(folder)
    raise OSError("none of the folders can be written to")


def best_device(cuda, mps):
    """The fastest kind of device that is there; the processor always is."""
    return "cuda" if cuda else "mps" if mps else "cpu"


with tempfile.TemporaryDirectory() as spare:
    assert writable("no/such/folder", spare) == Path(spare), "the first writable folder is taken"
chosen = {(cuda, mps): best_device(cuda, mps) for cuda in (True, False) for mps in (True, False)}
assert list(chosen.values()) == ["cuda", "cuda", "mps", "cpu"], "a slower device was preferred"
assert DEVICE.type in chosen.values(), "this machine has a device that we do not know"
for flavour in (PurePosixPath, PureWindowsPath):
    print(f"{flavour.__name__:15} {flavour('results') / 'table.csv'}")

# %% toy-idea [markdown]
# ## A device is a queue: asking is not waiting
#
# A GPU has a queue. Your Python program (the *host*) puts work in and goes on at once; the device works it
# off in order. The host stops only when it needs a result, or when it says so: *synchronise*. That is
# what makes GPUs fast, and what makes clocks lie.
#
# A real queue is hard to see, and no two machines have the same. So here is one in twenty lines, with a
# clock that only it can move. One more thing is true to life: the *first* piece of work takes longer.

# %% toy tags=["self-check"]
class ToyDevice:
    """A device with a queue, on a clock of its own: nothing here takes real time."""

    def __init__(self):
        self.now = 0.0  # what the host's clock shows, in milliseconds
        self.free = 0.0  # when the device will have worked off its queue
        self.asked, self.worked = [], []  # (start, duration), to be drawn

    def run(self, cost=PRODUCT):
        """Put work into the queue; this returns at once."""
        self.asked.append((self.now, ASK))
        self.now += ASK
        start = max(self.now, self.free)
        self.worked.append((start, cost + FIRST * (len(self.worked) == 0)))
        self.free = sum(self.worked[-1])

    def wait(self):
        """Synchronise: stand still until the queue is empty."""
        self.now = max(self.now, self.free)

    def clock(self):
        return self.now


toy = ToyDevice()
for _ in range(50):
    toy.run()
asked_only = toy.clock()
toy.wait()
print(f"the clock shows {asked_only:.0f} ms after asking, {toy.clock():.0f} ms after waiting")

# %% timeline-idea [markdown]
# **What just happened.** Your prediction is settled. The colleague's cell prints 5 ms: the time to *ask*. The
# work takes a hundred times as long, and the missing 40 ms are the price of the first time.
#
# So there are three rules for a clock: *warm up* before you start it, *wait* before you start it and
# before you stop it, and take the *median* of several runs, since other people use the machine, too.
#
# Look at the two lanes. Where would you read the clock?

# %% timeline tags=["figure"]
short = ToyDevice()
for _ in range(5):
    short.run()
stopped = short.clock()
short.wait()

figure, axes = plt.subplots(figsize=(9, 2.9), layout="constrained")
axes.broken_barh(short.asked, (1.1, 0.8), color=ORANGE, edgecolor=PAPER)
axes.broken_barh(short.worked, (0.1, 0.8), color=BLUE, edgecolor=PAPER, lw=2)
axes.axvline(stopped, color=ORANGE, lw=2, ls="--")
axes.axvline(short.clock(), color=GREEN, lw=2)
axes.text(stopped + 1, 1.6, f"stopped without waiting: {stopped:.1f} ms", color=ORANGE)
axes.text(short.clock() - 1, 1.6, f"after waiting: {short.clock():.1f} ms", ha="right", color=GREEN)
axes.text(short.worked[0][0] + 2, 0.5, "first product, with loading", color=PAPER, va="center")
axes.set(xlabel="milliseconds on the toy's clock", yticks=[0.5, 1.5], ylim=(0, 2.1),
         yticklabels=["device works", "host asks"], xlim=(-1, short.clock() + 2))
show(figure, f"Two lanes over time. The host has asked for five products after {stopped:.1f} ms; the "
     f"device works them off one after the other and is done after {short.clock():.1f} ms.")

# %% naive tags=["self-check"]
def naive(device, repeats):
    """How most first benchmarks are written."""
    start = device.clock()
    for _ in range(repeats):
        device.run()
    return (device.clock() - start) / repeats


def cold(device, repeats):
    """This one waits at the end, but its first piece of work is not like the others."""
    start = device.clock()
    for _ in range(repeats):
        device.run()
    device.wait()
    return (device.clock() - start) / repeats


naive_time, cold_time = naive(ToyDevice(), 5), cold(ToyDevice(), 5)
truth = ASK + PRODUCT  # what one product costs somebody who waits for it
print(f"true {truth:.1f} ms   without waiting {naive_time:.1f} ms   without warming up "
      f"{cold_time:.1f} ms")

# %% real-idea [markdown]
# ## On the real machine the same rules hold
#
# Now your own machine. Multiplying two $n \times n$ matrices takes $2n^3$ operations. So from 32 to 512 the work
# grows by $16^3 = 4096$. The time grows by less, because small products spend their time on everything
# *around* the work. On a GPU that part is larger still: small problems are often faster on the processor.
#
# Each machine draws its own picture, and for that reason this lesson prints no time. Predict the shape
# only: will the line be straight, bend upwards to the right, or bend down?

# %% real tags=["figure", "self-check"]
def wait():
    """Let the device work off its queue; a processor has none."""
    if DEVICE.type == "cuda":
        torch.cuda.synchronize()


def seconds(work, repeats=5):
    """The median time of some work, after warming up, and waiting for the device each time."""
    work()
    times = []
    for _ in range(repeats):
        wait()
        start = time.perf_counter()
        work()
        wait()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


sides, generator = [32, 64, 128, 256, 512], torch.Generator().manual_seed(SEED)
squares = {side: torch.randn(side, side, generator=generator) for side in sides}
lines = {kind: [seconds(lambda matrix=squares[side].to(kind): matrix @ matrix) for side in sides]
         for kind in {"cpu", DEVICE.type}}
growth = lines["cpu"][-1] / lines["cpu"][0]

# %% real-figure tags=["figure"]
figure, axes = plt.subplots(figsize=(6.4, 3.6))
for (kind, line), marker in zip(sorted(lines.items()), "os"):
    axes.loglog(sides, line, marker=marker, color=BLUE if kind == "cpu" else GREEN, lw=2)
axes.loglog(sides, 1e-11 * np.array(sides, float) ** 3, color=INK, lw=1, ls=":")
axes.set(xlabel="side of the matrices", ylabel="seconds for a product", ylim=(1e-7, 1e0))
axes.set_xticks(sides, [str(side) for side in sides])
axes.minorticks_off()
show(figure, "Median time of a matrix product against its side, both axes logarithmic. Small products "
     "lie on a flat part; from some size on the line rises as steeply as the dotted line of the work.")

# %% digits-idea [markdown]
# ## Two machines share the first digits, never all
#
# A number of 32 bits holds 24 binary digits, so each result is rounded by up to one part in $2^{24}$. And
# rounding makes the *order* of a sum matter: $(a + b) + c$ is not $a + (b + c)$. Another processor, another
# library or a GPU adds in another order. So never compare for equality. Compare with a tolerance that you
# can explain.
#
# The smallest step above 1 that a format can take is its **epsilon**. We can measure it: halve a number
# until adding it to 1 makes no difference.

# %% digits tags=["self-check"]
def epsilon(kind):
    """The smallest power of two that still changes 1 when it is added."""
    step = torch.ones((), dtype=kind)
    while 1 + step / 2 > 1:
        step = step / 2
    return int(torch.log2(step.float()).item())


epsilons = {kind: epsilon(kind) for kind in (torch.float32, torch.float16, torch.bfloat16)}
for kind, power in epsilons.items():
    print(f"{str(kind):15} epsilon 2^{power}")

noise = torch.Generator().manual_seed(SEED + 1)
a, b = (torch.randn(256, 256, generator=noise) for _ in range(2))
here, there = a @ b, (a.to(DEVICE) @ b.to(DEVICE)).cpu()
device_gap = ((here - there).abs().max() / here.abs().max()).item()
order = torch.randperm(256, generator=noise)
order_gap = ((here - a[:, order] @ b[order]).abs().max() / here.abs().max()).item()
assert 0 < order_gap < 1e-5, "another order changes the last digits, and only those"
print("another order of the same sums changes the last digits, and only those")

# %% half-idea [markdown]
# ## Half the bits, twice the speed, and gradients that vanish
#
# GPUs work fastest in 16 bits. The two formats spend them differently. `float16` has fine steps and a short
# range: whatever is smaller than $2^{-25}$ becomes 0. `bfloat16` has coarse steps and the range of `float32`.
#
# **Mixed precision** multiplies in 16 bits and keeps weights and sums in 32. With `float16` one trick is
# needed. Gradients are often tiny. So multiply the loss by a large $S$: by the chain rule *all* gradients
# grow by $S$, and are divided by it again before the step. Nothing changes, except that they survive.
#
# Guess for a fresh network of 32 layers: what share of its gradients does `float16` turn into zero?

# %% half tags=["figure", "self-check"]
SCALE = 2.0 ** 14
torch.manual_seed(SEED)
deep = nn.Sequential(*[layer for _ in range(32) for layer in (nn.Linear(64, 64), nn.Tanh())])
F.mse_loss(deep(torch.randn(32, 64)), torch.randn(32, 64)).backward()
slopes = torch.cat([weights.grad.flatten() for weights in deep.parameters()]).abs()
slopes = slopes[slopes > 0]
lost, saved = ((slopes * scale).half() == 0 for scale in (1.0, SCALE))
overflows = torch.isinf((slopes * SCALE).half()).sum().item()

figure, panels = plt.subplots(2, 1, figsize=(8, 4.2), sharex=True, layout="constrained")
for axes, scale, gone in [(panels[0], 1.0, lost), (panels[1], SCALE, saved)]:
    axes.hist((slopes * scale).log2().numpy(), bins=range(-44, 18), color=BLUE)
    axes.axvspan(-44, -25, color=ORANGE, alpha=0.25)
    axes.axvline(16, color=INK, ls=":")
    axes.set(ylabel="gradients", title=f"loss times {scale:.0f}: {gone.double().mean():.0%} become zero")
panels[1].set(xlabel="size of the gradient, as a power of two", xlim=(-44, 18))
panels[0].text(-43.5, panels[0].get_ylim()[1] * 0.8, "zero in float16", color=ORANGE)
show(figure, f"Histograms of the gradients of 32 layers. As they are, {lost.double().mean():.0%} lie in the "
     f"shaded range that float16 turns into zero; times 16384, {saved.double().mean():.0%} do, and none "
     "overflows.")

# %% mixed tags=["self-check"]
def fit(mixed, steps=300):
    """The loss of a small network on a wave, trained in 32 bits or in mixed precision."""
    torch.manual_seed(SEED)
    x = torch.rand(256, 1, generator=torch.Generator().manual_seed(SEED)) * 6 - 3
    x, wave = x.to(DEVICE), torch.sin(2 * x).to(DEVICE)
    network = nn.Sequential(nn.Linear(1, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(),
                            nn.Linear(64, 1)).to(DEVICE)
    optimizer = torch.optim.Adam(network.parameters(), 3e-3)
    for _ in range(steps):
        optimizer.zero_grad()
        with torch.autocast(DEVICE.type, dtype=torch.bfloat16, enabled=mixed):
            guess = network(x)
        loss = F.mse_loss(guess.float(), wave)  # the sum is taken in 32 bits
        loss.backward()
        optimizer.step()
    kinds = {weights.dtype for weights in network.parameters()}
    return loss.item(), guess.dtype, kinds


full_loss, full_kind, _ = fit(mixed=False)
mixed_loss, mixed_kind, mixed_weights = fit(mixed=True)
assert (full_kind, mixed_kind) == (torch.float32, torch.bfloat16), "autocast did not work"
assert mixed_weights == {torch.float32}, "the weights themselves must stay in 32 bits"
print("mixed precision computes in", mixed_kind, "and keeps weights in", *mixed_weights)

# %% fallback-idea [markdown]
# **What just happened.** Both ways learn the wave. `autocast` asked for the *kind* of the device, so the
# cell runs on a GPU and on a processor. (With `float16` use `torch.amp.GradScaler`: it does what we did by
# hand, and adapts $S$.)
#
# ## A fallback that was never run is a guess
#
# *Use SciPy if it is there, NumPy if not* is a good sentence. But on your machine SciPy *is* there. So your
# fallback has never run, and the first to run it is somebody who can not mend it.
#
# Python makes it easy to look like a poorer machine: an entry `None` in `sys.modules` makes an import fail.
# And two rules keep fallbacks honest. Catch `ModuleNotFoundError` and nothing else, or you hide real
# mistakes. And *compare* both ways.

# %% fallbacks
def distances(points):
    """The distance of each point from each other."""
    try:
        from scipy.spatial.distance import cdist
    except ModuleNotFoundError:
        return np.sqrt(((points[:, None] - points) ** 2).sum(-1))
    return cdist(points, points)


def standardised(points):
    """Columns with mean 0 and standard deviation 1."""
    try:
        from sklearn.preprocessing import StandardScaler
    except ModuleNotFoundError:
        return (points - points.mean(0)) / points.std(0)
    return StandardScaler().fit_transform(points)


def product(points):
    """The products of all points with each other, in double precision."""
    try:
        import torch
    except ModuleNotFoundError:
        return points @ points.T
    return (torch.tensor(points) @ torch.tensor(points).T).numpy()

# %% blocked tags=["self-check"]
@contextlib.contextmanager
def blocked(package):
    """Inside, importing a package fails as on a machine that does not have it."""
    inside = [name for name in sys.modules if name.partition(".")[0] == package]
    kept = {name: sys.modules.pop(name) for name in inside}
    sys.modules[package] = None
    try:
        yield
    finally:
        del sys.modules[package]
        sys.modules.update(kept)


points, fallback_gaps = np.random.default_rng(SEED).normal(size=(40, 3)), {}
for package, work in [("scipy", distances), ("sklearn", standardised), ("torch", product)]:
    usual = work(points)
    with blocked(package):
        assert sys.modules[package] is None, f"{package} is still there"
        poorer = work(points)
    fallback_gaps[package] = np.abs(usual - poorer).max()
    print(f"without {package:8} {work.__name__} falls back, and agrees: "
          f"{fallback_gaps[package] < 1e-10}")

# %% ex1-task [markdown]
# ## Three exercises, from a nudge to a small discovery
#
# Replace the `...` and run the check below it. Nothing else in this notebook uses your answers, so
# *Run all* works at every moment, solved or not. Each exercise has a solution, which the complete
# notebook keeps folded away and `nbcoach learn solution 81 ex1` prints. Open it when you have made
# an honest attempt.
#
# ### ★ Exercise 1: a wish is not a device
#
# Readers like to choose. Write `pick_device(wish, available)`. `available` is a list of what is there, the
# fastest first, such as `["cuda", "cpu"]`. A wish is a name, a name with a number such as `"cuda:1"`, or
# `"auto"`. Return the wish if its *kind* is available. Return the first of the list for `"auto"`, and also
# for a wish that can not be met: the notebook shall go on.
#
# <details><summary>Hint 1: a question</summary>What is the kind of <code>"cuda:1"</code>, and how do you get
# it from the text?</details>
#
# <details><summary>Hint 2: the idea</summary>Only one of the three cases returns the wish as it is. The
# other two return the same thing.</details>
#
# <details><summary>Hint 3: nearly code</summary><code>wish.partition(":")[0]</code> is the kind.</details>

# %% ex1 tags=["exercise"]
pick_device = ...  # replace this line by: def pick_device(wish, available): …

# %% ex1-check tags=["self-check"]
def check_pick_device(answer):
    assert answer("cpu", ["cuda", "cpu"]) is not None, "Did you forget to return the device?"
    assert answer("cpu", ["cuda", "cpu"]) == "cpu", "Somebody who wishes for the processor gets it."
    assert answer("auto", ["cuda", "cpu"]) == "cuda", "`auto` takes the first of the list."
    assert answer("auto", ["cpu"]) == "cpu", "`auto` asks the list, whatever usually is there."
    assert answer("cuda:1", ["cuda", "cpu"]) == "cuda:1", "A number belongs to the wish: compare kinds."
    assert answer("cuda:1", ["mps", "cpu"]) == "mps", "A wish that cannot be met: take the first."
    assert answer("cu", ["cuda", "cpu"]) == "cuda", "`cu` is no kind of device: compare whole kinds."


report("ex1", check_pick_device, pick_device)

# %% ex1-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def pick_device_solution(wish, available):
    """The wish if its kind is there, and the fastest device otherwise."""
    return wish if wish.partition(":")[0] in available else available[0]


report("ex1 solution", check_pick_device, pick_device_solution)

# %% ex2-task [markdown]
# ### ★★ Exercise 2: a clock that cannot be fooled
#
# Write `fair_time(work, device, repeats)`. It returns the median time of `work()`, in milliseconds on
# `device.clock()`. The device may still be busy with other people's work when you are called. Its first
# piece of work takes longer. And now and then one run is slow, for no fault of yours.
#
# The toy's clock is exact, so the check knows the true answer to the last digit.
#
# <details><summary>Hint 1: a question</summary>At which three moments must the queue be empty?</details>
#
# <details><summary>Hint 2: the idea</summary>Run once without a clock. Then, for each run: wait, start,
# work, wait, stop.</details>
#
# <details><summary>Hint 3: nearly code</summary><code>seconds</code> of this lesson does it for the real
# machine, and <code>statistics.median</code> does the rest.</details>

# %% ex2 tags=["exercise"]
fair_time = ...  # replace this line by: def fair_time(work, device, repeats): …

# %% ex2-check tags=["self-check"]
def timed_on_toy(answer, slow=(), busy=0.0, cost=PRODUCT):
    """What an answer measures for a product on a device where some runs are slow."""
    device, runs = ToyDevice(), iter(range(100))
    if busy:
        device.run(busy)
    return answer(lambda: device.run(cost * (20 if next(runs) in slow else 1)), device, 5)


def check_fair_time(answer):
    plain = timed_on_toy(answer, busy=1.0)
    assert plain is not None, "Did you forget to return the time?"
    assert not np.isclose(plain, ASK), "That is the time to ask: wait before you stop the clock."
    assert np.isclose(plain, truth), f"A product takes {truth} ms, not {plain:.1f}: one at a time."
    assert np.isclose(timed_on_toy(answer), truth), "The first run is slow: warm up before you measure."
    crowded = timed_on_toy(answer, busy=1000.0)
    assert np.isclose(crowded, truth), "The device was busy before you came: wait before you start."
    bumpy = timed_on_toy(answer, slow=(2, 4), busy=1.0)
    assert np.isclose(bumpy, truth), "Two slow runs of five changed the answer: take the median."
    fast = timed_on_toy(answer, cost=2.0)
    assert np.isclose(fast, ASK + 2), f"A product of 2 ms was measured as {fast:.1f} ms."


report("ex2", check_fair_time, fair_time)

# %% ex2-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def fair_time_solution(work, device, repeats):
    """Warm up, then time each run between two moments at which the queue is empty."""
    work()
    times = []
    for _ in range(repeats):
        device.wait()
        start = device.clock()
        work()
        device.wait()
        times.append(device.clock() - start)
    return statistics.median(times)


report("ex2 solution", check_fair_time, fair_time_solution)

# %% ex3-task [markdown]
# ### ★★★ Exercise 3: a batch that does not fit
#
# The GPU of the next reader has half the memory of yours. The remedy is to *accumulate*: send the batch in
# parts, add up the gradients, and step once. Done rightly, the gradient is the same as that of the whole
# batch, and nobody needs to tune anything again.
#
# Write `accumulated(slope, parts)`. `parts` is a list of arrays of rows, which may differ in length.
# `slope(rows)` gives the gradient of the *mean* loss over some rows. Return the gradient of the mean loss
# over all rows.
#
# **Then explore.** Which layer makes the result depend on the parts after all, because it looks at the
# whole batch at once? (It has *batch* in its name.)
#
# <details><summary>Hint 1: a question</summary>Two parts, with 1 and with 99 rows. How much should each of
# them count?</details>
#
# <details><summary>Hint 2: the idea</summary>A mean times the number of its rows is a sum. Sums can be
# added.</details>
#
# <details><summary>Hint 3: nearly code</summary>Add up <code>slope(rows) * len(rows)</code>, and divide by
# the number of all rows.</details>

# %% ex3 tags=["exercise"]
accumulated = ...  # replace this line by: def accumulated(slope, parts): …

# %% ex3-check tags=["self-check"]
def check_accumulated(answer):
    rows = np.random.default_rng(8).normal(size=(12, 3))

    def slope(part):  # of the mean of (row · 1 - 2)² with respect to the weights, at 1
        return 2 * ((part.sum(1) - 2)[:, None] * part).mean(0)

    whole = slope(rows)
    even, uneven = np.split(rows, 3), np.split(rows, [1, 3])
    result = answer(slope, even)
    assert result is not None, "Did you forget to return the gradient?"
    assert np.shape(result) == (3,), f"A gradient of 3 numbers became {np.shape(result)}."
    assert not np.allclose(result, 3 * whole), "The parts add up to three times too much: average."
    assert np.allclose(result, whole), "With parts of equal length this is the mean of their slopes."
    assert np.allclose(answer(slope, uneven), whole), "Parts differ in length: count each by its rows."
    assert np.allclose(answer(slope, [rows]), whole), "A single part is the whole batch."


report("ex3", check_accumulated, accumulated)

# %% ex3-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def accumulated_solution(slope, parts):
    """Each part counts by its rows."""
    return sum(slope(rows) * len(rows) for rows in parts) / sum(map(len, parts))


report("ex3 solution", check_accumulated, accumulated_solution)

# %% break-it [markdown]
# ## Break it: count to ten thousand in half precision
#
# If 16 bits are so fast, why not do *everything* in them? Fetch your second prediction. The next cell adds
# up ones. There is no randomness, no hardware and no rounding of the ones themselves.

# %% consequence tags=["figure", "self-check"]
def count(kind, ones=10_000):
    """How far a counter comes that is kept in a number format."""
    counter, one, path = torch.zeros((), dtype=kind), torch.ones((), dtype=kind), []
    for _ in range(ones):
        counter = counter + one
        path.append(counter.item())
    return path


paths = {kind: count(kind) for kind in (torch.float32, torch.float16, torch.bfloat16)}
figure, axes = plt.subplots(figsize=(7, 3.4), layout="constrained")
looks = [(BLUE, "-"), (ORANGE, "--"), (GREEN, ":")]
for (kind, path), (colour, style) in zip(paths.items(), looks):
    axes.plot(path, color=colour, ls=style, lw=2.5)
    name = str(kind).removeprefix("torch.")
    axes.text(9900, path[-1] + 250, f"{name}: {path[-1]:.0f}", ha="right", color=INK)
axes.set(xlabel="ones added", ylabel="the counter shows", ylim=(0, 11_000))
show(figure, "Three counters. In float32 the line rises to 10000. In float16 it stops for good at 2048, and "
     "in bfloat16 at 256.")
for kind, path in paths.items():
    print(f"{str(kind):15} {path[-1]:6.0f}")

# %% final-check tags=["self-check"]
verdict("platforms recognised", f"{recognised} of 6", "6 of 6", recognised == 6)
shown = (round(asked_only, 1), round(toy.clock(), 1))
verdict("toy: 50 products asked for, and done, ms", shown, "(5.0, 540.1)", shown == (5.0, 540.1))
share = naive_time / truth
verdict("without waiting, share of the truth", f"{share:.2f}", "≤ 0.05", share <= 0.05)
verdict("4096 times the work takes longer", growth > 5, "> 5 times", growth > 5)
powers = list(epsilons.values())
verdict("epsilons, as powers of two", powers, "[-23, -10, -7]", powers == [-23, -10, -7])
verdict("processor and device agree", device_gap <= 1e-3, "to 1e-3", device_gap <= 1e-3)
vanish, survive = lost.double().mean().item(), saved.double().mean().item()
verdict("gradients lost in float16, unscaled", f"{vanish:.1f}", "≥ 0.3", vanish >= 0.3)
verdict("gradients lost in float16, scaled", f"{survive:.1f}", "≤ 0.05", survive <= 0.05)
verdict("gradients that overflow, scaled", overflows, "0", overflows == 0)
learns = mixed_loss <= 2 * full_loss + 0.01
verdict("mixed precision learns as well", learns, "half as well", learns)
worst = max(fallback_gaps.values())
verdict("fallbacks that ran and agree", len(fallback_gaps), "3", worst < 1e-10)
ends = [int(path[-1]) for path in paths.values()]
verdict("ten thousand ones", ends, "[10000, 2048, 256]", ends == [10_000, 2048, 256])

# %% in-practice [markdown]
# **What just happened.** Between 2048 and 4096 the neighbours in `float16` are two apart. So 2048 + 1 lies half
# way, is rounded to even, and stays 2048 for ever. `bfloat16` stops at 256. A weight that gets many small
# steps stops just like this counter. That is why mixed precision keeps weights and sums in 32 bits.
#
# ## In practice: seven lines that make a notebook travel
#
# - **One parameters cell** asks for the device, and everything below says `DEVICE`. nbcoach finds the places
#   that forget it: NB401, NB402, NB405 and NB406.
# - **Paths are built from parts**, relative to the notebook (NB341).
# - **Pin what you import** in a requirements file, and do not install in the middle of a notebook. Hosted
#   services bring hundreds of packages, in versions that change without notice.
# - **`torch.amp.autocast(DEVICE.type)`**, not `torch.cuda.amp` (NB452). On GPUs with TF32, 32-bit products may be
#   rounded to about $10^{-3}$ as well: see `torch.set_float32_matmul_precision`.
# - **Move in bulk, wait seldom.** Each `.item()` and each `print` of a tensor empties the queue.
# - **`torch.utils.benchmark.Timer`** warms up and waits for you.
# - **Run fallbacks on purpose**, here with `blocked`, or in a clean environment.
#
# Mixed precision and loss scaling: Micikevicius and others
# ([2018](https://doi.org/10.48550/arXiv.1710.03740)). Why sums depend on their order: Goldberg
# ([1991](https://doi.org/10.1145/103162.103163)).

# %% recap [markdown]
# ## Recap: ask, measure, compare
#
# - Ask for a capability, not for a name; ask once; and let the notebook go on without it.
# - A device is a queue. Warm up, wait, take the median. A clock that does not wait measures the asking.
# - Two machines share the first digits. Compare with a tolerance that you can explain.
# - Half the bits are enough for products, and too few for sums and small gradients.
# - A fallback that was never run is a guess. Block the import, run it, compare.
#
# **Spot the problem.** [A flawed notebook](../flawed/81_portable_gpu.ipynb) waits for you. Read it first
# and mark what you would not trust. Then run `nbcoach check` on it, and see which of you was sharper.
