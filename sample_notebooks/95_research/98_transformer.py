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
# # A transformer that reaches the entropy floor
#
# When a language model is trained, its loss falls, and nobody can say how far it could fall. In this
# lesson we can. The text comes from a source that we wrote ourselves, so we know exactly how much of it
# is chance. Below that line no model can go, however large it is.
#
# **Make a prediction before you read on.** The source writes eight letters, from `a` to `h`. A blind guess
# costs $\ln 8 = 2.08$ nats a letter. Whoever knows the law of the source still pays 1.30 on average.
# Two students train the same small transformer on the same text and measure on fresh text:
#
# | Student | Loss after training |
# |---|---|
# | Ada | 1.32 |
# | Ben | 0.07 |
#
# 1. Whose model would you rather use to continue a text?
# 2. What explains Ben's loss: *a better optimizer*, *a lucky seed*, *too little test text*, or *a mistake*?
#
# Write both answers down. At the end you will train Ben's model yourself and let it write.

# %% goals [markdown] tags=["goals"]
# ## Goals: you will build a small GPT and know when to stop believing it
#
# **You will do.** Write attention in five lines, build a transformer with a single block, train it to
# within a few hundredths of the floor, watch its two heads find the law, and make it fast with a cache.
#
# **You will learn to**
#
# - compute the floor: the entropy that is left when the law is known;
# - write causal attention by hand, and say what the mask and the positions are for;
# - read an attention map, and test whether it says something true;
# - use a key–value cache that changes the work and not the answer.
#
# **You will need** the matrix product, logarithms and a rough idea of gradient descent. The lesson
# [See like a convnet](../50_deep_learning/53_cnn.ipynb) is good company: attention keeps just what a
# convolution promises, and drops the rest. No network connection and no GPU; if there is a GPU, the
# lesson uses it.
#
# **Time:** about 45 minutes. All cells together take some 20 seconds to run.

# %% setup tags=["setup"]
import base64
import copy
import html
import io
import json
import math

import matplotlib.pyplot as plt
import numpy as np
import torch
from IPython.display import display
from matplotlib.colors import LinearSegmentedColormap
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)  # the network is tiny: more threads would only wait for each other

# The figures bring their own pale card, so they read the same on a light and on a dark page.
PAPER, INK, BLUE, ORANGE = "#f7f4ee", "#22303c", "#1f5f8b", "#b3470f"
SHARE = LinearSegmentedColormap.from_list("share", [PAPER, BLUE])
plt.rcParams.update({"figure.facecolor": PAPER, "axes.facecolor": PAPER, "text.color": INK,
                     "axes.edgecolor": INK, "axes.labelcolor": INK, "xtick.color": INK,
                     "ytick.color": INK, "font.size": 10, "axes.titlesize": 10, "figure.dpi": 96})

# %% parameters tags=["parameters"]
SEED = 0
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
LETTERS = 8
NEAR, FAR = 2, 5  # how far back the two letters stand that decide on the next one
LENGTH = 32  # letters that the model sees at once
WIDTH, HEADS = 32, 2
STEPS, BATCH, RATE = 600, 64, 1e-2

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

# %% source-idea [markdown]
# ## Data: a source whose law we wrote
#
# Our source looks back at two letters: the one 2 places back and the one 5 places back. For each of the
# 64 pairs it has a table of eight chances, and it draws the next letter from that table. It ignores all
# other letters, the last one included. A model is told nothing of this.
#
# The tables are random but fixed: a seed made them. Nothing is downloaded. The text of this lesson is
# yours under [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/), the code under the MIT licence.

# %% source tags=["figure", "self-check"]
law = np.random.default_rng(SEED).dirichlet(np.full(LETTERS, 0.3), size=(LETTERS, LETTERS))
assert np.allclose(law.sum(-1), 1), "chances add up to one"


def write(texts, rng):
    """Texts of LENGTH + 1 letters; the first FAR of them are drawn evenly."""
    text = rng.integers(LETTERS, size=(texts, LENGTH + 1))
    for place in range(FAR, LENGTH + 1):
        steps = law[text[:, place - FAR], text[:, place - NEAR]].cumsum(-1)
        text[:, place] = (rng.random((texts, 1)) > steps).sum(1).clip(max=LETTERS - 1)
    return text


held_out = write(2000, np.random.default_rng([SEED, 1]))
far, near, following = held_out[:, :-FAR], held_out[:, FAR - NEAR:-NEAR], held_out[:, FAR:]
counts = np.zeros_like(law)
np.add.at(counts, (far, near, following), 1)
deviation = np.abs(counts / counts.sum(-1, keepdims=True) - law).max()
assert deviation < 0.1, "the text does not follow the law"
print("".join("abcdefgh"[letter] for letter in held_out[:3].ravel()))

