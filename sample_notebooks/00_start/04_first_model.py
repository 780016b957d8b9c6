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
# # Your first model, and the baseline it must beat
#
# A model that is right 95 times out of 100: is that good? Nobody can say, before they know two
# things. How often is somebody right who does not look at all? And were the hundred cases *new* to
# the model?
#
# **Make a prediction before you read on.** You get 150 flowers of three kinds, fifty of each, with
# four lengths measured on every flower. Your model is the simplest there is: to name a flower, find
# the most similar flower you know, and say its name.
#
# 1. Somebody else answers *setosa* every time, with closed eyes. How often is that right?
# 2. Now all labels are shuffled, so that the name of a flower has nothing to do with its shape. You
#    ask your model about the same flowers that it knows. How often will it be right: (a) one time
#    in three, (b) about half, (c) nearly always?
#
# Write both answers down. The second one is the reason why this lesson exists.

# %% goals [markdown] tags=["goals"]
# ## Goals: you will build three models by hand, and learn when to believe a score
#
# **You will do.** Write three classifiers from scratch: nearest neighbours, nearest centroid and
# the perceptron. Compare them with a model that knows nothing. Then catch four ways in which a
# score can lie.
#
# **You will learn to**
#
# - put a baseline beside every score, and say what a score is worth without one: nothing;
# - set test rows apart *before* anything is learned, and fold the data so that every row is tested
#   once;
# - see a model too wiggly and a model too stiff, and choose between them with held-out flowers;
# - say how much a score moves when only the split changes.
#
# **You will need** a little Python and the idea of distance in a plane. No statistics, no network.
#
# **Time:** about 40 minutes. All cells together take some ten seconds to run.

# %% setup tags=["setup"]
import base64
import html
import io
import json

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.colors import ListedColormap
from sklearn.datasets import load_iris
from sklearn.dummy import DummyClassifier
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.preprocessing import StandardScaler

# The figures bring their own pale card, so they read the same on a light and on a dark page.
PAPER, INK, BLUE, ORANGE, GREY = "#f7f4ee", "#22303c", "#1f5f8b", "#b3470f", "#9aa3a8"
GREEN = "#5b7f3b"
plt.rcParams.update({
    "figure.facecolor": PAPER, "axes.facecolor": PAPER, "savefig.facecolor": PAPER,
    "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": INK, "axes.titlesize": 10.5,
    "xtick.color": INK, "ytick.color": INK, "font.size": 9.5, "legend.frameon": False,
    "axes.spines.top": False, "axes.spines.right": False,
})

# %% parameters tags=["parameters"]
SEED = 4
FOLDS = 5
REPEATS = 10


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
# ## Data: 150 irises, measured to the millimetre
#
# The botanist Edgar Anderson measured two lengths and two widths on each of 150 irises, a hundred
# of them picked on the Gaspé peninsula in Canada. Ronald Fisher made the table famous in 1936, in a
# journal of eugenics: good measurements outlive the company they keep. The copy here comes with
# scikit-learn, so nothing is downloaded. It is small, clean and public, and that makes it a place
# to learn and a poor place to boast.
#
# Before anything else, *check* the table. A model never complains about a comma in the wrong place.
#
# The text of this lesson is yours under [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/),
# the code under the MIT licence.

# %% load
iris = load_iris()
flowers, species = iris.data, iris.target
KINDS = [str(name) for name in iris.target_names]
MEASURES = ["sepal length", "sepal width", "petal length", "petal width"]

assert flowers.shape == (150, 4), "one row for each flower, one column for each measure"
assert not np.isnan(flowers).any(), "nothing may be missing"
assert 0 < flowers.min() <= flowers.max() < 10, "lengths in centimetres: none is 0, none is 10"
assert (np.bincount(species) == 50).all(), "fifty of each kind"

twins = len(flowers) - len(np.unique(flowers, axis=0))
for name, values in zip(MEASURES, flowers.T):
    print(f"{name:13} {values.min():.1f} to {values.max():.1f} cm")
print(f"{len(flowers)} flowers of {len(KINDS)} kinds; {twins} has the same measures as another")

# %% look tags=["figure"]
STYLES = list(zip(KINDS, (BLUE, ORANGE, GREEN), "os^"))


def scatter(axes, rows, part="petal"):
    """Some of the flowers in a plane of two measures: colour and shape say the kind."""
    columns = slice(2, 4) if part == "petal" else slice(0, 2)
    for kind in np.unique(species[rows]):
        name, colour, marker = STYLES[kind]
        axes.scatter(*flowers[rows[species[rows] == kind], columns].T, s=18, color=colour,
                     marker=marker, label=name, edgecolor=PAPER, linewidth=0.4)
    axes.set(xlabel=f"{part} length (cm)", ylabel=f"{part} width (cm)")


