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
# # What a matrix wants to do: eigenvectors
#
# A matrix takes an arrow and gives back another arrow, in general longer and turned. Do it once,
# and you learn little. Do it again and again, and the matrix shows what it is after.
#
# **Make a prediction before you read on.** Here is a matrix that does nothing mysterious:
#
# $$A = \begin{pmatrix} 6 & 2 \\ 1 & 5 \end{pmatrix}$$
#
# Take 24 arrows of length one, every 15 degrees around the clock. Multiply each of them by $A$, set
# its length back to one, and repeat. After eleven rounds,
#
# 1. do the arrows (a) still point all around the clock, only rotated, (b) all point the same way,
#    (c) lie along one line, some this way and some that, or (d) keep turning for ever?
# 2. Is there an arrow among the 24 that does something else than the rest?
#
# Write both answers down. Further down you will see them move.

# %% goals [markdown] tags=["goals"]
# ## Goals: you will find eigenvectors by patience, and use them on a web and on a crowd
#
# **You will do.** Find the directions that a matrix leaves alone. Write power iteration and the QR
# algorithm from scratch. Then point the same idea at two problems that do not look like algebra:
# which page of a website matters, and who belongs to which club.
#
# **You will learn to**
#
# - say what an eigenvector is without a formula, and check one with a single multiplication;
# - predict how fast an iteration settles, from a ratio of two numbers;
# - compute all eigenvalues of a symmetric matrix to twelve digits, with nothing but reflections;
# - turn a question about a network into an eigenvector, and read the answer.
#
# **You will need** matrix times vector, and the idea of a unit vector. NumPy is used for arrays.
# Its eigenvalue functions appear only at the end, as the referee.
#
# **Time:** about 45 minutes. All cells together take a few seconds to run.

# %% setup tags=["setup"]
import base64
import html
import io
import json

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from numpy.linalg import norm

# The figures bring their own pale card, so they read the same on a light and on a dark page.
PAPER, INK, BLUE, ORANGE, GREY = "#f7f4ee", "#22303c", "#1f5f8b", "#b3470f", "#9aa3a8"
plt.rcParams.update({
    "figure.facecolor": PAPER, "axes.facecolor": PAPER, "savefig.facecolor": PAPER,
    "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": INK, "axes.titlesize": 10.5,
    "xtick.color": INK, "ytick.color": INK, "font.size": 9.5, "legend.frameon": False,
    "axes.spines.top": False, "axes.spines.right": False,
})

# %% parameters tags=["parameters"]
SEED = 12
MATRIX = np.array([[6.0, 2.0], [1.0, 5.0]])
DAMPING = 0.85  # how often a reader of a website follows a link instead of starting afresh


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
# ## Data: matrices whose answers we chose ourselves
#
# To judge a method you need to know the truth. So we build matrices backwards. Choose the answers
# first: some numbers $\lambda_1, \dots, \lambda_n$ and as many directions at right angles to each
# other, the columns of $B$. Then
#
# $$A = B \begin{pmatrix} \lambda_1 & & \\ & \ddots & \\ & & \lambda_n \end{pmatrix} B^\top$$
#
# is a symmetric matrix that stretches direction $i$ by exactly $\lambda_i$. Looking at its entries,
# you would never guess. A method that gets the $\lambda_i$ back has earned its trust.
#
# Everything in this lesson is generated: the matrices, the little website and the crowd. There is
# nothing to download. The text is yours under
# [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/), the code under the MIT licence.

# %% known-matrix
def known_matrix(stretches, rng):
    """A symmetric matrix with the given eigenvalues, and its eigenvectors as columns."""
    size = len(stretches)
    directions, _ = np.linalg.qr(rng.normal(size=(size, size)))
    return (directions * stretches) @ directions.T, directions


truth = np.array([9.0, -6.0, 4.0, 2.5, 1.0, 0.5])
example, directions = known_matrix(truth, np.random.default_rng(SEED))
print(np.round(example, 2))

assert np.allclose(example, example.T), "it must be symmetric"
assert np.allclose(directions.T @ directions, np.eye(6)), "directions at right angles, length one"
assert np.allclose(example @ directions, directions * truth), "each direction is only stretched"

# %% turn [markdown]
# ## Almost every arrow is turned; two lines are not
#
# Back to our matrix $A$. Hold an arrow at some angle, multiply, and ask one thing only: by how many
# degrees was it *turned*? Do this all around the clock.
#
# If the turn is positive here and negative there, it must be zero somewhere in between. At such an
# angle the matrix does not turn the arrow at all. It only makes it longer. In symbols,
#
# $$A\,v = \lambda\, v .$$
#
# That is an **eigenvector** $v$, and the stretch $\lambda$ is its **eigenvalue**. The word is
# German: *eigen* means *own*. These are the matrix's own directions.
#
# **Predict:** on a full round of 360 degrees, how many such angles will there be?

# %% turn-search
def turned(angle):
    """By how many degrees the matrix turns an arrow at this angle; positive is anticlockwise."""
    arrow = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    image = MATRIX @ arrow
    sideways = arrow[0] * image[1] - arrow[1] * image[0]
    return np.degrees(np.arctan2(sideways, arrow @ image))


