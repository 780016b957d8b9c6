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
# # Is it really that good?
#
# A score is a measurement. It can be computed without a slip and still be wrong about the only
# thing you wanted to know: what will happen on Monday, with rows that nobody has seen yet.
#
# **Make two predictions before you read on.** A workshop records the vibration of 40 machines, 20
# recordings each. Half of the machines are worn. A nearest-neighbour model learns which, and
# five-fold cross-validation reports **98 % accuracy**. On Monday a van brings a machine that nobody
# has recorded before.
#
# 1. How often will the model be right about it? (a) 98 % (b) about 90 % (c) about 70 % (d) about as
#    often as a coin
# 2. Suppose that vibration said nothing at all about wear. What would the same cross-validation
#    have reported? (a) 98 % (b) about 75 % (c) 50 %
#
# Write both letters down. The section on strangers settles them by driving up a thousand new
# machines.

# %% goals [markdown] tags=["goals"]
# ## Goals: you will learn to ask four questions of every score
#
# **You will do.** Compute the usual scores from scratch, test each of them in a small world whose
# right answer is known, and catch one that reports 98 % where the truth is 50 %.
#
# **You will learn to**
#
# - compute the areas under the ROC and precision–recall curves, and say what each is the chance of;
# - put an interval around a score, and check that the interval keeps its promise;
# - tell a model that ranks well from one whose probabilities can be believed;
# - choose a splitter by asking one thing: to what should the test rows be strangers?
#
# **You will need** NumPy arrays, and to have fitted a scikit-learn model once. No network, no GPU.
#
# **Time:** about 45 minutes. All cells together take about ten seconds to run.

# %% setup tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from scipy.stats import norm
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import GroupKFold, KFold, cross_val_score, train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# The figures bring their own pale card, so they read the same on a light and on a dark page.
PAPER, INK, BLUE, ORANGE, MIST = "#f7f4ee", "#22303c", "#1f5f8b", "#b3470f", "#d5d9dc"
plt.rcParams.update({
    "figure.facecolor": PAPER, "axes.facecolor": PAPER, "text.color": INK, "axes.edgecolor": INK,
    "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK, "axes.titlecolor": INK,
    "axes.spines.top": False, "axes.spines.right": False, "legend.frameon": False, "font.size": 10,
    "figure.dpi": 90,
})

# %% parameters tags=["parameters"]
SEED = 4
MACHINES = 40
SCREENED = 1 / 200  # the share of sick people in a screening
RECORDINGS = 20  # of each machine
FEATURES = 10  # numbers that describe one recording
FOLDS = 5
TRUE_SEPARATION = 1.5  # between sick and healthy scores, in standard deviations, where we make both

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

# %% data [markdown]
# ## Data: one clinic, and some worlds whose truth we know
#
# The clinic is real: 569 tumours, measured under a microscope in Wisconsin ([Wolberg and others,
# 1993](https://doi.org/10.24432/C5DW2B), CC-BY-4.0). scikit-learn carries the table inside its
# package, so nothing is downloaded. We keep three cheap measurements out of thirty. A model with a
# few faults teaches more than one with none.
#
# The worlds are ours. Where a statement needs a right answer to be held against, we make the data
# and so know the answer: a score whose true AUC has a formula, a model that exaggerates exactly
# five times, machines whose state is a coin flip.

# %% clinic
clinic = load_breast_cancer(as_frame=True)
cheap = ["mean texture", "mean smoothness", "mean compactness"]
cells, sick = clinic.data[cheap], (clinic.target == 0).to_numpy().astype(int)

assert cells.shape == (569, 3) and cells.notna().all(axis=None) and (cells > 0).all(axis=None)
assert sick.sum() == 212, "212 malignant tumours, 357 benign ones"

cells_train, cells_test, sick_train, sick_test = train_test_split(
    cells, sick, test_size=0.5, stratify=sick, random_state=SEED)
doctor = make_pipeline(StandardScaler(), LogisticRegression()).fit(cells_train, sick_train)
risk = doctor.predict_proba(cells_test)[:, 1]

accuracy = np.mean((risk > 0.5) == sick_test)
print(f"{len(sick_train)} tumours to learn from, {len(sick_test)} to be tested on")
print(f"right about {accuracy:.1%} of them; 'always healthy' about {1 - sick_test.mean():.1%}")

# %% rank-idea [markdown]
# ## AUC is the chance that the sick patient gets the higher score
#
# Accuracy needs a threshold, and nobody has chosen one yet. So try them all. Lower the threshold
# from the top: each patient you pass is either a *hit* (sick) or a *false alarm* (healthy). The
# share of hits against the share of false alarms is the ROC curve.
#
# The area under it has a meaning without any curve. Draw one sick and one healthy patient. The area
# is the chance that the sick one has the higher score $S$, where a tie counts as half:
#
# $$\text{AUC} = P(S_\text{sick} > S_\text{healthy})
# + \tfrac12\,P(S_\text{sick} = S_\text{healthy}).$$
#
# Why? Each step up in the curve is a sick patient. The area to the *right* of that step counts the
# healthy patients who come later, that is, whom this patient outranks. Do not take the word of a
# paragraph for it: compute both.

