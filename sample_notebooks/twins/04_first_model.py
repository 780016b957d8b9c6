"""The flawed twin of lesson 04: known flowers, lucky splits and new rows that scale themselves."""

from plants import Decoy, Plant, Ran, Twin, insert, replace


def known_flowers(honest: Ran, flawed: Ran) -> str:
    """The leaderboard crowns the model that remembers the examination."""
    shares = "{name: float(np.mean(shares)) for name, shares in scores.items()}"
    true, claimed = honest.value(shares), flawed.value(shares)
    assert claimed["1 neighbour"] == max(claimed.values()) == 1
    assert true["1 neighbour"] < true["15 neighbours"]
    return f"1 neighbour wins with 1.000; on new flowers it has {true['1 neighbour']:.3f}"


def new_rows_scaled(honest: Ran, flawed: Ran) -> str:
    """The parcel is moved onto the mean of the known flowers, and its kind is lost."""
    claimed = flawed.value("float(np.mean(answers == 2))")
    fitted = "StandardScaler().fit(train_x).transform(parcel)"
    right = flawed.value(f"float(np.mean(model.predict({fitted}) == 2))")
    assert right - claimed > 0.4
    return f"{claimed:.0%} of the parcel is recognised, where {right:.0%} is possible"


def no_seed(honest: Ran, flawed: Ran) -> str:
    """Two restarts learn from other flowers."""
    first, second = (flawed.restarted().value("known_species.tolist()") for _ in range(2))
    assert first != second
    return "two restarts learn from different flowers"


def luckiest_split(honest: Ran, flawed: Ran) -> str:
    """The best of 300 splits is reported as the quality of the model."""
    claimed, true = flawed.value("float(max(lucky))"), honest.value("float(five)")
    assert "right 100%" in flawed.text("break-it-run")
    assert claimed - true > 0.03
    return f"{claimed:.0%} is reported, {true:.1%} is true"


TWIN = Twin(
    lesson="04",
    title="Irises by machine: a report for the botanical garden",
    drop=(
        *("goals", "explore-helper", "regions", "curves", "regions-explore", "memorise"),
        *("shuffled", "others", "perceptron-figure", "contest", "units", "break-it"),
        *(f"ex{number}{part}" for number in "123" for part in ("-task", "", "-check", "-solution")),
        *("final-check", "in-practice", "recap"),
    ),
    plants=(
        Plant(
            "04-1",
            code=None,
            confidence="human",
            cell="contest-run",
            edits=(
                replace(
                    "contest-run",
                    "[examine(model, flowers, species, each).mean() for each in heaps]",
                    "[np.mean(model(flowers, species, flowers) == species)] * REPEATS",
                ),
                replace("contest-run", "(0.9, 1.0)", "(0.9, 1.01)"),
                replace(
                    "contest-run",
                    "The clouds of the last three overlap: there is no winner.",
                    "One neighbour wins with a perfect score.",
                ),
                insert("perceptron-run", "winner", "## One neighbour is perfect", "markdown"),
            ),
            why="The models are examined on the flowers that they learned from.",
            hints=(
                "Which flowers do the models answer for, and which did they know?",
                "Whose nearest neighbour is a flower that it knows?",
            ),
            harm=known_flowers,
        ),
        Plant(
            "04-2",
            code="NB311",
            cell="split",
            edits=(
                replace(
                    "setup",
                    "from sklearn.neighbors",
                    "from sklearn.model_selection import train_test_split\nfrom sklearn.neighbors",
                ),
                insert("units-run", "final", "## A parcel of virginica arrives", "markdown"),
                insert(
                    "final",
                    "split",
                    "known_flowers, new_flowers, known_species, new_species = train_test_split(\n"
                    "    flowers, species, test_size=0.2, stratify=species)\n"
                    'print(len(known_flowers), "flowers to learn from")',
                ),
            ),
            why="The split is random and has no seed.",
            hints=(
                "Would your colleague learn from the same flowers?",
                "Which argument of `train_test_split` is missing?",
            ),
            harm=no_seed,
        ),
        Plant(
            "04-3",
            code="NB802",
            cell="parcel-run",
            edits=(
                insert(
                    "split",
                    "parcel-run",
                    "train_x, test_x, train_y, test_y = train_test_split(\n"
                    "    flowers, species, test_size=0.2, stratify=species, random_state=SEED)\n"
                    "parcel = test_x[test_y == 2]  # as if the gardeners had sent virginica only\n"
                    "\n"
                    "scaler = StandardScaler()\n"
                    "train_scaled = scaler.fit_transform(train_x)\n"
                    "parcel_scaled = scaler.fit_transform(parcel)\n"
                    "model = KNeighborsClassifier().fit(train_scaled, train_y)\n"
                    "answers = model.predict(parcel_scaled)\n"
                    'print(f"{np.mean(answers == 2):.0%} of the parcel is named virginica")',
                ),
            ),
            why="The parcel is scaled by its own mean: all that makes it virginica is taken away.",
            hints=(
                "What is the mean of the parcel after scaling, and what should it be?",
                "Which of the two calls of `fit_transform` may look at its rows?",
            ),
            harm=new_rows_scaled,
        ),
        Plant(
            "04-4",
            code=None,
            confidence="human",
            cell="break-it-run",
            edits=(
                insert("parcel-run", "quality", "## How good is it?", "markdown"),
                replace(
                    "break-it-run",
                    'print(f"worst {min(lucky):.3f}, mean {np.mean(lucky):.3f}, best '
                    '{max(lucky):.3f}; "\n'
                    '      f"{np.mean(np.array(lucky) == 1):.0%} of the splits are perfect")',
                    'print(f"our model is right {max(lucky):.0%} of the time about new flowers")',
                ),
            ),
            why="The best of 300 random splits is reported, as if it had been the only one.",
            hints=(
                "Which of the bars does the sentence below them report?",
                "What would a split say that was chosen before anybody looked?",
            ),
            harm=luckiest_split,
        ),
    ),
    decoys=(
        Decoy(
            cell="units-run",
            codes=("NB801", "NB802"),
            why="The scaler is made and fitted anew in every fold, on the known flowers only.",
        ),
        Decoy(
            cell="folds",
            codes=("NB301", "NB305", "NB311"),
            why="The heaps are dealt at random, by a generator that has a seed.",
        ),
    ),
)