def still_angle(low, high):
    """The angle between two others at which the turn changes its sign, by halving."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if turned(middle) * turned(low) > 0 else (low, middle)
    return middle


starts = range(5, 365, 15)
still = [still_angle(a, a + 15) for a in starts if turned(a) * turned(a + 15) < 0]
for angle in still:
    arrow = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    print(f"{angle:8.3f} degrees: not turned, stretched {norm(MATRIX @ arrow):.3f} times")

assert len(still) == 4, "two lines, each with two ends"

# %% turn-figure tags=["figure"]
circle = np.linspace(0, 360, 721)
unit = np.array([np.cos(np.radians(circle)), np.sin(np.radians(circle))])
figure, (plane, curve) = plt.subplots(
    1, 2, figsize=(9, 3.7), layout="constrained", gridspec_kw={"width_ratios": [1, 1.45]})

plane.plot(*unit, color=INK, linewidth=1)
plane.plot(*(MATRIX @ unit), color=GREY, linewidth=2)
for angle, colour, name in zip(still, (BLUE, ORANGE) * 2, ("7 times\n", "", "", "4 times ")):
    arrow = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    plane.annotate("", MATRIX @ arrow, (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour})
    plane.text(*(MATRIX @ arrow * 0.6), name, color=colour, ha="right", va="center")
plane.set(title="The circle becomes an ellipse", xlabel="$x$", ylabel="$y$", aspect="equal",
          xlim=(-9, 9), ylim=(-8, 8))

curve.axhline(0, color=GREY, linewidth=1)
curve.plot(circle, [turned(angle) for angle in circle], color=INK)
for angle, colour, marker in zip(still, (BLUE, ORANGE) * 2, "osos"):
    curve.plot(angle, 0, marker, color=colour, markersize=8)
    curve.annotate(f"{angle:.1f}°", (angle, 0), (6, 7), textcoords="offset points", color=colour)
curve.set(title="How far an arrow is turned", xlabel="angle of the arrow (degrees)",
          ylabel="turned by (degrees)", xticks=range(0, 361, 90))
show(figure, "The matrix turns most arrows, by up to 22 degrees. At 26.6, 135, 206.6 and 315 "
     "degrees the turn is zero: two lines, stretched 7 and 4 times, and not at right angles.")

# %% spin [markdown]
# ## Multiply again and again, and one line wins
#
# ### What just happened
#
# Four angles, but only two lines: an arrow and its opposite share one. The lines lie along $(2, 1)$
# and $(1, -1)$, and you can check them in your head: $A\,(2, 1) = (14, 7)$ and
# $A\,(1, -1) = (4, -4)$. Note that they are *not* at right angles. Only symmetric matrices promise
# that.
#
# Look at the curve again. Where it is positive, arrows move anticlockwise, otherwise clockwise. So
# around $26.6°$ arrows from both sides move **towards** the line. Around $135°$ they move **away**
# from it. One line attracts, the other repels.
#
# ### Why the larger stretch wins
#
# Write any arrow as a mixture of the two eigenvectors, $x = a\,v_1 + b\,v_2$. Each multiplication
# stretches the parts separately, so after $k$ rounds
#
# $$A^k x = 7^k a\,v_1 + 4^k b\,v_2
#   = 7^k \Bigl( a\,v_1 + \bigl(\tfrac{4}{7}\bigr)^{k} b\,v_2 \Bigr).$$
#
# The second part fades by the factor $4/7$ per round. Nothing can stop it, unless $a = 0$. This
# method is called **power iteration**: multiply, reset the length, repeat.
#
# Move the slider. Each arrow has a line on the right, which shows how far it still is from the
# winning line.

# %% power-iteration
def iterate(matrix, start, rounds):
    """Power iteration: all arrows on the way, one row for each round."""
    arrows = [start / norm(start)]
    for _ in range(rounds):
        image = matrix @ arrows[-1]
        arrows.append(image / norm(image))
    return np.array(arrows)


ROUNDS = 11
clock = np.radians(np.arange(0, 360, 15))
spins = np.array([iterate(MATRIX, np.array([np.cos(a), np.sin(a)]), ROUNDS) for a in clock])
sideways = np.abs(spins @ np.array([-1.0, 2.0])) / np.sqrt(5)  # how far from the line along (2, 1)
gaps = np.degrees(np.arcsin(sideways))
near, far = np.sum(gaps[:, -1] < 0.5), np.sum(gaps[:, -1] > 70)
print(f"after {ROUNDS} rounds: {near} arrows within half a degree, {far} have not moved at all")

assert (near, far) == (22, 2), "all arrows but two find the line"

# %% spin-explore tags=["figure", "interactive"]
def draw_step(step):
    """The arrows after some rounds, and how far each is from the winning line."""
    figure, (plane, lines) = plt.subplots(1, 2, figsize=(7.4, 3.2), layout="constrained")
    now, stubborn = spins[:, step], gaps[:, -1] > 70
    for slope, colour in ((0.5, BLUE), (-1.0, ORANGE)):
        plane.axline((0, 0), slope=slope, color=colour, linestyle=":", linewidth=1)
    forward = now @ np.array([2.0, 1.0]) > 0
    colours = np.where(stubborn, ORANGE, np.where(forward, BLUE, INK))
    plane.quiver(*np.zeros((2, 24)), *now.T, color=colours, width=0.009, angles="xy",
                 scale_units="xy", scale=1)
    plane.set(title=f"24 arrows after {step} rounds", xlim=(-1.15, 1.15), ylim=(-1.15, 1.15),
              aspect="equal", xticks=[], yticks=[])
    for gap, orange in zip(gaps[:, :step + 1], stubborn):
        lines.semilogy(gap, "s-" if orange else "-", markersize=3, linewidth=0.9,
                       color=ORANGE if orange else BLUE)
    lines.plot(20 * (4 / 7) ** np.arange(12), ":", color=INK, label="factor 4/7 per round")
    lines.set(title="Distance from the line along (2, 1)", xlabel="round", ylabel="degrees",
              xlim=(-0.3, ROUNDS + 0.3), ylim=(1e-2, 130))
    lines.legend(loc="lower left")
    return figure, (f"After {step} rounds {np.sum(gaps[:, step] < 2)} of the 24 arrows are within "
                    "two degrees of the line along (2, 1). Two, on the other line, have not moved.")


explore([(step, *draw_step(step)) for step in (0, 1, 2, 3, 4, 5, 6, 7, 9, 11)], "Rounds", start=3)

# %% rate [markdown]
# ## The speed is a ratio, and the ratio can be measured
#
# ### What just happened
#
# 22 arrows fell onto one line, some pointing up and some pointing down: answer (c). Two did not
# move at all. They started exactly on the other line, where $a = 0$, so there was nothing to
# amplify. Keep them in mind. They come back in *Break it*.
#
# On the logarithmic scale every path became straight, and all have the same slope. That slope is
# the whole story of power iteration: the error shrinks by
#
# $$\left|\frac{\lambda_2}{\lambda_1}\right| \quad\text{per round,}$$
#
# where $\lambda_1$ is the eigenvalue of largest size and $\lambda_2$ the next. If the two are
# nearly equal, the race takes for ever.
#
# A slope that looks straight is not a proof. So let us measure it on fifty matrices of size six
# whose eigenvalues we chose ourselves, half of them with a *negative* $\lambda_2$. For an arrow $x$
# of length one, the number $x^\top A x$ estimates the eigenvalue. It is called the **Rayleigh
# quotient**. **Predict:** will it be as far from the truth as the arrow is, or better?

# %% rate-measured tags=["self-check"]
def decay(errors, low=1e-10, high=1e-4):
    """The factor per round by which errors shrink: a line through their logarithms."""
    rounds = np.flatnonzero((errors > low) & (errors < high))
    return np.exp(np.polyfit(rounds, np.log(errors[rounds]), 1)[0])


rng = np.random.default_rng(SEED)
ratios = rng.uniform(0.5, 0.95, size=50) * np.where(np.arange(50) % 2, -1, 1)
measured = []
for ratio in ratios:
    others = rng.uniform(-0.7, 0.7, size=4) * ratio
    matrix, axes_of_matrix = known_matrix([1.0, ratio, *others], rng)
    arrows = iterate(matrix, rng.normal(size=6), 500)
    winner = axes_of_matrix[:, 0]
    measured.append(decay(norm(arrows - np.outer(arrows @ winner, winner), axis=1)))
rate_error = np.max(np.abs(np.array(measured) / np.abs(ratios) - 1))
print(f"50 matrices: the measured rate is off by {rate_error:.1%} at worst")

arrows = iterate(example, np.ones(6), 200)
estimates = np.einsum("ri,ij,rj->r", arrows, example, arrows)
vector_rate = decay(norm(arrows - np.outer(arrows @ directions[:, 0], directions[:, 0]), axis=1))
value_rate = decay(np.abs(estimates - 9))
print(f"example: per round the arrow gains {vector_rate:.3f}, its estimate {value_rate:.3f}")

# %% reflections [markdown]
# ## One algorithm races all the directions at once
#
# ### What just happened
#
# The rate was right to within a percent on every one of fifty matrices. And the Rayleigh quotient
# is *better* than the arrow it comes from: on a symmetric matrix its error shrinks by the
# **square** of the ratio, here $(6/9)^2 = 0.444$. The value settles twice as fast as the direction.
#
# ### All eigenvalues, not only the largest
#
# Start six arrows at once and multiply them all. They would all fall onto the same line. So after
# each round we make them stand at right angles again: the first may go where it likes, the second
# must avoid the first, the third must avoid both. That is the whole idea of the **QR algorithm**.
# It splits $A = QR$, where $Q$ has perpendicular columns and $R$ is triangular, and swaps the two:
#
# $$A_k = Q_k R_k, \qquad A_{k+1} = R_k Q_k = Q_k^\top A_k Q_k .$$
#
# The right-hand form says why this is honest: $A_{k+1}$ is $A_k$ seen from turned axes, so its
# eigenvalues are the same. But round by round the axes turn towards the eigenvectors, and seen from
# there a symmetric matrix is *diagonal*.
#
# For $Q$ we need one tool only, a mirror. For each column, find the mirror that folds it onto the
# axis. Then go on with what remains. Mirrors keep lengths and angles, so rounding errors cannot
# grow.

# %% qr-mirrors
def split(matrix):
    """Q and R of a matrix by Householder's mirrors: each folds one column onto its axis."""
    upper, turns = matrix.astype(float).copy(), np.eye(len(matrix))
    for column in range(len(matrix) - 1):
        normal = upper[column:, column].copy()
        if not normal.any():
            continue  # nothing to fold
        normal[0] += np.copysign(norm(normal), normal[0])
        normal /= norm(normal)
        upper[column:] -= 2 * np.outer(normal, normal @ upper[column:])
        turns[:, column:] -= 2 * np.outer(turns[:, column:] @ normal, normal)
    return turns, upper