# %% roc-scratch
def counts_by_threshold(truth, score):
    """Hits and false alarms as the threshold sinks past each distinct score."""
    order = np.argsort(-score, kind="stable")
    last_of_tie = np.flatnonzero(np.diff(score[order], append=-np.inf))
    hits = np.cumsum(truth[order])[last_of_tie]
    return hits, last_of_tie + 1 - hits


def roc_curve_points(truth, score):
    hits, alarms = counts_by_threshold(truth, score)
    return np.append(0, alarms / alarms[-1]), np.append(0, hits / hits[-1])


def roc_area(truth, score):
    alarm_share, hit_share = roc_curve_points(truth, score)
    return np.trapezoid(hit_share, alarm_share)


def pairs_won(truth, score):
    """How often a sick patient outranks a healthy one, over all pairs."""
    gaps = score[truth == 1][:, None] - score[truth == 0][None, :]
    return np.mean((gaps > 0) + 0.5 * (gaps == 0))


def average_precision(truth, score):
    """The area under precision against recall, in steps."""
    hits, alarms = counts_by_threshold(truth, score)
    return np.sum(np.diff(hits, prepend=0) / hits[-1] * hits / (hits + alarms))

# %% roc-check tags=["self-check"]
coarse = np.round(risk, 1)  # eleven distinct scores: ties trip careless code
area_gap = pairs_gap = precision_gap = 0.0
for score in (risk, coarse):
    area = roc_area(sick_test, score)
    area_gap = max(area_gap, abs(area - roc_auc_score(sick_test, score)))
    pairs_gap = max(pairs_gap, abs(area - pairs_won(sick_test, score)))
    precision = average_precision(sick_test, score)
    library = average_precision_score(sick_test, score)
    precision_gap = max(precision_gap, abs(precision - library))
    print(f"{np.unique(score).size:3} distinct scores: AUC {area:.4f}, precision {precision:.4f}")

assert max(area_gap, pairs_gap, precision_gap) < 1e-12, "three roads to the same number"
print("the curve, the pairs and scikit-learn agree")

# %% prevalence-idea [markdown]
# ## The same ROC curve can serve a clinic and be useless in a screening
#
# Both axes of the ROC curve look *inside* one class: hits among the sick, alarms among the healthy.
# How many sick people there are cannot move it. That is its strength, and its trap, because the
# reader of an alarm asks the opposite question: *given the alarm, how likely am I to be sick?* With
# a share $\pi$ of sick people, hit rate $h$ and false-alarm rate $a$,
#
# $$\text{precision} = P(\text{sick} \mid \text{alarm}) = \frac{\pi h}{\pi h + (1 - \pi)\, a}.$$
#
# In the clinic 37 % of tumours are malignant. Now suppose that the same test went to the general
# public, where one woman in 200 has one. **Guess first:** of 100 alarms, how many would be right?

# %% prevalence-figure tags=["figure"]
def precision_at(prevalence, hit_rate, alarm_rate):
    right = prevalence * hit_rate
    return right / (right + (1 - prevalence) * alarm_rate)


alarm_share, hit_share = roc_curve_points(sick_test, risk)
at = np.flatnonzero(hit_share >= 0.9)[0]  # the highest threshold that catches 90 % of the sick
prevalence = np.geomspace(0.0003, 0.6, 200)

figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.7), layout="constrained")
left.plot(alarm_share, hit_share, color=BLUE)
left.plot(alarm_share[at], hit_share[at], "o", color=ORANGE, markersize=8)
left.plot([0, 1], [0, 1], color=INK, linestyle=":", linewidth=1)
left.set(xlabel="share of the healthy who are alarmed", ylabel="share of the sick who are caught",
         title=f"One ROC curve (AUC {roc_area(sick_test, risk):.2f})", aspect="equal")
right.semilogx(prevalence, precision_at(prevalence, hit_share[at], alarm_share[at]), color=BLUE)
for place, share in [("clinic", sick_test.mean()), ("screening", SCREENED)]:
    value = precision_at(share, hit_share[at], alarm_share[at])
    right.plot(share, value, "o", color=ORANGE, markersize=8)
    right.annotate(f"{place}: {value:.0%}", (share, value), (-10, 8), textcoords="offset points",
                   ha="right", color=INK)
right.set(xlabel="share of sick people (log scale)", ylabel="share of alarms that are right",
          title="Its alarms, in two places", ylim=(0, 1))
show(figure, "Left: one ROC curve with the point that catches 90 % of the sick. Right: at that "
     "point most alarms are right in the clinic, and two in a hundred in a screening.")