figure, axes = plt.subplots(figsize=(9, 1.9), layout="constrained")
axes.imshow(law.reshape(64, 8).T, cmap=SHARE, vmin=0, vmax=1, aspect="auto")
axes.set(xlabel="letter 5 back (a to h), and within each the letter 2 back", ylabel="next letter",
         xticks=range(0, 64, 8), xticklabels="abcdefgh", yticks=range(8), yticklabels="abcdefgh")
show(figure, "The law as a table of 64 columns and 8 rows. Most columns have one or two dark cells, a "
     "likely next letter, and many pale ones; no two columns look alike.")

# %% floor-idea [markdown]
# ## Chance has a price, and the price can be computed
#
# If the next letter has chance $q$ in the eyes of a model, the letter costs it $-\ln q$ nats. The
# average cost is the **loss**. When the law is $p$ and the model says $q$,
#
# $$\underbrace{-\sum_x p(x) \ln q(x)}_{\text{loss}} \;=\; \underbrace{-\sum_x p(x) \ln p(x)}_{\text{entropy: the floor}}
# \;+\; \underbrace{\sum_x p(x) \ln \frac{p(x)}{q(x)}}_{\ge\, 0}.$$
#
# The last term is never negative, and it is zero only for $q = p$. So the entropy is a floor. There is
# one for every amount of knowledge: who knows only how frequent the letters are stands on a higher
# floor than one who knows one of the two deciding letters. Guess: how much is it worth to know *one* of
# the two? Half of the way down, nearly all, or nearly nothing?

# %% floor tags=["self-check"]
def entropy(chances):
    chances = chances[chances > 0]
    return -(chances * np.log(chances)).sum()


context = np.full((LETTERS,) * FAR, LETTERS ** -FAR)  # chances of the last five letters, a to e
joint, places = np.zeros((LETTERS,) * (FAR + 1)), LENGTH + 1 - FAR
for _ in range(places):  # f is the new letter; a stands 5 back and d stands 2 back
    joint += np.einsum("abcde,adf->abcdef", context, law) / places
    context = np.einsum("abcde,adf->bcdef", context, law)


def floor(*known):
    """The average cost of a letter when those letters back are known, and the law."""
    unknown = tuple(axis for axis in range(FAR) if FAR - axis not in known)
    chances = joint.sum(unknown)
    return entropy(chances) - entropy(chances.sum(-1))


floors = {"a blind guess": np.log(LETTERS), "letter frequencies": floor(),
          "the letter 2 back": floor(NEAR), "the letter 5 back": floor(FAR),
          "both: the floor": floor(NEAR, FAR)}
paid = -np.log(law[far, near, following]).mean()
for name, nats in floors.items():
    print(f"{name:20} {nats:.2f} nats a letter")
print(f"{'paid on real text':20} {paid:.2f} nats a letter by one who knows the law")

# %% attention-idea [markdown]
# **What just happened.** One of the two letters alone is worth nearly nothing. The law is like a lock
# with two keys. That makes it a hard case for anybody who looks at one letter at a time, and it will
# show in the training.
#
# ## Attention is a lookup that can be half sure
#
# A Python dictionary compares a question with its keys, and gives back the one value whose key is
# equal. Attention compares a **query** $q$ with all **keys** $k_j$ and gives back a mixture of all
# **values** $v_j$. The more a key looks like the query, the larger is its share:
#
# $$\text{out} = \sum_j w_j\, v_j, \qquad
# w_j = \frac{e^{s_j}}{\sum_i e^{s_i}}, \qquad s_j = \frac{q \cdot k_j}{\sqrt{d}}.$$
#
# In a text, each place asks a question, offers a key and holds a value. And there is one rule: *no
# place may look ahead*. The letter to the right is what it is supposed to guess. The **causal mask**
# sets those scores to $-\infty$, so that their shares are zero.

# %% attention tags=["self-check"]
def softmax(scores):
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def attention(queries, keys, values, causal=True):
    """What each place reads, and its shares: a row of weights for each query."""
    scores = queries @ keys.T / np.sqrt(keys.shape[1])
    if causal:
        scores = np.where(np.tri(*scores.shape, dtype=bool), scores, -np.inf)
    weights = softmax(scores)
    return weights @ values, weights


rng = np.random.default_rng([SEED, 2])
queries, keys, values = rng.normal(size=(3, 12, 4))
errors = []
for causal in (True, False):
    theirs = F.scaled_dot_product_attention(
        *(torch.tensor(each) for each in (queries, keys, values)), is_causal=causal).numpy()
    errors.append(np.abs(attention(queries, keys, values, causal)[0] - theirs).max())