turns, upper = split(example)
assert np.allclose(turns @ upper, example), "Q times R gives the matrix back"
assert np.allclose(turns.T @ turns, np.eye(6)), "the columns of Q are perpendicular"
assert np.allclose(upper, np.triu(upper)), "R is triangular"

seen = [example]
for _ in range(60):
    turns, upper = split(seen[-1])
    seen.append(upper @ turns)
print("the diagonal after 60 rounds:", np.round(np.diag(seen[-1]), 6))

# %% qr-shift [markdown]
# ## A good guess turns hundreds of rounds into two
#
# There they are, in order of size: 9, −6, 4, 2.5, 1 and 0.5. We never told the algorithm.
#
# But it is slow, and we know why: the ratio between neighbours. Yet a ratio can be changed. If we
# subtract $\mu$ from the whole diagonal, every eigenvalue moves by $\mu$, and the ratios become
# $|\lambda_{i+1} - \mu| / |\lambda_i - \mu|$. Choose $\mu$ *very close to an eigenvalue*, and one
# ratio is almost zero. That is a **shift**. Wilkinson's choice of $\mu$ is the eigenvalue of the
# last 2 × 2 corner that lies nearer to the last entry. When the last row has faded, its diagonal
# entry is an eigenvalue. Cut it off, go on with a smaller matrix.
#
# **Predict:** the slowest pair here is 9 and −6, with the ratio 2/3. Ten digits cost the plain
# algorithm 57 rounds. How many does the shifted one need for all six eigenvalues together?