# %% width-idea [markdown]
# ## A score without a width is half a measurement
#
# Other patients, another score. How far would it move? We cannot call in new patients, but we can
# *resample* those we have: draw as many rows as there are, with replacement, and score again. Do it
# often, cut 2.5 % off either end, and you have a **bootstrap interval**.
#
# A resample is nothing but a weight for each row: 0 if it was not drawn, 2 if it was drawn twice.
# So a thousand resamples are one matrix of weights, and need no loop.
#
# Does a 95 % interval deserve its name? To test that, we need the true AUC. So we make patients
# whose scores are normal, one unit wide and $d$ apart. For them the truth is $\Phi(d / \sqrt 2)$.

# %% bootstrap
def resampled_areas(rng, truth, score, resamples):
    """The AUC of many bootstrap resamples at once (for scores without ties)."""
    order = np.argsort(score)
    weights = rng.multinomial(truth.size, np.full(truth.size, 1 / truth.size), size=resamples)
    weights, ill = weights[:, order], truth[order]
    outranked = np.cumsum(weights * (1 - ill), axis=1)  # the healthy below each patient
    pairs = (weights @ ill) * (weights @ (1 - ill))
    return np.sum(weights * ill * outranked, axis=1) / pairs


def interval(rng, truth, score, resamples=300):
    return np.quantile(resampled_areas(rng, truth, score, resamples), [0.025, 0.975])


def made_patients(rng, size):
    """Patients whose true AUC is known, because we made them."""
    truth = (rng.random(size) < 0.35).astype(int)
    return truth, rng.normal(size=size) + TRUE_SEPARATION * truth


true_area = norm.cdf(TRUE_SEPARATION / np.sqrt(2))
rng = np.random.default_rng([SEED, 1])
studies = np.array([interval(rng, *made_patients(rng, 200)) for _ in range(500)])
coverage = np.mean((studies[:, 0] <= true_area) & (true_area <= studies[:, 1]))
print(f"true AUC {true_area:.3f}; {coverage:.1%} of 500 intervals contain it")

# %% width-figure tags=["figure"]
rng = np.random.default_rng([SEED, 2])
clinic_areas = resampled_areas(rng, sick_test, risk, 2000)
low, high = np.quantile(clinic_areas, [0.025, 0.975])
sizes = np.array([50, 100, 200, 400, 800, 1600])
widths = [np.mean([np.ptp(interval(rng, *made_patients(rng, size))) for _ in range(10)])
          for size in sizes]
slope = np.polyfit(np.log(sizes), np.log(widths), 1)[0]

figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
left.hist(clinic_areas, bins=40, color=BLUE, alpha=0.75)
for end in (low, high):
    left.axvline(end, color=ORANGE, linestyle="--")
left.set(xlabel="AUC of a resample", ylabel="resamples",
         title=f"The clinic: {low:.2f} to {high:.2f}")
right.loglog(sizes, widths, "o-", color=BLUE, label="measured")
right.loglog(sizes, widths[0] * (sizes / sizes[0]) ** -0.5, ":", color=INK, label="slope −1/2")
right.set(xlabel="patients in the test (log scale)", ylabel="width of the interval (log scale)",
          title="Half the width costs four times the patients")
right.legend()
show(figure, f"Left: 2000 resamples put the clinic's AUC between {low:.2f} and {high:.2f}. Right: "
     "interval widths fall with test size along a line of slope minus one half.")
print(f"measured slope {slope:.2f}, theory -0.50")

# %% calibration-idea [markdown]
# ## AUC cannot hear a model that exaggerates
#
# AUC looks at the *order* of the scores only. Double them, square them: the order stays, and so
# does the AUC. But a probability is a promise. Of all the days on which the forecast says 80 %, it
# should rain on 80 in 100. A model that keeps this promise is **calibrated**.
#
# Naive Bayes is a famous exaggerator. It treats each column as an independent witness, so it adds
# their log-odds. Call the evidence of a measurement $x$
#
# $$e(x) = \log \frac{p(x \mid \text{sick})}{p(x \mid \text{healthy})}.$$
#
# Now copy one thermometer reading into five columns. Nothing was learned, yet the model adds $e$
# five times. Three things follow, and each can be checked: its evidence is **exactly** five times
# too large, its AUC does not move at all, and a regression of the outcome on its evidence has the
# slope **1/5**: that is how much of its shouting you should believe.

# %% copies
rng = np.random.default_rng([SEED, 3])
fever = (rng.random(20_000) < 0.3).astype(int)
reading = rng.normal(size=fever.size) + TRUE_SEPARATION * fever
half = fever.size // 2
outcome = fever[half:]
evidence, probability, slopes = {}, {}, {}

for copies in (1, 5):
    table = np.repeat(reading[:, None], copies, axis=1)
    model = GaussianNB().fit(table[:half], fever[:half])
    log_odds = np.diff(model.predict_log_proba(table[half:]), axis=1)[:, 0]
    evidence[copies] = log_odds - np.diff(np.log(model.class_prior_))
    probability[copies] = model.predict_proba(table[half:])[:, 1]
    judge = LogisticRegression(C=np.inf).fit(evidence[copies][:, None], outcome)
    slopes[copies] = judge.coef_[0, 0]
    brier = np.mean((probability[copies] - outcome) ** 2)
    print(f"{copies} columns: AUC {roc_area(outcome, evidence[copies]):.4f}, "
          f"Brier score {brier:.3f}, slope {slopes[copies]:.2f}")