attention_error = max(errors)
assert attention_error < 1e-6, "ours and PyTorch's attention differ"
print("ours and PyTorch's attention agree, with the mask and without")

# %% bag-idea [markdown]
# ## Without positions, a text is a bag of letters
#
# Look at the formula again. Nothing in it says *where* a key stands. Shuffle the keys together with
# their values, and the sum is the same sum. A convolution knows the distance between two places and
# nothing else. Attention knows everything *but* the distance.
#
# Two consequences, both exact. If all places up to the last are shuffled, the last one reads the same.
# And if a letter changes, all places before it read the same as ever: that is what the mask is for.

# %% bag tags=["figure", "self-check"]
order = rng.permutation(11)
mixed_keys, mixed_values = keys.copy(), values.copy()
mixed_keys[:11], mixed_values[:11] = keys[order], values[order]
usual, weights = attention(queries, keys, values)
shuffled, _ = attention(queries, mixed_keys, mixed_values)
bag_error = np.abs(usual[-1] - shuffled[-1]).max()

changed = values.copy()
changed[6] += 1  # another letter at place 6
touched = np.abs(attention(queries, keys, changed)[0] - usual).max(axis=1) > 0
print("shuffled: the last place reads something else by", round(bag_error, 9))
print("places that notice a change at place 6:", *np.flatnonzero(touched))

figure, panels = plt.subplots(1, 2, figsize=(7.4, 3.4), layout="constrained")
for axes, shares, title in [(panels[0], attention(queries, keys, values, False)[1], "without a mask"),
                            (panels[1], weights, "with the causal mask")]:
    axes.imshow(shares, cmap=SHARE, vmin=0, vmax=1)
    axes.set(xlabel="place that is read", ylabel="place that reads", title=title)
show(figure, "Two 12 by 12 tables of attention shares from random queries and keys. Without a mask all "
     "cells are filled; with the causal mask everything right of the diagonal is empty.")

# %% model-idea [markdown]
# **What just happened.** The left table lets every place read every other, the right one only what
# came before. Only places 6 and later notice the change at place 6.
#
# ## One block is a whole transformer
#
# Since attention cannot see positions, we add them to the letters: each place has a learnt vector of its
# own, which is added to the vector of its letter. Then come two steps. *Attention* lets places read each
# other. A small dense network lets each place *think* about what it has read. Both add their result to
# what was there (a residual connection), and each looks at normalised numbers.
#
# With two **heads** the width is split in halves, and each half has queries, keys and values of its own.
# So each head can look somewhere else.

# %% model
class Attention(nn.Module):
    def __init__(self, causal):
        super().__init__()
        self.causal = causal
        self.take, self.give = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)

    def forward(self, x, past):
        queries, keys, values = self.take(x).unflatten(-1, (3, HEADS, -1)).permute(2, 0, 3, 1, 4)
        if past:  # keys and values of earlier places, computed before
            keys, values = torch.cat([past[0], keys], 2), torch.cat([past[1], values], 2)
        self.kept = keys, values
        scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
        if self.causal:
            known = keys.shape[2] - queries.shape[2]
            ahead = torch.ones(scores.shape[-2:], dtype=torch.bool, device=x.device).triu(1 + known)
            scores = scores.masked_fill(ahead, -math.inf)
        self.weights = scores.softmax(-1)
        return self.give((self.weights @ values).transpose(1, 2).flatten(2))

# %% transformer
class Transformer(nn.Module):
    def __init__(self, causal=True):
        super().__init__()
        self.letters, self.places = nn.Embedding(LETTERS, WIDTH), nn.Embedding(LENGTH, WIDTH)
        self.attention = Attention(causal)
        self.think = nn.Sequential(nn.Linear(WIDTH, 8 * WIDTH), nn.GELU(),
                                   nn.Linear(8 * WIDTH, WIDTH))
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(3))
        self.answer = nn.Linear(WIDTH, LETTERS)
        self.seen = 0  # letters that went through the network so far

    def forward(self, text, past=()):
        start = past[0].shape[2] if past else 0
        self.seen += text.shape[1]
        x = self.letters(text) + self.places.weight[start:start + text.shape[1]]
        x = x + self.attention(self.norms[0](x), past)
        x = x + self.think(self.norms[1](x))
        return self.answer(self.norms[2](x))


torch.manual_seed(SEED)
size = sum(weights.numel() for weights in Transformer().parameters())
print(f"{size:,} numbers to learn")

# %% training
def loss_on(model, text):
    """The average cost of the letters that the law decides on."""
    answers = model(text[:, :-1])[:, FAR - 1:]
    return F.cross_entropy(answers.flatten(0, 1), text[:, FAR:].flatten())