# %% qr-shifted
def eigenvalues(matrix):
    """All eigenvalues of a symmetric matrix, and what was left of the last row in which round."""
    rest, found, fading, rounds = matrix.copy(), [], [], 0
    while len(rest) > 1:
        left = norm(rest[-1, :-1])
        fading.append((rounds, left))
        if left < 1e-13 * norm(matrix):
            found.append(rest[-1, -1])
            rest = rest[:-1, :-1]
            continue
        half = (rest[-2, -2] - rest[-1, -1]) / 2
        shift = rest[-1, -1] + half - np.copysign(np.hypot(half, rest[-1, -2]), half)
        turns, upper = split(rest - shift * np.eye(len(rest)))
        rest, rounds = upper @ turns + shift * np.eye(len(rest)), rounds + 1
    return np.sort([*found, rest[0, 0]]), fading


own, fading = eigenvalues(example)
shifted_rounds = fading[-1][0]
print("found:", np.round(own, 10), "in", shifted_rounds, "rounds")

qr_error = 0
for size in (2, 3, 5, 8, 12) * 4:
    stretches = np.sort(rng.uniform(-5, 5, size))
    matrix, _ = known_matrix(stretches, rng)
    qr_error = max(qr_error, np.max(np.abs(eigenvalues(matrix)[0] - stretches)))
assert qr_error < 1e-8, "twenty matrices, and we know the truth of each"
assert np.allclose(own, np.linalg.eigvalsh(example), atol=1e-10), "the library agrees"

# %% qr-figure tags=["figure"]
figure, panels = plt.subplots(
    1, 4, figsize=(9.6, 2.4), layout="constrained", gridspec_kw={"width_ratios": [1, 1, 1, 1.8]})
