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
# # Race the optimizers
#
# You stand on a hillside in fog. You cannot see the valley, but you feel the slope under your feet.
# Every optimizer answers one question: where do you put your foot next?
#
# **Make a prediction before you read on.** The simplest answer is to go straight downhill, a fixed
# multiple of the slope each time. Try it in a valley that is a hundred times as steep across as it
# is along.
#
# 1. With the best possible step length, how many steps does it take to come a thousand times closer
#    to the bottom: (a) 35, (b) 350, (c) 3500?
# 2. Give the walker a memory of where it was heading, and nothing else. How many steps now?
# 3. A certain step length is safe. Make it one percent longer. Do you arrive later, or not at all?
#
# Write the three answers down. Theory will settle them to two percent, and the computer will check
# theory.

# %% goals [markdown] tags=["goals"]
# ## Goals: you will write seven optimizers and learn what each of them pays for its speed
#
# **You will do.** Write gradient descent, momentum, Nesterov's method, RMSProp, Adam, Newton's
# method and BFGS from scratch, check them against theory and PyTorch, and race all seven through a
# banana-shaped valley.
#
# **You will learn to**
#
# - find the longest safe step from the curvature, and see that one percent more is too much;
# - predict the speed of gradient descent and of momentum from the shape of the valley;
# - say what RMSProp, Adam, Newton and BFGS each know that plain descent does not;
# - set up a race that is fair, and recognise one that is not.
#
# **You will need** gradients and matrices times vectors. Eigenvalues help ([lesson
# 12](../10_linear_algebra/12_eigen.ipynb)).
#
# **Time:** about 40 minutes. All cells together take some fifteen seconds to run.

# %% setup tags=["setup"]
import base64
import html
import io
import json

import matplotlib.pyplot as plt
import numpy as np
import torch
from IPython.display import display
from numpy.linalg import norm
from scipy.optimize import minimize

torch.set_num_threads(1)

# The figures bring their own pale card, so they read the same on a light and on a dark page.
PAPER, INK, BLUE, ORANGE, GREY = "#f7f4ee", "#22303c", "#1f5f8b", "#b3470f", "#9aa3a8"
plt.rcParams.update({
    "figure.facecolor": PAPER, "axes.facecolor": PAPER, "savefig.facecolor": PAPER,
    "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": INK, "axes.titlesize": 10.5,
    "xtick.color": INK, "ytick.color": INK, "font.size": 9.5, "legend.frameon": False,
    "axes.spines.top": False, "axes.spines.right": False,
})

# %% parameters tags=["parameters"]
SEED = 23
STEPS = 1000  # the length of the race
START = np.array([-1.5, 2.0])
RATES = 10.0 ** np.arange(-5, 0.1, 0.25)  # the step lengths that every racer may try


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

# %% explore-helper tags=["setup", "hide-input"]
SLIDER = """<figure id="{key}" style="margin: 0">
<img style="max-width: 100%" alt="{alt}" src="{src}">
<figcaption hidden><label>{label} <input type="range" min="0" max="{last}" value="{start}">
</label> <output aria-live="polite">{position}</output></figcaption>
<script>{{const frames = {frames}, box = document.getElementById("{key}");
const [img, bar, input, out] = ["img", "figcaption", "input", "output"].map(
  name => box.querySelector(name));
input.oninput = () => {{[out.value, img.alt, img.src] = frames[input.value]}};
bar.hidden = false}}</script></figure>"""


def explore(frames, label, start=0):
    """Put figures, [(position, figure, alt), …], behind a slider that needs no kernel."""
    def encode(figure, kind, **options):
        figure.savefig(stream := io.BytesIO(), format=kind, pil_kwargs=options)
        return base64.b64encode(stream.getvalue()).decode()
    webp = [(f"{position}", alt, "data:image/webp;base64," + encode(figure, "webp", lossless=True))
            for position, figure, alt in frames]
    (position, alt, src), key = webp[start], "explore-" + label.lower().replace(" ", "-")
    page = SLIDER.format(key=key, alt=html.escape(alt), src=src, label=label, last=len(webp) - 1,
                         start=start, position=position, frames=json.dumps(webp))
    data = {"text/html": page, "image/png": encode(frames[start][1], "png"), "text/plain": alt}
    display(data, metadata={"image/png": {"alt": alt}}, raw=True)
    plt.close("all")