figure, (plane, strips) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
scatter(plane, np.arange(150))
plane.set_title("Two of the four measures")
plane.legend(loc="upper left")
for row, values in enumerate(flowers.T):
    for kind, (name, colour, marker) in enumerate(STYLES):
        strips.plot(values[species == kind], np.full(50, row + 0.22 * (kind - 1)), marker,
                    color=colour, markersize=4, alpha=0.5, markeredgewidth=0)
strips.set(title="All four, one row each", xlabel="centimetres", yticks=range(4),
           yticklabels=MEASURES)
show(figure, "Setosa stands apart with short, narrow petals. Versicolor and virginica touch and "
     "overlap a little in the petals, and a great deal in the sepals.")

# %% baseline [markdown]
# ## The first model to build is one that does not look
#
# The **baseline** always gives the most common answer. It needs no measures, no method and no
# computer. Any model that does not beat it has learned nothing, whatever its score.
#
# With fifty flowers of each kind the baseline is right $50 / 150 = 1/3$ of the time. That is the
# answer to the first question. With 95 healthy patients in 100 it would be right 95 % of the time,
# and *95 %* would be the score of somebody asleep.
#
# ### Flowers that the model has not seen
#
# The second thing we need is an honest examination. A pupil who has seen the questions proves
# nothing. So we deal the flowers into five heaps, like cards, each with the same mix of kinds. Each
# heap is the examination once, while the model learns from the other four. This is **5-fold
# cross-validation**: every flower is examined exactly once, by a model that did not know it.

# %% folds
def deal(labels, rng):
    """A heap number for each row, with the same mix of labels in every heap."""
    heap = np.empty(len(labels), dtype=int)
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        heap[rows] = np.arange(len(rows)) % FOLDS
    return heap


def examine(model, inputs, labels, heap):
    """The share of right answers in each heap, by a model that learned from the others."""
    shares = []
    for examined in range(FOLDS):
        known, new = heap != examined, heap == examined
        answers = model(inputs[known], labels[known], inputs[new])
        shares.append(np.mean(answers == labels[new]))
    return np.array(shares)


def most_common(known, labels, new):
    """The baseline: the commonest label, whatever the flower looks like."""
    return np.full(len(new), np.bincount(labels).argmax())


heap = deal(species, np.random.default_rng(SEED))
baseline = examine(most_common, flowers, species, heap).mean()
library = DummyClassifier(strategy="most_frequent").fit(flowers, species).score(flowers, species)
assert np.isclose(baseline, library), "the library's know-nothing is as good as ours"
print(f"the model that does not look: {baseline:.3f} right")

# %% neighbours [markdown]
# ## The most similar flower is a surprisingly good guess
#
# Put the four measures of a flower into a vector. The distance between two flowers is
#
# $$d(x, y) = \sqrt{(x_1 - y_1)^2 + (x_2 - y_2)^2 + (x_3 - y_3)^2 + (x_4 - y_4)^2}.$$
#
# To name a new flower, look at the $k$ flowers that are closest, and take a vote. That is all of
# **k nearest neighbours**. There is nothing to fit: the model *is* the data.
#
# One detail decides whether two people get the same answer: ties. Irises were measured to the
# millimetre, so two neighbours are often exactly as far away. And a vote of two against two needs a
# rule, too. Ours takes the kind with the lowest number. To compare label for label with the
# library, we sprinkle a grain of dust, a millionth of a centimetre, on all measures. Then no two
# distances are equal.

# %% knn
def nearest(k):
    """A model that asks the k most similar flowers to vote."""
    def model(known, labels, new):
        distances = np.linalg.norm(new[:, np.newaxis] - known, axis=2)
        closest = np.argsort(distances, axis=1, kind="stable")[:, :k]
        votes = (labels[closest][:, :, np.newaxis] == np.arange(3)).sum(axis=1)
        return votes.argmax(axis=1)  # the first of several winners: the lowest number

    return model


rng = np.random.default_rng(SEED)
dusty = flowers + 1e-6 * rng.normal(size=flowers.shape)
compared, different = 0, 0
for k in (1, 2, 3, 5, 6, 10, 15, 30, 60, 120):
    for examined in range(FOLDS):
        known, new = heap != examined, heap == examined
        ours = nearest(k)(dusty[known], species[known], dusty[new])
        theirs = KNeighborsClassifier(k).fit(dusty[known], species[known]).predict(dusty[new])
        compared, different = compared + len(ours), different + np.sum(ours != theirs)
