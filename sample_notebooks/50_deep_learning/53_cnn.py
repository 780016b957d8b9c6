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
# # See like a convnet
#
# A convolutional network looks at a picture through a keyhole. It asks one question of a small
# patch, moves on by a pixel, and asks the same question again. All that such networks are good at
# follows from this one habit. So does a blind spot that most of them have.
#
# **Make a prediction before you read on.** Three small networks learn to read handwritten digits
# from the same 1,347 pictures. Then each is tested on 450 pictures that it has never seen.
#
# | Network | Its way of looking | Numbers to learn | Reads, of 100 | One pixel to the right |
# |---|---|---|---|---|
# | `dense` | every pixel has weights of its own | 9,930 | about 96 | ? |
# | `conv + flatten` | two convolutions, then a dense layer, as in most tutorials | 4,874 | about 97 | ? |
# | `conv + max` | two convolutions, then the maximum over all places | 5,282 | about 98 | ? |
#
# Now the same 450 pictures are slid **one pixel to the right**. Nothing else changes, and nothing is
# cut off: every digit has an empty margin. How many of 100 does each network still read? Choose for
# each of them: *as many as before*, *about 80*, *about 50*, or *fewer than 20*.
#
# Write the three answers down. Halfway through, the networks will settle them.

# %% goals [markdown] tags=["goals"]
# ## Goals: you will know what a convolution promises, and who breaks the promise
#
# **You will do.** Write a convolution in five lines and then as a single matrix product, train three
# networks, look inside the best of them, and read from it *why* it makes its mistakes.
#
# **You will learn to**
#
# - implement `conv2d` by hand, in two ways that agree with PyTorch;
# - tell *equivariant* from *invariant*, and prove the first in one line;
# - read the kernels, the maps and the evidence of a trained network;
# - predict which shifts a network forgives, from its layers alone.
#
# **You will need** NumPy arrays, the matrix product, and a rough idea of gradient descent.
# No network connection and no GPU; if there is a GPU, the lesson uses it.
#
# **Time:** about 40 minutes. All cells together take some 20 seconds to run.

# %% setup tags=["setup"]
import base64
import copy
import html
import io
import json

import matplotlib.pyplot as plt
import numpy as np
import torch
from IPython.display import display
from matplotlib.colors import LinearSegmentedColormap
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)  # these networks are tiny: more threads would only wait for each other

# The figures bring their own pale card, so they read the same on a light and on a dark page.
PAPER, INK, BLUE, ORANGE = "#f7f4ee", "#22303c", "#1f5f8b", "#b3470f"
BRUSH = LinearSegmentedColormap.from_list("brush", [PAPER, INK])
SIGNED = LinearSegmentedColormap.from_list("signed", [ORANGE, PAPER, BLUE])
SHARE = LinearSegmentedColormap.from_list("share", [PAPER, BLUE])
plt.rcParams.update({"figure.facecolor": PAPER, "axes.facecolor": PAPER, "text.color": INK,
                     "axes.edgecolor": INK, "axes.labelcolor": INK, "xtick.color": INK,
                     "ytick.color": INK, "font.size": 10, "axes.titlesize": 10, "figure.dpi": 96})

# %% parameters tags=["parameters"]
SEED = 0
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
MARGIN = 2  # empty pixels around each digit: the room in which it may be slid about
KERNEL = 5  # the side of a keyhole, in pixels
EPOCHS = 12
BATCH = 64
RATE = 6e-3  # the highest learning rate on the way

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

# %% data-idea [markdown]
# ## Data: 1,797 digits that you can count by hand
#
# Each picture is 8 × 8 pixels, and each pixel holds a whole number from 0 to 16. We divide by 16,
# and put an empty margin of two pixels around each digit. The 12 × 12 pictures hold no new
# information. They hold room.
#
# The digits come with scikit-learn, so nothing is downloaded. They are the test part of *Optical
# Recognition of Handwritten Digits* by E. Alpaydin and C. Kaynak
# ([doi:10.24432/C50P49](https://doi.org/10.24432/C50P49), CC-BY-4.0): 13 people wrote them. The text
# of this lesson is yours under [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/), the code
# under the MIT licence.

# %% data tags=["figure"]
digits = load_digits()
assert digits.images.shape == (1797, 8, 8), "another edition of the data"
assert (digits.images.min(), digits.images.max()) == (0, 16), "not the scale that we divide by"
assert np.bincount(digits.target).min() > 170, "a digit is rare: accuracy would hide it"

edge = (MARGIN, MARGIN)
pictures = np.pad(digits.images / 16, ((0, 0), edge, edge))
train_pictures, test_pictures, train_labels, test_labels = train_test_split(
    pictures, digits.target, test_size=450, stratify=digits.target, random_state=SEED)
most_common = np.bincount(test_labels).max() / len(test_labels)
print(f"{len(train_labels)} to learn from, {len(test_labels)} held out; "
      f"always the same guess reads {most_common:.0%}")

figure, panels = plt.subplots(2, 10, figsize=(9, 2.1))
for digit, column in enumerate(panels.T):
    for axes, picture in zip(column, train_pictures[train_labels == digit]):
        axes.imshow(picture, cmap=BRUSH)
        axes.set(xticks=[], yticks=[])
show(figure, "Two examples of each digit from 0 to 9, dark strokes on pale 12 by 12 pictures. No "
     "stroke reaches the edge: the empty margin is two pixels wide on all sides.")