# %% data [markdown]
# ## Data: two landscapes whose lowest point we know
#
# To judge an optimizer you must know where it ought to arrive. We use two landscapes.
#
# A **bowl** $f(x) = \tfrac12 x^\top H x$ has its bottom at 0, and its gradient is $Hx$. The
# eigenvalues of $H$ say how steep it is along its own axes. Call the largest $L$ and the smallest
# $\mu$. Their ratio $\kappa = L / \mu$ is the **condition number**: how much longer than wide the
# valley is. We choose these numbers ourselves.
#
# **Rosenbrock's banana** is the classic test track of 1960:
#
# $$f(x, y) = (1 - x)^2 + 100\,(y - x^2)^2 .$$
#
# The bottom is at $(1, 1)$. It lies in a bent valley: easy to find, hard to follow.
#
# Everything is generated here, nothing is downloaded. And since a wrong gradient is the commonest
# of all mistakes in this trade, we check ours against plain differences before anybody takes a
# step. The text is yours under [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/), the code
# under the MIT licence.

# %% landscapes
def bowl(steepness, rng):
    """A symmetric matrix H with the given eigenvalues, in random directions."""
    directions, _ = np.linalg.qr(rng.normal(size=(len(steepness), len(steepness))))
    return (directions * np.asarray(steepness)) @ directions.T


def banana(point):
    x, y = point
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def slope(point):
    """The gradient of the banana."""
    x, y = point
    return np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])


def curvature(point):
    """The Hessian of the banana."""
    x, y = point
    return np.array([[2 - 400 * (y - 3 * x**2), -400 * x], [-400 * x, 200.0]])


rng = np.random.default_rng(SEED)
points, nudges = rng.uniform(-2, 2, size=(50, 2)), 1e-6 * np.eye(2)
slope_error = max(abs(slope(p)[i] - (banana(p + nudges[i]) - banana(p - nudges[i])) / 2e-6)
                  for p in points for i in range(2))
curvature_error = max(norm(curvature(p)[i] - (slope(p + nudges[i]) - slope(p - nudges[i])) / 2e-6)
                      for p in points for i in range(2))
print(f"gradient and Hessian agree with differences: {max(slope_error, curvature_error) < 1e-4}")
assert max(slope_error, curvature_error) < 1e-4, "a wrong gradient spoils everything below"
assert banana(np.ones(2)) == 0 and not slope(np.ones(2)).any(), "the bottom is at (1, 1)"

# %% walking [markdown]
# ## A step one percent too long never arrives
#
# Gradient descent puts its foot at
#
# $$x_{k+1} = x_k - \eta\, \nabla f(x_k),$$
#
# with a fixed **learning rate** $\eta$. In a bowl, look along an axis of steepness $\lambda$: the
# distance from the bottom is multiplied by $1 - \eta\lambda$ in each step. That gets smaller if
# $|1 - \eta\lambda| < 1$, so if $\eta < 2 / \lambda$. The steepest axis is the strictest:
#
# $$\text{it arrives}\quad\Longleftrightarrow\quad \eta < \frac{2}{L} .$$
#
# This is a cliff, not a slope. Every optimizer below is written in the same form: a small machine
# that gets the gradient and returns the step to subtract.

# %% descent
def walk(optimizer, gradient, start, steps):
    """The path of an optimizer, one row for each step; who gets lost stays where it is."""
    path = [np.asarray(start, dtype=float)]
    for _ in range(steps):
        lost = np.abs(path[-1]).max() > 1e6
        path.append(path[-1] if lost else path[-1] - optimizer(gradient(path[-1])))
    return np.array(path)


def descent(rate):
    """Gradient descent: a fixed multiple of the gradient."""
    return lambda gradient: rate * gradient


def remaining(hessian, share, steps):
    """How much of the distance is left after some steps at a share of the limit 2/L."""
    rate = share * 2 / np.linalg.eigvalsh(hessian)[-1]
    path = walk(descent(rate), lambda point: hessian @ point, np.ones(len(hessian)), steps)
    return norm(path[-1]) / norm(path[0])


bowls = [bowl(rng.uniform(0.5, 20, size=4), rng) for _ in range(20)]
inside = max(remaining(hessian, 0.99, 2000) for hessian in bowls)
outside = min(remaining(hessian, 1.01, 2000) for hessian in bowls)
print(f"1 % below the limit: all arrive, {inside < 1e-6}; 1 % above: all get lost, {outside > 1e3}")
assert inside < 1e-6 and outside > 1e3, "the limit 2/L is sharp, from both sides"

# %% step-figure tags=["figure"]
shares = np.linspace(0.02, 1.1, 109)
valley = np.diag([1.0, 10.0])
figure, (chart, plane) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
chart.semilogy(shares, [max(remaining(valley, share, 50), 1e-9) for share in shares], color=INK)
chart.axvline(1, color=ORANGE, linestyle=":")
chart.text(0.98, 1e3, "the limit 2/L", color=ORANGE, ha="right", va="center")
chart.set(title="What is left after 50 steps", xlabel="learning rate, as a share of the limit",
          ylabel="distance (share of the start)")