print(f"{compared} answers of ours and of the library: {different} differ")
assert different == 0, "label for label, or one of us is wrong"

heaps = [deal(species, rng) for _ in range(REPEATS)]
five = np.mean([examine(nearest(5), flowers, species, each) for each in heaps])
print(f"five neighbours: {five:.3f} right, the baseline: {baseline:.3f}")

# %% regions [markdown]
# ## Few neighbours draw wild borders, many draw none
#
# ### What just happened
#
# A dozen lines that any child could follow are right 96 % of the time, where the baseline is right
# 33 % of the time. *Now* the 96 mean something.
#
# But why five neighbours? To see what their number does, make the task harder: use only the two
# measures of the *sepals*, where versicolor and virginica are thoroughly mixed.
#
# Here is the plane of the sepals, painted with the answer that the model would give at every point.
# On the right: how often it is right about flowers that it *knows* (dashed), and about *new* ones
# (solid).
#
# **Predict**, then move the slider:
#
# 1. With one neighbour, how often is the model right about the flowers it knows?
# 2. There are 120 flowers to learn from. What will a vote among all 120 look like?

# %% curves
CHOICES = (1, 3, 5, 9, 15, 25, 45, 65, 85, 105, 120)
sepals = flowers[:, :2]


def known_and_new(k):
    """How often k neighbours are right about known flowers, and about new ones."""
    right = []
    for each in heaps:
        for examined in range(FOLDS):
            known = each != examined
            answers = nearest(k)(sepals[known], species[known], sepals)
            right.append([np.mean((answers == species)[rows]) for rows in (known, ~known)])
    return np.mean(right, axis=0)


curves = np.array([known_and_new(k) for k in CHOICES])
for k, (known_share, new_share) in zip(CHOICES, curves):
    print(f"k = {k:3}: known {known_share:.3f}, new {new_share:.3f}")

# %% regions-explore tags=["figure", "interactive"]
EDGES = (4.1, 8.1, 1.8, 4.6)
GRID = np.meshgrid(np.linspace(*EDGES[:2], 131), np.linspace(*EDGES[2:], 88))
PALE = ListedColormap(["#c9d9e6", "#ecd0bf", "#d3dfc6"])


def draw_regions(k):
    """The answers of k neighbours all over the plane, and how often they are right."""
    figure, (plane, chart) = plt.subplots(
        1, 2, figsize=(7.4, 3.2), layout="constrained", gridspec_kw={"width_ratios": [1.3, 1]})
    known = heap != 0
    points = np.column_stack([axis.ravel() for axis in GRID])
    answers = nearest(k)(sepals[known], species[known], points).reshape(GRID[0].shape)
    plane.imshow(answers, cmap=PALE, vmin=0, vmax=2, origin="lower", aspect="auto",
                 extent=EDGES, interpolation="nearest")
    scatter(plane, np.flatnonzero(known), "sepal")
    plane.set_title(f"What {k} neighbour{'s' * (k > 1)} would say")
    for share, style, name in zip(curves.T, ("--", "-"), ("known flowers", "new flowers")):
        chart.plot(CHOICES, share, style, color=INK, label=name)
        chart.plot(k, share[CHOICES.index(k)], "o", color=ORANGE)
    chart.axhline(1 / 3, color=GREY, linestyle=":", label="baseline")
    chart.set(title="How often it is right", xlabel="neighbours k", ylabel="share",
              ylim=(0.3, 1.02))
    chart.legend(loc="lower left")
    known_share, new_share = curves[CHOICES.index(k)]
    return figure, (f"With k = {k} the model is right about {known_share:.0%} of the known flowers "
                    f"and {new_share:.0%} of the new ones. The baseline is right about 33%.")


explore([(k, *draw_regions(k)) for k in CHOICES], "Neighbours", start=2)

# %% memorise [markdown]
# ## Memorising is not learning
#
# ### What just happened
#
# With one neighbour the borders are wild: every odd flower gets an island of its own. The more
# neighbours, the smoother the border, until big crowds drown small truths. With all 120, everybody
# votes everywhere, all kinds have forty votes, and our tie rule answers *setosa*. **The stiffest
# model is the baseline.**
#
# Now compare the two curves on the left side. One neighbour is right about 93 % of the flowers it
# knows and 71 % of the new ones. The 93 would be 100, if different kinds never shared the same two
# measures: the nearest known flower is the flower *itself*. That number measures memory.
#
# How little it says, you can see if there is nothing to learn. Shuffle the labels. Now the names
# are pure chance, and *nobody* can be right about new flowers more than one time in three. It is
# time to look at your second prediction.