exaggeration_gap = np.max(np.abs(evidence[5] - 5 * evidence[1]))
auc_gap = abs(roc_area(outcome, evidence[1]) - roc_area(outcome, evidence[5]))
assert exaggeration_gap < 1e-9, "five copies shout exactly five times as loud"

# %% calibration-figure tags=["figure"]
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4.1), layout="constrained")
styles = {1: (BLUE, "o-", "1 column"), 5: (ORANGE, "s--", "5 copies of it")}
for copies, (colour, style, label) in styles.items():
    left.plot(*roc_curve_points(outcome, evidence[copies]), style[1:], color=colour, label=label,
              linewidth=6 if copies == 1 else 1.5, alpha=0.4 if copies == 1 else 1)
    bins = np.digitize(probability[copies], np.linspace(0, 1, 11)[1:-1])
    said = [probability[copies][bins == each].mean() for each in range(10)]
    seen = [outcome[bins == each].mean() for each in range(10)]
    right.plot(said, seen, style, color=colour, label=label)
left.set(xlabel="share of the healthy who are alarmed", ylabel="share of the sick who are caught",
         title="To AUC they are the same", aspect="equal")
left.legend(loc="lower right")
right.plot([0, 1], [0, 1], color=INK, linestyle=":", linewidth=1)
right.set(xlabel="what the model said", ylabel="how often it came true",
          title="To a reader they are not", aspect="equal")
right.annotate("“surely not”,\nbut it happens", (0.015, 0.11), (0.06, 0.55), color=INK,
               arrowprops={"arrowstyle": "->", "color": INK})
show(figure, "Left: the ROC curves of one column and of five copies lie on top of each other. "
     f"Right: one column is calibrated, five copies say {said[0]:.0%} where {seen[0]:.0%} come true, and "
     f"{said[-1]:.0%} where {seen[-1]:.0%} do.")

# %% strangers-idea [markdown]
# ## The test rows must be strangers
#
# All of this presumed that the test rows tell something about Monday. Cross-validation makes test
# rows by dealing all rows into folds and letting each fold be the test once. *How* it deals is a
# statement about the future:
#
# | Splitter | deals | promises that the future brings |
# |---|---|---|
# | k-fold | rows at random | other rows, from the same sources |
# | stratified | rows, evenly within each class | the same; and no fold without sick rows |
# | group | whole sources: a machine, a patient, a writer | **other sources** |
# | forward | blocks in order; trains on the past alone | **later times** |
#
# All four fit on one line of code each, if you let a split be a fold number for each row.

# %% splitters
def k_folds(rng, size, folds):
    return rng.permutation(np.arange(size) % folds)


def stratified_folds(rng, labels, folds):
    numbers = np.empty(labels.size, dtype=int)
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        numbers[rows] = k_folds(rng, rows.size, folds)
    return numbers


def group_folds(rng, groups, folds):
    names, index = np.unique(groups, return_inverse=True)
    return k_folds(rng, names.size, folds)[index]


def forward_folds(size, folds):
    return np.arange(size) * (folds + 1) // size  # block 0 is never a test: it has no past


def splits(numbers, forward=False):
    """Training and test rows, fold by fold."""
    for fold in range(1 if forward else 0, numbers.max() + 1):
        train = numbers < fold if forward else numbers != fold
        yield np.flatnonzero(train), np.flatnonzero(numbers == fold)


def shared_groups(numbers, groups):
    """Groups that sit on both sides of a split, summed over the folds."""
    return sum(np.intersect1d(groups[train], groups[test]).size for train, test in splits(numbers))

# %% barcode tags=["figure"]
rng = np.random.default_rng([SEED, 4])
owner = np.repeat(np.arange(12), 5)
worn_owner = rng.permutation(np.arange(12) % 3 == 0)[owner].astype(int)
dealt = {"k-fold": k_folds(rng, 60, FOLDS), "stratified": stratified_folds(rng, worn_owner, FOLDS),
         "group": group_folds(rng, owner, FOLDS), "forward": forward_folds(60, FOLDS)}


figure, strips = plt.subplots(5, 1, figsize=(9, 5.2), layout="constrained", sharex=True,
                              height_ratios=[0.5, 1, 1, 1, 1])
strips[0].imshow(worn_owner[None], cmap="binary", vmax=1.6, aspect="auto", extent=(0, 60, 0, 1))
strips[0].set(yticks=[], title="60 recordings of 12 machines (grey: worn)")
for axes, (name, numbers) in zip(strips[1:], dealt.items()):
    shade = np.zeros((FOLDS, 60))
    for row, (train, test) in enumerate(splits(numbers, name == "forward")):
        shade[row, train], shade[row, test] = 0.3, 1
    axes.imshow(shade, cmap="Blues", vmin=0, vmax=1.15, aspect="auto", extent=(0, 60, 0, FOLDS))
    axes.set(yticks=[], ylabel=name)