def train(causal, steps, snapshots=()):
    """A model, its loss at each step on text never seen before, and what its heads looked at."""
    torch.manual_seed(SEED)
    model, rng = Transformer(causal).to(DEVICE), np.random.default_rng([SEED, 3])
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98))
    pace = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    losses, maps = [], {}
    for step in range(steps):
        optimizer.zero_grad()
        loss = loss_on(model, torch.tensor(write(BATCH, rng), device=DEVICE))
        if step in snapshots:
            maps[step] = model.attention.weights.detach().mean(0).cpu().numpy()
        loss.backward()
        optimizer.step()
        pace.step()
        losses.append(loss.item())
    return model, np.array(losses), maps

# %% descent tags=["figure", "self-check"]
SNAPSHOTS = [0, 20, 40, 60, 80, 100, 120, 150, 200, 300, 450, STEPS - 1]
model, losses, maps = train(causal=True, steps=STEPS, snapshots=SNAPSHOTS)
fresh = torch.tensor(held_out, device=DEVICE)
with torch.no_grad():
    reached = loss_on(model, fresh).item()

figure, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
axes.plot(losses, color=BLUE, lw=1)
for name, nats in floors.items():
    lowest = name.startswith("both")
    axes.axhline(nats, color=ORANGE if lowest else INK, lw=2 if lowest else 0.8, ls="-" if lowest else ":")
for name, side in [("a blind guess", "bottom"), ("the letter 5 back", "top"), ("both: the floor", "top")]:
    gap = 0.05 if name.startswith("both") else 0  # clear of the noise
    axes.text(STEPS - 5, floors[name] - gap, f"{name} {floors[name]:.2f}", ha="right", va=side)
axes.set(xlabel="training step", ylabel="loss in nats a letter", xlim=(0, STEPS), ylim=(1.1, 2.4))
show(figure, f"The loss over {STEPS} steps. It lingers at the height of letter frequencies, then drops "
     f"within 100 steps and flattens out just above the floor of {floors['both: the floor']:.2f} nats.")
print(f"loss on fresh text {reached:.2f}, floor {floors['both: the floor']:.2f}")

# %% reveal-idea [markdown]
# **What just happened.** For a while the loss stands where a counter of letters would stand. Then it
# falls, fast, and stops close to the floor. The model has found both keys of the lock.
#
# ## The heads look exactly where the law looks
#
# How did it do that? Each place guesses the letter *after* it. So the letter "2 back" from the guess
# stands **one** place before the place that reads, and the letter "5 back" stands **four** places before.
# Predict what the attention maps will show: a bright diagonal, one bright stripe below it, two stripes in
# each map, or one stripe in each of the two maps?
#
# Move the slider through the training.

# %% reveal tags=["figure", "interactive"]
def draw_heads(step):
    """What each head reads, on average over a batch, and the loss at that step."""
    figure, panels = plt.subplots(1, HEADS, figsize=(7.4, 3.6), dpi=84, layout="constrained")
    for head, axes in enumerate(panels):
        axes.imshow(maps[step][head, :20, :20], cmap=SHARE, vmin=0, vmax=1)
        axes.set(xlabel="place that is read", ylabel="place that reads", xticks=range(0, 20, 5),
                 yticks=range(0, 20, 5), title=f"head {'AB'[head]}, step {step}, loss {losses[step]:.2f}")
    stripes = [read_at(maps[step][head]) for head in range(HEADS)]
    words = " and ".join(f"head {'AB'[head]} {share:.0%} at {back} back"
                         for head, (back, share) in enumerate(stripes))
    return figure, f"Attention after {step} steps. Strongest: {words}; loss {losses[step]:.2f} nats."


def read_at(shares):
    """The distance at which a head reads most, and its average share there."""
    stripes = [np.diagonal(shares, -back)[FAR:].mean() for back in range(10)]
    return int(np.argmax(stripes)), max(stripes)


explore([(step, *draw_heads(step)) for step in SNAPSHOTS], "Training step", start=11)

# %% agree-idea [markdown]
# **What just happened.** One head reads one place back, the other four places back, and nothing else.
# That is the law, found from text alone. Which head takes which part is luck of the seed.
#
# An attention map is easily over-read, so be careful with such pictures. Here we need not believe: the
# law is known. The next cell asks the model for its chances in all 64 contexts, and puts them below the
# true ones.

# %% agree tags=["figure", "self-check"]
with torch.no_grad():
    answers = model(fresh[:, :-1])[:, FAR - 1:].log_softmax(-1).double().cpu().numpy()