sides = np.meshgrid(np.linspace(-1.3, 1.3, 80), np.linspace(-0.6, 0.6, 60))
plane.contour(*sides, sides[0] ** 2 + 10 * sides[1] ** 2, levels=9, colors=GREY, linewidths=0.7)
for share, colour, marker in ((0.2, BLUE, "o"), (0.95, INK, "s"), (1.01, ORANGE, "^")):
    path = walk(descent(share * 0.2), lambda point: valley @ point, [-1.2, 0.45], 14)
    plane.plot(*path.T, marker + "-", color=colour, markersize=4, linewidth=1,
               label=f"{share:.0%} of the limit")
plane.set(title="Fourteen steps in a narrow valley", xlabel="$x$", ylabel="$y$")
plane.legend(loc="upper right", fontsize=8.5)
show(figure, "Left: the distance left after 50 steps falls until close to the limit 2/L, then it "
     "shoots up. Right: at 20 % the path creeps, at 95 % it zig-zags, at 101 % it grows and grows.")

# %% rates [markdown]
# ## Narrow valleys are slow, and memory takes the square root
#
# ### What just happened
#
# One percent decides between arriving and getting lost, in all twenty bowls: that is the third
# answer. And just before the limit, descent zig-zags. It wastes its steps on going back and forth
# across the valley.
#
# The best fixed rate balances the steepest axis against the flattest: $\eta = 2 / (L + \mu)$. Then
# both shrink by the same factor per step,
#
# $$\rho = \frac{\kappa - 1}{\kappa + 1} .$$
#
# **Momentum** is a memory of the recent steps, $v \leftarrow \beta v + \nabla f$, and the step is
# $\eta v$. Across the valley the gradient changes sign each time, so the memory cancels it. Along
# the valley it adds up. With the best $\eta$ and $\beta$ the theory promises the same formula with
# $\sqrt{\kappa}$ in place of $\kappa$. For $\kappa = 100$ that is 9/11 instead of 99/101: **34
# steps instead of 345**.
#
# Promises can be measured.

# %% momentum
def momentum(rate, keep=0.9):
    """Heavy ball: each step remembers a part of the one before."""
    velocity = 0.0

    def optimizer(gradient):
        nonlocal velocity
        velocity = keep * velocity + gradient
        return rate * velocity

    return optimizer


def measured_rate(optimizer, hessian):
    """The factor per step by which the distance shrinks, once the path has found its pace."""
    left = norm(walk(optimizer, lambda point: hessian @ point, np.ones(3), 3000), axis=1)
    settled = np.flatnonzero((left < 1e-2) & (left > 1e-11))
    return np.exp(np.polyfit(settled, np.log(left[settled]), 1)[0])


# %% rates-measured tags=["self-check"]
KAPPAS = np.array([3, 10, 30, 100, 300])
theory, measured = [], []
for kappa in KAPPAS:
    hessian, root = bowl([1, 1.7, kappa], rng), np.sqrt(kappa)
    theory.append([(kappa - 1) / (kappa + 1), (root - 1) / (root + 1)])
    plain = descent(2 / (kappa + 1))
    heavy = momentum(4 / (root + 1) ** 2, keep=((root - 1) / (root + 1)) ** 2)
    measured.append([measured_rate(plain, hessian), measured_rate(heavy, hessian)])
theory, measured = np.array(theory), np.array(measured)
rate_error = np.max(np.abs(measured[:, 0] / theory[:, 0] - 1))
waits = np.log(1e-3) / np.log(measured)  # steps for a factor of a thousand
for kappa, (plain, heavy) in zip(KAPPAS, waits):
    print(f"kappa {kappa:3}: plain descent needs {plain:4.0f} steps, momentum {heavy:3.0f}")

# %% rates-figure tags=["figure"]
figure, (chart, plane) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
promised = np.log(1e-3) / np.log(theory)
for column, (name, colour, marker) in enumerate((("gradient descent", ORANGE, "s"),
                                                 ("momentum", BLUE, "o"))):
    chart.loglog(KAPPAS, promised[:, column], ":", color=colour)
    chart.loglog(KAPPAS, waits[:, column], marker, color=colour, label=name)
chart.set(title="Steps for a factor of a thousand", xlabel="condition number of the valley",
          ylabel="steps (dots measured, lines theory)")
chart.legend()
hill = np.diag([1.0, 30.0])
plane.contour(*sides, sides[0] ** 2 + 30 * sides[1] ** 2, levels=9, colors=GREY, linewidths=0.7)
root = np.sqrt(30)
for racer, colour, marker in ((descent(2 / 31), ORANGE, "s"), (
        momentum(4 / (root + 1) ** 2, ((root - 1) / (root + 1)) ** 2), BLUE, "o")):
    path = walk(racer, lambda point: hill @ point, [-1.2, 0.3], 25)
    plane.plot(*path.T, marker + "-", color=colour, markersize=4, linewidth=1)
plane.set(title="25 steps in a valley with condition number 30", xlabel="$x$", ylabel="$y$")
show(figure, "Left: plain descent needs steps in proportion to the condition number, momentum to "
     "its square root; dots lie on theory. Right: descent zig-zags, momentum swings down.")

