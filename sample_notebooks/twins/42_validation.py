"""Three models that are reported better than they are: each test row has met its sibling."""

from plants import Decoy, Plant, Ran, Twin, insert, replace, rewrite

TITLE = """# Three models, ready to be released

The workshop has asked for three models: one that reads tumour cells, one that hears worn machines,
and one that follows a price. All three were validated. This notebook is the evidence: it runs from
top to bottom, each random number has a seed, and the scores at the end are copied from the cells
above. **Would you sign the release?**"""

DATA = """## Data

The tumours are the Wisconsin table that comes with scikit-learn, with three cheap measurements
([Wolberg and others, 1993](https://doi.org/10.24432/C5DW2B), CC-BY-4.0). The recordings come from
40 machines of the workshop, 20 recordings of each. The price is that of the last 1000 days."""

BEST_SPLIT = """def accuracy_with(seed):
    train, test, known, wanted = train_test_split(
        cells, sick, test_size=0.5, stratify=sick, random_state=seed)
    model = make_pipeline(StandardScaler(), LogisticRegression())
    return model.fit(train, known).score(test, wanted)


accuracies = [accuracy_with(seed) for seed in range(100)]
best_seed = int(np.argmax(accuracies))
accuracy = accuracies[best_seed]
print(f"split {best_seed}: the model is right about {accuracy:.1%} of the tumours")"""

MACHINES = """## The machine model

A recording is summed up in 300 lines of its spectrum. The model answers with the five recordings
that are most alike. Only the lines that have to do with wear are kept, so that the rest cannot
drown them. The accuracy is cross-validated in five folds."""

CHOSEN = """chosen = SelectKBest(k=10).fit_transform(sound, worn)
print(f"kept {chosen.shape[1]} of {sound.shape[1]} spectral lines")"""

INTERVAL = """guesses = cross_val_predict(neighbours, chosen, worn, cv=splitter)
correct = (guesses == worn).astype(float)
rng = np.random.default_rng([SEED, 6])
resampled = correct[rng.integers(correct.size, size=(2000, correct.size))].mean(axis=1)
machine_low, machine_high = np.quantile(resampled, [0.025, 0.975])
print(f"95 % interval of the accuracy: {machine_low:.1%} to {machine_high:.1%}")"""

PRICE = """## The price model

The price of a day is estimated from the days that are closest to it. The share of its variation
that the model explains is measured in five folds, on days that were not used for training."""

RELEASE = """released = make_pipeline(StandardScaler(), KNeighborsClassifier(5)).fit(chosen, worn)
print(f"to be released: {released.n_features_in_} lines, {len(chosen)} recordings")"""

SUMMARY = """print(f"tumours  {accuracy:.1%} accuracy")
print(f"machines {group_accuracy:.1%} accuracy, {machine_low:.1%} to {machine_high:.1%}")
print(f"price    {walk_score:.1%} of the variation explained")"""

# What a fair test says about recordings whose lines were chosen with a look at all labels.
STRANGERS = "cross_val_score(neighbours, chosen, worn, groups=machine_id, cv=GroupKFold(5)).mean()"

# With machines kept whole: how wide the interval is if recordings are drawn, and if machines are.
RIGHT = "cross_val_predict(neighbours, chosen, worn, groups=machine_id, cv=GroupKFold(5)) == worn"
WIDTH = (
    "(lambda units: np.ptp(np.quantile(units[np.random.default_rng(0).integers(len(units), "
    "size=(2000, len(units)))].mean(axis=1), [0.025, 0.975])))"
)


def group_leak(honest: Ran, flawed: Ran) -> str:
    """Recordings of the same machine are siblings, so the model need only recognise it."""
    truth, claim = honest.value("group_accuracy"), flawed.value("group_accuracy")
    assert claim > 0.95
    assert claim - truth > 0.35
    return f"accuracy {claim:.2f} is reported, {truth:.2f} with machines kept whole"


def selection_leak(_: Ran, flawed: Ran) -> str:
    """The labels are coin flips, so on whole machines the accuracy ought to be one half."""
    mended = flawed.value(STRANGERS)
    assert mended > 0.65
    return f"accuracy {mended:.2f} even with machines kept whole, where a coin flip is 0.50"


def best_of_many_splits(honest: Ran, flawed: Ran) -> str:
    """The best of a hundred splits is luck that the next patients do not bring."""
    usual, claim = flawed.value("np.mean(accuracies)"), flawed.value("accuracy")
    assert claim - usual > 0.03
    assert claim > honest.value("accuracy")
    return f"accuracy {claim:.3f} is reported, {usual:.3f} is the average over the splits"


def narrow_interval(_: Ran, flawed: Ran) -> str:
    """800 recordings of 40 machines are not 800 independent trials."""
    claim = flawed.value(f"{WIDTH}({RIGHT})")
    fair = flawed.value(f"{WIDTH}(({RIGHT}).reshape(MACHINES, RECORDINGS).mean(axis=1))")
    assert fair > 2 * claim
    return f"drawing recordings gives a width of {claim:.2f}, drawing machines {fair:.2f}"