for axes in strips:
    axes.set_xticks(np.arange(0, 61, 5), labels=[])
    axes.grid(axis="x", color=PAPER, linewidth=2)
strips[-1].set_xlabel("each strip: five splits, one below the other; dark rows are tested, pale "
                      "ones trained on, white ones unused")
show(figure, "Barcodes of four splitters. K-fold and stratified scatter tested rows over each "
     "machine; group tests whole machines; forward tests a block and trains only on its past.")
shared = {name: shared_groups(dealt[name], owner) for name in ("k-fold", "stratified", "group")}
print("machines on both sides, over five folds:", shared)

# %% machines-idea [markdown]
# ## Shuffled recordings measure memory
#
# Now the workshop. Each machine has a hum of its own, ten numbers that stay much the same from one
# recording to the next. Whether it is worn is decided by **a coin flip**, so the hum says nothing
# about it. On a new machine no model on earth can be right more often than half the time. That is
# the truth to hold our scores against.
#
# The model remembers recordings and answers with the nearest ones. Deal the recordings at random,
# and nearly every test recording has nineteen siblings, most of them in the training rows. The
# model need not know what wear sounds like. It need only recognise the machine.

# %% machines
def workshop(rng, machines, recordings, signal=0.0):
    """Recordings, whether their machine is worn, and which machine it is."""
    worn = rng.permutation(np.arange(machines) % 2)
    hum = rng.normal(size=(machines, FEATURES))
    hum[:, 0] += signal * (2 * worn - 1)  # what wear adds to the hum: nothing, unless we say so
    machine_id = np.repeat(np.arange(machines), recordings)
    noise = 0.45 * rng.normal(size=(machine_id.size, FEATURES))
    return hum[machine_id] + noise, worn[machine_id], machine_id


rng = np.random.default_rng([SEED, 5])
sound, worn, machine_id = workshop(rng, MACHINES, RECORDINGS)
neighbours = make_pipeline(StandardScaler(), KNeighborsClassifier(5))

assert sound.shape == (MACHINES * RECORDINGS, FEATURES) and np.isfinite(sound).all()
assert all(np.unique(worn[machine_id == each]).size == 1 for each in range(MACHINES))
print(f"{len(sound)} recordings of {MACHINES} machines, {worn.mean():.0%} of them worn")

# %% group-cv
splitter = GroupKFold(5)
fold_accuracies = cross_val_score(neighbours, sound, worn, groups=machine_id, cv=splitter)
group_accuracy = fold_accuracies.mean()
print(f"cross-validated accuracy: {group_accuracy:.1%}")

# %% monday
shuffled = KFold(FOLDS, shuffle=True, random_state=SEED)
shuffled_accuracy = cross_val_score(neighbours, sound, worn, cv=shuffled).mean()
van_sound, van_worn, _ = workshop(np.random.default_rng([SEED, 6]), 1000, RECORDINGS)
monday = neighbours.fit(sound, worn).score(van_sound, van_worn)

print(f"recordings dealt at random promise {shuffled_accuracy:.1%}")
print(f"machines kept whole promise        {group_accuracy:.1%}")
print(f"1000 new machines on Monday        {monday:.1%}")

# %% signal-idea [markdown]
# ## A score that never changes measures nothing
#
# So the answer to question 1 was *like a coin*. Whole machines gave the warning, though they were a
# little too gloomy: with half of the machines worn, each test fold full of worn machines leaves a
# training set that leans the other way.
#
# For question 2, turn a knob. Let wear add a `signal` to one of the ten numbers, from nothing to
# unmistakable. At each setting make several workshops, cross-validate in both ways, and drive up
# the van. **Sketch the three curves before you look.**

# %% signal-figure tags=["figure"]
rng = np.random.default_rng([SEED, 7])
signals, repeats = [0.0, 0.75, 1.5, 2.25, 3.0], 5
scores = np.empty((len(signals), repeats, 3))
for row, signal in enumerate(signals):
    for column in range(repeats):
        x, y, groups = workshop(rng, MACHINES, RECORDINGS, signal)
        random_deal = cross_val_score(neighbours, x, y, cv=shuffled).mean()
        whole = cross_val_score(neighbours, x, y, groups=groups, cv=GroupKFold(FOLDS)).mean()
        van = workshop(rng, 500, 2, signal)
        scores[row, column] = random_deal, whole, neighbours.fit(x, y).score(*van[:2])
means = scores.mean(axis=1)

figure, axes = plt.subplots(figsize=(8, 4.3), layout="constrained")
looks = [("recordings dealt at random", ORANGE, "s--"), ("machines kept whole", BLUE, "o-"),
         ("new machines: the truth", INK, "D:")]