learnt = np.zeros_like(law)
np.add.at(learnt, (far, near), np.exp(answers))
learnt /= counts.sum(-1, keepdims=True)
true = law[far, near]
excess = (true * (np.log(np.maximum(true, 1e-300)) - answers)).sum(-1).mean()

figure, panels = plt.subplots(2, 1, figsize=(9, 3.4), layout="constrained")
for axes, table, title in [(panels[0], law, "the law"), (panels[1], learnt, "what the model learnt")]:
    axes.imshow(table.reshape(64, 8).T, cmap=SHARE, vmin=0, vmax=1, aspect="auto")
    axes.set(ylabel="next letter", yticks=range(8), yticklabels="abcdefgh", title=title,
             xticks=range(0, 64, 8), xticklabels="abcdefgh")
panels[1].set_xlabel("letter 5 back (a to h), and within each the letter 2 back")
gap = np.abs(learnt - law).max()
show(figure, f"The table of the law above, the table that the model learnt below. To the eye they are the "
     f"same picture; the largest of 512 differences is {gap:.2f}.")
print(f"{excess:.2f} nats above the floor, measured without the noise of single letters")

# %% cache-idea [markdown]
# ## A cache changes the work, not the answer
#
# To write, a model guesses a letter, appends it and starts again. Done naively, letter $n$ sends all $n$
# letters through the network once more. But the mask says that earlier places never notice later ones,
# so *their keys and values cannot have changed*. Keep them, and send only the new letter.
#
# To write $n$ letters after the first, the naive way handles $1 + 2 + \dots + n = n(n+1)/2$ letters,
# the cache only $n$. That is all there is to the famous key–value cache, and the price is memory. The
# next cell writes both ways with the same random numbers, counts, and compares.

# %% cache tags=["self-check"]
@torch.no_grad()
def continue_text(model, text, upto, rng, cached):
    """Let a model write; returns the texts and the scores that each letter was drawn from."""
    past, scores = (), []
    while text.shape[1] < upto:
        scores.append(model(text[:, -1:] if past else text, past)[:, -1])
        past = model.attention.kept if cached else ()
        steps = scores[-1].softmax(-1).cumsum(-1).cpu().numpy()
        drawn = (rng.random((len(text), 1)) > steps).sum(1).clip(max=LETTERS - 1)
        text = torch.cat([text, torch.tensor(drawn, device=text.device)[:, None]], 1)
    return text, torch.stack(scores)


exact = copy.deepcopy(model).double()
work, runs = {}, {}
for cached in (False, True):
    exact.seen = 0
    runs[cached] = continue_text(exact, fresh[:200, :1], LENGTH, np.random.default_rng(SEED), cached)
    work[cached] = exact.seen
cache_error = (runs[True][1] - runs[False][1]).abs().max().item()
assert torch.equal(runs[True][0], runs[False][0]), "the two ways write different texts"
print(f"letters through the network: {work[False]} without a cache, {work[True]} with it")

# %% cache-figure tags=["figure"]
grown = np.arange(1, 1025)
figure, axes = plt.subplots(figsize=(6, 3.2), layout="constrained")
axes.loglog(grown, grown * (grown + 1) / 2, color=ORANGE, lw=2)
axes.loglog(grown, grown, color=BLUE, lw=2, ls="--")
axes.plot([LENGTH - 1] * 2, [work[False], work[True]], "o", color=INK)
axes.text(60, 5000, "without a cache", ha="right", color=ORANGE)
axes.text(120, 60, "with a cache", color=BLUE)
axes.set(xlabel="letters written", ylabel="letters through the network")
show(figure, "Work against letters written, both axes logarithmic. Without a cache the line is twice as "
     "steep; two dots, counted while writing 31 letters, lie on the lines at 496 and 31.")

# %% ex1-task [markdown]
# **What just happened.** Double precision, the same random numbers, the same texts, and a sixteenth of
# the work. At a thousand letters it would be a five-hundredth.
#
# ## Three exercises, from a nudge to a small discovery
#
# Replace the `...` and run the check below it. Nothing else in this notebook uses your answers, so
# *Run all* works at every moment, solved or not. Each exercise has a solution, which the complete
# notebook keeps folded away and `nbcoach learn solution 98 ex1` prints. Open it when you have made an
# honest attempt.
#
# ### ★ Exercise 1: temperature
#
# Chat programs have a knob called *temperature*. It divides the scores before they become chances: at 1
# nothing changes, below 1 the model grows sure of itself, above 1 it grows careless. Write
# `tempered(scores, temperature)` in NumPy. `scores` has any number of rows; the chances of a row add up
# to 1. Scores may be as large as 1000.
#
# <details><summary>Hint 1: a question</summary>Which line of <code>softmax</code> has to change? Does it
# matter whether you divide before or after subtracting the largest score?</details>
#
# <details><summary>Hint 2: the idea</summary>Divide the scores, not the chances. Then turn them into
# chances as before.</details>
#
# <details><summary>Hint 3: nearly code</summary><code>softmax</code> of this lesson already knows how to
# deal with large scores. Give it other scores.</details>