# %% keyhole-idea [markdown]
# ## A convolution asks one question everywhere
#
# The question is a small grid of weights, the **kernel**. Lay it on a patch of the picture. Multiply
# what lies on top of each other, add everything up, write the sum down. That number says how much
# the patch looks like the kernel. Then move by one pixel.
#
# For a picture $x$ and a kernel $k$,
#
# $$(x \star k)[r, c] = \sum_{i}\sum_{j} x[r + i,\, c + j]\; k[i, j].$$
#
# The table of all these sums is the **feature map**. A 12 × 12 picture and a 3 × 3 kernel give a map of
# 10 × 10, because a keyhole of three pixels fits into twelve in ten places.
#
# One remark about words. Mathematicians flip the kernel first and keep the name *convolution* for
# that; this here they call *cross-correlation*. A network learns its kernels, so it would simply learn
# them flipped. Deep learning does not bother, and neither shall we.
#
# Below, first follow one kernel that looks for upright strokes. Blue means *yes, a stroke*, orange
# means *the opposite*, and pale means *nothing to say*. The same nine weights serve in all 36 places.
# Then four kernels look at the same 4. Cover the lower row and guess: which of them will see the
# *outline*, and which will see almost the same picture again?

# %% conv2d tags=["self-check"]
def conv2d(picture, kernel):
    """The feature map: one sum for each place in which the whole kernel fits."""
    high, wide = kernel.shape
    rows, columns = picture.shape[0] - high + 1, picture.shape[1] - wide + 1
    return np.array([[np.sum(picture[r:r + high, c:c + wide] * kernel) for c in range(columns)]
                     for r in range(rows)])


STROKE = np.array([[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]]) / 6
line = np.zeros((3, 5))
line[:, 2] = 1  # an upright line in the third column
assert np.allclose(conv2d(line, STROKE), [[-0.5, 1, -0.5]]), "loudest where the line is"
assert np.allclose(conv2d(np.ones((4, 4)), STROKE), 0), "an even surface holds no line"
print("an upright line answers", conv2d(line, STROKE)[0])

# %% keyhole tags=["figure", "interactive"]
def draw_keyhole(picture, kernel, place):
    """The keyhole at one place, what it sees there, and the map so far."""
    found = conv2d(picture, kernel)
    r, c = divmod(place, found.shape[1])
    patch, seen = picture[r:r + 3, c:c + 3], np.where(np.arange(found.size) <= place, 1, np.nan)
    panels = [(picture, BRUSH, 0, "the picture"), (patch * kernel, SIGNED, -0.4, "patch × kernel"),
              (found * seen.reshape(found.shape), SIGNED, -1, "the map so far")]
    figure, axes = plt.subplots(1, 3, figsize=(7.6, 2.7), dpi=90)
    for panel, (values, colours, low, title) in zip(axes, panels):
        panel.imshow(values, cmap=colours, vmin=low, vmax=abs(low) or 1)
        panel.set(xticks=[], yticks=[], title=title)
    for (i, j), product in np.ndenumerate(patch * kernel):
        axes[1].text(j, i, f"{product or 0:+.2f}", ha="center", va="center", fontsize=9,
                     color=PAPER if product > 0.2 else INK)
    axes[0].add_patch(plt.Rectangle((c - 0.5, r - 0.5), 3, 3, fill=False, ec=ORANGE, lw=3))
    axes[2].add_patch(plt.Rectangle((c - 0.5, r - 0.5), 1, 1, fill=False, ec=ORANGE, lw=3))
    axes[1].set_xlabel(f"the sum is {found[r, c]:+.2f}")
    return figure, f"Keyhole at row {r}, column {c}: the nine products add up to {found[r, c]:+.2f}."


four = digits.images[4] / 16
explore([(f"place {place + 1} of 36", *draw_keyhole(four, STROKE, place))
         for place in range(2, 36, 3)], "Keyhole", start=6)

# %% by-hand tags=["figure"]
BY_HAND = {
    "upright strokes": STROKE,
    "level strokes": STROKE.T,
    "spots and outlines": np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]) / 8,
    "an even blur": np.full((3, 3), 1 / 9),
}
figure, panels = plt.subplots(2, 4, figsize=(8.4, 4.3))
for (name, kernel), (above, below) in zip(BY_HAND.items(), panels.T):
    above.imshow(kernel, cmap=SIGNED, vmin=-0.4, vmax=0.4)
    for (i, j), weight in np.ndenumerate(kernel):
        above.text(j, i, f"{weight:+.2f}", ha="center", va="center", fontsize=9,
                   color=PAPER if weight > 0.2 else INK)
    below.imshow(conv2d(np.pad(four, 1), kernel), cmap=SIGNED, vmin=-1, vmax=1)
    above.set(xticks=[], yticks=[], title=name)
    below.set(xticks=[], yticks=[])
panels[0, 0].set_ylabel("the kernel")
panels[1, 0].set_ylabel("its map of a 4")
show(figure, "Four kernels above their maps of a handwritten 4. Strokes along the kernel's direction "
     "come out blue with orange sides, strokes across it fade, and the blur keeps the whole shape.")