for axes, step in zip(panels, (0, 5, 40)):
    image = axes.imshow(np.log10(np.abs(seen[step]) + 1e-9), cmap="Blues", vmin=-4, vmax=1)
    axes.set(title=f"after {step} rounds", xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
colours = figure.colorbar(image, ax=panels[:3], location="right", shrink=0.75)
colours.set_label("size (power of ten)")

chart = panels[3]
chart.semilogy([norm(matrix[-1, :-1]) for matrix in seen], color=BLUE, label="plain")
chart.semilogy(*zip(*fading), "o-", color=ORANGE, markersize=3.5, label="shifted, with cutting")
chart.set(title="What is left in the last row", xlabel="round", ylabel="length",
          ylim=(1e-17, 10))
chart.legend(loc="upper right", bbox_to_anchor=(1, 1.05))
show(figure, "Heat maps: the entries beside the diagonal fade within 40 rounds. Chart: plain QR "
     "fades along a straight line, while the shifted one falls off a cliff once per eigenvalue.")

# %% importance [markdown]
# ## Importance is an eigenvector
#
# ### What just happened
#
# Two or three rounds per eigenvalue, and most of them for the first. The cliffs get steeper as they
# fall: each round roughly *triples* the number of correct digits. Libraries do the same, with
# faster bookkeeping.
#
# ### A village puts up a website
#
# Which page matters most? Counting links is a bad answer, because a link from a page that nobody
# reads is worth nothing. A better answer is a circle: *a page is important if important pages link
# to it.* Circles like this are eigenvectors in disguise. If page $j$ shares its importance equally
# among the pages it links to, then
#
# $$r_i = \sum_{j \to i} \frac{r_j}{\text{links on } j}, \qquad\text{that is}\qquad r = S\,r .$$
#
# An eigenvector with eigenvalue 1. Two repairs make it robust. A page without links sends its
# readers anywhere. And with probability $1 - d = 0.15$ every reader gets bored and starts afresh
# anywhere. This is **PageRank**. Since all columns add up to 1, no eigenvalue is larger than 1, and
# boredom pushes the second one below $d$. So power iteration gains at least a factor 0.85 per
# round, however large the web.
#
# **Predict:** six pages link to *Photos*. Only one links to *Ferry*: the home page. Which of the
# two ranks higher?

# %% pagerank
WEBSITE = {
    "Home": ["Ferry"], "Ferry": ["Home", "News"], "News": ["Home", "Photos"], "Photos": [],
    "Choir": ["Home", "Photos", "Chess", "Garden"], "Chess": ["Home", "Photos", "Choir", "Garden"],
    "Garden": ["Home", "Photos", "Choir", "Chess"], "Shop": ["Home", "Photos", "Museum"],
    "Museum": ["Home", "Photos", "Choir", "Chess", "Garden"],
}


def reader_matrix(links):
    """Entry (i, j): the probability that a reader of page j looks at page i next."""
    pages = list(links)
    follow = np.zeros((len(pages), len(pages)))
    for column, page in enumerate(pages):
        targets = links[page] or pages
        follow[[pages.index(target) for target in targets], column] = 1 / len(targets)
    return DAMPING * follow + (1 - DAMPING) / len(pages)


def pagerank(links):
    """The importance of each page, as shares that add up to one."""
    ranks = iterate(reader_matrix(links), np.ones(len(links)), 200)[-1]
    return dict(zip(links, ranks / ranks.sum()))


ranks = pagerank(WEBSITE)
print({page: round(float(rank), 3) for page, rank in ranks.items()})

# %% surfers tags=["self-check"]
web = reader_matrix(WEBSITE)
vector = np.array(list(ranks.values()))
rank_residual = np.max(np.abs(web @ vector - vector))
size = len(WEBSITE)
solved = np.linalg.solve(np.eye(size) - web + np.ones((size, size)), np.ones(size))
rank_difference = np.max(np.abs(vector - solved))

# The same question to 2,000 readers who click 150 times each, and never heard of eigenvectors.
rng = np.random.default_rng(SEED)
page, visits, thresholds = rng.integers(size, size=2000), np.zeros(size), web.cumsum(axis=0)
for click in range(150):
    page = (rng.random(2000) > thresholds[:, page]).sum(axis=0).clip(max=size - 1)
    visits += np.bincount(page, minlength=size) * (click >= 20)
crowd_difference = np.max(np.abs(visits / visits.sum() - vector))
print(f"readers and eigenvector agree to 0.005 on every page: {crowd_difference < 0.005}")

assert rank_residual < 1e-10, "one more round changes nothing"
assert rank_difference < 1e-10, "solving the linear equations gives the same shares"

# %% web-figure tags=["figure"]
incoming = {page: sum(page in targets for targets in WEBSITE.values()) for page in WEBSITE}
turn = 2 * np.pi * np.arange(size) / size
place = dict(zip(WEBSITE, np.column_stack([np.sin(turn), np.cos(turn)])))
figure, (map_axes, bars) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
for page, targets in WEBSITE.items():
    for target in targets:
        map_axes.annotate("", place[target], place[page], arrowprops={
            "arrowstyle": "-|>", "color": GREY, "connectionstyle": "arc3,rad=0.08",
            "shrinkA": np.sqrt(4000 * ranks[page] / np.pi),
            "shrinkB": 2 + np.sqrt(4000 * ranks[target] / np.pi)})
    map_axes.scatter(*place[page], s=4000 * ranks[page], color=BLUE, zorder=2)
    side = "center" if abs(place[page][0]) < 0.5 else "left" if place[page][0] > 0 else "right"
    map_axes.text(*(place[page] * 1.24), page, ha=side, va="center")
map_axes.set(title="Who links to whom; area is importance", xlim=(-1.6, 1.6), ylim=(-1.45, 1.45))
map_axes.set_aspect("equal")
map_axes.axis("off")

for row, page in enumerate(sorted(ranks, key=ranks.get)):
    bars.barh(row, ranks[page], color=ORANGE if page in ("Ferry", "Photos") else BLUE)
    bars.text(ranks[page] + 0.004, row, f"{incoming[page]} links in", va="center")
bars.set(yticks=range(size), yticklabels=sorted(ranks, key=ranks.get), xlim=(0, 0.3),
         title="One good link beats six weak ones", xlabel="PageRank (share of readers)")
show(figure, "Network of nine pages and bars of their PageRank. Ferry has one link in, from Home, "
     "and reaches 0.233. Photos has six, from minor pages, and reaches only 0.140.")

# %% clubs [markdown]
# ## The slowest vibration finds the two clubs
#
# ### What just happened
#
# *Ferry* ranks far above *Photos*, with one link against six: the one comes from a page that
# everybody reads and that links nowhere else. And 2,000 clicking readers, who know no algebra, came
# to the same shares. The eigenvector *is* where a crowd of readers ends up.
#
# ### Who belongs together?
#
# Sixty people, and a list of who knows whom. There are two clubs. Members mostly know each other,
# and hardly anybody outside. Nobody tells us who is in which.
#
# Give each person a number $f_i$, and let acquaintances have similar numbers. The sum over all
# pairs who know each other, $\sum (f_i - f_j)^2$, says how much they disagree. In matrix form it is
# $f^\top L f$ with the **Laplacian** $L$: the number of acquaintances on the diagonal, −1 for each
# pair. The laziest choice is the same number for all, with eigenvalue 0. Forbid it, and the next
# eigenvector is the smoothest picture that the network allows: the *Fiedler vector*. Think of the
# slowest vibration of a drum. If the network has a narrow waist, one side swings up and the other
# down.
#
# Power iteration finds the *largest* eigenvalue, and we want a small one. So turn the order upside
# down: $cI - L$ has the same eigenvectors, and the small ones of $L$ become the large ones.

# %% clubs-found tags=["self-check"]
PEOPLE = 60
rng = np.random.default_rng(SEED)
club = rng.permutation(PEOPLE) % 2
chance = np.where(club[:, np.newaxis] == club, 0.30, 0.03)
pairs = np.triu(rng.random((PEOPLE, PEOPLE)) < chance, 1)
knows = (pairs | pairs.T).astype(float)

degrees = knows.sum(axis=0)
laplacian = np.diag(degrees) - knows
centred = np.eye(PEOPLE) - 1 / PEOPLE  # takes the mean away, and with it the lazy choice
flipped = centred @ (2 * degrees.max() * np.eye(PEOPLE) - laplacian) @ centred
fiedler = iterate(flipped, rng.normal(size=PEOPLE), 500)[-1]

guess = (fiedler > 0).astype(int)
together = max(np.mean(guess == club), np.mean(guess != club))  # the sign of a vector is arbitrary
slow = fiedler @ laplacian @ fiedler
assert norm(laplacian @ fiedler - slow * fiedler) < 1e-8, "it is an eigenvector of L"
assert np.isclose(slow, np.linalg.eigvalsh(laplacian)[1]), "the library's second smallest"
print(f"eigenvalue {slow:.3f}; {together:.0%} of {PEOPLE} people are in the right club")

# %% clubs-figure tags=["figure"]
order = np.argsort(fiedler)
figure, panels = plt.subplots(1, 3, figsize=(9.6, 3.3), layout="constrained")
panels[0].spy(knows, markersize=2.2, color=INK)
panels[0].set_title("Who knows whom, as listed")
for member, colour, marker in ((0, BLUE, "o"), (1, ORANGE, "s")):
    rows = np.flatnonzero(club[order] == member)
    panels[1].plot(rows, fiedler[order][rows], marker, color=colour, markersize=4,
                   label=f"club {member + 1}")
panels[1].axhline(0, color=GREY, linewidth=1)
panels[1].set(title="The Fiedler vector, sorted", xlabel="person (sorted)", ylabel="$f$")
panels[1].legend()
panels[2].spy(knows[np.ix_(order, order)], markersize=2.2, color=INK)
panels[2].set_title("The same list, sorted by $f$")
for axes in panels[[0, 2]]:
    axes.set(xlabel="person", ylabel="person", xticks=[], yticks=[])
show(figure, "Left: the list of acquaintances looks like noise. Middle: the sorted Fiedler vector "
     "jumps across zero between the clubs. Right: sorted by it, the list shows two blocks.")

# %% ex1-task [markdown]
# ## Three exercises, from a formula to a swindle
#
# ### What just happened
#
# The list looked like noise, and one vector put it in order. No distances, no guess where the clubs
# are: only multiplication, repeated.
#
# Now it is your turn. Replace the `...` and run the check below it. Nothing else in this notebook
# uses your answers, so *Run all* works at every moment.
#
# ### ★ Exercise 1: how long must we wait?
#
# The error of power iteration shrinks by a constant factor per round. Write `rounds_needed(first,
# second, accuracy)`. It takes the two eigenvalues of largest size and returns the smallest whole
# number of rounds after which an error that starts at 1 is no larger than `accuracy`.
#
# <details><summary>Hint 1: a question</summary>After one round the error is the ratio. What is it
# after two rounds, and after k?</details>
#
# <details><summary>Hint 2: the concept</summary>Take logarithms: a power becomes a product, and you
# can solve for k. Does the sign of an eigenvalue matter for the size of the error?</details>
#
# <details><summary>Hint 3: nearly code</summary>k is at least log(accuracy) / log(|second /
# first|), and <code>np.ceil</code> rounds up.</details>

# %% ex1 tags=["exercise"]
rounds_needed = ...  # replace this line by: def rounds_needed(first, second, accuracy): …


# %% ex1-check tags=["self-check"]
def check_rounds_needed(answer):
    assert answer(7, 4, 1e-3) is not None, "Did you forget to return the number?"
    rounds = answer(10, 1, 0.005)
    assert rounds > 0, "A number of rounds is positive: is your ratio upside down?"
    assert rounds == int(rounds), "Rounds come whole: two and a bit means three."
    assert rounds == 3, "After 2 rounds the error is 0.01, which is still above 0.005: round up."
    assert answer(7, 4, 1e-3) == 13, "For 7 and 4 an error of a thousandth takes 13 rounds."
    negative = answer(9, -6, 1e-6), answer(-9, 6, 1e-6)
    assert negative == (35, 35), "The sign only flips the arrow: use the size of the ratio."
    assert answer(100, 99, 1e-2) == 459, "Nearly equal eigenvalues take hundreds of rounds."


report("ex1", check_rounds_needed, rounds_needed)


# %% ex1-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def rounds_needed_solution(first, second, accuracy):
    """The smallest k with |second / first| ** k <= accuracy."""
    return int(np.ceil(np.log(accuracy) / np.log(abs(second / first))))


report("ex1 solution", check_rounds_needed, rounds_needed_solution)

# %% ex2-task [markdown]
# ### ★★ Exercise 2: find the eigenvalue at the other end
#
# Write `nearest_zero(matrix)`. It returns `(value, vector)`: the eigenvalue *closest to zero* of a
# symmetric matrix that can be inverted, and its eigenvector with length one.
#
# Here is the trick. If $A v = \lambda v$, then $A^{-1} v = \tfrac{1}{\lambda} v$. So what is
# smallest for $A$ is largest for $A^{-1}$, and power iteration will find it. Do not compute the
# inverse: `np.linalg.solve(matrix, arrow)` gives $A^{-1}$ times an arrow.
#
# <details><summary>Hint 1: a question</summary>Which line of <code>iterate</code> would you have to
# change?</details>
#
# <details><summary>Hint 2: the concept</summary>You get the eigenvector of the inverse, which is
# also one of the matrix. Its Rayleigh quotient <em>with the matrix itself</em> is the value you
# want.</details>
#
# <details><summary>Hint 3: nearly code</summary>Start from a random arrow of a seeded generator.
# Repeat 500 times: solve, then divide by the length. Return <code>arrow @ matrix @ arrow</code> and
# the arrow.</details>

# %% ex2 tags=["exercise"]
nearest_zero = ...  # replace this line by: def nearest_zero(matrix): …


# %% ex2-check tags=["self-check"]
def check_nearest_zero(answer):
    rng = np.random.default_rng(2)
    for stretches in ([5.0, 3.0, 2.0], [6.0, -5.0, 0.25, 3.0], [-4.0, -0.5, 2.0, 7.0, 1.5]):
        matrix, axes_of_matrix = known_matrix(stretches, rng)
        wanted = min(stretches, key=abs)
        given = answer(matrix.copy())
        assert given is not None, "Did you forget to return the value and the vector?"
        assert isinstance(given, tuple), "Return two things: the value, then the vector."
        value, vector = given
        assert not np.isclose(value, 1 / wanted), "That belongs to the inverse: take 1 over it."
        largest = max(stretches, key=abs)
        assert not np.isclose(value, largest), "That is the largest: multiply by the inverse."
        lowest = wanted == min(stretches) or not np.isclose(value, min(stretches))
        assert lowest, "That is the lowest on the number line; closest to zero is another."
        assert np.isclose(value, wanted), f"The eigenvalue closest to zero is {wanted}."
        assert np.isclose(norm(vector), 1), "The value is right; give the vector length one."
        direction = axes_of_matrix[:, list(stretches).index(wanted)]
        assert np.isclose(abs(direction @ vector), 1), "The value is right, the vector is not."


report("ex2", check_nearest_zero, nearest_zero)


# %% ex2-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def nearest_zero_solution(matrix):
    """Inverse iteration: power iteration with the inverse, which is never computed."""
    arrow = np.random.default_rng(0).normal(size=len(matrix))
    for _ in range(500):
        arrow = np.linalg.solve(matrix, arrow)
        arrow /= norm(arrow)
    return arrow @ matrix @ arrow, arrow


report("ex2 solution", check_nearest_zero, nearest_zero_solution)

# %% ex3-task [markdown]
# ### ★★★ Exercise 3: a link farm
#
# Somebody wants the *Shop* to rank higher, and puts up fake pages that nobody reads. Each of them
# links to the shop and to nothing else. Write `farmed(links, page, fakes)`. It returns the PageRank
# of `page` after `fakes` such pages have joined the website. The website that you were given must
# stay as it is. You may use `pagerank`.
#
# **Then explore.** How many fake pages lift the shop above *Home*? Now let the shop link *only* to
# its own fakes, so that readers who come never leave. How much cheaper does the swindle become? And
# what does the boredom of readers, $1 - d$, have to do with the price?
#
# <details><summary>Hint 1: a question</summary>Which entry does each fake page add to the
# dictionary, and which entries of the others change?</details>
#
# <details><summary>Hint 2: the concept</summary>Only new keys are added; a new dictionary leaves
# the old one alone: <code>{**links, …}</code>.</details>
#
# <details><summary>Hint 3: nearly code</summary>
# <code>farm = {f"fake {i}": [page] for i in range(fakes)}</code>, then ask
# <code>pagerank</code> about both together.</details>

# %% ex3 tags=["exercise"]
farmed = ...  # replace this line by: def farmed(links, page, fakes): …


# %% ex3-check tags=["self-check"]
def check_farmed(answer):
    website = {page: list(targets) for page, targets in WEBSITE.items()}
    honest = answer(website, "Shop", 0)
    assert honest is not None, "Did you forget to return the rank?"
    assert np.isscalar(honest), "Return one number: the rank of the page itself."
    assert np.isclose(honest, ranks["Shop"]), "Without fakes nothing should change."
    lifted, single = answer(website, "Shop", 10), answer(website, "Shop", 1)
    assert website == WEBSITE, "You changed the website you were given: work on a copy."
    assert lifted > honest, "Ten fakes should lift the shop: do they link to it, or it to them?"
    assert not np.isclose(lifted, single), "Ten lift no more than one: has each its own name?"
    assert np.isclose(lifted, 0.1255, atol=1e-3), (
        f"Ten fakes give 0.126, not {lifted:.3f}: who else gains?")
    photos = answer(website, "Photos", 3)
    assert np.isclose(photos, 0.1856, atol=1e-3), "Any page can be lifted, not only the shop."


report("ex3", check_farmed, farmed)


# %% ex3-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def farmed_solution(links, page, fakes):
    """The rank of a page after fake pages have joined that link to nothing else."""
    farm = {f"fake {number}": [page] for number in range(fakes)}
    return pagerank({**links, **farm})[page]


report("ex3 solution", check_farmed, farmed_solution)

# %% break-it [markdown]
# ## Break it: a loop that stops is not a loop that is right
#
# Here is a habit that looks sensible: start somewhere convenient, and stop when the estimate has
# not moved for ten rounds. Let us break it twice on purpose.
#
# **First**, start from a vector that somebody copied out of an old printout, with eight decimals.
# By bad luck it is the *second* eigenvector, so we are where the two stubborn arrows were.
# **Second**, take a matrix that turns every arrow by the same angle, so that there is no still
# direction at all. Predict what the loop will report in each case, and whether it will warn you.

# %% break-it-run tags=["figure"]
def first_rest(estimates, patience=10):
    """The round in which an estimate has not moved for some rounds, or None."""
    moves = np.abs(np.diff(estimates)) > 1e-9
    return next((r for r in range(len(moves) - patience) if not moves[r:r + patience].any()), None)


convenient = iterate(example, directions[:, 1].round(8), 90)
stuck = np.einsum("ri,ij,rj->r", convenient, example, convenient)
stretched_turn = np.array([[0.8, -1.9], [0.5, 0.6]])
turning = iterate(stretched_turn, np.array([1.0, 0.0]), 40)
restless = np.einsum("ri,ij,rj->r", turning, stretched_turn, turning)

figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.1), layout="constrained")
left.plot(stuck, color=ORANGE)
left.axhline(9, color=GREY, linestyle=":")
left.annotate("the loop stops here: −6", (first_rest(stuck) + 10, -6), (3, 0),
              arrowprops={"arrowstyle": "-|>", "color": INK})