# %% ex1 tags=["exercise"]
tempered = ...  # replace this line by: def tempered(scores, temperature): …

# %% ex1-check tags=["self-check"]
def check_tempered(answer):
    scores = np.random.default_rng(5).normal(size=(3, 6))
    chances = answer(scores, 1.0)
    assert chances is not None, "Did you forget to return the chances?"
    assert np.shape(chances) == (3, 6), f"Three rows of six scores became {np.shape(chances)}."
    sums = np.sum([chances, answer(scores, 2.0)], axis=-1)
    assert np.allclose(sums, 1), "The chances of each row add up to 1."
    assert np.allclose(chances, softmax(scores)), "At temperature 1 nothing changes."
    hot, cold = answer(scores, 50.0), answer(scores, 0.02)
    assert np.ptp(hot) < 0.05 < np.ptp(cold), "Heat makes the chances even: divide, do not multiply."
    assert np.allclose(answer(scores, 2.0), softmax(scores / 2)), "Divide the scores, not the chances."
    with np.errstate(all="ignore"):
        large = answer(scores * 1000, 0.5)
    assert np.isfinite(large).all(), "Large scores overflow: subtract the largest of each row first."


report("ex1", check_tempered, tempered)

# %% ex1-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def tempered_solution(scores, temperature):
    """The chances of scores that were divided by a temperature."""
    return softmax(scores / temperature)


report("ex1 solution", check_tempered, tempered_solution)

# %% ex2-task [markdown]
# ### ★★ Exercise 2: a window
#
# In long texts, full attention is too much work, and many models let a place read only its neighbourhood.
# Write `window_attention(queries, keys, values, reach)` in NumPy. Each place reads itself and the
# `reach - 1` places before it, and nothing else. It returns the mixtures only. There are as many queries
# as keys.
#
# <details><summary>Hint 1: a question</summary>For the place in row <code>i</code>, which columns
# <code>j</code> may it read? Write down both conditions.</details>
#
# <details><summary>Hint 2: the idea</summary>Set the forbidden <em>scores</em> to minus infinity. If you
# set shares to zero afterwards, the rest no longer adds up to 1.</details>
#
# <details><summary>Hint 3: nearly code</summary><code>back = np.arange(n)[:, None] - np.arange(n)</code>
# says how far back column <code>j</code> lies. Allowed is <code>(back >= 0) & (back < reach)</code>.</details>

# %% ex2 tags=["exercise"]
window_attention = ...  # replace this line by: def window_attention(queries, keys, values, reach): …

# %% ex2-check tags=["self-check"]
def check_window_attention(answer):
    q, k, v = np.random.default_rng(6).normal(size=(3, 9, 4))
    mixed = answer(q, k, v, 3)
    assert mixed is not None, "Did you forget to return the mixtures?"
    assert np.shape(mixed) == (9, 4), f"Nine places of width 4 became {np.shape(mixed)}."
    later = v.copy()
    later[5:] += 1
    assert np.allclose(answer(q, k, later, 3)[:5], mixed[:5]), "Some places look ahead."
    ones = answer(q, k, np.ones((9, 4)), 3)
    assert np.allclose(ones, 1), "Shares do not add up to 1: forbid scores, not shares."
    assert np.allclose(answer(q, k, v, 1), v), "With a reach of 1, a place reads only itself."
    whole = attention(q, k, v)[0]
    assert np.allclose(answer(q, k, v, 20), whole), "A wide window is causal attention: scaled?"
    for reach in (2, 3, 5):
        slices = [slice(max(0, i + 1 - reach), i + 1) for i in range(9)]
        truth = [attention(q[i:i + 1], k[s], v[s], False)[0][0] for i, s in enumerate(slices)]
        assert np.allclose(answer(q, k, v, reach), truth), f"Wrong with a reach of {reach}."


report("ex2", check_window_attention, window_attention)

# %% ex2-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def window_attention_solution(queries, keys, values, reach):
    """Causal attention to the nearest places only."""
    places = np.arange(len(queries))
    back = places[:, None] - places
    scores = queries @ keys.T / np.sqrt(keys.shape[1])
    return softmax(np.where((back >= 0) & (back < reach), scores, -np.inf)) @ values