# %% shuffled tags=["figure"]
rng = np.random.default_rng(SEED)
memory, truth = [], []
for _ in range(40):
    nonsense = rng.permutation(species)
    memory.append(np.mean(nearest(1)(flowers, nonsense, flowers) == nonsense))
    truth.append(examine(nearest(1), flowers, nonsense, deal(nonsense, rng)).mean())
print(f"labels by chance: known flowers {np.mean(memory):.3f}, new flowers {np.mean(truth):.3f}")

figure, axes = plt.subplots(figsize=(7, 2.6), layout="constrained")
for row, (shares, colour, marker) in enumerate([(truth, BLUE, "o"), (memory, ORANGE, "s")]):
    axes.plot(shares, row + np.linspace(-0.25, 0.25, 40), marker, color=colour, markersize=4)
axes.axvline(1 / 3, color=GREY, linestyle=":")
axes.text(0.34, 1.3, "baseline", color=INK)
axes.set(yticks=[0, 1], yticklabels=["on new flowers", "on known flowers"], ylim=(-0.5, 1.6),
         xlim=(0.15, 1.02), xlabel="share of right answers, labels shuffled 40 times",
         title="The same model, the same nonsense")
show(figure, "With shuffled labels one neighbour is right about 99 to 100 % of the known flowers, "
     "and about a third of the new ones, in each of 40 shuffles. Only the second number is true.")

# %% others [markdown]
# ## One flower per kind, or one straight line, can be enough
#
# ### What just happened
#
# Answer (c): nearly always right about the flowers it knows, and no better than chance on new ones.
# It misses a perfect score only because two flowers have the same measures and may get different
# names. From now on, a score counts only if the flowers were new.
#
# ### Two models that forget
#
# Nearest neighbours remember every flower. The opposite is a model that remembers three: **nearest
# centroid** keeps the mean flower of each kind, and answers with the closest.
#
# The **perceptron** of 1958 keeps only a line. Give each flower the inputs $x = (1, x_1, x_2)$ and
# the answer $y = +1$ or $-1$. Go through the flowers. Whenever $y\,(w \cdot x) \le 0$, the line is
# wrong about this flower, and it learns:
#
# $$w \leftarrow w + y\,x .$$
#
# There is a theorem about it. If *some* line separates the two kinds with a margin $\gamma$, and no
# input is longer than $R$, then the perceptron makes at most $(R / \gamma)^2$ mistakes, and then
# never again one. **Predict:** what will it do with two kinds that *no* line separates?

# %% centroid-perceptron
def centroids(known, labels, new):
    """A model that remembers the mean flower of each kind, and nothing else."""
    means = np.array([known[labels == kind].mean(axis=0) for kind in np.unique(labels)])
    return np.linalg.norm(new[:, np.newaxis] - means, axis=2).argmin(axis=1)


def perceptron(inputs, signs, rounds):
    """The weights of the line in the end, and the mistakes in each round through the flowers."""
    weights, mistakes = np.zeros(inputs.shape[1]), []
    for _ in range(rounds):
        mistakes.append(0)
        for flower, sign in zip(inputs, signs):
            if sign * (weights @ flower) <= 0:
                weights, mistakes[-1] = weights + sign * flower, mistakes[-1] + 1
    return weights, np.array(mistakes)


# %% perceptron-run tags=["self-check"]
theirs = NearestCentroid().fit(flowers, species).predict(flowers)
assert (centroids(flowers, species, flowers) == theirs).all(), "the library agrees"

order = np.random.default_rng(SEED).permutation(150)
easy, hard = order[species[order] < 2], order[species[order] > 0]
with_one = np.column_stack([np.ones(150), flowers[:, 2:]])  # the petals
signs = np.where(species[easy] == 0, -1, 1)
line, easy_mistakes = perceptron(with_one[easy], signs, 40)
_, hard_mistakes = perceptron(with_one[hard], np.where(species[hard] == 1, -1, 1), 40)

by_eye = np.array([-3.2, 1.0, 1.0])  # petal length + petal width = 3.2 cm separates setosa
margin = (signs * (with_one[easy] @ by_eye)).min() / np.linalg.norm(by_eye)
bound = (np.linalg.norm(with_one[easy], axis=1).max() / margin) ** 2
assert margin > 0, "the line drawn by eye does separate them"
print(f"setosa or versicolor: {easy_mistakes.sum()} mistakes, at most {bound:.0f} by the theorem")
print(f"versicolor or virginica: still {hard_mistakes[-1]} mistakes in round {len(hard_mistakes)}")