# %% adaptive [markdown]
# ## Adam gives every direction its own step length
#
# ### What just happened
#
# The dots lie on their lines. Answers (b) and (a): 345 steps, and 36 with a memory, which needs a
# few steps to get going.
#
# **Nesterov** looks ahead: it takes the gradient where the memory is about to carry it. **RMSProp**
# attacks the shape of the valley itself. It keeps a running mean $s$ of the squared gradient in
# each coordinate, and divides:
#
# $$\text{step} = \eta\,\frac{g}{\sqrt{s} + \epsilon} .$$
#
# Steep and flat directions now move at the same pace. But only along the *coordinates*: a valley
# that runs diagonally is not helped. **Adam** joins both ideas: a memory $m$ for the direction, a
# memory $s$ for the size. Both start at zero, so the first steps would be too small. Dividing by
# $1 - \beta^t$ repairs this.
#
# It is easy to get such a formula slightly wrong and never notice: it will still go downhill. So we
# compare all four, number by number, with PyTorch.

# %% adam
def nesterov(rate, keep=0.9):
    """Momentum that looks ahead: this step already contains the next share of memory."""
    remember = momentum(1.0, keep)
    return lambda gradient: rate * (gradient + keep * remember(gradient))


def rmsprop(rate, keep=0.99):
    """Divide by the root of a running mean of squares, coordinate by coordinate."""
    squares = 0.0

    def optimizer(gradient):
        nonlocal squares
        squares = keep * squares + (1 - keep) * gradient**2
        return rate * gradient / (np.sqrt(squares) + 1e-8)

    return optimizer


def adam(rate, keep=0.9, keep_squares=0.999):
    """A memory for the direction and one for the size, both corrected for their start at zero."""
    mean, squares, count = 0.0, 0.0, 0

    def optimizer(gradient):
        nonlocal mean, squares, count
        mean, squares = keep * mean + (1 - keep) * gradient, (
            keep_squares * squares + (1 - keep_squares) * gradient**2)
        count += 1
        size = np.sqrt(squares / (1 - keep_squares**count)) + 1e-8
        return rate * mean / (1 - keep**count) / size

    return optimizer


# %% torch-agrees tags=["self-check"]
def torch_path(optimizer, steps):
    """The path of one of PyTorch's optimizers over the banana, with gradients by autograd."""
    point = torch.tensor(START, requires_grad=True)
    engine, path = optimizer([point]), [START]
    for _ in range(steps):
        engine.zero_grad()
        banana(point).backward()
        engine.step()
        path.append(point.detach().numpy().copy())
    return np.array(path)


PAIRS = {
    "momentum": (momentum(1e-4), lambda p: torch.optim.SGD(p, 1e-4, momentum=0.9)),
    "Nesterov": (nesterov(1e-4), lambda p: torch.optim.SGD(p, 1e-4, momentum=0.9, nesterov=True)),
    "RMSProp": (rmsprop(1e-2), lambda p: torch.optim.RMSprop(p, 1e-2)),
    "Adam": (adam(1e-2), lambda p: torch.optim.Adam(p, 1e-2)),
}
gaps = {name: np.abs(walk(ours, slope, START, 100) - torch_path(theirs, 100)).max()
        for name, (ours, theirs) in PAIRS.items()}
for name, gap in gaps.items():
    print(f"{name:9} 100 steps, ours and PyTorch's agree to 1e-6: {gap <= 1e-6}")
assert max(gaps.values()) <= 1e-6, "the same numbers, or one of us is wrong"

# %% curvature-methods [markdown]
# ## Newton reads the curvature, BFGS works it out from its own footsteps
#
# ### What just happened
#
# Our few lines walk in the footsteps of the library, to the sixth digit and beyond.
#
# All of these know only the slope. **Newton's method** also asks for the curvature $H$, and jumps
# to the bottom of the bowl that fits best where it stands:
#
# $$x_{k+1} = x_k - H^{-1}\, \nabla f(x_k) .$$
#
# In a true bowl that is *one* step, however narrow. But $H$ has $n^2$ entries: out of the question
# for a model with a million weights. **BFGS** never asks for it. It watches how the gradient
# changes from step to step, and builds its own estimate of $H^{-1}$ so that it explains what was
# seen. Both shorten a step that would lead uphill.
#
# **Predict:** how many steps will each of the two need through the banana, to six digits?

# %% newton-bfgs
def shortened(point, step, gradient):
    """Halve a step until it leads downhill by a fair part of what the slope promises."""
    while banana(point - step) > banana(point) - 1e-4 * (gradient @ step) and norm(step) > 1e-14:
        step = step / 2
    return step


