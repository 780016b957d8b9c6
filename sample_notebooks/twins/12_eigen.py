"""The flawed twin of lesson 12: its order, its seed, its picture and its ruler are wrong."""

from plants import Decoy, Plant, Ran, Twin, insert, replace, runs


def other_damping(honest: Ran, flawed: Ran) -> str:
    """The shares on the page were made with another damping than the page states."""
    pages = ("Ferry", "Photos")
    shown = [flawed.value(f"float(ranks['{page}'])") for page in pages]
    again = [flawed.restarted().value(f"float(ranks['{page}'])") for page in pages]
    assert shown[0] < shown[1]
    assert again[0] > again[1]
    return (
        f"Photos leads, {shown[1]:.3f} to {shown[0]:.3f}; a restart says {again[0]:.3f} for Ferry"
    )


def no_seed(honest: Ran, flawed: Ran) -> str:
    """Two restarts count different clicks; two restarts of the lesson do not."""
    counts = [ran.restarted().value("visits.tolist()") for ran in (honest, honest, flawed, flawed)]
    assert counts[0] == counts[1]
    assert counts[2] != counts[3]
    return "two restarts count different clicks"


def needed_earlier(honest: Ran, flawed: Ran) -> str:
    """A restart stops before the last figure."""
    assert honest.restarted().error is None
    assert flawed.restarted().error == "NameError"
    return "a restart stops with a NameError, and the last figure is lost"


def silent_picture(honest: Ran, flawed: Ran) -> str:
    """The figure with the main result says nothing to those who cannot see it."""
    words = [described(ran, "web-figure") for ran in (honest, flawed)]
    assert words[0] > 40
    assert words[1] == 0
    return f"{words[0]} characters of description in the lesson, none here"


def described(ran: Ran, cell: str) -> int:
    """How many characters describe the pictures of a cell."""
    (found,) = (each for each in ran.notebook["cells"] if each["id"] == cell)
    shown = (each["metadata"] for each in found["outputs"] if "data" in each)
    return sum(len(each.get("image/png", {}).get("alt", "")) for each in shown)


def first_rounds(honest: Ran, flawed: Ran) -> str:
    """A straight line through the first rounds is no rate yet."""
    right, wrong = honest.value("float(rate_error)"), flawed.value("float(rate_error)")
    assert right < 0.01
    assert wrong > 0.2
    return f"the rate is off by {wrong:.0%} at worst, where {right:.1%} is possible"


TWIN = Twin(
    lesson="12",
    title="Which page of the village website matters?",
    drop=(
        *("goals", "explore-helper", "spin", "spin-explore", "reflections", "qr-mirrors"),
        *("qr-shift", "qr-shifted", "qr-figure", "break-it", "break-it-run", "final-check"),
        *(f"ex{number}{part}" for number in "123" for part in ("-task", "", "-check", "-solution")),
        *("in-practice", "recap"),
    ),
    plants=(
        Plant(
            "12-1",
            code="NB101",
            cell="pagerank",
            edits=(
                insert("web-figure", "more-boredom", "DAMPING = 0.3  # what if readers get bored?"),
                runs("more-boredom", after="helpers"),
            ),
            why="The ranks were computed after DAMPING had been changed further down.",
            hints=(
                "Which numbers in the brackets are out of order?",
                "Which damping do the ranks on this page belong to?",
            ),
            harm=other_damping,
        ),
        Plant(
            "12-2",
            code="NB305",
            cell="surfers",
            edits=(
                replace(
                    "surfers",
                    "rng = np.random.default_rng(SEED)",
                    "np.random.seed(SEED)\nrng = np.random.default_rng()",
                ),
            ),
            why="`np.random.seed` seeds another generator: the clicking readers have none.",
            hints=(
                "Would you get the same number of clicks again?",
                "Which generator does `np.random.seed` set, and which one is used?",
            ),
            harm=no_seed,
        ),
        Plant(
            "12-3",
            code="NB201",
            cell="clubs-figure",
            edits=(
                replace("clubs-figure", "order = np.argsort(fiedler)\n", ""),
                insert("clubs-figure", "sorting", "order = np.argsort(fiedler)"),
                runs("sorting", after="clubs-found"),
            ),
            why="The order of the people is made in the cell below the figure that needs it.",
            hints=("Where does `order` come from?", "Which of the last two cells ran first?"),
            harm=needed_earlier,
        ),
        Plant(
            "12-4",
            code="NB522",
            cell="web-figure",
            edits=(replace("web-figure", "show(figure, ", "plt.show()\n_ = ("),),
            why="The figure with the main result has no words for those who cannot see it.",
            hints=(
                "What does somebody hear who has this page read aloud?",
                "How do the other figures say what they show?",
            ),
            harm=silent_picture,
        ),
        Plant(
            "12-5",
            code=None,
            confidence="human",
            cell="rate-measured",
            edits=(replace("rate-measured", "low=1e-10, high=1e-4", "low=1e-2, high=10"),),
            why="The line is drawn through the first rounds, in which all directions still mix.",
            hints=(
                "From which round on is an error the work of one ratio alone?",
                "Which rounds does `decay` draw its line through?",
            ),
            harm=first_rounds,
        ),
    ),
    consequences=(("NB101", "surfers"),),
    decoys=(
        Decoy(
            cell="known-matrix",
            codes=("NB305", "NB301"),
            why="The generator is made inside the call, and it has a seed.",
        ),
        Decoy(
            cell="clubs-found",
            codes=("NB211", "NB305", "NB801"),
            why="`rng` is made anew with a seed, and true clubs are only looked at to count hits.",
        ),
        Decoy(
            cell="rate-measured",
            codes=("NB305", "NB301"),
            why="All fifty matrices come from one generator, and that one has a seed.",
        ),
    ),
)