# %% perceptron-figure tags=["figure"]
figure, (plane, chart) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
scatter(plane, easy)
across = np.array([0.5, 5.5])
plane.plot(across, -(line[0] + line[1] * across) / line[2], color=INK)
plane.set(title="Where the line came to rest", xlim=across, ylim=(-0.2, 2.2))
plane.legend(loc="lower right")
for mistakes, colour, marker, name in ((easy_mistakes, BLUE, "o", "setosa or versicolor"),
                                       (hard_mistakes, ORANGE, "s", "versicolor or virginica")):
    chart.plot(np.arange(1, 41), mistakes, marker + "-", color=colour, markersize=4, label=name)
chart.set(title="It stops learning only if a line exists", xlabel="round through the flowers",
          ylabel="mistakes in the round", ylim=(-1, None))
chart.legend()
show(figure, "Left: the perceptron's line settles between setosa and versicolor. Right: its "
     "mistakes on that pair drop to zero; on versicolor or virginica they go up and down for ever.")

# %% contest [markdown]
# ## A leaderboard needs a baseline below and a margin of error around
#
# ### What just happened
#
# Where a line exists, the perceptron found it after a handful of mistakes, far fewer than the
# theorem allows. Where none exists, it never rests: each correction breaks something else. It does
# not tell you which of the two it is facing.
#
# Now the contest. Each model is examined on the same heaps, ten times over, each time dealt anew.
# One dot is one complete examination of all 150 flowers. **Look at the width of each cloud before
# you crown a winner.**

# %% contest-run tags=["figure"]
contest = {"always the commonest": most_common, "nearest centroid": centroids,
           "1 neighbour": nearest(1), "5 neighbours": nearest(5), "15 neighbours": nearest(15)}
scores = {name: np.array([examine(model, flowers, species, each).mean() for each in heaps])
          for name, model in contest.items()}

figure, panels = plt.subplots(1, 2, figsize=(9, 2.8), layout="constrained", sharey=True,
                              gridspec_kw={"width_ratios": [1, 5]})
for axes, limits in zip(panels, ((0.31, 0.36), (0.9, 1.0))):
    for row, shares in enumerate(scores.values()):
        axes.plot(shares, row + np.linspace(-0.22, 0.22, REPEATS), "o", color=BLUE, markersize=4)
        axes.plot([shares.mean()] * 2, [row - 0.35, row + 0.35], color=ORANGE, linewidth=2)
    axes.set(xlim=limits, xlabel="share of right answers"[:5 if limits[0] < 0.5 else None])
panels[0].set(yticks=range(len(scores)), yticklabels=scores)
panels[1].set_title("Ten examinations of each model (dots), and their mean (bar)")
show(figure, "The baseline scores exactly a third, nearest centroid about 92 %, and one, five or "
     "fifteen neighbours about 96 %. The clouds of the last three overlap: there is no winner.")

one_flower = 1 / 150
lead = np.abs(scores["15 neighbours"].mean() - scores["1 neighbour"].mean()) / one_flower
print(f"between 1 and 15 neighbours lie {lead:.1f} flowers of 150")

# %% units [markdown]
# ## A distance believes whatever unit you feed it
#
# ### What just happened
#
# All three versions of nearest neighbours beat the centroids, and the baseline by far. Among
# themselves they differ by a flower or two, and a new deal of the heaps moves each of them as much.
# Whoever prints a third decimal here is telling a story.
#
# ### The second way to fool a score, and how not to mend it
#
# Suppose the sepals are measured with a new device, which writes *micrometres*. Nothing about the
# flowers has changed. Yet in the distance, 58,000 micrometres drown all centimetres. The cure is to
# **standardise**: subtract a mean and divide by a standard deviation, for each measure. But *whose*
# mean? The mean of the flowers that we learn from. The new ones must be treated as we will have to
# treat a flower that arrives tomorrow: with numbers that were fixed today.

# %% units-run tags=["self-check"]
mixed = flowers * np.array([10_000, 1, 1, 1])  # sepal length in micrometres, the rest in cm


def standardised(model):
    """The same model, on measures scaled by what the known flowers say."""
    def scaled(known, labels, new):
        scaler = StandardScaler().fit(known)
        return model(scaler.transform(known), labels, scaler.transform(new))

    return scaled


drowned = np.mean([examine(nearest(5), mixed, species, each) for each in heaps])
rescued = np.mean([examine(standardised(nearest(5)), mixed, species, each) for each in heaps])
print(f"sepals in micrometres: {drowned:.3f} right; standardised first: {rescued:.3f}")
assert drowned < five - 0.1, "a change of units should hurt"
assert rescued > 0.93, "and standardising should heal it"