def newton(start, steps):
    """Newton's path over the banana."""
    path = [np.asarray(start, dtype=float)]
    for _ in range(steps):
        gradient = slope(path[-1])
        jump = np.linalg.solve(curvature(path[-1]), gradient)
        path.append(path[-1] - shortened(path[-1], jump, gradient))
    return np.array(path)


def bfgs(start, steps):
    """The path of BFGS over the banana: it learns the inverse curvature from its own steps."""
    path, inverse = [np.asarray(start, dtype=float)], np.eye(2)
    for _ in range(steps):
        gradient = slope(path[-1])
        path.append(path[-1] - shortened(path[-1], inverse @ gradient, gradient))
        moved, change = path[-1] - path[-2], slope(path[-1]) - gradient
        if moved @ change > 1e-14:  # only then does the estimate stay positive
            turn = np.eye(2) - np.outer(moved, change) / (moved @ change)
            inverse = turn @ inverse @ turn.T + np.outer(moved, moved) / (moved @ change)
    return np.array(path)


# %% newton-arrives tags=["self-check"]
paths = {"Newton": newton(START, STEPS), "BFGS": bfgs(START, STEPS)}
arrivals = {name: int(np.argmax(norm(path - 1, axis=1) < 1e-6)) for name, path in paths.items()}
print("steps to six digits:", arrivals)

library = minimize(banana, START, jac=slope, method="BFGS").x
assert np.allclose(library, paths["BFGS"][-1], atol=1e-5), "the library's BFGS ends there too"

# %% race [markdown]
# ## In a fair race everybody may choose their shoes
#
# ### What just happened
#
# A couple of dozen steps, where the others will need hundreds. Knowing the curvature is worth a
# great deal, if you can afford it.
#
# Now the race. A comparison of optimizers is only worth something if each may use its own best
# learning rate. So each of the five gets the same list of rates to try and the same thousand steps,
# and starts with the rate that ended lowest. Newton and BFGS need no rate.
#
# **Bet on a winner after 10, after 100 and after 1000 steps.** Then move the slider.

# %% race-tuned
MAKERS = {"descent": descent, "momentum": momentum, "Nesterov": nesterov, "RMSProp": rmsprop,
          "Adam": adam}


def tuned(maker):
    """The rate from the list that ends lowest, and its path."""
    tried = [(rate, walk(maker(rate), slope, START, STEPS)) for rate in RATES]
    return min(tried, key=lambda pair: banana(pair[1][-1]))


own_rates = {}
for name, maker in MAKERS.items():
    own_rates[name], paths[name] = tuned(maker)
heights = {name: banana(path.T) for name, path in paths.items()}
print("racer       own rate   height after 10, 100 and 1000 steps")
for name, height in sorted(heights.items(), key=lambda pair: pair[1][-1]):
    rate = f"{own_rates[name]:.5f}" if name in own_rates else "none"
    seen = (max(height[step], 1e-12) for step in (10, 100, 1000))
    print(f"{name:9}  {rate:>8}  " + "".join(f"{each:12.0e}" for each in seen))

# %% race-explore tags=["figure", "interactive"]
RACERS = dict(zip(("descent", "momentum", "Nesterov", "RMSProp", "Adam", "BFGS", "Newton"), zip(
    (GREY, BLUE, "#4fa3c7", "#8a5a9e", ORANGE, "#5b7f3b", INK), "ovs^DPX")))
VIEW = np.meshgrid(np.linspace(-2, 2, 120), np.linspace(-0.8, 3, 100))
MOMENTS = (0, 1, 2, 4, 8, 16, 32, 64, 125, 250, 500, 1000)


def draw_race(step):
    """Where everybody is after some steps, and how they got there."""
    figure, (plane, chart) = plt.subplots(1, 2, figsize=(7, 3), layout="constrained")
    plane.contourf(*VIEW, banana(VIEW), levels=(0, 1, 10, 100, 1e4), antialiased=False,
                   colors=("#d3dfe6", "#e3e7e6", "#eeece5", PAPER))
    plane.plot(1, 1, "*", color=INK, markersize=11)
    for name, (colour, marker) in RACERS.items():
        plane.plot(*paths[name][max(0, step - 40):step + 1].T, color=colour, linewidth=0.8)
        plane.plot(*paths[name][step], marker, color=colour, markersize=6)
        height = np.maximum(heights[name][:step + 1], 1e-14)
        chart.loglog(np.arange(1, step + 2), height, color=colour, linewidth=1.2)
        chart.plot(step + 1, height[-1], marker, color=colour, markersize=6, label=name)
    plane.set(title=f"After {step} steps", xlim=(-2, 2), ylim=(-0.8, 3), xticks=[], yticks=[])
    chart.set(title="Height above the bottom", xlabel="step + 1", xlim=(0.9, 1400),
              ylim=(3e-15, 1e4))
    chart.legend(loc="lower left", fontsize=8)
    first = min(RACERS, key=lambda name: heights[name][step])
    lowest = max(heights[first][step], 1e-12)
    return figure, (f"After {step} steps {first} is lowest, at {lowest:.0e}; plain descent "
                    f"is at {heights['descent'][step]:.0e}. The bottom is 0.")