for each, (label, colour, style) in enumerate(looks):
    axes.plot(signals, means[:, each], style, color=colour, label=label)
axes.fill_between(signals, scores[..., 1].min(axis=1), scores[..., 1].max(axis=1), color=BLUE,
                  alpha=0.15, linewidth=0, label=f"range over {repeats} workshops")
axes.set(xlabel="what wear adds to the hum (standard deviations)", ylabel="accuracy",
         ylim=(0.3, 1.03))
axes.legend(loc="lower right")
promised, followed, true = np.round(100 * means[[0, -1]]).astype(int).T
show(figure, f"Accuracy against signal. Dealt at random it stays at {promised[0]} % or more. With "
     f"machines kept whole it follows the truth, which climbs from {true[0]} % to {true[1]} %.")

# %% signal-read [markdown]
# **What just happened.** The dashed line is flat. It reads much the same where wear cannot be heard
# and where it can. An instrument whose needle stands still whatever you connect is not an
# optimistic instrument; it is a broken one. This is why *"our leak is surely small"* is no defence:
# from the score alone nobody can tell which end of the picture they are standing at.
#
# The solid line bends with the truth. It is noisier, and that is honest too. There are not 800
# things to learn from here. There are 40.

# %% ex1-task [markdown]
# ## Three exercises, from a turn of the formula to a repair
#
# Replace the `...` and run the check below it. Nothing else in this notebook uses your answers.
#
# ### ★ Exercise 1: what is an all-clear worth?
#
# Precision is for those who were alarmed. Most people were not. Write
# `all_clear(prevalence, hit_rate, alarm_rate)`: the chance that somebody *without* an alarm is
# healthy.
#
# <details><summary>Hint 1: a question</summary>Out of 1000 people, how many are healthy and get no
# alarm? How many are sick and get none either?</details>
#
# <details><summary>Hint 2: the idea</summary>It is the formula for precision with both roles
# swapped: healthy for sick, silence for alarm.</details>
#
# <details><summary>Hint 3: nearly code</summary>The healthy and silent are <code>(1 - prevalence) *
# (1 - alarm_rate)</code>, the sick and silent <code>prevalence * (1 - hit_rate)</code>.</details>

# %% ex1 tags=["exercise"]
all_clear = ...  # replace this line by: def all_clear(prevalence, hit_rate, alarm_rate): …

# %% ex1-check tags=["self-check"]
def check_all_clear(answer):
    value = answer(0.2, 0.8, 0.1)
    assert value is not None, "Did you forget to return the chance?"
    assert not np.isclose(value, 0.9), (
        "That is the share of the healthy who get no alarm. Turn it round: of those without an "
        "alarm, how many are healthy?")
    assert not np.isclose(value, 0.16 / 0.24), "That is precision. Here nobody was alarmed."
    assert not np.isclose(value, 0.04 / 0.76), "That is the share of the silent who are sick."
    assert not np.isclose(value, 0.9 / (0.9 + 0.2)), "Weigh both kinds by how many there are."
    assert np.isclose(value, 0.72 / 0.76), "Of 1000 people 720 are healthy, 40 sick, all silent."
    assert np.isclose(answer(0.5, 1.0, 0.3), 1), "If every sick person is caught, silence is safe."
    assert np.isclose(answer(0.3, 0.5, 0.5), 0.7), "An alarm by coin flip leaves the odds alone."


report("ex1", check_all_clear, all_clear)

# %% ex1-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def all_clear_solution(prevalence, hit_rate, alarm_rate):
    """Healthy and silent, among all who are silent."""
    healthy = (1 - prevalence) * (1 - alarm_rate)
    return healthy / (healthy + prevalence * (1 - hit_rate))


report("ex1 solution", check_all_clear, all_clear_solution)

# %% ex2-task [markdown]
# ### ★★ Exercise 2: an interval for forty machines, not for 800 rows
#
# The bootstrap above draws rows. Here the rows of one machine stand or fall together, so 800 of
# them say little more than 40 would. Write `machine_bootstrap(rng, groups, correct, resamples)`.
# `correct` holds 1 where the model was right about a row and 0 elsewhere. Draw as many *machines*
# as there are, with replacement, take **all** rows of each, and return the accuracies of all
# resamples. Machines may differ in their number of rows.
#
# <details><summary>Hint 1: a question</summary>If a machine is drawn twice, how often should its
# rows count?</details>
#
# <details><summary>Hint 2: the idea</summary>Per machine you need just two numbers: its rows, and
# how many of them were right. A resample adds both up over the drawn machines.</details>
#
# <details><summary>Hint 3: nearly code</summary>With <code>rows = np.bincount(index)</code> and
# <code>right = np.bincount(index, correct)</code>, draw <code>picks = rng.integers(machines,
# size=(resamples, machines))</code> and divide two sums along axis 1.</details>

# %% ex2 tags=["exercise"]
machine_bootstrap = ...  # replace this line by: def machine_bootstrap(rng, groups, correct, …): …