# %% im2col-idea [markdown]
# ## A convolution is one matrix product
#
# Loops are clear and slow. There is a trick that all fast libraries know in some form. Cut out every
# patch, lay each flat as a row, and stack the rows to a matrix $P$ (*image to columns*, or `im2col`).
# Lay each kernel flat as well, as a column of a matrix $K$. Then one product holds all sums for all
# places and all kernels:
#
# $$\text{maps} = P\,K.$$
#
# Pictures with several **channels** need no new idea. A patch is then a small block instead of a
# small square, and the sum runs over the channels as well. It is one sum, *not* one per channel: a
# kernel for 8 channels has $8 \cdot 5 \cdot 5 = 200$ weights and still writes a single number.

# %% im2col tags=["self-check"]
def im2col(batch, size):
    """All patches of a batch (pictures, channels, rows, columns), one flat patch a row."""
    windows = np.lib.stride_tricks.sliding_window_view(batch, (size, size), axis=(2, 3))
    windows = windows.transpose(0, 2, 3, 1, 4, 5)  # picture, place, then channel and patch
    return windows.reshape(-1, batch.shape[1] * size * size), windows.shape[:3]


def conv2d_fast(batch, kernels):
    """Feature maps of a whole batch, for all kernels (kernels, channels, size, size) at once."""
    patches, (pictures, rows, columns) = im2col(batch, kernels.shape[-1])
    maps = patches @ kernels.reshape(len(kernels), -1).T
    return maps.reshape(pictures, rows, columns, -1).transpose(0, 3, 1, 2)


rng = np.random.default_rng(SEED)
one_kernel = conv2d_fast(test_pictures[:1, None], STROKE[None, None])[0, 0]
loop_error = np.abs(one_kernel - conv2d(test_pictures[0], STROKE)).max()
batch, kernels = rng.normal(size=(4, 3, 12, 12)), rng.normal(size=(8, 3, KERNEL, KERNEL))
theirs = F.conv2d(torch.tensor(batch), torch.tensor(kernels)).numpy()
torch_error = np.abs(conv2d_fast(batch, kernels) - theirs).max()
assert loop_error < 1e-12 and torch_error < 1e-5, "the three convolutions differ"
print(f"{len(im2col(batch, KERNEL)[0])} patches, {kernels[0].size} weights a kernel: "
      "loops, matrix product and PyTorch agree")

# %% equivariance-idea [markdown]
# ## Move the picture, and the map moves with it
#
# Write $S_d$ for *slide by* $d$: $(S_d x)[p] = x[p - d]$. To keep borders out of the argument, let what
# leaves the picture on one side come in on the other. (Such a picture is a doughnut, and PyTorch calls
# it `padding_mode="circular"`.) Then, with places $p$ and offsets $q$,
#
# $$(S_d x \star k)[p] = \sum_q x[p - d + q]\,k[q] = (x \star k)[p - d] = S_d (x \star k)[p].$$
#
# That is the whole proof. *First slide, then look* equals *first look, then slide*. This is called
# **equivariance**. It does not depend on the weights, so no training can spoil it.
#
# The square below says the same with pictures. Both ways lead from the top left to the bottom right.