explore([(step, *draw_race(step)) for step in MOMENTS], "Steps", start=6)

# %% ex1-task [markdown]
# ## Three exercises, from a limit to a fog
#
# ### What just happened
#
# The picture after ten steps is not the picture after a thousand. The fast starters are not the
# winners, and Adam, which jumps about at first, ends lowest of the five that know only slopes. *Who
# won* is a question about when you stop looking.
#
# Now it is your turn. Replace the `...` and run the check below it. Nothing else in this notebook
# uses your answers, so *Run all* works at every moment.
#
# ### ★ Exercise 1: how long may a step be?
#
# Write `longest_step(hessian)`. It returns the limit for the learning rate of gradient descent in a
# bowl with the symmetric matrix `hessian`: below it descent arrives, above it gets lost.
#
# <details><summary>Hint 1: a question</summary>Along which axis of the bowl is the rule
# strictest?</details>
#
# <details><summary>Hint 2: the concept</summary>The steepness along the axes are the eigenvalues:
# <code>np.linalg.eigvalsh</code> lists them in increasing order.</details>
#
# <details><summary>Hint 3: nearly code</summary>Two, divided by the last entry of that
# list.</details>

# %% ex1 tags=["exercise"]
longest_step = ...  # replace this line by: def longest_step(hessian): …


# %% ex1-check tags=["self-check"]
def check_longest_step(answer):
    round_bowl = answer(4 * np.eye(3))
    assert round_bowl is not None, "Did you forget to return the limit?"
    assert np.ndim(round_bowl) == 0, "Return one number: the limit for all axes together."
    narrow = answer(np.diag([1.0, 10.0]))
    assert not np.isclose(narrow, 0.1), "That is 1/L, the careful choice; the limit is double."
    assert not np.isclose(narrow, 2), "You took the flattest axis: the steepest one is stricter."
    assert not np.isclose(narrow, 2 / 11), "That is the best rate 2/(L + mu), not the limit."
    assert np.isclose(narrow, 0.2), "The steepest axis has curvature 10, so the limit is 0.2."
    assert np.isclose(round_bowl, 0.5), "With curvature 4 in every direction the limit is 2/4."
    turned = np.array([[5.5, 4.5], [4.5, 5.5]])
    assert np.isclose(answer(turned), 0.2), "A turned bowl: look at eigenvalues, not at entries."


report("ex1", check_longest_step, longest_step)


# %% ex1-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def longest_step_solution(hessian):
    """Two, divided by the largest curvature."""
    return 2 / np.linalg.eigvalsh(hessian)[-1]


report("ex1 solution", check_longest_step, longest_step_solution)

# %% ex2-task [markdown]
# ### ★★ Exercise 2: the ancestor of Adam
#
# AdaGrad remembers the *sum* of all squared gradients in each coordinate, and divides by its root:
#
# $$s \leftarrow s + g^2, \qquad \text{step} = \eta\,\frac{g}{\sqrt{s} + \epsilon} .$$
#
# Write `adagrad(rate)`. Like `rmsprop`, it returns a function that gets a gradient and returns the
# step to subtract. Use $\epsilon = 10^{-10}$. The present gradient is counted *before* the
# division.
#
# <details><summary>Hint 1: a question</summary>Which single line of <code>rmsprop</code> would you
# have to change?</details>
#
# <details><summary>Hint 2: the concept</summary>The inner function needs a memory that survives
# from call to call, and every optimizer needs one of its own: <code>nonlocal</code>.</details>
#
# <details><summary>Hint 3: nearly code</summary><code>squares = squares + gradient**2</code>, then
# <code>return rate * gradient / (np.sqrt(squares) + 1e-10)</code>.</details>

# %% ex2 tags=["exercise"]
adagrad = ...  # replace this line by: def adagrad(rate): …


# %% ex2-check tags=["self-check"]
def check_adagrad(answer):
    optimizer = answer(0.5)
    assert callable(optimizer), "Did you forget to return the inner function?"
    step = optimizer(np.array([3.0, -4.0]))
    assert step is not None, "The inner function must return the step."
    assert not np.any(np.isclose(step, [-0.5, 0.5])), "Return what is subtracted: keep the sign."
    assert not np.allclose(step, 0.5 * np.array([3, -4]) / 5), (
        "Each coordinate has its own sum: do not add the squares of different coordinates.")
    assert not np.allclose(step, 0.5 / np.array([3, -4])), "Divide by the root of the sum."
    assert np.allclose(step, [0.5, -0.5]), "In the first step every coordinate moves by the rate."
    second = optimizer(np.array([4.0, -3.0]))
    assert not np.allclose(np.abs(second), 0.5), "The sum must survive from call to call."
    assert np.allclose(second, [0.4, -0.3]), "The second time the sums are 25: steps 0.4 and -0.3."
    fresh = answer(0.5)(np.array([4.0, -3.0]))
    assert np.allclose(fresh, [0.5, -0.5]), "Two optimizers share one memory: make it inside."