# %% ex2-check tags=["self-check"]
def check_machine_bootstrap(answer):
    rng = np.random.default_rng(0)
    groups, correct = np.repeat(np.arange(40), 20), np.repeat(np.arange(40) % 2, 20)
    values = answer(rng, groups, correct, 2000)
    assert values is not None, "Did you forget to return the accuracies?"
    assert np.shape(values) == (2000,), "Return one accuracy for each resample."
    assert np.std(values) > 1e-9, "All resamples are alike: draw with replacement."
    assert np.std(values) > 0.03, "Far too narrow: it looks as if you drew rows, not machines."
    assert abs(np.std(values) / np.sqrt(0.25 / 40) - 1) < 0.1, (
        "The spread is not that of 40 machines. Does a machine drawn twice count twice?")
    assert abs(np.mean(values) - 0.5) < 0.02, "The resamples should centre on the accuracy."
    sizes = np.repeat([1, 39], 20)
    groups, correct = np.repeat(np.arange(40) * 7, sizes), np.repeat(np.arange(40) >= 20, sizes)
    values = answer(rng, groups, correct, 2000)
    assert abs(np.mean(values) - 0.975) < 0.02, "Large machines bring more rows: each row counts."


report("ex2", check_machine_bootstrap, machine_bootstrap)

# %% ex2-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def machine_bootstrap_solution(rng, groups, correct, resamples):
    """Rows and right answers of each machine, summed over the machines that were drawn."""
    names, index = np.unique(groups, return_inverse=True)
    rows, right = np.bincount(index), np.bincount(index, correct)
    picks = rng.integers(names.size, size=(resamples, names.size))
    return right[picks].sum(axis=1) / rows[picks].sum(axis=1)


report("ex2 solution", check_machine_bootstrap, machine_bootstrap_solution)

# %% ex3-task [markdown]
# ### ★★★ Exercise 3: teach an exaggerator to speak softly
#
# One number can undo what the five columns did. Write `softening(log_odds, outcome)`. It returns
# the factor $s > 0$ for which the probabilities $1 / (1 + e^{-s \cdot \text{log-odds}})$ make the
# outcomes **most likely**: about 0.2 for a model that is five times too loud, 2 for one that is too
# shy by half.
#
# **Then explore.** Fit $s$ on one half of `evidence[5]` and draw the other half's calibration
# curve. Has the AUC changed? Why can no factor repair a model that ranks badly?
#
# <details><summary>Hint 1: a question</summary>Which score punishes a confident mistake more than a
# timid one? Accuracy does not: it never looks at $s$.</details>
#
# <details><summary>Hint 2: the idea</summary>The log loss of one row is <code>np.logaddexp(0, -sign
# * s * log_odds)</code>, where sign is +1 for an outcome of 1 and −1 for 0.</details>
#
# <details><summary>Hint 3: nearly code</summary>Work out the mean log loss for each factor in
# <code>np.geomspace(0.02, 50, 500)</code> and return the factor with the smallest.</details>

# %% ex3 tags=["exercise"]
softening = ...  # replace this line by: def softening(log_odds, outcome): …

# %% ex3-check tags=["self-check"]
def check_softening(answer):
    rng = np.random.default_rng(1)
    honest = rng.normal(scale=2, size=6000)
    happened = (rng.random(honest.size) < 1 / (1 + np.exp(-honest))).astype(int)
    factor = answer(5 * honest, happened)
    assert factor is not None, "Did you forget to return the factor?"
    assert not 4 < factor < 6, "That is how loud the model is. Return what to multiply it by."
    assert abs(factor - 0.2) < 0.02, (
        "A model five times too loud needs 0.2. Minimise the log loss: accuracy ignores s.")
    shy = answer(honest / 2, happened)
    assert shy > 1.2, "Some models are too shy: let the factor be larger than 1, too."
    assert abs(shy - 2) < 0.2, "A model too shy by half needs 2."
    assert abs(answer(honest, happened) - 1) < 0.1, "An honest model should be left alone."


report("ex3", check_softening, softening)

# %% ex3-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def softening_solution(log_odds, outcome):
    """The factor with the smallest log loss, from a fine grid."""
    factors = np.geomspace(0.02, 50, 500)
    sign = 2 * outcome - 1
    losses = [np.mean(np.logaddexp(0, -sign * factor * log_odds)) for factor in factors]
    return factors[np.argmin(losses)]


report("ex3 solution", check_softening, softening_solution)

# %% break-it [markdown]
# ## Break it: shuffle time, and coin flips become predictable
#
# Machines are not the only siblings. Yesterday and tomorrow are siblings of today. Here is a price
# that moves up or down by a coin flip each day, so that nobody can forecast its next step. The
# model knows nothing but the number of the day. Deal the days at random, and each missing day sits
# between two known neighbours. Deal them forward, and the model stands where every forecaster
# stands: at the edge.