report("ex2 solution", check_window_attention, window_attention_solution)

# %% ex3-task [markdown]
# ### ★★★ Exercise 3: the floor of a model that sees little
#
# Suppose that a model sees only the last `window` letters. Then its floor is higher. Write
# `window_floor(joint, window)`. `joint` is an array of chances with one axis for each letter: the first axis
# is the oldest letter, the last axis is the letter to be guessed. The answer is in nats. It must work for
# any number of axes, not only for our six.
#
# **Then explore.** Print it for windows from 0 to 5. Where does it fall, and why nowhere else? Then cut
# the attention of our model to a window of three places (a place reads itself and two before), train
# again, and predict beforehand where the loss will stop.
#
# <details><summary>Hint 1: a question</summary>Which letters does such a model not know? What do you do
# with the chances of things that you do not know?</details>
#
# <details><summary>Hint 2: the idea</summary>Sum over the axes that are out of sight. What the new letter
# costs is the entropy of all visible letters with it, less the entropy of those without it.</details>
#
# <details><summary>Hint 3: nearly code</summary><code>floor</code> of this lesson does it for chosen
# letters. The axes to sum over are <code>range(joint.ndim - 1 - window)</code>, as a tuple.</details>

# %% ex3 tags=["exercise"]
window_floor = ...  # replace this line by: def window_floor(joint, window): …

# %% ex3-check tags=["self-check"]
def check_window_floor(answer):
    small = np.random.default_rng(7).dirichlet(np.ones(24)).reshape(2, 3, 4)
    assert answer(small, 0) is not None, "Did you forget to return the floor?"
    for chances, windows in [(small, (0, 1, 2)), (joint, (0, 2, 5))]:
        for window in windows:
            seen = chances.sum(tuple(range(chances.ndim - 1 - window)))
            odds = seen / seen.sum(-1, keepdims=True)
            truth, value = -(seen * np.log(np.maximum(odds, 1e-300))).sum(), answer(chances, window)
            assert window == 0 or not np.isclose(value, entropy(seen)), (
                "That is the price of all letters together: take off that of the known ones.")
            assert not np.isclose(value * math.log(2), truth), "In nats: use the natural logarithm."
            assert np.isclose(value, truth), (
                f"Window {window}: {truth:.3f} nats, not {value:.3f}. Are the letters that you keep "
                "the nearest ones?")


report("ex3", check_window_floor, window_floor)

# %% ex3-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def window_floor_solution(joint, window):
    """What a letter costs somebody who knows the law and the last letters of a window."""
    seen = joint.sum(tuple(range(joint.ndim - 1 - window)))
    return entropy(seen) - entropy(seen.sum(-1))


report("ex3 solution", check_window_floor, window_floor_solution)

# %% break-it [markdown]
# ## Break it: how Ben got below the floor
#
# Ben's code differs from Ada's in one word: `causal=False`. He trains, and measures on fresh text that the
# model has never seen. No data leak, no overfitting, no tuning on the test.
#
# Before you run the cell: where will his loss go, and how many of the letters that his model writes will
# be *possible* ones, letters to which the law gives a chance of at least 5 %?

# %% consequence tags=["figure", "self-check"]
def possible(text):
    """The share of letters to which the law gives a chance of at least 5 %."""
    chances = law[text[:, :-FAR], text[:, FAR - NEAR:-NEAR], text[:, FAR:]]
    return (chances >= 0.05).mean().item()


leaky, leaky_losses, _ = train(causal=False, steps=200)
with torch.no_grad():
    leaky_loss = loss_on(leaky, fresh).item()
blind = np.random.default_rng([SEED, 5]).integers(LETTERS, size=held_out.shape)
start, quality = fresh[:200, :FAR], {"the source": possible(held_out), "blind guesses": possible(blind)}
for name, writer in [("Ada's model", model), ("Ben's model", leaky)]:
    text, _ = continue_text(writer, start, LENGTH, np.random.default_rng([SEED, 4]), cached=False)
    quality[name] = possible(text.cpu().numpy())

figure, axes = plt.subplots(figsize=(7, 3.2), layout="constrained")
axes.plot(losses[:200], color=BLUE, lw=1.5)
axes.plot(leaky_losses, color=ORANGE, lw=1.5, ls="--")
axes.axhline(floors["both: the floor"], color=INK, lw=2)
axes.text(190, 1.06, "the floor", ha="right")
axes.text(190, 1.62, "Ada, with the mask", ha="right", color=BLUE)
axes.text(190, 0.22, "Ben, without", ha="right", color=ORANGE)
axes.set(xlabel="training step", ylabel="loss in nats a letter", xlim=(0, 200), ylim=(0, 2.4))
show(figure, f"Loss over 200 steps. With the mask it falls towards the floor from above; without it, it "
     f"breaks through the floor within 50 steps and ends at {leaky_loss:.2f} nats.")