# %% ex1-task [markdown]
# ## Three exercises, from closed eyes to a choice
#
# ### What just happened
#
# One careless unit cost twenty percentage points, and no error message said so. Standardising gave
# them back.
#
# Now it is your turn. Replace the `...` and run the check below it. Nothing else in this notebook
# uses your answers, so *Run all* works at every moment.
#
# ### ★ Exercise 1: what does it take to beat a sleeper?
#
# Write `baseline_share(known_labels, new_labels)`. It returns the share of the *new* labels that
# are right if you always answer with the most common *known* label. If several are equally common,
# take the lowest.
#
# <details><summary>Hint 1: a question</summary>From which of the two lists may the answer be
# chosen, and on which is it examined?</details>
#
# <details><summary>Hint 2: the concept</summary><code>np.bincount</code> counts each label, and
# <code>argmax</code> gives the first of the largest.</details>
#
# <details><summary>Hint 3: nearly code</summary>The mean of <code>new_labels ==
# np.bincount(known_labels).argmax()</code>.</details>

# %% ex1 tags=["exercise"]
baseline_share = ...  # replace this line by: def baseline_share(known_labels, new_labels): …


# %% ex1-check tags=["self-check"]
def check_baseline_share(answer):
    known, new = np.array([0, 0, 0, 2, 2]), np.array([2, 2, 2, 2, 0, 0])
    share = answer(known, new)
    assert share is not None, "Did you forget to return the share?"
    assert np.ndim(share) == 0, "Return one number, not an answer for each flower."
    assert not np.isclose(share, 2 / 3), "You chose by looking at the new labels: that is peeking."
    assert not np.isclose(share, 0.6), "You examined it on the known labels: use the new ones."
    assert share <= 1, "A share is between 0 and 1: divide by the number of new labels."
    assert np.isclose(share, 1 / 3), "The commonest known label is 0, and two of six new ones are."
    tie = answer(np.array([2, 1, 2, 1]), np.array([1, 2, 2]))
    assert np.isclose(tie, 1 / 3), "In a tie the lowest label wins, not the first or the last seen."
    other = answer(np.array([7, 7, 3]), np.array([7, 3, 7, 7]))
    assert np.isclose(other, 0.75), "Any label may win, not only the lowest."


report("ex1", check_baseline_share, baseline_share)


# %% ex1-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def baseline_share_solution(known_labels, new_labels):
    """How often the most common known label is right about new ones."""
    return np.mean(new_labels == np.bincount(known_labels).argmax())


report("ex1 solution", check_baseline_share, baseline_share_solution)

# %% ex2-task [markdown]
# ### ★★ Exercise 2: standardise without peeking
#
# Write `standardise(known, new)`. It returns both tables, scaled: from each column subtract its
# mean and divide by its standard deviation. Do it without scikit-learn. If a column is constant,
# only subtract the mean, so that nothing is divided by zero.
#
# <details><summary>Hint 1: a question</summary>Tomorrow one single flower arrives. What are its
# mean and its standard deviation, and would they be of any use?</details>
#
# <details><summary>Hint 2: the concept</summary>Both tables are moved by the same numbers, and
# these come from the known flowers alone. <code>axis=0</code> works column by column.</details>
#
# <details><summary>Hint 3: nearly code</summary><code>middle, spread = known.mean(axis=0),
# known.std(axis=0)</code>, then <code>spread = np.where(spread == 0, 1, spread)</code>, then the
# same formula for both.</details>

# %% ex2 tags=["exercise"]
standardise = ...  # replace this line by: def standardise(known, new): …


# %% ex2-check tags=["self-check"]
def check_standardise(answer):
    known = np.array([[1.0, 10.0, 5.0], [3.0, 30.0, 5.0], [2.0, 50.0, 5.0], [2.0, 70.0, 5.0]])
    new = np.array([[4.0, 40.0, 6.0], [9.0, 0.0, 5.0]])
    given = answer(known.copy(), new.copy())
    assert given is not None, "Did you forget to return the two tables?"
    assert len(given) == 2, "Return two tables: the known flowers, then the new ones."
    ours, theirs = map(np.asarray, given)
    assert ours.shape == (4, 3) and theirs.shape == (2, 3), "Both tables keep their shape."
    assert np.isfinite(ours).all(), "The third column is constant: do not divide it by zero."
    assert np.allclose(ours.mean(axis=0), 0, atol=1e-9), (
        "The known columns should have mean 0. Were new rows mixed in, or is the axis wrong?")
    assert np.allclose(ours.std(axis=0), [1, 1, 0]), (
        "The known columns should have standard deviation 1, by `std` as NumPy computes it.")
    assert not np.allclose(theirs.mean(axis=0)[:2], 0), (
        "The new flowers were scaled by their own mean: use the numbers of the known ones.")
    assert np.allclose(theirs[:, 2], [1, 0]), "Move the constant column, but do not stretch it."
    assert np.allclose(theirs[:, 0], np.array([2, 7]) / np.sqrt(0.5)), (
        "The new flowers need both numbers of the known ones: the mean and the deviation.")


