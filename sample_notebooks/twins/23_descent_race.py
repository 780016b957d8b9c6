"""The flawed twin of lesson 23: a race with another start, and with one rate for all."""

from plants import Decoy, Plant, Ran, Twin, insert, replace, runs


def other_start(honest: Ran, flawed: Ran) -> str:
    """Everybody ran from a start much closer to the bottom than the one on the page."""
    shown = flawed.value("arrivals['Newton']")
    again = flawed.restarted().value("arrivals['Newton']")
    assert shown < again
    return f"Newton needs {shown} steps on the page, {again} after a restart"


def one_rate(honest: Ran, flawed: Ran) -> str:
    """One rate for all makes the best of the five the worst."""
    order = "sorted(MAKERS, key=lambda name: float(heights[name][-1]))"
    places = [ran.value(order).index("Adam") + 1 for ran in (honest, flawed)]
    assert places[0] == 1
    assert places[1] >= 4
    return f"Adam comes in {places[1]} of 5, where it is first with a rate of its own"


def no_seed(honest: Ran, flawed: Ran) -> str:
    """Two restarts test the limit on other bowls."""
    steep = "float(bowls[0][0, 0])"
    counts = [ran.restarted().value(steep) for ran in (honest, honest, flawed, flawed)]
    assert counts[0] == counts[1]
    assert counts[2] != counts[3]
    return "two restarts test the limit on different bowls"


def late_name(honest: Ran, flawed: Ran) -> str:
    """A restart stops at the start of the race."""
    assert flawed.restarted().error == "NameError"
    return "a restart stops with a NameError at the start of the race"


RACERS = (
    'MAKERS = {"descent": descent, "momentum": momentum, "Nesterov": nesterov, "RMSProp": rmsprop,'
    '\n          "Adam": adam}\n'
)

TWIN = Twin(
    lesson="23",
    title="Which optimizer should our group use?",
    drop=(
        *("goals", "explore-helper", "adaptive", "race-explore", "break-it", "break-it-run"),
        *(f"ex{number}{part}" for number in "123" for part in ("-task", "", "-check", "-solution")),
        *("final-check", "in-practice", "recap"),
    ),
    plants=(
        Plant(
            "23-1",
            code="NB305",
            cell="descent",
            edits=(
                replace(
                    "descent",
                    "bowls = [bowl(rng.uniform(0.5, 20, size=4), rng) for _ in range(20)]",
                    "np.random.seed(SEED)\ndraw = np.random.default_rng()\n"
                    "bowls = [bowl(draw.uniform(0.5, 20, size=4), draw) for _ in range(20)]",
                ),
            ),
            why="`np.random.seed` seeds another generator: the bowls come from one without a seed.",
            hints=(
                "Which generator does `np.random.seed` set?",
                "Would a colleague test the limit on the same twenty bowls?",
            ),
            harm=no_seed,
        ),
        Plant(
            "23-2",
            code="NB201",
            cell="race-tuned",
            edits=(
                replace("race-tuned", RACERS, ""),
                insert("race-tuned", "racers", RACERS.strip()),
                runs("racers", after="newton-arrives"),
            ),
            why="The race needs `MAKERS`, which is made in a cell below it.",
            hints=(
                "Where do the five racers come from?",
                "Which of the last two cells ran first?",
            ),
            harm=late_name,
        ),
        Plant(
            "23-3",
            code="NB101",
            cell="newton-arrives",
            edits=(
                insert(
                    "newton-arrives",
                    "closer",
                    "START = np.array([0.5, 0.3])  # only to have a look at the valley floor",
                ),
                runs("closer", after="newton-bfgs"),
            ),
            why="Newton and BFGS were run from a start that was tried further down the page.",
            hints=(
                "Which numbers in the brackets are out of order?",
                "From which point did the walkers of this page set out?",
            ),
            harm=other_start,
        ),
        Plant(
            "23-4",
            code=None,
            confidence="human",
            cell="race-tuned",
            edits=(
                replace("race-tuned", "for rate in RATES]", "for rate in (1e-3,)]"),
                insert(
                    "race-tuned",
                    "advice",
                    "## Our advice: never use Adam\n\nAll five had the same learning rate, so the "
                    "race was fair.",
                    "markdown",
                ),
            ),
            why="One learning rate for all: the rate decides the ranking, not the optimizer.",
            hints=(
                "Was the same rate equally good for everybody?",
                "What would each racer do with a rate of its own?",
            ),
            harm=one_rate,
        ),
    ),
    decoys=(
        Decoy(
            cell="adam",
            codes=("NB201", "NB202", "NB211"),
            why="`squares` and `count` read what they write, but each optimizer has its own.",
        ),
        Decoy(
            cell="torch-agrees",
            codes=("NB401", "NB822", "NB301"),
            why="Two numbers on the CPU need no device, and the gradients are set to zero.",
        ),
    ),
)