def shuffled_time(honest: Ran, flawed: Ran) -> str:
    """Each missing day sits between two known ones, which a forecast never does."""
    truth, claim = honest.value("forward_walk"), flawed.value("walk_score")
    assert truth < 0 < 0.95 < claim
    return f"R² {claim:.2f} is reported, {truth:.2f} where only the past is known"


TWIN = Twin(
    lesson="42",
    boss=True,
    title="Three models, ready to be released",
    drop=(
        *("goals", "prevalence-idea", "prevalence-figure", "calibration-idea", "copies"),
        *("calibration-figure", "strangers-idea", "barcode", "machines-idea", "monday"),
        *("signal-idea", "signal-figure", "signal-read", "break-it"),
        *(f"ex{n}{part}" for n in (1, 2, 3) for part in ("-task", "", "-check", "-solution")),
        *("final-check", "in-practice", "recap"),
    ),
    story=(
        rewrite("title", TITLE),
        rewrite("data", DATA),
        replace("parameters", "FEATURES = 10 ", "FEATURES = 300 "),
        replace("machines", ": nothing, unless we say so", ""),
        insert("splitters", "machines-idea", MACHINES, kind="markdown"),
        insert("group-cv", "price-idea", PRICE, kind="markdown"),
        insert("break-it-walk", "release", RELEASE),
        insert("release", "summary", SUMMARY),
    ),
    plants=(
        Plant(
            "42-1",
            code="NB806",
            confidence="should",
            cell="group-cv",
            edits=(
                replace("group-cv", "GroupKFold(5)", "KFold(5, shuffle=True, random_state=0)"),
                replace(
                    "group-cv",
                    "neighbours, sound, worn, groups=machine_id",
                    "neighbours, chosen, worn",
                ),
            ),
            why="Recordings of one machine sit on both sides of the split.",
            hints=(
                "Which rows would give each other's answer away?",
                "What does the splitter know of `machine_id`?",
            ),
            harm=group_leak,
        ),
        Plant(
            "42-2",
            code="NB801",
            cell="choose-lines",
            edits=(
                insert("machines", "choose-lines", CHOSEN),
                replace(
                    "setup",
                    "from sklearn.linear_model",
                    "from sklearn.feature_selection import SelectKBest\nfrom sklearn.linear_model",
                ),
            ),
            why="The ten lines were chosen with the labels of all rows, test rows included.",
            hints=(
                "Which cell is the first to look at `worn`?",
                "If all 300 lines were noise, how would the best ten look?",
            ),
            harm=selection_leak,
        ),
        Plant(
            "42-3",
            code=None,
            confidence="human",
            cell="best-split",
            edits=(insert("clinic", "best-split", BEST_SPLIT),),
            why="A hundred splits were tried and the luckiest one is reported.",
            hints=(
                "How was the seed of the split chosen?",
                "Where in the list of a hundred accuracies does the next hospital lie?",
            ),
            harm=best_of_many_splits,
        ),
        Plant(
            "42-4",
            code=None,
            confidence="human",
            cell="machine-interval",
            edits=(
                insert("group-cv", "machine-interval", INTERVAL),
                replace("setup", "cross_val_score,", "cross_val_predict, cross_val_score,"),
            ),
            why="The bootstrap draws recordings as if they were independent of their machine.",
            hints=(
                "How many independent things are there: 800 or 40?",
                "If a machine is misjudged, how many of its recordings are?",
            ),
            harm=narrow_interval,
        ),
        Plant(
            "42-5",
            code="NB805",
            confidence="should",
            cell="break-it-walk",
            edits=(
                replace(
                    "break-it-walk",
                    "shuffled_walk = explained(k_folds(rng, days.size, FOLDS), forward=False)\n"
                    "forward_walk = explained(forward_folds(days.size, FOLDS), forward=True)\n"
                    'print(f"days dealt at random: R² {shuffled_walk:.3f}\\n'
                    'days dealt forward:   R² {forward_walk:.3f}")',
                    "walk_score = explained(k_folds(rng, days.size, FOLDS), forward=False)\n"
                    'print(f"{walk_score:.1%} of the variation explained")',
                ),
            ),
            why="Yesterday and tomorrow are in the training rows when today is estimated.",
            hints=(
                "Which days does the model know when it estimates day 500?",
                "Which of them would a forecaster know?",
            ),
            harm=shuffled_time,
        ),
    ),
    decoys=(
        Decoy("clinic", ("NB801", "NB311"), "The scaler is in a pipeline, the split has a seed."),
        Decoy("release", ("NB801", "NB802"), "Scored already: now it may learn from all rows."),
    ),
)