left.set(title="Started on the wrong line", xlabel="round", ylabel="estimate of the eigenvalue")
right.plot(restless, color=ORANGE)
right.set(title="No still direction: it never settles", xlabel="round", ylabel="estimate")
show(figure, "Left: the estimate rests at −6 for some 40 rounds, then a rounding error carries it "
     "to 9. Right: for a turning matrix the estimate swings for ever and means nothing.")
stop = first_rest(stuck)
print(f"round {stop}: it rests at {stuck[stop]:.3f}; after 90 rounds it is {stuck[-1]:.3f}")
print(f"turning matrix: ever at rest? {first_rest(restless) is not None}")

# %% final-check tags=["self-check"]
on_line = np.allclose(still[:2], [np.degrees(np.arctan2(1, 2)), 135], rtol=0, atol=1e-9)
verdict("still angles on the two lines, within 1e-9", on_line, "True", on_line)
verdict("convergence rate, worst of 50 matrices", f"{rate_error:.1%}", "<= 5 %", rate_error <= 0.05)
verdict("rate of the Rayleigh quotient", f"{value_rate:.3f}", "0.444 +- 0.02",
        abs(value_rate - 4 / 9) <= 0.02)
verdict("QR eigenvalues, 20 matrices, within 1e-8", qr_error <= 1e-8, "True", qr_error <= 1e-8)
verdict("rounds for all six eigenvalues, shifted", shifted_rounds, "<= 20", shifted_rounds <= 20)
verdict("PageRank residual within 1e-10", rank_residual <= 1e-10, "True", rank_residual <= 1e-10)
verdict("PageRank against 260,000 clicks", f"{crowd_difference:.4f}", "<= 0.005",
        crowd_difference <= 0.005)