report("ex2", check_adagrad, adagrad)


# %% ex2-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def adagrad_solution(rate):
    """Divide by the root of the sum of all squares so far, coordinate by coordinate."""
    squares = 0.0

    def optimizer(gradient):
        nonlocal squares
        squares = squares + gradient**2
        return rate * gradient / (np.sqrt(squares) + 1e-10)

    return optimizer


report("ex2 solution", check_adagrad, adagrad_solution)

# %% ex3-task [markdown]
# ### ★★★ Exercise 3: walking in fog
#
# In machine learning the gradient comes from a handful of examples, so it is noisy. With a fixed
# rate, descent never comes to rest: it dances around the bottom. The *mean* of its late positions
# is much better than the last one.
#
# Write `foggy(gradient, start, rate, noise)`. It takes one step of gradient descent for each row of
# `noise`, adding that row to the gradient. It returns the mean of the last half of the positions
# after each step. With 10 rows, these are the positions 6 to 10.
#
# **Then explore.** Take the bowl `np.diag([1.0, 10.0])`, a rate of 0.1 and 2000 rows of noise. How
# far from the bottom is the last position, how far is the mean? What happens to both if you halve
# the rate? Which of the two would you deliver?
#
# <details><summary>Hint 1: a question</summary>How many positions are there after the start, and
# which of them count?</details>
#
# <details><summary>Hint 2: the concept</summary>Collect the positions in a list, and leave the
# start out of it.</details>
#
# <details><summary>Hint 3: nearly code</summary>In a loop over the rows: <code>point = point - rate
# * (gradient(point) + row)</code>. In the end <code>np.mean(positions[len(positions) // 2:],
# axis=0)</code>.</details>

# %% ex3 tags=["exercise"]
foggy = ...  # replace this line by: def foggy(gradient, start, rate, noise): …


# %% ex3-check tags=["self-check"]
def check_foggy(answer):
    calm, start = np.zeros((4, 1)), np.array([16.0])
    mean = answer(lambda point: point, start, 0.5, calm)  # the positions are 8, 4, 2 and 1
    assert mean is not None, "Did you forget to return the mean?"
    assert np.shape(mean) == (1,), "Return one position: the mean over steps, not over coordinates."
    assert start[0] == 16, "The start was changed: write point = point - …, not point -= …"
    assert not np.isclose(mean[0], 1), "That is the last position, not the mean of the last half."
    assert not np.isclose(mean[0], 3.75), "That is the mean of all positions: take the last half."
    assert not np.isclose(mean[0], 7 / 3), "The start counts as a position: leave it out."
    assert mean[0] < 16, "You are going uphill: subtract the gradient."
    assert np.isclose(mean[0], 1.5), "The last half of 8, 4, 2, 1 has the mean 1.5."
    noise = np.array([[1.0, -1.0], [-3.0, 0.0], [2.0, 4.0], [0.0, 2.0]])
    drift = answer(lambda point: 0 * point, np.zeros(2), 0.1, noise)
    assert not np.allclose(drift, [0, 0]), "The noise belongs to the gradient: did you add it?"
    assert not np.allclose(drift, [0, -4]), "The noise is part of the gradient: the rate scales it."
    assert np.allclose(drift, [0, -0.4]), "Use one row of noise per step, from first to last."


report("ex3", check_foggy, foggy)