report("ex2", check_standardise, standardise)


# %% ex2-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def standardise_solution(known, new):
    """Both tables, moved and stretched by what the known flowers say."""
    middle, spread = known.mean(axis=0), known.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return (known - middle) / spread, (new - middle) / spread


report("ex2 solution", check_standardise, standardise_solution)

# %% ex3-task [markdown]
# ### ★★★ Exercise 3: let the known flowers choose k
#
# Which $k$ is best? You may not ask the examination, or it is none any more. But you can examine
# *within* the known flowers: take one flower out, let the others vote on it, put it back, take the
# next. This is **leave one out**.
#
# Write `choose_k(known, labels, choices)`. It returns the `k` from `choices` that is right most
# often when each flower is left out once. If several are equally good, return the smallest. You may
# use `nearest`.
#
# **Then explore.** Which $k$ do the irises choose from 1, 3, 5, … 29? Which do they choose when the
# labels are shuffled, and how good is the chosen one on new flowers? Does choosing protect you from
# noise?
#
# <details><summary>Hint 1: a question</summary>If a flower may vote on itself, which k always
# wins?</details>
#
# <details><summary>Hint 2: the concept</summary><code>np.arange(len(known)) != row</code> keeps all
# flowers but one.</details>
#
# <details><summary>Hint 3: nearly code</summary>Count the hits of each k in a loop over rows. Then
# go through <code>sorted(choices)</code> and keep the first that has the largest count:
# <code>max</code> with a key does this.</details>

# %% ex3 tags=["exercise"]
choose_k = ...  # replace this line by: def choose_k(known, labels, choices): …


# %% ex3-check tags=["self-check"]
def check_choose_k(answer):
    line = np.array([[0.0], [1.0], [2.0], [3.1], [10.0], [11.0], [12.0], [13.1]])
    odd = np.array([0, 0, 1, 0, 1, 1, 0, 1])  # two flowers that their neighbours would not expect
    best = answer(line, odd, (1, 3, 7))
    assert best is not None, "Did you forget to return k?"
    assert best in (1, 3, 7), "Return the k itself, not how often it was right."
    assert best != 1, "One neighbour wins only if a flower may vote on itself: leave it out."
    assert best == 3, "Three neighbours outvote the odd ones; seven others vote for the wrong side."
    clean = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    assert answer(line, clean, (3, 1)) == 1, "1 and 3 are equally good here: the smallest wins."
    assert answer(line, odd, (7, 1)) == 1, "With 7 and 1 to choose from, 1 is right more often."


report("ex3", check_choose_k, choose_k)


# %% ex3-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def choose_k_solution(known, labels, choices):
    """The k that is right most often about flowers which have no vote themselves."""
    def hits(k):
        others = [np.arange(len(known)) != row for row in range(len(known))]
        answers = [nearest(k)(known[keep], labels[keep], known[~keep])[0] for keep in others]
        return np.sum(answers == labels)

    return max(sorted(choices), key=hits)


report("ex3 solution", check_choose_k, choose_k_solution)

# %% break-it [markdown]
# ## Break it: shuffle until you like the score
#
# Many notebooks split the data once, at random and without a seed, and print one number. Run such a
# cell again, and the number changes. Run it often enough, and it becomes beautiful.
#
# Let us do this on purpose, 300 times: thirty flowers for the examination, five neighbours, nothing
# else changes. **Predict** the best and the worst score.

# %% break-it-run tags=["figure"]
lucky = []
for seed in range(300):
    heap_of_seed = deal(species, np.random.default_rng(seed))
    known, new = heap_of_seed != 0, heap_of_seed == 0
    answers = nearest(5)(flowers[known], species[known], flowers[new])
    lucky.append(np.mean(answers == species[new]))

figure, axes = plt.subplots(figsize=(7, 2.8), layout="constrained")
values, counts = np.unique(np.round(lucky, 4), return_counts=True)
axes.bar(values, counts, width=0.022, color=[ORANGE if value == 1 else BLUE for value in values])
for value, count in zip(values, counts):
    axes.text(value, count + 2, f"{value:.0%}", ha="center")