# %% equivariance tags=["figure", "self-check"]
def conv2d_around(picture, kernel):
    """A convolution on a doughnut: its map is as large as the picture."""
    return conv2d(np.pad(picture, len(kernel) // 2, mode="wrap"), kernel)


trials = [(tuple(rng.integers(-6, 7, 2)), rng.normal(size=(KERNEL, KERNEL))) for _ in range(100)]
gaps = [np.roll(conv2d_around(picture, kernel), shift, (0, 1))
        - conv2d_around(np.roll(picture, shift, (0, 1)), kernel)
        for picture, (shift, kernel) in zip(test_pictures, trials)]
equivariance_error = np.abs(gaps).max()

corner, slide = test_pictures[3], (3, 4)
moved = np.roll(corner, slide, (0, 1))
squares = [(corner, "picture"), (moved, "slid picture"), (conv2d_around(corner, STROKE), "map"),
           (conv2d_around(moved, STROKE), "both ways lead here")]
figure, panels = plt.subplots(2, 2, figsize=(5.6, 5.6), gridspec_kw={"hspace": 0.4, "wspace": 0.5})
for axes, (values, title) in zip(panels.flat, squares):
    is_map = "picture" not in title
    axes.imshow(values, cmap=SIGNED if is_map else BRUSH, vmin=-1 if is_map else 0, vmax=1)
    axes.set(xticks=[], yticks=[], title=title)
for x, y, text in [(0.51, 0.7, "slide →"), (0.51, 0.28, "slide →"),
                   (0.27, 0.49, "↓ look"), (0.76, 0.49, "↓ look")]:
    figure.text(x, y, text, ha="center", fontsize=11, color=ORANGE)
show(figure, "A square of four pictures: a digit, the digit slid down and right, and below them their "
     "feature maps. Sliding the map gives exactly the map of the slid digit.")

# %% forced-idea [markdown]
# **What just happened.** Over 100 random pictures, shifts and kernels the two ways differ by nothing
# but rounding. It is a theorem, so it had better.
#
# ## Only a convolution can promise this
#
# Now the other way round, which is less well known. Suppose that all you ask of a linear layer is to
# treat every place alike: *slide, then apply* shall equal *apply, then slide*. Which layers can do that?
#
# Take any dense layer at all, even random numbers. Force it to be fair: slide its input, apply it,
# slide the result back, and average over all possible shifts. A 6 × 6 picture has 36 pixels, so the
# layer has $36^2 = 1296$ weights. How many *different* ones will be left? Guess before you run the cell:
# 1296, 648, 36 or 1.

# %% forced tags=["figure", "self-check"]
SIDE = 6
layer = rng.normal(size=(SIDE, SIDE, SIDE, SIDE))  # a weight from each pixel to each pixel
fair = np.mean([np.roll(layer, (r, c, r, c), (0, 1, 2, 3))
                for r in range(SIDE) for c in range(SIDE)], axis=0)
weights_left = len(np.unique(fair.round(9)))

picture, kernel = rng.normal(size=(SIDE, SIDE)), fair[0, 0]  # the weights of the first place
sums = sum(kernel[shift] * np.roll(picture, (-shift[0], -shift[1]), (0, 1))
           for shift in np.ndindex(SIDE, SIDE))
forced_error = np.abs(np.tensordot(fair, picture, 2) - sums).max()
assert forced_error < 1e-12, "what is left is not a convolution"
print(f"{layer.size} weights before, {weights_left} different weights after")

figure, panels = plt.subplots(1, 2, figsize=(7, 3.6))
for axes, weights, title in [(panels[0], layer, "any dense layer"),
                             (panels[1], fair, "averaged over all shifts")]:
    axes.imshow(weights.reshape(36, 36), cmap=SIGNED, vmin=-np.abs(weights).max())
    axes.set(xlabel="from pixel", ylabel="to pixel", title=title)
show(figure, "Two 36 by 36 grids of weights. The dense layer is noise; its average over all shifts "
     "is a regular diagonal pattern that repeats one kernel of 36 weights in every row.")

# %% networks-idea [markdown]
# **What just happened.** What is left of *any* dense layer is a convolution: one kernel of 36 weights,
# used in all 36 places. Fairness to places is not a nice property that convolutions happen to have. It
# *is* convolution.
#
# ## Three networks, three ways to end
#
# A network must give a digit, not a map. How it gets from maps to an answer decides what becomes of the
# promise. `Flatten` gives each place weights of its own again. A maximum over all places asks only
# *whether* something is there, not *where*. If the map slides, its maximum stays: the answer is
# **invariant**.

# %% networks
def tensor(pictures):
    """Pictures as PyTorch wants them: one channel, single precision, on our device."""
    return torch.tensor(pictures, dtype=torch.float32, device=DEVICE)[:, None]


train_x, test_x = tensor(train_pictures), tensor(test_pictures)
train_y, test_y = torch.tensor(train_labels, device=DEVICE), torch.tensor(test_labels, device=DEVICE)


def convolution(channels, kernels):
    return nn.Conv2d(channels, kernels, KERNEL, padding="same", padding_mode="circular")


def end(features):
    """From maps to ten scores, asking whether something is there and not where."""
    return nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(features, 10)


def make(name):
    """A fresh network of one of our kinds, the same for the same seed."""
    torch.manual_seed(SEED)
    layers = {
        "dense": lambda: (nn.Flatten(), nn.Linear(144, 64), nn.ReLU(), nn.Linear(64, 10)),
        "conv + flatten": lambda: (
            convolution(1, 8), nn.ReLU(), nn.MaxPool2d(2), convolution(8, 16), nn.ReLU(),
            nn.MaxPool2d(2), nn.Flatten(), nn.Linear(144, 10)),
        "conv + max": lambda: (
            convolution(1, 8), nn.ReLU(), convolution(8, 24), nn.ReLU(), *end(24)),
        "pool between": lambda: (
            convolution(1, 8), nn.ReLU(), nn.MaxPool2d(2), convolution(8, 24), nn.ReLU(), *end(24)),
    }
    return nn.Sequential(*layers[name]()).to(DEVICE)

# %% training tags=["self-check"]
def trained(name):
    """A network that has seen the training pictures EPOCHS times, in random batches."""
    network, shuffler = make(name), torch.Generator().manual_seed(SEED)
    optimizer = torch.optim.Adam(network.parameters())
    steps = EPOCHS * -(-len(train_x) // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(train_x), generator=shuffler).to(DEVICE).split(BATCH):
            optimizer.zero_grad()
            loss = F.cross_entropy(network(train_x[rows]), train_y[rows])
            loss.backward()
            optimizer.step()
            pace.step()
    return network


def accuracy(network, pictures, labels):
    with torch.no_grad():
        return (network(pictures).argmax(1) == labels).double().mean().item()


networks = {name: trained(name) for name in ("dense", "conv + flatten", "conv + max")}
for name, network in networks.items():
    size = sum(weights.numel() for weights in network.parameters())
    print(f"{name:15} {size:6,} numbers   reads {accuracy(network, test_x, test_y):.0%} "
          "of the held-out pictures")

# %% race-idea [markdown]
# ## One pixel is enough to blind two of the three
#
# On straight pictures there is little to choose between them. Fetch your prediction. The next cell
# slides the 450 held-out pictures by up to two pixels in each direction, 25 shifts in all, and asks
# the three networks again.

# %% race tags=["figure", "self-check"]
SHIFTS = range(-MARGIN, MARGIN + 1)


def race(network):
    """The share of held-out pictures that are read after each shift: rows down, columns right."""
    return np.array([[accuracy(network, test_x.roll((down, right), (2, 3)), test_y)
                      for right in SHIFTS] for down in SHIFTS])


def draw_race(axes, shares, title):
    axes.imshow(shares, cmap=SHARE, vmin=0, vmax=1)
    for (i, j), share in np.ndenumerate(shares):
        axes.text(j, i, f"{share:.0%}", ha="center", va="center", fontsize=8,
                  color=PAPER if share > 0.55 else INK)
    axes.set(xticks=range(5), xticklabels=SHIFTS, yticks=range(5), yticklabels=SHIFTS,
             xlabel="pixels to the right", ylabel="pixels down", title=title)


shares = {name: race(network) for name, network in networks.items()}
figure, panels = plt.subplots(1, 3, figsize=(9, 3.3), layout="constrained")
for axes, (name, grid) in zip(panels, shares.items()):
    draw_race(axes, grid, f"{name}: one to the right {grid[2, 3]:.0%}")
show(figure, f"Shares read after 25 shifts. One pixel to the right leaves dense "
     f"{shares['dense'][2, 3]:.0%} and conv + flatten {shares['conv + flatten'][2, 3]:.0%}; "
     f"conv + max reads {shares['conv + max'][2, 3]:.0%} everywhere.")

# %% inside-idea [markdown]
# **What just happened.** Two pixels off, the dense network does *worse than guessing*. It has never
# seen ink in those places, so it has learnt nothing about them. The usual convnet, for all its
# convolutions, is hardly better: `Flatten` threw the promise away. The third network cannot even tell
# that anything moved. Nobody taught it. No shifted picture was in its training set.
#
# ## Look inside: questions, maps, loudest answers
#
# Let us open that network. Its first layer asks 8 questions of the picture. The second asks 24
# questions of the 8 maps. Of each of those maps, only the loudest place counts.

# %% inside tags=["figure"]
network = networks["conv + max"]
index = int(np.flatnonzero(test_labels == 4)[0])
with torch.no_grad():
    first = network[:2](test_x[index:index + 1])[0].cpu().numpy()
    second = network[:4](test_x[index:index + 1])[0].cpu().numpy()
kernels = network[0].weight.detach().cpu().numpy()[:, 0]

figure, panels = plt.subplots(5, 8, figsize=(9, 6.2), gridspec_kw={"hspace": 0.12, "wspace": 0.12})
rows = [*kernels, *first, *second]
for axes, values in zip(panels.flat, rows):
    axes.imshow(values, cmap=SIGNED if values.min() < 0 else BRUSH, vmax=np.abs(values).max() or 1,
                vmin=-np.abs(values).max() if values.min() < 0 else 0)
    axes.set(xticks=[], yticks=[])
for axes, values in zip(panels[2:].flat, second):
    down, right = np.unravel_index(values.argmax(), values.shape)
    axes.plot(right, down, "o", mfc="none", mec=ORANGE, mew=2, ms=9)
for row, label in enumerate(["8 kernels", "8 maps", "", "24 maps", ""]):
    panels[row, 0].set_ylabel(label)
show(figure, "Inside the network, reading a 4: eight 5 by 5 kernels, their eight maps, and 24 maps of "
     "the second layer, each with a ring around its loudest place. Different maps peak in "
     "different parts of the digit.")

# %% evidence-idea [markdown]
# ## The network can say what spoke for its answer
#
# The end of this network is simple enough to read. Let $m_f$ be the loudest value in map $f$, and $w_{df}$
# the weight from map $f$ to digit $d$. The score of a digit is
#
# $$\text{score}_d = b_d + \sum_f w_{df}\, m_f.$$
#
# Each term has an address: the place where map $f$ was loudest. So the score splits *exactly* into
# pieces of evidence that we can put on the picture. Where two digits compete, the piece
# $(w_{af} - w_{bf})\,m_f$ is what map $f$ says for $a$ and against $b$.
#
# A second view is the **saliency**: the derivative of the score with respect to each pixel. It answers
# another question: *which pixels would change the verdict, if they changed?*
#
# Below are mistakes of the network, with its own reasons.

# %% evidence tags=["self-check"]
def evidence(network, picture, digit, rival):
    """Pieces of evidence for a digit and against a rival, and the place where each was found."""
    with torch.no_grad():
        maps = network[:4](picture)[0].flatten(1)
        loudest, places = maps.max(1)
        weights = network[-1].weight[digit] - network[-1].weight[rival]
    return (weights * loudest).cpu().numpy(), places.cpu().numpy()


def saliency(network, picture, digit, rival):
    """How the lead of a digit over its rival changes with the ink in each pixel."""
    picture = picture.clone().requires_grad_()
    scores = network(picture)[0]
    slopes, = torch.autograd.grad(scores[digit] - scores[rival], picture)
    return slopes[0, 0].cpu().numpy()


with torch.no_grad():
    scores = network(test_x).cpu().numpy()
pieces, _ = evidence(network, test_x[:1], 3, 8)
bias = (network[-1].bias[3] - network[-1].bias[8]).item()
evidence_error = abs(pieces.sum() + bias - (scores[0, 3] - scores[0, 8]))
assert evidence_error < 1e-3, "the pieces do not add up to the score"
print("24 pieces of evidence and a bias add up to the lead of one digit over another")

# %% gallery tags=["figure"]
rows = np.arange(len(scores))
others = np.where(np.arange(10) == test_labels[:, None], -np.inf, scores)
rivals, lead = others.argmax(1), scores[rows, test_labels] - others.max(1)

figure, panels = plt.subplots(2, 5, figsize=(9.2, 4.1), layout="constrained")
for row, (above, below) in zip(lead.argsort(), panels.T):
    digit, rival = test_labels[row], rivals[row]
    pieces, places = evidence(network, test_x[row:row + 1], digit, rival)
    above.imshow(test_pictures[row], cmap=BRUSH, vmax=2)
    for marker, colour, side in [("o", BLUE, pieces > 0), ("X", ORANGE, pieces < 0)]:
        down, right = np.divmod(places[side], 12)
        sizes = 40 * np.abs(pieces[side])
        above.scatter(right, down, sizes, colour, marker=marker, alpha=0.75)
    slopes = saliency(network, test_x[row:row + 1], digit, rival)
    below.imshow(slopes, cmap=SIGNED, vmin=-np.abs(slopes).max(), vmax=np.abs(slopes).max())
    above.set(xticks=[], yticks=[], title=f"a {digit}, read as {scores[row].argmax()}")
    below.set(xticks=[], yticks=[])
panels[0, 0].set_ylabel("evidence")
panels[1, 0].set_ylabel("saliency")
show(figure, "The five hardest test digits. Upper row: evidence for the written digit as blue discs, "
     "against it as orange crosses, close to a draw each time. Lower row: the few pixels whose ink "
     "would tip the balance.")

# %% ex1-task [markdown]
# **What just happened.** Blue discs speak for the digit that was written, orange crosses for its
# rival; a larger mark weighs more. In the lower row, ink on a blue pixel would help the written digit
# and ink on an orange one would help the rival. None of these mistakes is a riddle: the evidence is
# nearly balanced each time, and you can see what is missing. Few models let you look that far.
#
# ## Three exercises, from a nudge to a small discovery
#
# Replace the `...` and run the check below it. Nothing else in this notebook uses your answers, so
# *Run all* works at every moment, solved or not. Each exercise has a solution, which the complete
# notebook keeps folded away and `nbcoach learn solution 53 ex1` prints. Open it when you have made an
# honest attempt.
#
# ### ★ Exercise 1: a keyhole for strokes of any size
#
# `STROKE` finds upright lines with nine weights. Write `stroke_kernel(size)` for any odd size. Laid
# over a patch of the same size, it shall answer
#
# - 1 to an upright line of ones in its middle column, on an empty ground,
# - 0 to an even surface,
# - 0 to a level line, in whichever row.
#
# <details><summary>Hint 1: a question</summary>The middle column alone decides the first answer. Which
# value must each of its weights have, if they are all the same and add up to 1?</details>
#
# <details><summary>Hint 2: the idea</summary>A level line picks out one row of the kernel. So each row
# must add up to 0, and then the even surface is taken care of as well.</details>
#
# <details><summary>Hint 3: nearly code</summary>In a row, the middle weight is <code>1 / size</code>.
# The other <code>size - 1</code> weights share <code>-1 / size</code> among them.</details>

# %% ex1 tags=["exercise"]
stroke_kernel = ...  # replace this line by: def stroke_kernel(size): …

# %% ex1-check tags=["self-check"]
def check_stroke_kernel(answer):
    for size in (3, 5, 9):
        kernel = answer(size)
        assert kernel is not None, "Did you forget to return the kernel?"
        kernel = np.asarray(kernel, dtype=float)
        assert kernel.shape == (size, size), f"For size {size} the shape is {kernel.shape}."
        upright, level = kernel[:, size // 2].sum(), kernel[size // 2].sum()
        assert not (np.isclose(upright, 0) and np.isclose(level, 1)), "It finds level lines: turn it."
        assert upright > 0, "It is silent on a line in its middle: it finds edges, not strokes."
        assert np.isclose(kernel.sum(), 0), "An even surface gets an answer: all weights add up to 0."
        assert np.allclose(kernel.sum(1), 0), "Some level line gets an answer: check each row's sum."
        assert np.isclose(upright, 1), f"The line answers {upright:.2f}, not 1: scale the weights."


report("ex1", check_stroke_kernel, stroke_kernel)

# %% ex1-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def stroke_kernel_solution(size):
    """Positive in the middle column, negative elsewhere, and even in each row."""
    row = np.full(size, -1 / (size * (size - 1)))
    row[size // 2] = 1 / size
    return np.tile(row, (size, 1))


report("ex1 solution", check_stroke_kernel, stroke_kernel_solution)

# %% ex2-task [markdown]
# ### ★★ Exercise 2: stride and padding
#
# Two numbers come with nearly every convolution that you will meet. **Padding** $a$ puts $a$ rows and
# columns of zeros around the picture, on all four sides. **Stride** $s$ moves the keyhole by $s$ pixels
# instead of one. A side of $n$ pixels and a kernel of $k$ then give
#
# $$\left\lfloor \frac{n + 2a - k}{s} \right\rfloor + 1 \quad\text{places.}$$
#
# Write `conv2d_strided(picture, kernel, stride, padding)`. Pictures and kernels need not be square.
#
# <details><summary>Hint 1: a question</summary>Which of the two changes the picture before the keyhole
# slides, and which one changes where it stops?</details>
#
# <details><summary>Hint 2: the idea</summary>Pad first. Then compute the map as before and keep only
# the places at which the keyhole stops. That is wasteful and correct.</details>
#
# <details><summary>Hint 3: nearly code</summary><code>conv2d(np.pad(…), kernel)</code>, and then a
# slice with a step in both directions.</details>

# %% ex2 tags=["exercise"]
conv2d_strided = ...  # replace this line by: def conv2d_strided(picture, kernel, stride, padding): …

# %% ex2-check tags=["self-check"]
def check_conv2d_strided(answer):
    cases = [((6, 7), (3, 3), 1, 0), ((6, 6), (3, 3), 1, 1), ((7, 9), (3, 2), 2, 0),
             ((8, 11), (5, 3), 3, 2)]
    for seed, (side, size, stride, padding) in enumerate(cases):
        noise = np.random.default_rng(seed)
        picture, kernel = noise.normal(size=side), noise.normal(size=size)

        def truth(kernel):
            weights, stack = torch.tensor(kernel.copy()), torch.tensor(picture)
            return F.conv2d(stack[None, None], weights[None, None], stride=stride,
                            padding=padding)[0, 0].numpy()
        ours, theirs = answer(picture, kernel, stride, padding), truth(kernel)
        assert ours is not None, "Did you forget to return the map?"
        why = ("Skip places of the keyhole, not pixels of the picture." if stride > 1 else
               "Zeros belong on all four sides." if padding else "This case is plain conv2d.")
        assert np.shape(ours) == theirs.shape, (
            f"Stride {stride}, padding {padding}: a map of {np.shape(ours)}, not {theirs.shape}. {why}")
        flipped = truth(kernel[::-1, ::-1])
        assert not np.allclose(ours, flipped), "You flipped the kernel: here it is laid on as it is."
        assert np.allclose(ours, theirs), f"Right size, wrong sums with padding {padding}: pad by 0."


report("ex2", check_conv2d_strided, conv2d_strided)

# %% ex2-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def conv2d_strided_solution(picture, kernel, stride, padding):
    """Pad, slide as ever, and keep the places at which the keyhole stops."""
    return conv2d(np.pad(picture, padding), kernel)[::stride, ::stride]


report("ex2 solution", check_conv2d_strided, conv2d_strided_solution)

# %% ex3-task [markdown]
# ### ★★★ Exercise 3: how far does a place see?
#
# A place in the last map looks at a patch of the map before, whose places look at patches in turn. The
# part of the picture that can reach it is its **receptive field**. Write `receptive_field(layers)`,
# where `layers` is a list of `(size, stride)` from the picture onwards, such as `[(5, 1), (5, 1)]`. It
# returns the side of the receptive field, in pixels of the picture. (Pooling counts as a layer, too.)
#
# The check does not compare with a formula. It asks autograd which pixels have any influence.
#
# **Then explore.** How much of a 12 × 12 picture does our best network see from one place? Replace
# `"circular"` by `"zeros"` in `convolution` and run the race again: it is no longer even. Which
# shifts suffer most, and what does that have to do with the receptive field and the margin?
#
# <details><summary>Hint 1: a question</summary>Two neighbours in the first map see patches that
# overlap. How many pixels do they see together?</details>
#
# <details><summary>Hint 2: the idea</summary>Each layer adds <code>size - 1</code> steps to the field.
# How long is one step, measured in pixels of the picture, after the strides of the layers
# before?</details>
#
# <details><summary>Hint 3: nearly code</summary>Start with a field of 1 and a step of 1. For each
# layer, first widen the field, then multiply the step by the stride.</details>

# %% ex3 tags=["exercise"]
receptive_field = ...  # replace this line by: def receptive_field(layers): …

# %% ex3-check tags=["self-check"]
def measured_field(layers):
    """The side of the square of pixels that have any influence on the first place of the last map."""
    picture = torch.ones(1, 1, 48, 48, requires_grad=True)
    found = picture
    for size, stride in layers:
        found = F.conv2d(found, torch.ones(1, 1, size, size) / size**2, stride=stride)
    found[0, 0, 0, 0].backward()
    return int((picture.grad[0, 0, 0] != 0).sum())


def check_receptive_field(answer):
    assert answer([(3, 1)]) is not None, "Did you forget to return the side?"
    assert answer([(3, 1)]) == 3, "One layer sees as much as its kernel is wide."
    assert answer([(3, 1), (3, 1)]) == 5, "Neighbouring keyholes overlap: two of 3 see 5 pixels."
    assert answer([(3, 2)]) == 3, "A layer's own stride does not widen what one of its places sees."
    for layers in ([(3, 2), (3, 1)], [(5, 1), (2, 2), (5, 1), (2, 2), (3, 1)], [(2, 2)] * 4):
        truth = measured_field(layers)
        assert answer(layers) == truth, (
            f"{layers} sees {truth} pixels, not {answer(layers)}: each stride lengthens the steps "
            "of all layers after it.")


report("ex3", check_receptive_field, receptive_field)

# %% ex3-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def receptive_field_solution(layers):
    """Each layer adds its steps, in the length that the strides before it have given them."""
    field, step = 1, 1
    for size, stride in layers:
        field += (size - 1) * step
        step *= stride
    return field


report("ex3 solution", check_receptive_field, receptive_field_solution)

# %% break-it [markdown]
# ## Break it: one pooling layer, and the promise has holes
#
# Nearly every convnet in use shrinks its maps on the way, by pooling or by a stride, because it saves
# work. So let us do what everybody does, and put a single `MaxPool2d(2)` between the two convolutions
# of our unshakeable network. It keeps one place of four. All else stays: doughnut, maximum at the end,
# even the number of weights.
#
# What will the race look like now?
#
# 1. As even as before, only a little worse everywhere.
# 2. Good in the middle, and worse the further the picture is slid.
# 3. A chessboard.

# %% consequence tags=["figure", "self-check"]
pooled = trained("pool between")
pooled_shares = race(pooled)
even, odd = pooled_shares[::2, ::2], pooled_shares[1::2, 1::2]

figure, axes = plt.subplots(figsize=(3.6, 3.6), layout="constrained")
draw_race(axes, pooled_shares, "with one pooling layer between")
show(figure, f"Shares read after 25 shifts by the network with pooling between: a chessboard, "
     f"{even.mean():.0%} after even shifts and {odd.mean():.0%} after shifts that are odd in both "
     "directions.")
print(f"even shifts {even.mean():.0%}, odd in both directions {odd.mean():.0%}")

# %% final-check tags=["self-check"]
with torch.no_grad():
    straight = network(test_x)
    drift = max((network(test_x.roll(shift, (2, 3))) - straight).abs().max().item()
                for shift in [(0, 1), (1, 0), (-2, 2), (5, 7)])
    exact = copy.deepcopy(network).cpu().double()
pixel = test_x[:1].cpu().double()
slopes, step = saliency(exact, pixel, 3, 8), 1e-6
nudged = pixel + step * (torch.arange(144) == 78).view(pixel.shape)  # row 6, column 6
rise = (exact(nudged) - exact(pixel))[0, [3, 8]].tolist()
saliency_error = abs((rise[0] - rise[1]) / step - slopes[6, 6])

gap = equivariance_error
verdict("loops and matrix product differ by", round(loop_error, 9), "0", loop_error <= 1e-12)
verdict("our convolution and PyTorch's differ by", round(torch_error, 9), "0", torch_error <= 1e-5)
verdict("slide, look and look, slide differ by", round(gap, 9), "0", gap <= 1e-12)
verdict("weights left of a fair dense layer", weights_left, "36", weights_left == 36)
best, fallen, flat = shares["conv + max"], shares["dense"][2, 3], shares["conv + flatten"][2, 3]
verdict("conv + max: read straight", f"{best[2, 2]:.2f}", "≥ 0.97", best[2, 2] >= 0.97)
verdict("conv + max: lost by any of 25 shifts", f"{np.ptp(best):.2f}", "0", np.ptp(best) < 0.005)
verdict("conv + max: change of its scores", round(drift, 2), "0", drift <= 1e-3)
verdict("dense: read, one pixel right", f"{fallen:.2f}", "≤ 0.60", fallen <= 0.6)
verdict("conv + flatten: read, one pixel right", f"{flat:.2f}", "≤ 0.85", flat <= 0.85)
lost = even.mean() - odd.mean()
verdict("pooled: lost by odd shifts", f"{lost:.2f}", "≥ 0.20", lost >= 0.20)
verdict("evidence misses the score by", round(evidence_error, 2), "0", evidence_error <= 1e-3)
verdict("saliency and a nudge differ by", round(saliency_error, 3), "0", saliency_error <= 1e-5)

# %% in-practice [markdown]
# **What just happened.** A chessboard. After pooling, a map keeps every second place. Slide the picture
# by two, and the kept places slide along by one: nothing is lost. Slide it by one, and *other* places
# are kept. The promise survives, but only for even shifts.
#
# ## In practice: ask a network for the shifts it was never shown
#
# - **Large convnets have the same holes.** Azulay and Weiss measured how the answers of famous
#   networks jump when a photograph moves by one pixel
#   ([2019](https://doi.org/10.48550/arXiv.1805.12177)). Zhang's remedy is to blur before dropping places
#   ([2019](https://doi.org/10.48550/arXiv.1904.11486)). The commoner one is to train on shifted copies:
#   it works on the shifts that you show, and it is learnt, not promised.
# - **Invariance is not always what you want.** Ours cannot tell a digit at the left from one at the
#   right. To find where something is, keep the maps. And a 6 turned upside down is a 9.
# - **The theorem is general.** Averaging over a group makes any layer fair to that group. Kondor and
#   Trivedi prove that such layers are always convolutions of a kind
#   ([2018](https://doi.org/10.48550/arXiv.1802.03690)).
# - **Distrust pretty saliency.** Some popular methods draw much the same picture for an untrained network
#   ([Adebayo and others 2018](https://doi.org/10.48550/arXiv.1810.03292)). Ours passed two tests that can
#   fail: the evidence adds up to the score, and a nudge moves it as predicted.
# - **Our 0.98 flatters.** The random split puts digits of one person on both sides, and the data do not
#   say who wrote what. Hold out the last quarter of the file instead, and `conv + max` reads about 95 of
#   100.
# - **Any machine.** `DEVICE` is asked for once, seeds are set where numbers are drawn, and all checks
#   leave room for rounding. On a GPU the last digits differ; the verdicts do not.
#
# The modern convnet began with LeCun, Bottou, Bengio and Haffner
# ([1998](https://doi.org/10.1109/5.726791)), who read digits, too.

# %% recap [markdown]
# ## Recap: know what your layers promise
#
# - A convolution asks one question everywhere. It is one matrix product over all patches.
# - It is the *only* linear layer that treats all places alike: average any dense layer over all shifts,
#   and a convolution is what remains.
# - Equivariant: the map moves with the picture. Invariant: the answer stays. A maximum over all places
#   turns the first into the second; `Flatten` throws both away.
# - One pooling layer on the way, and the promise holds for even shifts only.
# - High accuracy on held-out pictures says nothing about pictures that differ from them by one pixel.
#
# **Spot the problem.** [A flawed notebook](../flawed/53_cnn.ipynb) waits for you. Read it first and
# mark what you would not trust. Then run `nbcoach check` on it, and see which of you was sharper.