# %% ex3-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def foggy_solution(gradient, start, rate, noise):
    """Noisy descent, and the mean of where it was in the second half of the walk."""
    positions, point = [], start
    for row in noise:
        point = point - rate * (gradient(point) + row)
        positions.append(point)
    return np.mean(positions[len(positions) // 2:], axis=0)


report("ex3 solution", check_foggy, foggy_solution)

# %% break-it [markdown]
# ## Break it: one learning rate for all
#
# Many comparisons look like this: one table, one learning rate, five optimizers, one conclusion. It
# looks fair, because everybody gets the same. Let us repeat our race that way, with 0.001, the
# default of many libraries.
#
# **Predict:** who was first among the five with their own rates, and where does it finish now?

# %% break-it-run tags=["figure"]
fair = {name: heights[name][-1] for name in MAKERS}
same = {name: banana(walk(maker(1e-3), slope, START, STEPS)[-1]) for name, maker in MAKERS.items()}
own_order, same_order = (sorted(MAKERS, key=result.get) for result in (fair, same))
figure, axes = plt.subplots(figsize=(7, 2.8), layout="constrained")
for name in MAKERS:
    (colour, marker), places = RACERS[name], [own_order.index(name), same_order.index(name)]
    axes.plot([0, 1], places, marker + "-", color=colour, markersize=8)
    axes.text(-0.06, places[0], f"{name}  {fair[name]:.0e}", ha="right", va="center")
    axes.text(1.06, places[1], f"{same[name]:.0e}  {name}", ha="left", va="center")
axes.set(title="Place and height after 1000 steps", ylim=(4.4, -0.4), xlim=(-0.6, 1.6),
         yticks=range(5), yticklabels="12345", xticks=[0, 1],
         xticklabels=["each its own rate", "0.001 for all"])
show(figure, "With its own rate Adam ends lowest and plain descent highest. With the rate 0.001 "
     "for all, Adam falls to the last place and Nesterov leads: the ranking was made by the rate.")
print("each its own rate:", ", ".join(own_order))
print("0.001 for all:    ", ", ".join(same_order))

# %% final-check tags=["self-check"]
right = max(slope_error, curvature_error) < 1e-4
verdict("gradient and Hessian against differences", right, "True", right)
verdict("rate of descent against theory, worst", f"{rate_error:.1%}", "<= 2 %", rate_error <= 0.02)
verdict("1 % below 2/L: all of 20 bowls arrive", inside < 1e-6, "True", inside < 1e-6)
verdict("1 % above 2/L: all of 20 bowls get lost", outside > 1e3, "True", outside > 1e3)
plain, heavy = waits[KAPPAS == 100][0]
verdict("kappa 100: steps of descent", round(plain), "345 +- 7", abs(plain - 345) <= 7)
verdict("kappa 100: steps with momentum", round(heavy), "<= 45, in theory 34", heavy <= 45)
equal = max(gaps.values()) <= 1e-6
verdict("four optimizers equal PyTorch's to 1e-6", equal, "True", equal)
steps = arrivals["Newton"]
verdict("Newton through the banana, steps", steps, "<= 30", 0 < steps <= 30)
steps = arrivals["BFGS"]
verdict("BFGS through the banana, steps", steps, "<= 50", 0 < steps <= 50)
first, last = own_order[0], same_order[-1]
verdict("first with its own rate, last with 0.001", first, last, first == last == "Adam")

# %% in-practice [markdown]
# ## In practice: choose by what you know, and tune before you compare
#
# **Which one.** Few variables and exact gradients: `scipy.optimize.minimize`, whose default is
# BFGS; for many variables `L-BFGS-B`, which remembers only a few footsteps. Noisy gradients and
# millions of weights: SGD with momentum or Adam. A linear least-squares problem needs no race at
# all: solve it.
#
# **Parameters in one place.** Start, steps and rates stand in one cell at the top, tagged
# `parameters`. Change them there, restart and run all. A rate that is changed in the middle, and a
# race that ran before that, make a page that nobody can reproduce: nbcoach's rule NB101 finds it.
#
# **Limits.** Our theory is about bowls; far from the bottom, the banana is none. Two dimensions
# flatter Newton. One start is an anecdote: before you believe a ranking, draw twenty. And the
# lowest training loss is not the best model.
#
# **Read on.** B. T. Polyak, *Some methods of speeding up the convergence of iteration methods*,
# USSR Computational Mathematics and Mathematical Physics 4 (1964),
# [doi:10.1016/0041-5553(64)90137-5](https://doi.org/10.1016/0041-5553%2864%2990137-5). H. H.
# Rosenbrock, *An automatic method for finding the greatest or least value of a function*, The
# Computer Journal 3 (1960), [doi:10.1093/comjnl/3.3.175](https://doi.org/10.1093/comjnl/3.3.175).
# D. P. Kingma and J. Ba, *Adam: a method for stochastic optimization*,
# [arXiv:1412.6980](https://arxiv.org/abs/1412.6980). L. Bottou, F. E. Curtis and J. Nocedal,
# *Optimization methods for large-scale machine learning*, SIAM Review 60 (2018),
# [doi:10.1137/16M1080173](https://doi.org/10.1137/16M1080173).

# %% recap [markdown]
# ## Recap: an optimizer is what it remembers
#
# - Plain descent remembers nothing. Its longest safe step is $2/L$, and one percent more is too
#   much.
# - Momentum remembers the direction, and turns $\kappa$ steps into $\sqrt{\kappa}$.
# - RMSProp and Adam remember the size of each coordinate, BFGS the curvature. Newton asks for it.
# - Check a gradient against differences and an optimizer against a library, before you trust
#   either.
# - Tune everybody or compare nobody. One learning rate for all decides the race before the start.
#
# **Spot the problem.** [A flawed notebook](../flawed/23_descent_race.ipynb) waits for you. Read it
# first and mark what you would not trust. Then run `nbcoach check` on it, and see which of you was
# sharper.