print(f"Ben's loss on fresh text: {leaky_loss:.2f}")
for name, share in quality.items():
    print(f"possible letters, {name:13} {share:.0%}")

# %% final-check tags=["self-check"]
lowest = floors["both: the floor"]
stripes = [read_at(maps[STEPS - 1][head]) for head in range(HEADS)]
distances, shares = sorted(back for back, _ in stripes), min(share for _, share in stripes)
verdict("ours and PyTorch's attention differ by", round(attention_error, 9), "0",
        attention_error <= 1e-6)
verdict("a shuffled bag reads differently by", round(bag_error, 9), "0", bag_error <= 1e-12)
verdict("places that notice a later change", int(touched[:6].sum()), "0", not touched[:6].any())
verdict("price paid on text, less the floor", f"{paid - lowest:+.2f}", "0.00 ± 0.02",
        abs(paid - lowest) <= 0.02)
verdict("model on fresh text, less the floor", f"{reached - lowest:+.2f}", "≤ 0.10",
        reached - lowest <= 0.10)
verdict("excess over the law, exactly", f"{excess:.2f}", "0 to 0.10", 0 <= excess <= 0.10)
verdict("heads read at these distances", distances, "[1, 4]", distances == [NEAR - 1, FAR - 1])
verdict("smallest share of a head at its distance", f"{shares:.2f}", "≥ 0.60", shares >= 0.6)
verdict("cache changes the scores by", round(cache_error, 9), "0", cache_error <= 1e-5)
verdict("letters handled without and with a cache", (work[False], work[True]), "(496, 31)",
        (work[False], work[True]) == (496, 31))
verdict("Ben's loss, below what is possible", f"{leaky_loss:.2f}", "≤ 0.30", leaky_loss <= 0.3)
better = quality["Ada's model"] - quality["Ben's model"]
verdict("possible letters, Ada's less Ben's", f"{better:.2f}", "≥ 0.20", better >= 0.2)

# %% in-practice [markdown]
# **What just happened.** Without the mask, each place reads the answer off the letter to its right. Of the
# 28 letters that count, 27 are copied for free. The last one has nothing to its right and costs about 2
# nats: 2 / 28 is Ben's 0.07. Every test with the same code agrees with him. Only the floor says *impossible*,
# and when his model writes, there is nothing to the right to copy.
#
# ## In practice: find a floor before you train
#
# - **You seldom know the entropy, but you often know a bound.** Labels that people disagree on, sensors with a
#   known noise, dice: a score beyond the bound is a bug report. So is a score that is far better than that
#   of anybody before you.
# - **Make a source with a known law** and train on it first. It costs half a minute, and it finds masks that
#   leak, losses shifted by one letter and caches that forget.
# - **Attention maps are evidence, not proof.** Jain and Wallace show that other maps often give the same
#   answers ([2019](https://doi.org/10.48550/arXiv.1902.10186)). Here the law was known, and one block leaves
#   no other way in.
# - **Ours is a GPT in miniature.** Vaswani and others introduced the block
#   ([2017](https://doi.org/10.48550/arXiv.1706.03762)); large models stack dozens of them, and learn to
#   predict with such lookups across layers, too: *induction heads*
#   ([Olsson and others 2022](https://doi.org/10.48550/arXiv.2209.11895)).
# - **On a GPU**, prefer `F.scaled_dot_product_attention`: it never stores the table of shares. Any machine
#   will do here: `DEVICE` is asked for once, the data come from NumPy with a seed, and the verdicts leave
#   room for rounding.
#
# Shannon computed such floors for English in 1951, with people as models
# ([doi:10.1002/j.1538-7305.1951.tb01366.x](https://doi.org/10.1002/j.1538-7305.1951.tb01366.x)).

# %% recap [markdown]
# ## Recap: a loss means something only beside its floor
#
# - The floor is the entropy of the source. Loss = floor + what the model gets wrong.
# - Attention is a lookup that can be half sure. It sees a bag of letters; positions give them an order, and
#   the mask gives them a past.
# - Two heads found the two letters of the law, and we could check it: the attention map and the table of
#   chances agree with the truth.
# - A cache is allowed because the past never notices the future. It turns $n(n+1)/2$ into $n$.
# - A loss below the floor is not a success. It is a leak.
#
# **Spot the problem.** [A flawed notebook](../flawed/98_transformer.ipynb) waits for you. Read it first
# and mark what you would not trust. Then run `nbcoach check` on it, and see which of you was sharper.