axes.axvline(five, ymax=0.8, color=PAPER, linestyle=":")
axes.set(title="One model, one data set, 300 random splits", ylim=(0, max(counts) * 1.15),
         xlabel="share of right answers among 30 new flowers", ylabel="number of splits")
show(figure, "Bars: 300 splits score 90, 93, 97 or 100 % on thirty flowers. Nearly a third of them "
     "is perfect. The dotted line marks the mean of many examinations, 96.5 %.")
print(f"worst {min(lucky):.3f}, mean {np.mean(lucky):.3f}, best {max(lucky):.3f}; "
      f"{np.mean(np.array(lucky) == 1):.0%} of the splits are perfect")

# %% final-check tags=["self-check"]
verdict("the baseline", f"{baseline:.3f}", "0.333", np.isclose(baseline, 1 / 3))
verdict("answers that differ from the library's", different, f"0 of {compared}", different == 0)
verdict("five neighbours, ten examinations", f"{five:.3f}", ">= 0.95", five >= 0.95)
verdict("120 neighbours on new flowers", f"{curves[-1, 1]:.3f}", "0.333, the baseline",
        np.isclose(curves[-1, 1], 1 / 3))
verdict("shuffled labels, known flowers", f"{np.mean(memory):.3f}", ">= 0.98",
        np.mean(memory) >= 0.98)
verdict("shuffled labels, new flowers", f"{np.mean(truth):.3f}", "0.333 +- 0.04",
        abs(np.mean(truth) - 1 / 3) <= 0.04)
verdict("mistakes of the perceptron", easy_mistakes.sum(), f"<= {bound:.0f}, by the theorem",
        easy_mistakes.sum() <= bound)
verdict("lost by a change of units", f"{five - drowned:.3f}", ">= 0.10", five - drowned >= 0.10)
verdict("best split above the mean", f"{max(lucky) - np.mean(lucky):.3f}", ">= 0.03, by luck alone",
        max(lucky) - np.mean(lucky) >= 0.03)

# %% in-practice [markdown]
# ## In practice: fix the split first, and let the library keep you honest
#
# **One split that stays.** `train_test_split(X, y, stratify=y, random_state=0)` makes the same
# split in every run; without `random_state` it makes another each time, and nbcoach says so (rule
# NB311). Better still, `cross_val_score` with `RepeatedStratifiedKFold` gives you the cloud, not
# one dot.
#
# **Scale inside the fold.** `make_pipeline(StandardScaler(), KNeighborsClassifier())` fits the
# scaler on the known rows only, every time. Scaling the whole table first lets the test rows speak:
# rules NB801 and NB802 look for that.
#
# **Limits.** Distances get weak in many dimensions, where all points are about equally far apart.
# Nearest neighbours are slow with a million rows, unless a tree or an index helps. And if the same
# plant gave several flowers, even our heaps would be dishonest: the heaps must then be dealt by
# plant.
#
# **Read on.** E. Anderson, *The species problem in Iris*, Annals of the Missouri Botanical Garden
# 23 (1936), [doi:10.2307/2394164](https://doi.org/10.2307/2394164). R. A. Fisher, *The use of
# multiple measurements in taxonomic problems*, Annals of Eugenics 7 (1936),
# [doi:10.1111/j.1469-1809.1936.tb02137.x](https://doi.org/10.1111/j.1469-1809.1936.tb02137.x). T.
# Cover and P. Hart, *Nearest neighbor pattern classification*, IEEE Transactions on Information
# Theory 13 (1967), [doi:10.1109/TIT.1967.1053964](https://doi.org/10.1109/TIT.1967.1053964). F.
# Rosenblatt, *The perceptron*, Psychological Review 65 (1958),
# [doi:10.1037/h0042519](https://doi.org/10.1037/h0042519).

# %% recap [markdown]
# ## Recap: a score is a comparison
#
# - Build the model that does not look first. Whatever does not beat it has learned nothing.
# - Only new flowers count. On known ones, pure nonsense can score 100 %.
# - Few neighbours remember too much, all neighbours nothing. Held-out flowers choose between them.
# - Whatever is measured from data, a mean, a scale or a k, is measured on the known flowers only.
# - A score without its spread is an anecdote. Shuffle long enough, and you will find a perfect one.
#
# **Spot the problem.** [A flawed notebook](../flawed/04_first_model.ipynb) waits for you. Read it
# first and mark what you would not trust. Then run `nbcoach check` on it, and see which of you was
# sharper.