# %% break-it-walk
rng = np.random.default_rng([SEED, 8])
days = np.arange(1000)
price = np.cumsum(rng.choice([-1, 1], size=days.size))
walker = KNeighborsRegressor(2)


def explained(numbers, forward):
    """The share of the test prices' variation that the model explains, pooled over the folds."""
    wrong = spread = 0.0
    for train, test in splits(numbers, forward):
        guess = walker.fit(days[train, None], price[train]).predict(days[test, None])
        wrong += np.sum((price[test] - guess) ** 2)
        spread += np.sum((price[test] - price[test].mean()) ** 2)
    return 1 - wrong / spread


shuffled_walk = explained(k_folds(rng, days.size, FOLDS), forward=False)
forward_walk = explained(forward_folds(days.size, FOLDS), forward=True)
print(f"days dealt at random: R² {shuffled_walk:.3f}\ndays dealt forward:   R² {forward_walk:.3f}")

# %% final-check tags=["self-check"]
verdict("own ROC area is scikit-learn's", area_gap <= 1e-12, "True to 1e-12", area_gap <= 1e-12)
verdict("ROC area is the share of pairs won", pairs_gap <= 1e-12, "True to 1e-12",
        pairs_gap <= 1e-12)
verdict("own average precision is scikit-learn's", precision_gap <= 1e-12, "True to 1e-12",
        precision_gap <= 1e-12)
verdict("95 % intervals that hold the true AUC", f"{coverage:.3f}", "0.90 to 0.98",
        0.90 <= coverage <= 0.98)
verdict("width against test size, slope", f"{slope:.2f}", "-0.50 ± 0.10", abs(slope + 0.5) < 0.1)
verdict("how far to believe five copies", f"{slopes[5]:.3f}", "0.200 ± 0.025",
        abs(slopes[5] - 0.2) < 0.025)
verdict("five copies leave the AUC as it was", auc_gap <= 1e-12, "True to 1e-12", auc_gap <= 1e-12)
verdict("machines on both sides of group folds", shared["group"], 0, shared["group"] == 0)
verdict("coin flips, recordings dealt at random", f"{shuffled_accuracy:.3f}", ">= 0.95",
        shuffled_accuracy >= 0.95)
verdict("coin flips, machines kept whole", f"{group_accuracy:.3f}", "0.30 to 0.65",
        0.30 <= group_accuracy <= 0.65)
verdict("coin flips, a thousand new machines", f"{monday:.3f}", "0.50 ± 0.04",
        abs(monday - 0.5) < 0.04)
verdict("the gap", f"{shuffled_accuracy - group_accuracy:.3f}", ">= 0.35",
        shuffled_accuracy - group_accuracy >= 0.35)
verdict("coin-flip price, days dealt forward, R²", f"{forward_walk:.2f}", "<= 0", forward_walk <= 0)

# %% in-practice [markdown]
# ## In practice: find the sibling before you choose the splitter
#
# **Where groups hide.** Several scans of one patient, several sentences of one speaker, crops of
# one photograph, versions of one document, augmented copies of one row. Ask of two rows: *if I knew
# the answer to one, would I know the answer to the other?* If so, they belong in the same fold.
#
# **What to reach for.** `roc_auc_score`, `average_precision_score`, `calibration_curve`,
# `CalibratedClassifierCV`; `GroupKFold`, `StratifiedGroupKFold`, `LeaveOneGroupOut`,
# `TimeSeriesSplit` with its `gap`. Put every step that learns something into a pipeline, so that
# each fold learns it afresh. With two siblings at once, say customers and time, hold out new
# customers *and* later months.
#
# **What a good split cannot do.** It knows only the kinds of strangers in your table. If all 40
# machines stand in one hall, no splitter shows what another hall does to the model.
#
# **Read on.** The ROC area as a chance: [Hanley and McNeil,
# 1982](https://doi.org/10.1148/radiology.143.1.7063747). ROC against precision–recall: [Davis and
# Goadrich, 2006](https://doi.org/10.1145/1143844.1143874). Exaggerating models: [Niculescu-Mizil
# and Caruana, 2005](https://doi.org/10.1145/1102351.1102430). The bootstrap: [Efron,
# 1979](https://doi.org/10.1214/aos/1176344552). Leaks in 17 fields of science: [Kapoor and
# Narayanan, 2023](https://doi.org/10.1016/j.patter.2023.100804).

# %% recap [markdown]
# ## Recap: four questions for every score
#
# - *What is it the chance of?* AUC ranks one sick against one healthy person. It does not know how
#   rare the sick are.
# - *How wide is it?* Half the width costs four times the test rows, and siblings do not count.
# - *Can I believe the number itself?* AUC cannot tell. Draw said against seen.
# - *To what are the test rows strangers?* To what Monday brings, or the score measures memory.
# - A score that stays the same whatever the truth is measures nothing, however high it is.
#
# **Spot the problem.** [A flawed notebook](../flawed/42_validation.ipynb) on the same machines
# reports a better number than this one. It runs without an error. Mark what you would not sign.