verdict("people in the right club", f"{together:.0%}", ">= 95 %", together >= 0.95)
verdict("the convenient start rests at", f"{stuck[stop]:.3f}", "-6.000, but the truth is 9",
        f"{stuck[stop]:.3f}" == "-6.000")

# %% in-practice [markdown]
# ## In practice: ask a library, and check its answer with one multiplication
#
# **The cost of a random start is nothing.** The convenient start reported −6 with full confidence.
# It is even a true eigenvalue, so a check of the residual would have passed: only it is not the one
# we asked for. A random arrow has a part along the winner with probability one. Draw it from a
# *seeded* generator, so that the next reader gets the same numbers. That is what nbcoach's rule
# NB305 is about.
#
# **Which function for which matrix.** Symmetric: `numpy.linalg.eigh`, always, because it is faster
# and promises real values and perpendicular vectors. Any other: `numpy.linalg.eig`, whose answers
# may be complex. The turning matrix has the eigenvalues of a rotation, which live off the real
# line. Large and sparse: `scipy.sparse.linalg.eigsh`, which grows power iteration into the Lanczos
# method. Whichever you use, $\lVert A v - \lambda v \rVert$ costs one multiplication.
#
# **Limits.** Two eigenvalues of equal size leave power iteration undecided. Matrices far from
# symmetric can have eigenvalues that a tiny change of an entry moves a long way. And the Fiedler
# vector cuts where the network is narrow, which need not be where *you* think the groups are.
#
# **Read on.** L. Page, S. Brin, R. Motwani and T. Winograd, *The PageRank citation ranking*
# (Stanford InfoLab, 1999). J. G. F. Francis, *The QR transformation*, Computer Journal 4 (1961),
# [doi:10.1093/comjnl/4.3.265](https://doi.org/10.1093/comjnl/4.3.265). M. Fiedler, *Algebraic
# connectivity of graphs*, Czechoslovak Mathematical Journal 23 (1973),
# [doi:10.21136/CMJ.1973.101168](https://doi.org/10.21136/CMJ.1973.101168). U. von Luxburg, *A
# tutorial on spectral clustering*, Statistics and Computing 17 (2007),
# [doi:10.1007/s11222-007-9033-z](https://doi.org/10.1007/s11222-007-9033-z).

# %% recap [markdown]
# ## Recap: repeat it, and a matrix tells you what it wants
#
# - An eigenvector is a direction that the matrix does not turn. The eigenvalue is the stretch.
# - Power iteration finds the largest. Its error shrinks by $|\lambda_2 / \lambda_1|$ per round.
# - QR finds all of them: multiply, straighten, repeat. A shift makes the ratio, and the wait, tiny.
# - *Important*, *belongs together*, *stays the same*: many questions are eigenvectors in disguise.
# - A loop that has stopped moving has not proved anything. Start at random, with a seed, and check.
#
# **Spot the problem.** [A flawed notebook](../flawed/12_eigen.ipynb) waits for you. Read it first
# and mark what you would not trust. Then run `nbcoach check` on it, and see which of you was
# sharper.
